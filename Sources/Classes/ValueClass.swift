package import Logic
package import Model
package import Syntax
package import Values

/// Values of one fact that no test of a policy tells apart on one day; or that nothing is recorded.
package struct ValueClass: Sendable {
  /// What is so of each variable about the fact.
  package let literals: [Literal]
  /// Of its values the one nearest to another, or the plainest.
  package let state: FactState
  /// Of a choice, all of its values.
  package let choices: [ValueID]
  /// Of a number in millionths, and of a date: its first and last value.
  package let range: ClosedRange<Int64>?
}

extension MessageClasses {
  /// The variables about a fact.
  package func variables(of fact: FactID) -> [Variable] {
    let place = Place(fact)
    let count = Int32(facts[fact.index].propertyCount)
    let first = firstVariable[place.index]
    return (recorded[place.index].map { [$0] } ?? []) + (first..<first + count).map(Variable.init)
  }

  /// What is so of every variable about today on a day.
  package func literals(on today: Day) -> [Literal] {
    properties.indices.compactMap { index in
      guard placeOfVariable[index] == nil else { return nil }
      if case .outcomeIs = properties[index] { return nil }
      let variable = Variable(Int32(index))
      return Literal(variable, isNegated: !isTrue(variable, on: today))
    }
  }

  /// The classes of a fact's values on a day, those nearest to what a message says first, and that nothing is
  /// recorded last. Nil of sets and texts, which have too many.
  package func valueClasses(
    of fact: FactID, on today: Day, nearestTo state: FactState
  ) -> [ValueClass]? {
    let values: [ValueClass]
    switch facts[fact.index] {
    case .yesOrNo:
      values = [true, false].map { isTrue in
        valueClass(fact, .value(.flag(isTrue))) { _ in isTrue }
      }
    case .choice(let groups):
      values = groups.enumerated().sorted { $0.element[0] < $1.element[0] }.map { index, group in
        let own = group.first { state == .value(.choice($0)) }
        return valueClass(fact, .value(.choice(own ?? group[0])), group) { $0 == index }
      }
    case .number(let thresholds): values = numbers(fact, thresholds, near: state)
    case .date(let moments): values = days(fact, moments, today, near: state)
    case .set, .text: return nil
    }
    guard let recorded = recorded[fact.index] else { return values }
    let nothing = variables(of: fact).map { Literal($0, isNegated: true) }
    let isRecorded = values.map { value in
      ValueClass(
        literals: [Literal(recorded)] + value.literals, state: value.state,
        choices: value.choices, range: value.range)
    }
    return isRecorded
      + [ValueClass(literals: nothing, state: .absent, choices: [], range: nil)]
  }

  private func valueClass(
    _ fact: FactID, _ state: FactState, _ choices: [ValueID] = [],
    range: ClosedRange<Int64>? = nil, _ isSo: (Int) -> Bool
  ) -> ValueClass {
    let literals = (0..<facts[fact.index].propertyCount).map { index in
      Literal(variable(Place(fact), index), isNegated: !isSo(index))
    }
    return ValueClass(literals: literals, state: state, choices: choices, range: range)
  }

  private func numbers(
    _ fact: FactID, _ thresholds: [Int64], near state: FactState
  ) -> [ValueClass] {
    let domain = NumberRange(vocabulary[fact])
    var near: Int64?
    if case .value(.number(let number)) = state { near = number.millionths }
    let starts = [domain.low] + thresholds
    let ends = thresholds.map { $0 - domain.step } + [domain.high]
    let classes = zip(starts, ends).enumerated().map { index, ends in
      let number = near.map { min(max($0, ends.0), ends.1) } ?? domain.plainest(ends.0, ends.1)
      return valueClass(
        fact, .value(.number(Decimal6(millionths: number) ?? Decimal6(0))),
        range: ends.0...max(ends.0, ends.1)
      ) { $0 < index }
    }
    return classes.nearest(to: near ?? domain.plainest(domain.low, domain.high))
  }

  private func days(
    _ fact: FactID, _ moments: [Moment], _ today: Day, near state: FactState
  ) -> [ValueClass] {
    let (first, last) = (TodayClasses.firstDate, Int(Day.last.number))
    var near = Int(today.number)
    if case .value(.day(let day)) = state { near = Int(day.number) }
    let numbers = moments.map { $0.number(today: today, calendars) }
    let starts = Set(numbers).filter { first < $0 && $0 <= last }.union([first]).sorted()
    let ends = starts.dropFirst().map { $0 - 1 } + [last]
    let classes = zip(starts, ends).map { start, end in
      valueClass(
        fact, .value(.day(Day(clamping: min(max(near, start), end)))),
        range: Int64(start)...Int64(end)
      ) { numbers[$0] <= start }
    }
    return classes.nearest(to: Int64(near))
  }
}

extension [ValueClass] {
  /// Stretches of numbers or days in the order of their distance; of two as far away the lower one first.
  fileprivate func nearest(to number: Int64) -> [ValueClass] {
    func distance(_ value: ValueClass) -> Int64 {
      guard let range = value.range else { return 0 }
      return Swift.max(range.lowerBound - number, number - range.upperBound, 0)
    }
    return map { (distance($0), $0) }
      .sorted { ($0.0, $0.1.range?.lowerBound ?? 0) < ($1.0, $1.1.range?.lowerBound ?? 0) }
      .map(\.1)
  }
}
