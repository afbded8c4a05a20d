package import Logic
package import Model
package import Syntax
package import Values

// From truth values of properties to a message and a day that have them.

/// What a solver says about each variable; nil where it does not matter.
package typealias Assignment = (Variable) -> Bool?

extension MessageClasses {
  /// A message and a day, with a second value of every copied fact.
  package struct Witness: Sendable {
    package let message: Message
    /// The values at the second places.
    package let copies: [FactID: FactState]
  }

  /// The message and the day of a class; or a clause that says which of the truth values cannot go
  /// together, although no implication forbids it: no text matches so, no day is like that.
  package func witness(_ value: Assignment) -> WitnessResult {
    let (found, clause) = findToday(value)
    guard let today = found else { return .impossible(clause) }
    if let clause = impossibleText(value) { return .impossible(clause) }
    let states = (0..<placeCount).map { state(at: Place($0), today: today, value) }
    let count = vocabulary.facts.count
    return .found(
      Witness(
        message: Message(values: Array(states[..<count]), today: today),
        copies: copies.mapValues { states[$0.index] }))
  }

  /// A clause that says which truth values cannot go together; nil if some message is like that.
  package func impossibility(_ value: Assignment) -> [Literal]? {
    let (today, clause) = findToday(value)
    return today == nil ? clause : impossibleText(value)
  }

  private func impossibleText(_ value: Assignment) -> [Literal]? {
    for place in textPlaces {
      guard case .text(let patterns) = facts[fact(at: place).index] else { continue }
      let (wanted, unwanted) = matching(patterns, at: place, value)
      if wanted.isEmpty || text(patterns, wanted, unwanted) != nil { continue }
      let (few, others) = TextPattern.core(patterns, wanted, unwanted)
      return few.map { !Literal(variable(place, $0)) } + others.map { Literal(variable(place, $0)) }
    }
    return nil
  }

  package enum WitnessResult {
    case found(Witness)
    /// At least one of these must be true.
    case impossible([Literal])
  }

  /// Which patterns the text at a place is to match, and which not.
  private func matching(
    _ patterns: [TextPattern], at place: Place, _ value: Assignment
  ) -> (wanted: [Int], unwanted: [Int]) {
    var (wanted, unwanted): ([Int], [Int]) = ([], [])
    for index in patterns.indices {
      switch value(variable(place, index)) {
      case true?: wanted.append(index)
      case false?: unwanted.append(index)
      case nil: break
      }
    }
    return (wanted, unwanted)
  }

  private func text(_ patterns: [TextPattern], _ wanted: [Int], _ unwanted: [Int]) -> String? {
    TextPattern.text(matching: wanted.map { patterns[$0] }, not: unwanted.map { patterns[$0] })
  }

  // MARK: - Today

  /// The day nearest to 1 January 2026 that is as the assignment wants it.
  private func findToday(_ value: Assignment) -> (Day?, [Literal]) {
    let wanted = today.comingAndGoing.compactMap { variable in
      value(variable).map { (variable: variable, isSo: $0) }
    }
    // Each of these variables implies those before it: first come the true ones, last the false.
    let trueCount = today.variables.countOfFirst { value($0) == true }
    let notFalseCount = today.variables.countOfFirst { value($0) != false }
    let lower = trueCount > 0 ? trueCount - 1 : nil
    let upper = notFalseCount < today.variables.count ? notFalseCount : nil
    let first = lower.map { Int(today.firstDays[$0].number) } ?? TodayClasses.proved.lowerBound
    let last =
      upper.map { Int(today.firstDays[$0].number) - 1 } ?? TodayClasses.proved.upperBound
    let usual = min(max(Int(Day.usual.number), first), last)
    if wanted.isEmpty { return (Day(clamping: usual), []) }
    let days = today.days(where: wanted)
    let (before, after) = (days.last(through: usual), days.first(from: usual))
    let near = [after, before].compactMap { $0 }.filter { first <= $0 && $0 <= last }
    if let nearest = near.min(by: { abs($0 - usual) < abs($1 - usual) }) {
      return (Day(clamping: nearest), [])
    }
    // Nor is there one between the nearest such days before and after: the longer, the more is learnt.
    let start = today.firstDays.firstIndex { Int($0.number) > before ?? Int.min }
    let end = today.firstDays.firstIndex { Int($0.number) > after ?? Int.max }
    var clause = wanted.map { Literal($0.variable, isNegated: $0.isSo) }
    if before != nil, let start { clause.append(!Literal(today.variables[start])) }
    if after != nil {
      // The last stretch that begins no later than the day after.
      let index = (end ?? today.firstDays.count) - 1
      if index >= 0 { clause.append(Literal(today.variables[index])) }
    }
    return (nil, clause)
  }

  // MARK: - Facts

  /// What a message of a class says of the fact at a place on a day that is as the assignment wants it.
  package func state(at place: Place, today: Day, _ value: Assignment) -> FactState {
    let fact = vocabulary[fact(at: place)]
    func isTrue(_ index: Int) -> Bool? { value(variable(place, index)) }
    let classes = facts[fact.id.index]
    let count = classes.propertyCount
    if let recorded = recorded[place.index] {
      // Where it does not matter whether something is recorded, nothing is.
      if value(recorded) != true { return .absent }
    } else if case .defaulted(let standard) = fact.presence,
      (0..<count).allSatisfy({ isTrue($0) == nil })
    {
      return .value(standard)
    }
    switch classes {
    case .yesOrNo: return .value(.flag(isTrue(0) ?? false))
    case .choice(let groups):
      let free = (0..<count).first { isTrue($0) == nil }
      let group = (0..<count).first { isTrue($0) == true } ?? (isTrue(0) == nil ? free : nil)
      return .value(.choice(groups[group ?? groups.count - 1][0]))
    case .set(let groups):
      let held = groups.indices.filter { isTrue($0) == true }.map { groups[$0][0] }
      return .value(.set(Set(held)))
    case .number(let thresholds):
      let range = NumberRange(fact)
      let low = (0..<count).last { isTrue($0) == true }.map { thresholds[$0] } ?? range.low
      let high = (0..<count).first { isTrue($0) == false }.map { thresholds[$0] - range.step }
      let number = range.plainest(low, high ?? range.high)
      return .value(.number(Decimal6(millionths: number) ?? Decimal6(0)))
    case .date(let moments):
      let numbers = moments.map { $0.number(today: today, calendars) }
      let low = (0..<count).filter { isTrue($0) == true }.map { numbers[$0] }.max()
      let high = (0..<count).filter { isTrue($0) == false }.map { numbers[$0] - 1 }.min()
      return .value(.day(Day.plainest(low, high, today: today)))
    case .text(let patterns):
      let (wanted, unwanted) = matching(patterns, at: place, value)
      guard let text = text(patterns, wanted, unwanted) else {
        preconditionFailure("a text that is possible can be written")
      }
      return .value(.text(text))
    }
  }
}

extension [Variable] {
  /// How many at the beginning meet a condition that all others do not. A binary search.
  fileprivate func countOfFirst(where condition: (Variable) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TextPattern {
  /// A few of the demands that already cannot be met together.
  static func core(
    _ patterns: [TextPattern], _ wanted: [Int], _ unwanted: [Int]
  ) -> (wanted: [Int], unwanted: [Int]) {
    var (kept, keptOut) = (wanted, unwanted)
    func isImpossible(_ wanted: [Int], _ unwanted: [Int]) -> Bool {
      text(matching: wanted.map { patterns[$0] }, not: unwanted.map { patterns[$0] }) == nil
    }
    for index in unwanted where isImpossible(kept, keptOut.filter { $0 != index }) {
      keptOut.removeAll { $0 == index }
    }
    for index in wanted where isImpossible(kept.filter { $0 != index }, keptOut) {
      kept.removeAll { $0 == index }
    }
    return (kept, keptOut)
  }
}

extension NumberRange {
  /// The number between two that people would choose: 0 if it is there, else a whole one near an end.
  func plainest(_ low: Int64, _ high: Int64) -> Int64 {
    if low <= 0, 0 <= high { return 0 }
    let whole: Int64 = 1_000_000
    let (near, far) = low > 0 ? (low, high) : (-high, -low)
    let (quotient, rest) = near.quotientAndRemainder(dividingBy: whole)
    let rounded = (rest == 0 ? quotient : quotient + 1) * whole
    let magnitude = rounded <= far ? rounded : near
    return low > 0 ? magnitude : -magnitude
  }
}

extension Day {
  /// The today of an example to which it does not matter.
  package static let usual = Day(year: 2026, month: 1, day: 1) ?? .firstProved

  /// The day between two that people would choose: today if it is there, else the nearest.
  static func plainest(_ first: Int?, _ last: Int?, today: Day) -> Day {
    let earliest = max(first ?? Int.min, TodayClasses.firstDate)
    let latest = min(last ?? Int.max, Int(Day.last.number))
    return Day(clamping: min(max(Int(today.number), earliest), latest))
  }
}
