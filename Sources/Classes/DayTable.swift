import Model
import Values

/// A set of todays of the years 2000 to 2099, a bit each.
struct DaySet: Sendable {
  private(set) var words = [UInt64](repeating: 0, count: (TodayClasses.proved.count + 63) / 64)

  mutating func insert(_ number: Int) {
    let bit = number - TodayClasses.proved.lowerBound
    words[bit / 64] |= 1 << UInt64(bit % 64)
  }

  func contains(_ number: Int) -> Bool {
    let bit = number - TodayClasses.proved.lowerBound
    return words.indices.contains(bit / 64) && words[bit / 64] >> UInt64(bit % 64) & 1 == 1
  }

  /// The days that are not in it.
  var complement: DaySet {
    var other = self
    for index in words.indices { other.words[index] = ~words[index] }
    let spare = words.count * 64 - TodayClasses.proved.count
    other.words[words.count - 1] &= .max >> UInt64(spare)
    return other
  }

  mutating func formIntersection(_ other: DaySet) {
    for index in words.indices { words[index] &= other.words[index] }
  }

  func isDisjoint(with other: DaySet) -> Bool {
    !words.indices.contains { words[$0] & other.words[$0] != 0 }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The first day in it from a number on.
  func first(from number: Int) -> Int? {
    var bit = max(number - TodayClasses.proved.lowerBound, 0)
    while bit < words.count * 64 {
      let rest = words[bit / 64] >> UInt64(bit % 64)
      if rest != 0 { return TodayClasses.proved.lowerBound + bit + rest.trailingZeroBitCount }
      bit = (bit / 64 + 1) * 64
    }
    return nil
  }

  /// The last day in it up to a number.
  func last(through number: Int) -> Int? {
    var bit = min(number - TodayClasses.proved.lowerBound, words.count * 64 - 1)
    while bit >= 0 {
      let rest = words[bit / 64] << UInt64(63 - bit % 64)
      if rest != 0 { return TodayClasses.proved.lowerBound + bit - rest.leadingZeroBitCount }
      bit = bit / 64 * 64 - 1
    }
    return nil
  }
}

extension Moment {
  /// Its number on every today of the years 2000 to 2099.
  func numbers(_ calendars: [WorkingCalendar]) -> [Int] {
    let todays = TodayClasses.proved
    let slow = { todays.map { number(today: Day(clamping: $0), calendars) } }
    guard case .workingDays(let count) = reckoning, abs(count) < 5000 else { return slow() }
    let margin = abs(count) * 2 + 1000
    let days = calendars[calendar].workingDays(
      in: todays.lowerBound - margin...todays.upperBound + margin)
    // The first working day after today, or the last before it.
    var next = 0
    var numbers: [Int] = []
    numbers.reserveCapacity(todays.count)
    for today in todays {
      while next < days.count, Int(days[next]) < (count > 0 ? today + 1 : today) { next += 1 }
      let place = count > 0 ? next + count - 1 : next + count
      guard days.indices.contains(place) else { return slow() }
      numbers.append(Int(days[place]) + offset)
    }
    return numbers
  }
}
