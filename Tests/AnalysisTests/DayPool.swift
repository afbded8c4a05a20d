import Model
import TestSupport
import Values

/// Bounds for tests of dates, days for `from` and `until`, and of the todays of 2000 to 2099 one for
/// every order in which all of these can stand.
struct DayPool {
  let calendar: WorkingCalendar
  let bounds: [DayBound]
  /// Days for defaults.
  let days: [Day]
  let turningDays: [Day]
  /// Those nearest to 1 January 2026 first.
  private(set) var todays: [Day] = []

  static let usual = day(2026, 1, 1)

  init(seed: UInt64) {
    var random = SeededRandom(state: seed &* 77 &+ 5)
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    let durations = [
      DayDuration(count: number(1...3), unit: .months),
      DayDuration(count: number(28...32), unit: .days),
      DayDuration(count: number(1...2), unit: .years),
      DayDuration(count: number(4...23), unit: .workingDays),
      DayDuration(count: number(1...5), unit: .weeks),
      DayDuration(
        count: number(1...9999),
        unit: DayDuration.Unit.allCases[number(0...DayDuration.Unit.allCases.count - 1)]),
      DayDuration(
        count: [365, 366, 1000, 7_950 * 365, 3_000_000, 26_000][number(0...5)], unit: .days),
      DayDuration(count: [100, 110, 125, 7_920, 7_990, 12_000][number(0...5)], unit: .years),
    ]
    var bounds = [DayBound(.today)]
    for duration in durations.shuffled(using: &random).prefix(4) {
      let anchor: DayBound.Anchor =
        number(0...1) == 0 ? .todayPlus(duration) : .todayMinus(duration)
      bounds.append(DayBound(anchor, offset: number(-1...1)))
    }
    let fixed = [
      day(2024, 2, 29), day(2026, 1, 1), day(1900, 1, 1), day(9999, 12, 31), day(2026, 3, 31),
      day(2099, 12, 31), day(2031, 5, 17), day(1999, 6, 30), day(2026, 2, 1),
    ]
    days = Array(fixed.shuffled(using: &random).prefix(3)).map { max($0, day(1900, 1, 1)) }
    for day in days {
      bounds.append(DayBound(.day(day), offset: number(-1...1)))
    }
    self.bounds = bounds
    calendar = WorkingCalendar(
      holidays: Set((0..<3).map { _ in Day(clamping: number(20_400...20_700)) }))
    turningDays = [
      day(1999, 12, 31), day(2000, 1, 1), day(2025, 12, 31), day(2026, 1, 1), day(2026, 6, 30),
      day(2040, 2, 29), day(2099, 12, 31), day(2100, 1, 1),
    ]
    .shuffled(using: &random).prefix(5).sorted()
    todays = representatives()
  }

  /// One today for each order of the bounds, and of the turning days and today.
  private func representatives() -> [Day] {
    var seen: Set<[Int]> = []
    var result: [Day] = []
    let (first, last) = (Int(Day.firstProved.number), Int(Day.lastProved.number))
    let usual = Int(DayPool.usual.number)
    let defaults = days.map { DayBound(.day($0)) }
    let numbers = (first...last).sorted { abs($0 - usual) < abs($1 - usual) }
    for number in numbers {
      let today = Day(clamping: number)
      let inForce = turningDays.reduce(0) { $0 * 4 + ($1 < today ? 0 : $1 == today ? 1 : 2) }
      let order = DayPool.order(of: bounds + defaults, today, calendar)
      if seen.insert(order + [inForce, calendar.isWorkingDay(today) ? 1 : 0]).inserted {
        result.append(today)
      }
    }
    return result
  }

  /// The order in which bounds, and the days after them, stand among themselves and among all dates.
  static func order(of bounds: [DayBound], _ today: Day, _ calendar: WorkingCalendar) -> [Int] {
    var numbers = [firstDate, Int(Day.last.number) + 1]
    for bound in bounds {
      let number = bound.number(today: today, calendar)
      numbers.append(number)
      numbers.append(number + 1)
    }
    let sorted = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    var ranks = [Int](repeating: 0, count: numbers.count)
    for (previous, next) in zip(sorted, sorted.dropFirst()) {
      ranks[next] = ranks[previous] + (numbers[next] == numbers[previous] ? 0 : 1)
    }
    return ranks
  }

  static let firstDate = Int(day(1900, 1, 1).number)
}

/// A day that is known to exist.
func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
  Day(year: year, month: month, day: day) ?? .first
}
