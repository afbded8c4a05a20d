/// The calendar that a policy counts by: the days of the week, and the policy's own holidays.
///
/// A working day is Monday to Friday, and no holiday.
package struct WorkingCalendar: Hashable, Sendable {
  /// The numbers of the holidays that fall on Monday to Friday, in order.
  package let holidays: [Int32]

  /// The calendar with these holidays; those at a weekend change nothing.
  package init(holidays: Set<Day>) {
    self.holidays = holidays.filter { !$0.isWeekend }.map(\.number).sorted()
  }

  /// How many holidays fall on Monday to Friday.
  package var holidayCount: Int { holidays.count }

  /// Whether people are at work: Monday to Friday, and no holiday.
  ///
  /// Logarithmic in the number of holidays.
  package func isWorkingDay(_ day: Day) -> Bool {
    guard !day.isWeekend else { return false }
    let rank = holidayCount(through: day.number)
    return rank == 0 || holidays[rank - 1] != day.number
  }

  /// The numbers of all working days in a stretch, in order. Linear in its length.
  package func workingDays(in numbers: ClosedRange<Int>) -> [Int32] {
    var days: [Int32] = []
    days.reserveCapacity(numbers.count * 5 / 7 + 2)
    var weekday = Day(clamping: numbers.lowerBound).weekday
    var nextHoliday = holidayCount(through: Int32(numbers.lowerBound) - 1)
    for number in numbers {
      let isHoliday = nextHoliday < holidays.count && Int(holidays[nextHoliday]) == number
      if isHoliday { nextHoliday += 1 }
      if weekday < 5, !isHoliday { days.append(Int32(number)) }
      weekday = weekday == 6 ? 0 : weekday + 1
    }
    return days
  }

  /// The day that lies a stretch of time after today; before it, if the count is negative.
  ///
  /// Months and years that land on a day that does not exist give the month's last day. Of working
  /// days, none is today itself, and N is the Nth working day after today. What lies outside the
  /// calendar is taken as its first or last day. Never slower for a longer stretch.
  package func day(_ today: Day, plus duration: DayDuration) -> Day {
    // Ten million of any unit reach beyond the calendar, and keep the sums below small.
    let count = min(max(duration.count, -10_000_000), 10_000_000)
    return switch duration.unit {
    case .days: Day(clamping: Int(today.number) + count)
    case .weeks: Day(clamping: Int(today.number) + 7 * count)
    case .months: day(today, plusMonths: count)
    case .years: day(today, plusMonths: 12 * count)
    case .workingDays:
      count >= 0 ? workingDay(count, after: today) : workingDay(-count, before: today)
    }
  }

  /// The day that lies a stretch of time before today; see the day after.
  package func day(_ today: Day, minus duration: DayDuration) -> Day {
    let count = max(duration.count, -Int.max)
    return day(today, plus: DayDuration(count: -count, unit: duration.unit))
  }

  private func day(_ today: Day, plusMonths months: Int) -> Day {
    let date = today.date
    // Months since January of the year 0.
    let target = date.year * 12 + date.month - 1 + months
    guard target >= 12 else { return .first }
    guard target < 10_000 * 12 else { return .last }

    let (year, month) = (target / 12, target % 12 + 1)
    let day = min(date.day, Day.count(ofMonth: month, year: year))
    return Day(year: year, month: month, day: day) ?? .last
  }

  /// The first day by whose end `count` more working days have passed than by the end of today.
  private func workingDay(_ count: Int, after today: Day) -> Day {
    guard count > 0 else { return today }
    let wanted = workingDayCount(through: today.number) + count
    let found = firstNumber(from: today.number, through: Day.last.number) { number in
      workingDayCount(through: number) >= wanted
    }
    return found.map { Day(clamping: Int($0)) } ?? .last
  }

  /// The last day from whose start to the start of today `count` working days pass.
  private func workingDay(_ count: Int, before today: Day) -> Day {
    guard count > 0 else { return today }
    let passed = workingDayCount(through: today.number - 1) - count
    guard passed >= 0 else { return .first }
    // The day sought is the one that ends with one more working day passed than before it.
    let found = firstNumber(from: Day.first.number, through: today.number) { number in
      workingDayCount(through: number) > passed
    }
    return found.map { Day(clamping: Int($0)) } ?? .first
  }

  // MARK: - Counting

  /// The first number of a range for which a condition holds that, once true, stays true.
  private func firstNumber(
    from first: Int32, through last: Int32, where condition: (Int32) -> Bool
  ) -> Int32? {
    guard first <= last, condition(last) else { return nil }
    var (low, high) = (first, last)
    while low < high {
      let middle = low + (high - low) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// How many working days there are from the first day of the calendar through this one.
  private func workingDayCount(through number: Int32) -> Int {
    // The calendar begins on a Monday, so whole weeks come first and a part of one last.
    let days = Int(number) - Int(Day.first.number) + 1
    return days / 7 * 5 + min(days % 7, 5) - holidayCount(through: number)
  }

  /// How many holidays there are through this day: a binary search.
  private func holidayCount(through number: Int32) -> Int {
    var (low, high) = (0, holidays.count)
    while low < high {
      let middle = low + (high - low) / 2
      if holidays[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
