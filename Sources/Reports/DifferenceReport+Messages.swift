import Analysis
import Engine
import JSON
import Syntax

/// What came of messages that were decided under both policies.
extension DifferenceReport {
  func messagesText(_ messages: MessageComparison) -> String {
    guard messages.count > 0 else { return "there were no messages\n" }
    var text =
      "\(messages.different) of \(counted(messages.count, "message")) "
      + "\(messages.different == 1 ? "is" : "are") decided differently\n"
    for (number, count) in messages.ofGroup.enumerated() where count > 0 {
      text += "  \(count) of difference \(number + 1)\n"
    }
    if messages.ofNoGroup > 0 {
      text += "  \(messages.ofNoGroup) that lack facts or are left out\n"
    }
    let rejected = [
      (messages.rejectedByBoth, "both policies"), (messages.rejectedByOld, "the old policy alone"),
      (messages.rejectedByNew, "the new policy alone"),
    ]
    for (count, who) in rejected where count > 0 {
      text += "  \(count) rejected by \(who)\n"
    }
    for example in messages.cases {
      let name = example.id.map { "\($0) (line \(example.line))" } ?? "line \(example.line)"
      let group = example.group.map { "difference \($0 + 1)" }
      text += "\n  \(name)\(group.map { ": \($0)" } ?? "")\n"
      text += "    was \(words(example.old))\n    is  \(words(example.new))\n"
    }
    if messages.different > messages.cases.count {
      text += "\n  and \(messages.different - messages.cases.count) more\n"
    }
    return text
  }

  private func words(_ verdict: MessageComparison.Verdict) -> String {
    let names = verdict.rules.map { "`\($0)`" }
    guard let outcome = verdict.outcome else {
      return names.isEmpty
        ? "no decision, because no rule applies"
        : "no decision, because \(names.enumerated(with: "and")) disagree"
    }
    var text = "`\(outcome)`"
    if !verdict.notes.isEmpty {
      text += " with \(verdict.notes.map { "`\($0)`" }.enumerated(with: "and"))"
    }
    if !verdict.isSure { text += ", unsure because facts are missing" }
    return names.isEmpty
      ? text : text + (verdict.isSure ? ", by " : ", for ") + names.enumerated(with: "and")
  }
}

extension DifferenceJSON {
  mutating func write(_ messages: MessageComparison) {
    object("messages") { json in
      json.write("count", messages.count)
      json.write("alike", messages.alike)
      json.write("different", messages.different)
      json.array("ofGroups") { json in
        for count in messages.ofGroup { json.writer.number(count) }
      }
      json.write("ofNoGroup", messages.ofNoGroup)
      json.write("rejectedByOld", messages.rejectedByOld)
      json.write("rejectedByNew", messages.rejectedByNew)
      json.write("rejectedByBoth", messages.rejectedByBoth)
      json.array("first") { json in
        for example in messages.cases { json.write(example) }
      }
    }
  }

  private mutating func write(_ example: MessageComparison.Case) {
    object { json in
      if let id = example.id {
        json.writer.key("id")
        json.writer.raw(id)
      }
      json.write("line", example.line)
      json.writer.key("group")
      if let group = example.group { json.writer.number(group) } else { json.writer.null() }
      json.write("old", example.old)
      json.write("new", example.new)
    }
  }

  private mutating func write(_ key: String, _ verdict: MessageComparison.Verdict) {
    object(key) { json in
      json.writer.key("outcome")
      if let outcome = verdict.outcome { json.writer.string(outcome) } else { json.writer.null() }
      json.array("notes") { json in
        for note in verdict.notes { json.writer.string(note) }
      }
      json.write("sure", verdict.isSure)
      json.array("rules") { json in
        for rule in verdict.rules { json.writer.string(rule) }
      }
    }
  }
}
