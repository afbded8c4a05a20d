import Model
import Syntax
import Values

/// Numbers that look random and follow from where they begin.
///
/// Source: G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators", 2014.
struct Numbers {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ state >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number from 0 up to, not including, a limit that is more than 0.
  mutating func below(_ limit: Int) -> Int { Int(truncatingIfNeeded: next() % UInt64(limit)) }

  /// A message to a vocabulary, in which now and then facts are missing or not mentioned.
  mutating func states(of vocabulary: Vocabulary) -> [FactState] {
    let often = below(3)
    return vocabulary.facts.map { fact in
      switch below(often == 0 ? 1000 : 8) {
      case 0: .missing
      case 1: fact.presence.unsaid
      default: value(of: fact).map { .value($0) } ?? .missing
      }
    }
  }

  private mutating func value(of fact: Fact) -> FactValue? {
    let count = fact.values.count
    switch fact.kind {
    case .choice: return count == 0 ? nil : .choice(ValueID(below(count)))
    case .set: return .set(Set((0..<count).filter { _ in below(2) == 0 }.map { ValueID($0) }))
    case .yesOrNo: return .flag(below(2) == 0)
    case .number: return .number(Decimal6(below(700) - 3))
    case .date: return .day(Day(clamping: below(40_000)))
    case .text:
      let texts = ["gov.uk", "pat@a.GOV.uk", "", "Say \"hi\" now", "pat@example.org"]
      return .text(texts[below(texts.count)])
    }
  }
}
