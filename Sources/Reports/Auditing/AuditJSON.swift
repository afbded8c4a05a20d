package import Audit
package import Engine
package import JSON
package import Model
import Syntax
import Values

/// An audit as one JSON object for programs, written as the messages come.
///
/// `messages` holds what has to be answered for or put right, or, in a timeline, everything; `counts` comes behind it.
/// The counts of two parts of an archive, added up number by number, are those of both together.
package struct AuditJSON: JSONDocument {
  package var writer = JSONWriter()
  private let policy: Policy

  package init(_ policy: Policy) {
    self.policy = policy
    writer.beginObject()
    write("policy", policy.hash)
    writer.key("messages")
    writer.beginArray()
  }

  /// What has been written since it was last taken.
  package mutating func take() -> [UInt8] {
    defer { writer.bytes.removeAll(keepingCapacity: true) }
    return writer.bytes
  }

  package mutating func write(_ finding: AuditFinding, line: Int) {
    let sent = finding.sent
    object { json in
      json.writeName(sent.id, line)
      json.write("on", sent.message.today.description)
      json.write("sent", json.policy.vocabulary[sent.outcome].name)
      json.write("verdict", finding.verdict.name)
      if case .success(let decision) = finding.decision {
        json.write("outcome", json.policy.vocabulary[decision.outcome].name)
        json.array("notes") { json in
          for note in decision.notes { json.writer.string(json.policy.vocabulary[note].name) }
        }
        json.array("rules") { json in
          for name in decision.ruleNames(in: json.policy) { json.writer.string(name) }
        }
      }
      json.array("promises") { json in
        for promise in finding.broken { json.writer.string(json.policy.promises[promise].name) }
      }
    }
  }

  package mutating func write(_ error: MessageError, line: Int) {
    object { json in
      json.writeName(error.id, line)
      json.object("error") { json in
        json.write("code", error.code.rawValue)
        if let field = error.field { json.write("field", field) }
        json.write("message", error.message)
      }
    }
  }

  /// Ends the object with what was counted.
  package mutating func end(_ counts: AuditCounts) {
    writer.endArray()
    object("counts") { json in
      json.write(counts.all)
      json.write("unsure", counts.unsure)
      json.write("rejected", counts.rejected)
      json.write("undated", counts.undated)
      json.object("months") { json in
        for (month, tally) in counts.byMonth.sorted(by: { $0.key < $1.key }) {
          json.object(month.key) { $0.write(tally) }
        }
      }
      json.object("rules") { json in
        for (rule, count) in counts.countedRules {
          json.write(rule.map { json.policy[$0].name } ?? "otherwise", count)
        }
      }
      json.object("promises") { json in
        for (promise, count) in counts.byPromise.sorted(by: { $0.key < $1.key }) {
          json.write(json.policy.promises[promise].name, count)
        }
      }
    }
    writer.endObject()
    writer.bytes.append(UInt8(ascii: "\n"))
  }

  private mutating func writeName(_ id: String?, _ line: Int) {
    if let id {
      writer.key("id")
      writer.raw(id)
    }
    write("line", line)
  }

  private mutating func write(_ tally: AuditCounts.Tally) {
    write("messages", tally.messages)
    write("otherwise", tally.otherwise)
    write("brokePromise", tally.brokePromise)
  }
}

extension AuditFinding.Verdict {
  fileprivate var name: String {
    switch self {
    case .asDecided: "as-decided"
    case .otherwise: "otherwise"
    case .unsure: "unsure"
    }
  }
}

extension AuditCounts.Month {
  /// `2022-08`.
  fileprivate var key: String {
    String(Day(year: year, month: month, day: 1)?.description.prefix(7) ?? "")
  }
}
