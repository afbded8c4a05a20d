import Model
import Syntax
import Values

/// What a message may tell of one fact, as plain numbers.
struct FactLimits {
  var kind: PolicyFact.Kind
  var isOptional: Bool
  /// How many declared values there are.
  var valueCount: Int
  var isWhole = false
  /// Of numbers, in millionths.
  var low = Int64.min
  var high = Int64.max
  /// Whether its value has to be kept as it was told, because somebody will ask for it: a note's text, as a rule.
  var isShown: Bool
  /// Where the values of a set that is shown are kept: the first of its words.
  var firstWord: Int
  var wordCount: Int

  /// The limits of every fact, and how many words their sets need.
  static func all(
    _ vocabulary: Vocabulary, keepingAll: Bool
  ) -> (limits: [FactLimits], wordCount: Int) {
    let shown = Set(vocabulary.notes.flatMap(\.facts))
    var wordCount = 0
    let limits = vocabulary.facts.map { fact in
      let isShown = keepingAll || shown.contains(fact.id)
      let limits = FactLimits(fact, isShown: isShown, firstWord: wordCount)
      wordCount += limits.wordCount
      return limits
    }
    return (limits, wordCount)
  }

  private init(_ fact: Fact, isShown: Bool, firstWord: Int) {
    isOptional = fact.presence == .optional
    valueCount = fact.values.count
    self.isShown = isShown
    self.firstWord = firstWord
    wordCount = 0
    switch fact.kind {
    case .choice: kind = .choice
    case .set:
      kind = .set
      if isShown { wordCount = (valueCount + 63) / 64 }
    case .yesOrNo: kind = .yesOrNo
    case .date: kind = .date
    case .text: kind = .text
    case .number(let isWhole, _, let low, let high):
      kind = .number
      self.isWhole = isWhole
      self.low = max(low?.millionths ?? .min, -Decimal6.limit.millionths)
      self.high = min(high?.millionths ?? .max, Decimal6.limit.millionths)
    }
  }

  /// The first and the last day that a date may be.
  static let days = FactLimits.day(1900, 1, 1)...FactLimits.day(9999, 12, 31)

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int32 {
    Day(year: year, month: month, day: day)?.number ?? 0
  }
}

/// Why a message does not take what it is told.
package enum Refusal: Sendable {
  case unknownFact, wrongKind, unknownValue, notAllowed
}
