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

  /// What it would be in a message, for its reader to check.
  func json(today: Day) -> JSONValue {
    let text = unquoted
    switch fact.kind {
    case .choice: return .string(value(text))
    case .set: return .array(values(text).map { .string(value($0)) })
    case .yesOrNo: return yesOrNo(text)
    case .number: return number(text)
    case .date:
      let day = text.lowercased() == "today" ? today : Day.parseWords(text)
      return .string(day?.description ?? text)
    case .text: return .string(text)
    }
  }

  private var unquoted: String {
    guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return String(text.dropFirst().dropLast())
  }

  /// The declared value of a number or of a name, whose capitals do not matter; else what was typed.
  private func value(_ text: String) -> String {
    if let value = fact.values.first(where: { $0.lowercased() == text.lowercased() }) {
      return value
    }
    if let number = Int(text), fact.values.indices.contains(number - 1) {
      return fact.values[number - 1]
    }
    return text
  }

  private func values(_ text: String) -> [String] {
    if ["nothing", "none"].contains(text.lowercased()) { return [] }
    return text.split { $0 == "," || $0 == ";" }.map { String($0).trimmed }
  }

  private func yesOrNo(_ text: String) -> JSONValue {
    switch text.lowercased() {
    case "yes", "y", "true": .bool(true)
    case "no", "n", "false": .bool(false)
    default: .string(text)
    }
  }

  /// A number with or without its unit.
  private func number(_ text: String) -> JSONValue {
    var digits = text
    if case .number(_, let unit?, _, _) = fact.kind {
      for unit in [unit, unit + "s"] where digits.lowercased().hasSuffix(unit.lowercased()) {
        digits = String(digits.dropLast(unit.count)).trimmed
      }
      if digits.hasPrefix(unit) { digits = String(digits.dropFirst(unit.count)).trimmed }
    }
    switch Decimal6.parse(digits.utf8) {
    case .success(let number): return .number(number.description)
    case .failure(.tooLarge), .failure(.tooManyDecimals):
      return Decimal6.isJSON(digits) ? .number(digits) : .string(text)
    case .failure(.notANumber): return .string(text)
    }
  }
}

extension Decimal6 {
  /// Whether digits are written as in JSON, whatever their number is.
  fileprivate static func isJSON(_ digits: String) -> Bool {
    if case .failure(.notANumber) = Decimal6.parseJSON(digits) { false } else { true }
  }
}
