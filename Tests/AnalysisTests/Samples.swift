import Model
import Syntax
import Values

/// Values of facts, so many that every test of a policy is met and not met in every way there is.
struct Samples {
  let days: DayPool
  let texts: TextPool

  /// By fact, one choice for every set of tests that some value meets; nil where `isDated` asks for
  /// dates and it is none, or the other way round. A value in `given` comes first among its like.
  func choices(
    _ policy: Policy, _ tests: [[Predicate]], isDated: Bool, today: Day, _ given: [FactState] = []
  ) -> [[Table.Choice]?] {
    policy.vocabulary.facts.map { fact in
      guard (fact.kind == .date) == isDated else { return nil }
      let tests = tests[fact.id.index]
      var states: [FactState] = given.isEmpty ? [] : [given[fact.id.index]]
      if fact.presence == .optional { states.append(.absent) }
      if case .defaulted(let value) = fact.presence { states.append(.value(value)) }
      states += values(of: fact, tests, today, policy.calendar).map { .value($0) }
      var seen: Set<[Bool]> = []
      return states.compactMap { state in
        guard state != .missing else { return nil }
        let truths = tests.map { $0.truth(of: state, today: today, policy.calendar) == .yes }
        guard seen.insert(truths).inserted else { return nil }
        return Table.Choice(state: state, truths: truths)
      }
    }
  }

  private func values(
    of fact: Fact, _ tests: [Predicate], _ today: Day, _ calendar: WorkingCalendar
  ) -> [FactValue] {
    switch fact.kind {
    case .choice: return fact.values.indices.map { .choice(ValueID($0)) }
    case .set:
      return (0..<1 << fact.values.count).map { bits in
        .set(Set(fact.values.indices.filter { bits >> $0 & 1 == 1 }.map { ValueID($0) }))
      }
    case .yesOrNo: return [.flag(true), .flag(false)]
    case .number(let isWhole, _, let low, let high):
      return numbers(tests, isWhole, low, high).map { .number($0) }
    case .date:
      var numbers = [DayPool.firstDate, Int(Day.last.number), Int(today.number)]
      for case .isDated(let ranges) in tests {
        for bound in ranges.flatMap({ [$0.first, $0.last].compactMap { $0 } }) {
          let number = bound.number(today: today, calendar)
          numbers += [number - 1, number, number + 1]
        }
      }
      return numbers.compactMap { number in
        DayPool.firstDate <= number ? Day(number: number).map { .day($0) } : nil
      }
    case .text: return texts.texts.map { .text($0) }
    }
  }

  private func numbers(
    _ tests: [Predicate], _ isWhole: Bool, _ low: Decimal6?, _ high: Decimal6?
  ) -> [Decimal6] {
    let limit: Int64 = 1_000_000_000_000_000_000
    let step: Int64 = isWhole ? 1_000_000 : 1
    let (least, most) = (low?.millionths ?? -limit, high?.millionths ?? limit)
    var numbers = [least, most, 0]
    for case .isIn(let ranges) in tests {
      for end in ranges.flatMap({ [$0.lowerBound, $0.upperBound] }) where abs(end / 2) < limit {
        // The numbers next to the end, whole if they have to be.
        let near = end / step * step
        numbers += [near - step, near, near + step]
      }
    }
    return numbers.filter { least <= $0 && $0 <= most && $0 % step == 0 }
      .compactMap { Decimal6(millionths: $0) }
  }
}
