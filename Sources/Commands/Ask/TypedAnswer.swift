import Engine
import JSON
import Model
import Syntax
import Values

/// What somebody typed in answer to a question about a fact.
struct TypedAnswer {
  /// Something else than a value.
  enum Request: String, CaseIterable {
    case unknown, why, back, stop, help
  }

  let fact: Fact
  let text: String

  /// What was asked for, if it is no value. In quotation marks every word is a value.
  var request: Request? {
    if text == "?" { return .help }
    return Request(rawValue: text.lowercased())
  }

  /// Enter alone: what is so where nothing is said; nil where something has to be said.
  var unsaid: FactState? {
    guard text.isEmpty, fact.presence.unsaid != .missing else { return nil }
    return fact.presence.unsaid
  }

  /// What it would be in a message, for its reader to check. A value may be given by its number.
  func json(today: Day) -> JSONValue {
    WrittenValue(fact, unquoted, numbersAreValues: true).json(today: today)
  }

  private var unquoted: String {
    guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return String(text.dropFirst().dropLast())
  }
}
