import Syntax
import Values

/// What a fact's declaration says, in a few words.
enum FactWords {
  /// `one of plain, post; may not be recorded`
  static func type(of fact: DeclaredFact) -> String {
    let type =
      switch fact.type {
      case .choice: "one of " + listed(fact.values.names)
      case .set: "any of " + listed(fact.values.names)
      case .yesOrNo: "yes or no"
      case .number(let number): words(number)
      case .date: "date"
      case .text: "text"
      }
    switch fact.presence {
    case .required: return type
    case .optional: return type + ", if recorded"
    case .defaulted: return type + ", with a value if absent"
    }
  }

  private static func listed(_ names: [String]) -> String {
    names.count > 8
      ? names.prefix(8).joined(separator: ", ") + " and \(names.count - 8) more"
      : names.joined(separator: ", ")
  }

  private static func words(_ type: NumberTypeSyntax) -> String {
    var words = type.isWhole ? "whole number" : "number"
    if let unit = type.unit { words += " of \(unit.text)" }
    if let low = type.low { words += " from \(low)" }
    if let high = type.high { words += " to \(high)" }
    return words
  }

  /// A number with the fact's unit, as an example.
  static func number(of fact: DeclaredFact) -> String {
    guard case .number(let type) = fact.type else { return "10" }
    let number = type.high.map { "\($0)" } ?? "10"
    guard let unit = type.unit?.text else { return number }
    return ["£", "€", "$"].contains(unit) ? unit + number : "\(number) \(unit)"
  }

  /// The first words of a text.
  static func short(_ text: String) -> String {
    let line = text.tidied
    return line.count > 80 ? line.prefix(79) + "…" : line
  }
}
