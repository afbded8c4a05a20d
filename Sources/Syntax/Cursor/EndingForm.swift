/// A way to end a sentence about a fact, in the words of the one layout, with places to fill in.
///
/// These are examples to choose from, not the grammar: a test reads every one of them with the parser
/// and expects the printer to leave it as it is.
package struct EndingForm: Hashable, Sendable {
  package enum Piece: Hashable, Sendable {
    case words(String)
    // Places: a value, a text in quotes, a number with its unit, a date, or a duration.
    case value
    case text
    case number
    /// A number whose unit stands behind another.
    case bareNumber
    case date
    case duration
  }

  package let pieces: [Piece]

  /// `more than {number}`: words and, in braces, places.
  private init(_ pattern: String) {
    var pieces: [Piece] = []
    for (index, part) in pattern.split(separator: "{", omittingEmptySubsequences: false)
      .enumerated()
    {
      var words = part
      if index > 0, let close = part.firstIndex(of: "}") {
        pieces.append(EndingForm.places[String(part[..<close])] ?? .value)
        words = part[part.index(after: close)...]
      }
      if !words.isEmpty { pieces.append(.words(String(words))) }
    }
    self.pieces = pieces
  }

  private static let places: [String: Piece] = [
    "value": .value, "text": .text, "number": .number, "bareNumber": .bareNumber, "date": .date,
    "duration": .duration,
  ]

  /// The endings that a fact takes in a place. Behind a negative phrase, which holds a `not` already,
  /// none has one of its own. Values that may stand alone are not among them.
  package static func forms(
    of fact: DeclaredFact, isNegative: Bool, in place: EndingPlace
  ) -> [EndingForm] {
    patterns(of: fact, isNegative: isNegative, in: place).map { EndingForm($0) }
  }

  private static func patterns(
    of fact: DeclaredFact, isNegative: Bool, in place: EndingPlace
  ) -> [String] {
    let mayBeRecorded = fact.presence == .optional && place != .continuation
    var recorded: [String] = []
    if mayBeRecorded, place == .cell || fact.endsInBe {
      recorded = isNegative ? ["recorded"] : ["recorded", "not recorded"]
    }
    if place == .given { return givenPatterns(of: fact) + (isNegative ? [] : recorded) }
    var positive = patterns(of: fact.type, in: place)
    // `was … within` may look back or ahead, and `not more than … ago` is true of a date that is not
    // recorded: both are errors.
    if fact.type == .date {
      if fact.saysWas { positive.removeAll { $0.hasPrefix("within {") } }
      if isNegative { positive.removeAll { $0.hasSuffix(" ago") || $0.hasSuffix(" away") } }
    }
    let canNegate = !isNegative && fact.endsInBe && place != .continuation
    let negated = canNegate ? negatedPatterns(of: fact.type) : []
    return positive + negated + recorded
  }

  private static func patterns(of type: FactType, in place: EndingPlace) -> [String] {
    switch type {
    case .choice: ["one of {value}, {value}"]
    case .set:
      ["any of {value}, {value}", "all of {value}, {value}", "none of {value}, {value}", "nothing"]
        + (place == .continuation ? [] : ["anything"])
    case .yesOrNo: []
    case .number:
      [
        "more than {number}", "less than {number}", "at least {number}", "at most {number}",
        "between {bareNumber} and {number}",
      ]
    case .date: datePatterns
    case .text: ["in the domain {text}", "one of {text}, {text}"]
    }
  }

  private static let datePatterns = [
    "today", "before {date}", "after {date}", "on or before {date}", "on or after {date}",
    "between {date} and {date}", "in the past", "in the future", "within {duration}",
    "within {duration} or past", "within the last {duration}", "more than {duration} ago",
    "at least {duration} ago", "less than {duration} ago", "more than {duration} away",
    "at least {duration} away", "less than {duration} away",
  ]

  /// What `not` may stand before.
  private static func negatedPatterns(of type: FactType) -> [String] {
    switch type {
    case .choice: ["not {value}", "not one of {value}, {value}"]
    case .text: ["not {text}", "not in the domain {text}"]
    case .set, .yesOrNo, .number, .date: []
    }
  }

  /// In a scenario a fact has one value.
  private static func givenPatterns(of fact: DeclaredFact) -> [String] {
    switch fact.type {
    case .set: ["nothing"]
    case .date: ["today"]
    case .choice, .yesOrNo, .number, .text: []
    }
  }
}
