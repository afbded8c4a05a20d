package import Analysis
import Engine
import Findings
import Model
import Syntax
import Values

/// The forms in which a comparison of two policies can be read.
package enum DifferenceFormat: String, CaseIterable, Sendable {
  case text, json
}

/// In what two policies differ, for people.
package struct DifferenceReport: Sendable {
  package let difference: PolicyDifference
  let messages: MessageComparison?
  /// The policies as the command line names them.
  private let names: (old: String, new: String)

  /// `messages` is what came of messages that were decided under both.
  package init(
    _ difference: PolicyDifference, names: (old: String, new: String),
    messages: MessageComparison? = nil
  ) {
    (self.difference, self.names, self.messages) = (difference, names, messages)
  }

  /// The report in one of its forms; ends with a line break.
  package func text(as format: DifferenceFormat, isColoured: Bool) -> String {
    switch format {
    case .text: plainText(Paint(isColoured: isColoured))
    case .json: DifferenceJSON(self).text
    }
  }

  private func plainText(_ paint: Paint) -> String {
    var text = vocabularyText
    text += paint(headline, difference.isEqual ? .good : .strong) + "\n"
    for (number, group) in difference.groups.enumerated() {
      text += "\n" + self.text(of: group, number: number + 1, paint)
    }
    if difference.hasMoreGroups {
      text += "\nand more differences: only the first \(difference.groups.count) are shown\n"
    }
    if let words = whenUnsureWords { text += "\n\(words)\n" }
    if let messages { text += "\n" + messagesText(messages) }
    return text
  }

  private var vocabularyText: String {
    guard !difference.joint.differences.isEmpty else { return "" }
    let lines = difference.joint.differences.map {
      "- " + Paragraph.wrapped($0.words, hanging: 2, width: 100) + "\n"
    }
    return "the vocabularies differ:\n\(lines.joined())\n"
  }

  /// What came of it, in one line.
  package var headline: String {
    let leftOut = difference.joint.differences.contains(where: \.leavesOutMessages)
    let message = leftOut ? "complete message that both accept" : "complete message"
    if difference.joint.hasNoMessages {
      return "nothing to compare: no complete message is accepted by both policies"
    }
    if difference.isEqual {
      return "proved equal: every \(message) on every day from 2000 to 2099 is decided alike"
    }
    let count = difference.groups.count
    if count == 0 {
      return "not proved: no difference was found, but there may be one; the answer took more work "
        + "than the bound allows"
    }
    let all = "\(counted(count, "difference")) between \(names.old) and \(names.new)"
    if difference.hasMoreGroups { return "more than \(all)" }
    return difference.isProved
      ? all : all + "; not proved that these are all, which took more work than the bound allows"
  }

  /// What changes for messages that lack facts; nil if nothing does.
  package var whenUnsureWords: String? {
    guard difference.whenUnsureDiffers else { return nil }
    func words(_ policy: Policy) -> String {
      guard let standard = policy.whenUnsure else { return "nothing" }
      return consequent(standard.outcome, standard.notes)
    }
    return "`when unsure` is \(words(difference.joint.new)) in place of "
      + "\(words(difference.joint.old)): messages that lack facts may be decided differently"
  }

  // MARK: - A group

  private func text(of group: DifferenceGroup, number: Int, _ paint: Paint) -> String {
    let lead = "\(number). "
    let indent = String(repeating: " ", count: lead.count)
    func paragraph(_ text: String, _ first: String) -> String {
      first + Paragraph.wrapped(text, hanging: indent.count, width: 100) + "\n"
    }
    let change = headWords(of: group)
    var text = paint(lead, .strong) + String(paragraph(change[0], ""))
    for line in change.dropFirst() { text += paragraph(line, indent) }
    for (index, sentences) in group.sentences.enumerated() {
      let condition =
        sentences.isEmpty ? "for every message" : "where " + sentences.joined(separator: " and ")
      text += paragraph((index == 0 ? "" : "or ") + condition, indent)
    }
    if !group.isExact {
      text += indent + "not all of these messages: only those that the rules above decide\n"
    }
    if group.hasMore { text += indent + "and more messages like these\n" }
    let example = group.example
    return text
      + "\(indent)example on \(example.message.today): \(json(example))\n"
  }

  /// What was decided and what is decided now.
  package func headWords(of group: DifferenceGroup) -> [String] {
    switch group.change {
    case .result(let was, let now):
      return [
        words(was, group.old, difference.joint.old),
        "becomes " + words(now, group.new, difference.joint.new),
      ]
    case .otherNotes:
      return [
        "the outcome stays, but other notes change: for some "
          + names(group.old.notes + group.old.notesOfSome) + " no longer come, for some "
          + names(group.new.notes + group.new.notesOfSome) + " do now"
      ]
    case .notes:
      var lines: [String] = []
      if !group.old.notes.isEmpty {
        lines.append(
          "loses \(names(group.old.notes))" + by(group.old, difference.joint.old))
      }
      if !group.new.notes.isEmpty {
        lines.append("gets \(names(group.new.notes))" + by(group.new, difference.joint.new))
      }
      lines[0] = "the outcome stays, but " + lines[0]
      return lines.count == 1 ? lines : [lines[0], "and " + lines[1]]
    }
  }

  private func words(
    _ result: DecisionResult, _ side: DifferenceGroup.Side, _ policy: Policy
  ) -> String {
    switch result {
    case .gap: return "no decision, because no rule applies"
    case .conflict:
      let names = deciderNames(side, policy)
      let shown = names.prefix(DifferenceReport.mostNames).map { "`\($0)`" }
      let others = names.count > shown.count || side.hasMoreDeciders ? ["others"] : []
      return "no decision, because \((shown + others).enumerated(with: "and")) disagree"
    case .decided(let outcome):
      var text = consequent(outcome, side.notes)
      if side.notesOfSome.count > DifferenceReport.mostNotes {
        text += " (some with other notes)"
      } else if !side.notesOfSome.isEmpty {
        text += " (some with \(names(side.notesOfSome)))"
      }
      return text + by(side, policy)
    }
  }

  private static let mostNames = 5
  private static let mostNotes = 3

  private func by(_ side: DifferenceGroup.Side, _ policy: Policy) -> String {
    let names = deciderNames(side, policy)
    guard !names.isEmpty else { return "" }
    let shown = names.prefix(DifferenceReport.mostNames).map { "`\($0)`" }
    let others = names.count > shown.count || side.hasMoreDeciders ? ["others"] : []
    return ", by " + (shown + others).enumerated(with: "or")
  }

  func deciderNames(_ side: DifferenceGroup.Side, _ policy: Policy) -> [String] {
    side.deciders.map { decider in
      switch decider {
      case .rule(let rule): policy[rule].name
      case .otherwise: "otherwise"
      }
    }
  }

  /// An outcome with its notes: “`send plain` with `consent note`”.
  func consequent(_ outcome: OutcomeID, _ notes: [NoteID]) -> String {
    let name = "`\(difference.joint.new.vocabulary[outcome].name)`"
    return notes.isEmpty ? name : "\(name) with \(names(notes))"
  }

  private func names(_ notes: [NoteID]) -> String {
    notes.map { "`\(difference.joint.new.vocabulary[$0].name)`" }.enumerated(with: "and")
  }

  /// An example's message as JSON, on one line.
  package func json(_ example: DifferenceGroup.Example) -> String {
    example.message.json(example.given, difference.joint.new.vocabulary)
  }
}
