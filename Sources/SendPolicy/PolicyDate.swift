package import Values

/// A day of the calendar, from 1 January 2000 to 31 December 2099: the days for which a policy is
/// proved.
public struct PolicyDate: Hashable, Comparable, Sendable {
  package let day: Day

  package init?(_ day: Day?) {
    guard let day, (Day.firstProved...Day.lastProved).contains(day) else { return nil }
    self.day = day
  }

  /// Nil for a date that does not exist, or that lies outside the years 2000 to 2099.
  public init?(year: Int, month: Int, day: Int) {
    self.init(Day(year: year, month: month, day: day))
  }

  /// A date written `2026-11-23`.
  public init?(_ text: String) {
    self.init(Day.parseISO(text.utf8))
  }

  /// The day that begins so many days after 1 January 1970.
  public init?(daysSince1970 days: Int) {
    self.init(Day(number: days))
  }

  /// How many days after 1 January 1970 a day of the years 1 to 9999 begins; nil if it does not exist.
  package static func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
    Day(year: year, month: month, day: day).map { Int($0.number) }
  }

  /// Whether a day comes before another.
  public static func < (a: PolicyDate, b: PolicyDate) -> Bool {
    a.day < b.day
  }
}
