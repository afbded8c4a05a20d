import Classes
import Model
import Syntax
import Values

/// What else a single test could have asked: without one of its values, or with a bound off by one.
struct PredicateChanges {
  private let vocabulary: Vocabulary
  private let sentences: ClassSentences

  /// Of a list of more values, so many are left out one by one: the first, the last, and some between.
  static let mostValues = 12

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    sentences = ClassSentences(vocabulary)
  }

  func changes(of test: Test) -> [(Change.Kind, Predicate)] {
    switch test.predicate {
    case .isTrue, .isEmpty, .isNotEmpty, .isRecorded, .isWorkingDay: []
    case .isOneOf(let values): without(values, test) { .isOneOf($0) }
    case .holdsAny(let values):
      without(values, test) { .holdsAny($0) } + exchanged(values, byOr: false, .holdsAll(values))
    case .holdsAll(let values):
      without(values, test) { .holdsAll($0) } + exchanged(values, byOr: true, .holdsAny(values))
    case .holdsNone(let values): without(values, test) { .holdsNone($0) }
    case .isOutcome(let outcomes):
      without(outcomes.sorted()) {
        vocabulary[$0].name
      } rest: {
        .isOutcome(Set($0))
      }
    case .matches(let patterns):
      without(patterns) {
        String(decoding: $0.pattern, as: UTF8.self)
      } rest: {
        .matches($0)
      }
    case .isIn(let ranges) where ranges.count == 1: moved(ranges[0], test)
    case .isIn(let ranges): without(ranges, name) { .isIn($0) }
    case .isDated(let ranges) where ranges.count == 1: moved(ranges[0], test)
    case .isDated(let ranges): without(ranges, name) { .isDated($0) }
    }
  }

  // MARK: - Values

  private func without(
    _ values: Set<ValueID>, _ test: Test, rest: (Set<ValueID>) -> Predicate
  ) -> [(Change.Kind, Predicate)] {
    guard case .fact(let fact) = test.subject else { return [] }
    return without(values.sorted()) {
      vocabulary[fact].values[$0.index]
    } rest: {
      rest(Set($0))
    }
  }

  private func without<Value>(
    _ values: [Value], _ name: (Value) -> String, rest: ([Value]) -> Predicate
  ) -> [(Change.Kind, Predicate)] {
    guard values.count > 1 else { return [] }
    let tried = min(values.count, PredicateChanges.mostValues)
    return (0..<tried).map { number in
      let index = tried == 1 ? 0 : number * (values.count - 1) / (tried - 1)
      var others = values
      let value = others.remove(at: index)
      return (.withoutValue(name(value)), rest(others))
    }
  }

  private func exchanged(
    _ values: Set<ValueID>, byOr: Bool, _ predicate: Predicate
  ) -> [(Change.Kind, Predicate)] {
    values.count > 1 ? [(.joined(byOr: byOr), predicate)] : []
  }

  private func name(_ range: ClosedRange<Int64>) -> String {
    let ends = [range.lowerBound, range.upperBound].map { Decimal6.clamping($0).description }
    return ends[0] == ends[1] ? ends[0] : "\(ends[0]) to \(ends[1])"
  }

  private func name(_ range: DayRange) -> String {
    guard case .day(let day) = range.first?.anchor else { return "today" }
    return day.words
  }

  // MARK: - Numbers

  private func moved(
    _ range: ClosedRange<Int64>, _ test: Test
  ) -> [(Change.Kind, Predicate)] {
    guard case .fact(let id) = test.subject,
      case .number(let isWhole, _, _, _) = vocabulary[id].kind
    else { return [] }
    let limit = Decimal6.limit.millionths
    let (low, high) = (range.lowerBound, range.upperBound)
    var ranges: [(Int64, Int64)] = []
    if low == high {
      let unit = isWhole ? 1_000_000 : Decimal6.clamping(low).unit
      ranges = [(low - unit, high - unit), (low + unit, high + unit)]
    } else {
      if low > -limit { ranges += around(low, isWhole, isLow: true).map { ($0, high) } }
      if high < limit { ranges += around(high, isWhole, isLow: false).map { (low, $0) } }
    }
    return ranges.filter { $0.0 <= $0.1 && -limit <= $0.0 && $0.1 <= limit }.map { low, high in
      let properties: [(Property, Bool)] =
        (low > -limit ? [(.isAtLeast(id, low), true)] : [])
        + (high < limit ? [(.isAtLeast(id, high + 1), false)] : [])
      return (moved(to: properties), .isIn([low...high]))
    }
  }

  /// The bounds next to one: of whole numbers the neighbours; of others the same number with the other answer for
  /// itself, and the next number as it is written on the side where the answer was no change.
  private func around(_ bound: Int64, _ isWhole: Bool, isLow: Bool) -> [Int64] {
    let outward: Int64 = isLow ? -1 : 1
    if isWhole { return [bound - 1_000_000, bound + 1_000_000] }
    let named = Decimal6.clamping(bound + outward)
    let isExcluded = named.description.utf8.count < Decimal6.clamping(bound).description.utf8.count
    return isExcluded
      ? [bound + outward, bound - outward * named.unit]
      : [bound - outward, bound + outward * Decimal6.clamping(bound).unit]
  }

  // MARK: - Dates

  private func moved(_ range: DayRange, _ test: Test) -> [(Change.Kind, Predicate)] {
    guard case .fact(let id) = test.subject else { return [] }
    var ranges: [DayRange] = []
    for distance in [-1, 1] {
      if let first = range.first, first == range.last {
        let moved = first.moved(by: distance)
        ranges.append(DayRange(first: moved, last: moved))
        continue
      }
      // A `today` that only a duration implies is not written.
      if let first = range.first, !(first.isToday && range.last?.isReckoned ?? false) {
        ranges.append(DayRange(first: first.moved(by: distance), last: range.last))
      }
      if let last = range.last, !(last.isToday && range.first?.isReckoned ?? false) {
        ranges.append(DayRange(first: range.first, last: last.moved(by: distance)))
      }
    }
    return ranges.map { range in
      let properties: [(Property, Bool)] =
        (range.first.map { [(.isFrom(id, $0), true)] } ?? [])
        + (range.last.map { [(.isFrom(id, $0.next), false)] } ?? [])
      return (moved(to: properties), .isDated([range]))
    }
  }

  private func moved(to properties: [(Property, Bool)]) -> Change.Kind {
    // Of an optional fact it is said of recorded ones alone, as tests are.
    let recorded = properties.compactMap(\.0.fact).filter { vocabulary[$0].presence == .optional }
      .prefix(1).map { (Property.isRecorded($0), true) }
    return .moved(to: sentences.sentences(recorded + properties).joined(separator: " and "))
  }
}

extension DayBound {
  /// The bound a step later: a day, or a day or working day more of what it is reckoned by.
  fileprivate func moved(by distance: Int) -> DayBound {
    func moved(_ duration: DayDuration, by distance: Int) -> DayDuration? {
      guard [.days, .workingDays].contains(duration.unit), duration.count + distance >= 0 else {
        return nil
      }
      return DayDuration(count: duration.count + distance, unit: duration.unit)
    }
    switch anchor {
    case .todayPlus(let duration):
      if let moved = moved(duration, by: distance) {
        return DayBound(.todayPlus(moved), offset: offset)
      }
    case .todayMinus(let duration):
      if let moved = moved(duration, by: -distance) {
        return DayBound(.todayMinus(moved), offset: offset)
      }
    case .day(let day):
      if let moved = Day(number: Int(day.number) + distance) {
        return DayBound(.day(moved), offset: offset)
      }
    case .today: break
    }
    return DayBound(anchor, offset: offset + distance)
  }

  fileprivate var isToday: Bool { self == DayBound(.today) }

  fileprivate var isReckoned: Bool {
    switch anchor {
    case .todayPlus, .todayMinus: true
    case .day, .today: false
    }
  }
}

extension Decimal6 {
  fileprivate static func clamping(_ millionths: Int64) -> Decimal6 {
    let limit = Decimal6.limit.millionths
    return Decimal6(millionths: min(max(millionths, -limit), limit)) ?? .limit
  }

  /// One in the last place in which the number is written, in millionths.
  fileprivate var unit: Int64 {
    var unit: Int64 = 1_000_000
    while millionths % unit != 0 { unit /= 10 }
    return unit
  }
}
