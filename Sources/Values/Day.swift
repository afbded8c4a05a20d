/// A day of the calendar, from 1 January of the year 1 to 31 December 9999.
///
/// The calendar is the Gregorian one throughout, also before it was introduced.
/// Invariant: `Day.first ≤ day ≤ Day.last`.
package struct Day: Hashable, Comparable, Sendable {
  /// The number of days since 1 January 1970, negative before it.
  package let number: Int32

  /// The first day there is, 0001-01-01, a Monday.
  package static let first = Day(unchecked: -719_162)
  /// The last day there is, 9999-12-31.
  package static let last = Day(unchecked: 2_932_896)
  /// The first of the todays that proofs consider, 2000-01-01.
  package static let firstProved = Day(unchecked: 10_957)
  /// The last of the todays that proofs consider, 2099-12-31.
  package static let lastProved = Day(unchecked: 47_481)

  /// The day of that number since 1 January 1970; one outside the calendar is taken as its first
  /// or last day.
  package init(clamping number: Int) {
    let clamped = min(max(number, Int(Day.first.number)), Int(Day.last.number))
    self.init(unchecked: Int32(clamped))
  }

  /// The day of that number since 1 January 1970; nothing outside the calendar.
  package init?(number: Int) {
    self.init(clamping: number)
    guard Int(self.number) == number else { return nil }
  }

  /// The day of a date; nothing if there is no such date, such as 29 February 2023.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
    guard day <= Day.count(ofMonth: month, year: year) else { return nil }
    // The year is counted from March, so that a leap day is its last day.
    let marchYear = month > 2 ? year : year - 1
    let century4 = marchYear / 400
    let yearOfCentury4 = marchYear % 400
    let marchMonth = (month + 9) % 12
    let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
    let dayOfCentury4 = 365 * yearOfCentury4 + yearOfCentury4 / 4 - yearOfCentury4 / 100 + dayOfYear
    self.init(unchecked: Int32(century4 * 146_097 + dayOfCentury4 - 719_468))
  }

  private init(unchecked number: Int32) {
    self.number = number
  }

  /// The order of time.
  package static func < (left: Day, right: Day) -> Bool {
    left.number < right.number
  }

  /// How many days a month has; `month` is 1 to 12.
  package static func count(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year: year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }
}

extension Day {
  /// The year, 1 to 9999.
  package var year: Int { date.year }
  /// The month, 1 for January to 12.
  package var month: Int { date.month }
  /// The day of the month, from 1.
  package var day: Int { date.day }

  /// Year, month and day together.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
  package var date: (year: Int, month: Int, day: Int) {
    // Days since 1 March of the year 0: never negative, since the calendar begins in the year 1.
    let shifted = Int(number) + 719_468
    let century4 = shifted / 146_097
    let dayOfCentury4 = shifted % 146_097
    let leapDays = dayOfCentury4 / 1_460 - dayOfCentury4 / 36_524 + dayOfCentury4 / 146_096
    let yearOfCentury4 = (dayOfCentury4 - leapDays) / 365
    let daysBefore = 365 * yearOfCentury4 + yearOfCentury4 / 4 - yearOfCentury4 / 100
    let dayOfYear = dayOfCentury4 - daysBefore
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let marchYear = century4 * 400 + yearOfCentury4
    return (month > 2 ? marchYear : marchYear + 1, month, day)
  }

  /// The day of the week: 0 for Monday to 6 for Sunday.
  package var weekday: Int { (Int(number) - Int(Day.first.number)) % 7 }

  /// Whether the day is a Saturday or a Sunday.
  package var isWeekend: Bool { weekday >= 5 }
}
