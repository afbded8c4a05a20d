import Findings
import Model
import Syntax
import Values

extension TinyPolicy {
  mutating func fact(_ index: Int) -> Fact {
    let kind: Fact.Kind
    switch number(0...11) {
    case 0...2: kind = .choice
    case 3, 4: kind = .set
    case 5, 6: kind = .yesOrNo
    case 7, 8:
      kind = .number(
        isWhole: chance(50), unit: nil, low: chance(50) ? Decimal6(number(-2...2)) : nil,
        high: chance(50) ? Decimal6(number(3...5)) : nil)
    case 9, 10: kind = .date
    default: kind = .text
    }
    var values: [String] = []
    if kind == .choice { values = (0..<number(1...4)).map { "v\($0)" } }
    if kind == .set { values = (0..<number(1...3)).map { "v\($0)" } }
    var presence = Fact.Presence.required
    if chance(30) {
      presence = .optional
    } else if chance(30) {
      presence = .defaulted(value(kind, values.count))
    }
    return Fact(
      id: FactID(index), phrase: "fact \(index) is", negative: nil, kind: kind, presence: presence,
      values: values, path: ["fact_\(index)"],
      span: Span(file: FileID(0), start: UInt32(1_000_000 + index), end: UInt32(1_000_000 + index)))
  }

  private mutating func value(_ kind: Fact.Kind, _ count: Int) -> FactValue {
    switch kind {
    case .choice: .choice(ValueID(number(0...count - 1)))
    case .set: .set(Set((0..<count).filter { _ in chance(40) }.map { ValueID($0) }))
    case .yesOrNo: .flag(chance(50))
    case .number: .number(Decimal6(number(2...3)))
    case .date: .day(pick(days.days))
    case .text: .text(pick(texts.texts))
    }
  }

  mutating func predicate(of fact: Fact) -> Predicate {
    func values(_ count: Int) -> Set<ValueID> {
      Set((0..<count).map { _ in ValueID(number(0...fact.values.count - 1)) })
    }
    switch fact.kind {
    case .choice: return .isOneOf(values(number(1...2)))
    case .set:
      switch number(0...5) {
      case 0, 1: return .holdsAny(values(number(1...2)))
      case 2: return .holdsAll(values(number(1...2)))
      case 3: return .holdsNone(values(number(1...2)))
      case 4: return .isEmpty
      default: return .isNotEmpty
      }
    case .yesOrNo: return .isTrue
    case .number: return .isIn((0..<number(1...2)).map { _ in range() })
    case .date: return .isDated((0..<(chance(80) ? 1 : 2)).map { _ in stretch() })
    case .text: return .matches((0..<(chance(75) ? 1 : 2)).map { _ in pick(texts.patterns) })
    }
  }

  private mutating func range() -> ClosedRange<Int64> {
    let low = Int64(number(-2...6)) * 1_000_000 + Int64(pick([0, 0, 0, 500_000, 1]))
    switch number(0...3) {
    case 0: return Int64.min...low
    case 1: return low...Int64.max
    case 2: return low...low
    default: return low...low + Int64(number(0...3)) * 1_000_000
    }
  }

  private mutating func stretch() -> DayRange {
    let (one, two) = (pick(days.bounds), pick(days.bounds))
    switch number(0...3) {
    case 0: return DayRange(first: one, last: nil)
    case 1: return DayRange(first: nil, last: one)
    case 2: return DayRange(first: one, last: one)
    default: return DayRange(first: one, last: two)
    }
  }
}

extension TinyPolicy {
  /// A message whose values are told apart by the policy's tests.
  mutating func message(to policy: Policy, _ samples: Samples, missing percent: Int) -> Message? {
    guard let table = Table(policy, samples, atMost: 30_000) else { return nil }
    var message = table.message(number(0...table.count - 1))
    for index in message.values.indices where chance(percent) { message.values[index] = .missing }
    return message
  }
}
