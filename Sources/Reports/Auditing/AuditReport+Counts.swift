package import Audit
import Model
import Syntax
import Values

extension AuditReport {
  /// How much was found in all, and by month, rule and promise.
  package func text(of counts: AuditCounts) -> String {
    guard counts.all.messages + counts.rejected > 0 else { return "There were no messages.\n" }
    var text = Paragraph.wrapped(headline(counts), width: 100) + "\n"
    for remark in remarks(on: counts) {
      text += Paragraph.wrapped(remark, width: 100) + "\n"
    }
    guard counts.all.messages > 0 else { return text }
    text += table("By month", ["sent otherwise", "broke a promise", "messages"], months(counts))
    text += table("By rule that should have decided", ["messages"], rules(counts))
    text += table("By promise that was broken", ["messages"], promises(counts))
    return text
  }

  /// `Of 9 messages, 5 were sent otherwise than the policy says, and 4 broke a promise.`
  package func headline(_ counts: AuditCounts) -> String {
    let all = counts.all
    let messages = counted(all.messages, "message")
    guard all.messages > 0 else { return "No line could be read as a message that was sent." }
    if all.otherwise == 0, all.brokePromise == 0 {
      let (none, least) =
        all.messages == 1 ? ("It was not", "it broke no") : ("None was", "none broke a")
      return
        "\(messages) judged. \(none) sent otherwise than the policy says, and \(least) promise."
    }
    return
      "Of \(messages), \(all.otherwise) \(all.otherwise == 1 ? "was" : "were") sent otherwise than "
      + "the policy says, and \(all.brokePromise) broke a promise."
  }

  private func remarks(on counts: AuditCounts) -> [String] {
    var remarks: [String] = []
    if counts.unsure > 0 {
      remarks.append(
        "Of \(counted(counts.unsure, "message")) it cannot be said what the policy decides, because facts "
          + "are missing; they are not counted as sent otherwise.")
    }
    if counts.rejected > 0 {
      remarks.append(
        "\(counted(counts.rejected, "line")) could not be judged at all; what is wrong is said above."
      )
    }
    if counts.undated > 0 {
      remarks.append(
        "\(counted(counts.undated, "message")) did not say on which day (`on`); judged as of today."
      )
    }
    let silent = policy.promises.count { $0.isBroken(by: OutcomeID(0)) == nil }
    if silent > 0 {
      remarks.append(
        "\(counted(silent, "promise")) of the policy \(silent == 1 ? "is" : "are") about notes, or about "
          + "two messages at once: what was sent cannot show whether \(silent == 1 ? "it was" : "they were") "
          + "kept.")
    }
    return remarks
  }

  private func months(_ counts: AuditCounts) -> [(String, [Int])] {
    counts.byMonth.sorted { $0.key < $1.key }.map { month, tally in
      (month.words, [tally.otherwise, tally.brokePromise, tally.messages])
    }
  }

  private func rules(_ counts: AuditCounts) -> [(String, [Int])] {
    counts.countedRules.map { rule, count in
      (rule.map { place(policy[$0].name, policy[$0].span) } ?? "`otherwise`", [count])
    }
  }

  private func promises(_ counts: AuditCounts) -> [(String, [Int])] {
    counts.byPromise.sorted { $0.key < $1.key }.map { promise, count in
      (place(policy.promises[promise].name, policy.promises[promise].span), [count])
    }
  }

  /// A table with a line for each row, the figures to the right of their headings; nothing if it has no rows.
  private func table(_ title: String, _ headings: [String], _ rows: [(String, [Int])]) -> String {
    guard !rows.isEmpty else { return "" }
    let width = ([title] + rows.map(\.0)).map(\.count).max() ?? 0
    func line(_ name: String, _ cells: [String]) -> String {
      let padded = zip(headings, cells).map { heading, cell in
        "  " + String(repeating: " ", count: max(heading.count - cell.count, 0)) + cell
      }
      return name + String(repeating: " ", count: width - name.count) + padded.joined() + "\n"
    }
    return "\n" + line(title, headings) + rows.map { line($0.0, $0.1.map(String.init)) }.joined()
  }
}

extension AuditCounts {
  /// In the order of the policy, `otherwise` last.
  var countedRules: [(RuleID?, Int)] {
    byRule.sorted { a, b in
      guard let first = a.key else { return false }
      return b.key.map { first < $0 } ?? true
    }.map { ($0.key, $0.value) }
  }
}

extension AuditCounts.Month {
  fileprivate var words: String { "\(Values.Month(rawValue: month)?.name ?? "") \(year)" }
}
