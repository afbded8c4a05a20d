package import Model
package import Syntax
package import Values

/// The classes into which the tests of a policy divide the values of one fact.
///
/// An optional fact has one class more, where nothing is recorded.
package enum FactClasses: Sendable {
  case yesOrNo
  /// Groups of values that are tested alike, the largest last. The message has a
  /// value of one of them.
  case choice([[ValueID]])
  /// Groups of values that are tested alike. The message holds some of the values, or none; of a group
  /// it only matters whether it holds one.
  case set([[ValueID]])
  /// Stretches of numbers between thresholds, in order; a threshold belongs to the stretch above it.
  /// In millionths.
  case number(thresholds: [Int64])
  /// Stretches of days between moments. Which stretches there are depends on today.
  case date([Moment])
  /// One class for every set of patterns that some text matches together.
  case text([TextPattern])
}

extension FactClasses {
  /// Divides the values of a fact so far that all of these tests can be answered, by one calendar.
  package init(_ fact: Fact, testedBy predicates: [Predicate]) {
    self.init(fact, predicates.map { ($0, 0) }, andBy: [])
  }

  /// Divides the values of a fact so far that all of these tests can be answered, and whether it has its
  /// default.
  init(_ fact: Fact, _ uses: [(predicate: Predicate, calendar: Int)]) {
    if case .defaulted(let value) = fact.presence {
      self.init(fact, uses, andBy: value.equality(of: fact))
    } else {
      self.init(fact, uses, andBy: [])
    }
  }

  private init(
    _ fact: Fact, _ uses: [(predicate: Predicate, calendar: Int)], andBy others: [Predicate]
  ) {
    let predicates = uses.map(\.predicate) + others
    switch fact.kind {
    case .yesOrNo: self = .yesOrNo
    case .choice:
      self = .choice(FactClasses.groups(fact.values.count, predicates.compactMap(\.choices)))
    case .set:
      self = .set(FactClasses.groups(fact.values.count, predicates.flatMap(\.holdings)))
    case .number(let isWhole, _, let low, let high):
      self = .number(
        thresholds: FactClasses.thresholds(predicates, isWhole: isWhole, low: low, high: high))
    case .date:
      self = .date(FactClasses.moments(uses, predicates.dropFirst(uses.count)))
    case .text: self = .text(FactClasses.patterns(predicates))
    }
  }

  /// Groups of values that are in the same ones of these sets, the largest last.
  private static func groups(_ count: Int, _ sets: [Set<ValueID>]) -> [[ValueID]] {
    var groupOf = Array(repeating: 0, count: count)
    var groupCount = count == 0 ? 0 : 1
    for values in Set(sets) {
      var parted: [Int: Int] = [:]
      for value in values where groupOf.indices.contains(value.index) {
        let group = groupOf[value.index]
        if parted[group] == nil {
          parted[group] = groupCount
          groupCount += 1
        }
        groupOf[value.index] = parted[group] ?? group
      }
    }
    var groups: [Int: [ValueID]] = [:]
    for value in 0..<count { groups[groupOf[value], default: []].append(ValueID(value)) }
    // Values that no test names are in a group with many others: that comes last, as what is left.
    return groups.values.sorted { ($0.count, $0[0]) < ($1.count, $1[0]) }
  }

  /// Each distinct threshold inside the fact's range, in order.
  private static func thresholds(
    _ predicates: [Predicate], isWhole: Bool, low: Decimal6?, high: Decimal6?
  ) -> [Int64] {
    var thresholds: Set<Int64> = []
    let range = NumberRange(isWhole: isWhole, low: low, high: high)
    for case .isIn(let ranges) in predicates {
      for bounds in ranges {
        thresholds.insert(range.threshold(bounds.lowerBound))
        if bounds.upperBound < Int64.max {
          thresholds.insert(range.threshold(bounds.upperBound + 1))
        }
      }
    }
    return thresholds.filter { range.low < $0 && $0 <= range.high }.sorted()
  }

  private static func moments(
    _ uses: [(predicate: Predicate, calendar: Int)], _ others: ArraySlice<Predicate>
  ) -> [Moment] {
    var moments: Set<Moment> = []
    for (predicate, calendar) in uses + others.map({ ($0, 0) }) {
      guard case .isDated(let ranges) = predicate else { continue }
      for range in ranges {
        if let first = range.first { moments.insert(Moment(first, calendar: calendar)) }
        if let last = range.last { moments.insert(Moment(last.next, calendar: calendar)) }
      }
    }
    return moments.sorted()
  }

  private static func patterns(_ predicates: [Predicate]) -> [TextPattern] {
    var patterns: [TextPattern] = []
    var seen: Set<TextPattern> = []
    for case .matches(let tested) in predicates {
      for pattern in tested where seen.insert(pattern.folded).inserted {
        patterns.append(pattern.folded)
      }
    }
    // In an order that is the same in every run.
    return patterns.sorted { a, b in
      a.pattern == b.pattern
        ? a.match.rank < b.match.rank : a.pattern.lexicographicallyPrecedes(b.pattern)
    }
  }
}

extension TextMatch {
  fileprivate var rank: Int { TextMatch.allCases.firstIndex(of: self) ?? 0 }
}

/// The numbers that a fact can have, in millionths.
package struct NumberRange: Sendable {
  package let low: Int64
  package let high: Int64
  /// The distance between two numbers that lie next to each other.
  package let step: Int64

  package init(isWhole: Bool, low: Decimal6?, high: Decimal6?) {
    step = isWhole ? 1_000_000 : 1
    let most: Int64 = 1_000_000_000_000_000_000
    self.low = NumberRange.multiple(of: step, from: low?.millionths ?? -most)
    self.high = -NumberRange.multiple(of: step, from: -(high?.millionths ?? most))
  }

  /// The least number of the fact that is at least so large.
  package func threshold(_ millionths: Int64) -> Int64 {
    NumberRange.multiple(of: step, from: millionths)
  }

  private static func multiple(of step: Int64, from number: Int64) -> Int64 {
    let quotient = number / step
    return (quotient * step < number ? quotient + 1 : quotient) * step
  }
}

extension Predicate {
  fileprivate var choices: Set<ValueID>? {
    if case .isOneOf(let values) = self { values } else { nil }
  }

  /// The sets of values that a test of a set looks at, each for itself.
  fileprivate var holdings: [Set<ValueID>] {
    switch self {
    case .holdsAny(let values), .holdsNone(let values): [values]
    case .holdsAll(let values): values.map { [$0] }
    default: []
    }
  }
}

extension FactValue {
  /// Tests that, together, tell this value from all others; none of a yes-or-no fact.
  package func equality(of fact: Fact) -> [Predicate] {
    switch self {
    case .choice(let value): [.isOneOf([value])]
    case .set(let values):
      [
        .holdsAll(values),
        .holdsNone(Set(fact.values.indices.map(ValueID.init)).subtracting(values)),
      ]
    case .flag: []
    case .number(let number): [.isIn([number.millionths...number.millionths])]
    case .day(let day):
      [.isDated([DayRange(first: DayBound(.day(day)), last: DayBound(.day(day)))])]
    case .text(let text): [.matches([TextPattern(.equals, Array(text.utf8))])]
    }
  }
}

extension TextPattern {
  /// The pattern with A to Z made a to z: it matches the same texts.
  package var folded: TextPattern {
    TextPattern(match, pattern.map { $0 &- UInt8(ascii: "A") < 26 ? $0 | 0x20 : $0 })
  }
}
