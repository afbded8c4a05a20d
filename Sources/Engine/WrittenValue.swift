package import JSON
package import Model
package import Values

/// A value of a fact as people write it: in an answer, in a cell of a register, in a header of a mail.
///
/// Capitals do not matter, nor the unit of a number; the values of a set are parted by commas or semicolons; a day is
/// written as `1 September 2022` or `2022-09-01`.
package struct WrittenValue {
  private let fact: Fact
  private let text: String
  /// Whether the number of a declared value, from 1, stands for the value.
  private let numbersAreValues: Bool

  package init(_ fact: Fact, _ text: String, numbersAreValues: Bool = false) {
    (self.fact, self.text, self.numbersAreValues) = (fact, text, numbersAreValues)
  }

  /// What it would be in a message, for the `MessageDecoder` to check; `today` is what the word means.
  package func json(today: Day?) -> JSONValue {
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

  /// The declared value of a name or of a number; else what was written.
  private func value(_ text: String) -> String {
    if let value = fact.values.first(where: { $0.lowercased() == text.lowercased() }) {
      return value
    }
    if numbersAreValues, let number = Int(text), fact.values.indices.contains(number - 1) {
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

extension String {
  /// The text without white space at its ends.
  package var trimmed: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}
