import JSON
package import Values

/// Which records of a log somebody wants to see.
package struct LogQuery: Sendable {
  /// The message's `id`, as text or as the digits of a number.
  package var id: String?
  /// A text that is a fact of the message, such as an address, in any case of letters.
  package var recipient: String?
  /// The name of a rule that decided.
  package var rule: String?
  package var outcome: String?
  /// The first and the last day.
  package var from: Day?
  package var to: Day?
  /// What makes the hashes of facts that are not there in words.
  package var hashing: FactHashing?

  package init() {}

  private var asksForDecisions: Bool {
    id != nil || recipient != nil || rule != nil || outcome != nil
  }

  package func matches(_ record: LogRecord) -> Bool {
    if let day = record.day {
      if let from, day < from { return false }
      if let to, day > to { return false }
    }
    guard asksForDecisions else { return true }
    guard record.kind != .note else { return false }
    if let id {
      let value = record.answer?["id"] ?? record.message?["id"]
      guard LogQuery.isWritten(value, id) else { return false }
    }
    if let outcome {
      guard record.decisions.contains(where: { $0["outcome"]?.text == outcome }) else {
        return false
      }
    }
    if let rule {
      let rules = record.decisions.flatMap { $0["rules"]?.elements ?? [] }
      guard rules.contains(where: { $0.text == rule }) else { return false }
    }
    if let recipient {
      let wanted = recipient.lowercased()
      let hash = hashing?.hash(of: recipient)
      guard let message = record.message,
        LogQuery.holds(message, { $0 == hash || $0.lowercased() == wanted })
      else { return false }
    }
    return true
  }

  private static func isWritten(_ value: JSONValue?, _ text: String) -> Bool {
    switch value {
    case .string(let id)?: id == text
    case .number(let digits)?: digits == text
    default: false
    }
  }

  private static func holds(_ value: JSONValue, _ isWanted: (String) -> Bool) -> Bool {
    switch value {
    case .string(let text): isWanted(text)
    case .array(let elements): elements.contains { holds($0, isWanted) }
    case .object(let members): members.contains { $0.name != "id" && holds($0.value, isWanted) }
    case .null, .bool, .number: false
    }
  }
}
