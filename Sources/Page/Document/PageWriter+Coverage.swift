import Coverage
import Model
import Reports
import Syntax

extension PageWriter {
  /// What the scenarios come to, what they would notice, and what they leave untried.
  mutating func write(_ coverage: CoverageReport) {
    element("table", ["class": "coverage"]) { page in
      page.element("caption") { $0.write("What the scenarios come to") }
      page.element("tbody") { page in
        for share in coverage.shares { page.write(share) }
      }
    }
    paragraph("noticed") { $0.sentence(coverage.changeSentences.joined(separator: " ")) }
    let groups = coverage.holeGroups
    guard !groups.isEmpty else { return }
    element("details", ["class": "as-list"]) { page in
      let count = groups.reduce(0) { $0 + $1.paragraphs.count }
      page.element("summary") {
        $0.write("What is not tried (\(count == 1 ? "1 thing" : "\(count) things"))")
      }
      for group in groups {
        if let heading = group.heading { page.paragraph("subhead") { $0.title(heading) } }
        for words in group.paragraphs { page.paragraph("hole") { $0.sentence(words) } }
      }
    }
  }

  private mutating func write(_ share: CoverageFigures.Share) {
    element("tr") { page in
      page.element("th", ["scope": "row"]) { $0.sentence(share.name) }
      page.element("td") { $0.write("\(share.exercised) of \(share.total)") }
      page.element("td") { page in
        page.markup(
          "<svg class=\"bar\" viewBox=\"0 0 100 8\" width=\"100\" height=\"8\" aria-hidden=\"true\">"
            + "<rect class=\"all\" width=\"100\" height=\"8\" rx=\"2\"/>"
            + "<rect width=\"\(share.percent)\" height=\"8\" rx=\"2\"/></svg> ")
        page.write("\(share.percent) %")
      }
    }
  }

  /// A heading in which a name stands between “ and ”, which leads to it.
  private mutating func title(_ words: String) {
    guard let open = words.firstIndex(of: "“"), let close = words.lastIndex(of: "”"),
      open < close,
      let target = links.target(named: String(words[words.index(after: open)..<close]))
    else { return write(words) }
    write(words[...open])
    link(to: target) { $0.write(words[words.index(after: open)..<close]) }
    write(words[close...])
  }

  /// In how many scenarios a rule has its say.
  mutating func writeTrials(of rule: RuleID) {
    guard let uses = contents.coverage?.result.exercise.rules, uses.indices.contains(rule.index)
    else { return }
    let use = uses[rule.index]
    paragraph(use.wins == 0 ? "fine untried" : "fine") { page in
      switch use.wins {
      case 0: page.write("No scenario tries this.")
      case 1: page.write("1 scenario tries this.")
      default: page.write("\(use.wins) scenarios try this.")
      }
    }
  }
}
