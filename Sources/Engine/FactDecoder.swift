import Findings
import JSON
import Model
import Syntax
import Values

/// Reads the JSON values of one fact.
struct FactDecoder: Sendable {
  let fact: Fact
  private let values: [ExactText: ValueID]

  init(_ fact: Fact) {
    self.fact = fact
    values = Dictionary(
      fact.values.enumerated().map { (ExactText($1), ValueID($0)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The state of the fact in a message that holds this in the fact's field.
  func state(of field: FieldTree.Field, isUnknown: Bool) throws(MessageError) -> FactState {
    switch field {
    case .value(let value): .value(try self.value(of: value))
    case .blocked(let step, let value):
      throw .wrongType(step, value, wanted: "an object that holds `\(fact.field)`")
    case .empty: isUnknown ? .missing : fact.presence.unsaid
    }
  }

  /// The value that a JSON value other than `null` stands for.
  private func value(of json: JSONValue) throws(MessageError) -> FactValue {
    switch (fact.kind, json) {
    case (.choice, .string(let text)): .choice(try declared(text))
    case (.set, .string(let text)): .set([try declared(text)])
    case (.set, .array(let elements)): .set(try set(elements))
    case (.yesOrNo, .bool(let flag)): .flag(flag)
    case (.number(let isWhole, _, let low, let high), .number(let digits)):
      .number(try number(digits, isWhole: isWhole, low: low, high: high))
    case (.date, .string(let text)): .day(try day(text))
    case (.text, .string(let text)): .text(text)
    case (.choice, _), (.set, _), (.yesOrNo, _), (.number, _), (.date, _), (.text, _):
      throw .wrongType(fact.field, json, wanted: fact.wantedInWords)
    }
  }

  private func set(_ elements: [JSONValue]) throws(MessageError) -> Set<ValueID> {
    var set: Set<ValueID> = []
    for element in elements {
      guard case .string(let text) = element else {
        throw MessageError(
          .wrongType, field: fact.field,
          "`\(fact.field)` holds \(element.inWords); it takes \(fact.wantedInWords)")
      }
      set.insert(try declared(text))
    }
    return set
  }

  private func declared(_ text: String) throws(MessageError) -> ValueID {
    if let value = values[ExactText(text)] { return value }
    let verb = fact.kind == .set ? "holds" : "is"
    throw MessageError(
      .badValue, field: fact.field,
      "`\(fact.field)` \(verb) \(JSONValue.string(text).inWords), which is none of its values"
        + Suggestion.words(for: text, among: fact.values))
  }

  private func number(
    _ digits: String, isWhole: Bool, low: Decimal6?, high: Decimal6?
  ) throws(MessageError) -> Decimal6 {
    let json = JSONValue.number(digits)
    switch Decimal6.parseJSON(digits) {
    case .success(let number):
      guard !isWhole || number.isWhole, low.map({ $0 <= number }) ?? true,
        high.map({ number <= $0 }) ?? true
      else {
        throw .badValue(fact.field, json, "; it takes \(fact.wantedInWords)")
      }
      return number
    case .failure(.tooManyDecimals):
      throw .badValue(fact.field, json, "; it takes numbers with at most six decimals")
    case .failure(.tooLarge), .failure(.notANumber):
      throw .badValue(fact.field, json, "; it takes numbers up to \(Decimal6.limit)")
    }
  }

  private func day(_ text: String) throws(MessageError) -> Day {
    guard let day = Day.parseISO(text.utf8), day.year >= 1900 else {
      throw .badValue(fact.field, .string(text), "; it takes \(fact.wantedInWords)")
    }
    return day
  }
}

extension Fact {
  /// What a message may hold in the fact's field, for a sentence.
  package var wantedInWords: String {
    switch kind {
    case .choice: "a text: \(Suggestion.list(values))"
    case .set: "an array of texts: \(Suggestion.list(values))"
    case .yesOrNo: "true or false"
    case .number(let isWhole, let unit, let low, let high):
      numberInWords(isWhole: isWhole, unit: unit, low: low, high: high)
    case .date: "a day from 1900 on that exists, written as `2026-05-31`"
    case .text: "a text"
    }
  }

  private func numberInWords(
    isWhole: Bool, unit: String?, low: Decimal6?, high: Decimal6?
  ) -> String {
    let name = isWhole ? "a whole number" : "a number"
    return name + (unit.map { " of \($0)" } ?? "") + Fact.Kind.rangeInWords(low, high)
  }
}

/// What to write in place of a word that nobody declared.
enum Suggestion {
  /// `; did you mean …?`, or the words there are.
  static func words(for written: String, among known: [String]) -> String {
    if let nearest = Spelling.nearest(written, in: known) {
      return "; did you mean `\(nearest)`?"
    }
    return known.isEmpty ? "" : "; there are \(list(known))"
  }

  /// The first few of some words.
  static func list(_ words: [String]) -> String {
    let shown = words.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    return words.count > 8 ? "\(shown) and \(words.count - 8) more" : shown
  }
}
