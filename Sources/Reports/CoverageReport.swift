package import Coverage
import Findings
import Model
import Syntax

/// What scenarios and promises notice, for people.
package struct CoverageReport: Sendable {
  package let result: CoverageResult
  let words: CoverageWords
  let figures: CoverageFigures
  /// How many percent of the changes are to be noticed, if somebody said so.
  let required: Int?
  /// Whether scenarios were asked for.
  let suggests: Bool

  /// So many things are told before the rest is only counted.
  static let mostHeadings = 40

  package init(_ result: CoverageResult, required: Int? = nil, suggests: Bool = false) {
    self.result = result
    (self.required, self.suggests) = (required, suggests)
    words = CoverageWords(result: result)
    figures = CoverageFigures(result)
  }

  /// Whether as much is noticed as is required.
  package var isEnough: Bool { required.map(result.isNoticed) ?? true }

  /// `97 % of 688 changes noticed, 95 % required`
  package var summary: String {
    let rules = figures.shares[0]
    let noticed =
      result.telling == 0
      ? "no change to notice"
      : "\(result.percent) % of \(counted(result.telling, "change")) noticed"
    let wanted = required.map { ", \($0) % required" } ?? ""
    return "\(rules.exercised) of \(counted(rules.total, "rule")) tried, \(noticed)\(wanted)"
  }

  /// The report in paragraphs; ends with a line break.
  package func text(isColoured: Bool) -> String {
    let paint = Paint(isColoured: isColoured)
    var text = paint("What the scenarios come to", .strong) + "\n" + table
    text += "\n" + paint("What would be noticed", .strong) + "\n" + changes
    if !result.holes.isEmpty, !suggests {
      text += "\n" + paint("What is not tried", .strong) + "\n" + holes(paint)
    }
    return suggests ? text + "\n" + suggestions : text
  }

  /// Scenarios that would close the holes, to be put into a rule file; ends with a line break.
  package var suggestions: String {
    guard !result.suggestions.isEmpty else {
      return result.holes.isEmpty
        ? "# Nothing is left to suggest.\n" : "# No scenario can be suggested.\n"
    }
    let head =
      "Each of these says what the policy decides today. Whoever answers for the policy confirms it, "
      + "or puts the policy right."
    let scenarios = result.suggestions.map { suggestion in
      let holes = suggestion.closes.map { result.holes[$0] }
      let shown = holes.prefix(CoverageReport.mostReasons).map { words.sentence($0) }
      let more = holes.count - shown.count
      let reasons = shown + (more > 0 ? ["It closes \(counted(more, "more hole"))."] : [])
      return reasons.map(comment).joined() + suggestion.text
    }
    return ([comment(head)] + scenarios).joined(separator: "\n")
  }

  /// So many holes are named that one scenario closes.
  private static let mostReasons = 3

  private func comment(_ sentence: String) -> String {
    Paragraph.wrapped(sentence, width: 97).split(separator: "\n").map { "# \($0)\n" }.joined()
  }

  // MARK: - Shares

  private var table: String {
    let width = shares.map(\.name.count).max() ?? 0
    let digits = shares.map { "\($0.total)".count }.max() ?? 1
    return shares.map { share in
      let name = share.name.padded(to: width)
      let numbers =
        "\(share.exercised)".padded(to: -digits) + " of "
        + "\(share.total)".padded(to: -digits)
      return "  \(name)  \(numbers)  \("\(share.percent)".padded(to: -3)) %\n"
    }.joined()
  }

  private var changes: String {
    "  " + Paragraph.wrapped(changeSentences.joined(separator: " "), hanging: 2) + "\n"
  }

  /// What became of the changes that were tried.
  package var changeSentences: [String] {
    let were = result.changes.count == 1 ? "was" : "were"
    var sentences = [
      "\(counted(result.changes.count, "small change")) to the policy \(were) tried, one at a time."
    ]
    if result.changingNothing > 0 {
      sentences.append(
        "Of these, \(result.changingNothing) would change no decision, and do not count.")
    }
    if result.telling > 0 {
      let others = result.changingNothing > 0 ? "the other \(result.telling)" : "them"
      let broken =
        result.noticedByPromises == 0
        ? ""
        : ", and \(result.noticedByPromises) would break a promise though every scenario passes"
      sentences.append(
        "Of \(others), \(result.noticedByScenarios) would make a scenario fail\(broken): "
          + "\(result.percent)\u{A0}% would be noticed.")
    }
    if result.stoppedByCheck > 0 {
      sentences.append(
        "\(result.stoppedByCheck) would be stopped by `rulec check` alone, for rules would "
          + "contradict each other, leave messages undecided or never apply.")
    }
    if result.unnoticed > 0 { sentences.append("\(result.unnoticed) would go unnoticed.") }
    if result.notFoundOut > 0 {
      sentences.append(
        "Of \(result.notFoundOut) it was not found out within the bound on work; they count as not "
          + "noticed. Allow more by --work-limit.")
    }
    if result.untriedCount + result.unseenCount > 0 {
      sentences.append(
        "The policy is so large that \(result.untriedCount) more changes were not tried, and "
          + "\(result.unseenCount) sentences not looked at; those that were are spread over all of "
          + "it. Allow more by --work-limit.")
    }
    return sentences
  }

  /// How much of each kind of thing that there is the scenarios come to.
  package var shares: [CoverageFigures.Share] { figures.shares.filter { $0.total > 0 } }

  // MARK: - Holes

  /// What is not tried, in paragraphs; what is said of one rule, line or definition stands together under
  /// a heading.
  package var holeGroups: [(heading: String?, paragraphs: [String])] {
    var groups: [(heading: String?, holes: [Hole])] = []
    var numbers: [String: Int] = [:]
    for hole in result.holes {
      let heading = words.heading(hole)
      if let heading, let number = numbers[heading] {
        groups[number].holes.append(hole)
      } else {
        if let heading { numbers[heading] = groups.count }
        groups.append((heading, [hole]))
      }
    }
    return groups.map { group in
      (
        group.heading,
        group.holes.map { hole in
          [words.sentence(hole, isUnderHeading: true), words.example(hole)].compactMap(\.self)
            .joined(separator: " ")
        }
      )
    }
  }

  private func holes(_ paint: Paint) -> String {
    let groups = holeGroups
    let shown = groups.prefix(CoverageReport.mostHeadings)
    var text = shown.map { group in
      var lines = group.heading.map { "\n  \(paint($0, .place))\n" } ?? "\n"
      for paragraph in group.paragraphs {
        let indent = group.heading == nil ? 2 : 4
        lines +=
          String(repeating: " ", count: indent)
          + Paragraph.wrapped(paragraph, hanging: indent) + "\n"
      }
      return lines
    }.joined()
    let left = groups.dropFirst(shown.count).reduce(0) { $0 + $1.paragraphs.count }
    if left > 0 {
      text += "\n  \(left) more are not shown: `--format json` has all of them.\n"
    }
    return text
  }
}

extension String {
  /// With spaces behind it up to a width; before it if that is negative.
  fileprivate func padded(to width: Int) -> String {
    let spaces = String(repeating: " ", count: max(0, abs(width) - count))
    return width < 0 ? spaces + self : self + spaces
  }
}
