package import Model
package import Values

/// A day, fixed or reckoned from today, at which an answer about a date can change: of a date only
/// matters whether it lies before the moment, or on it or after.
package struct Moment: Hashable, Comparable, Sendable {
  package enum Reckoning: Hashable, Comparable, Sendable {
    /// A day of the calendar, by its number.
    case fixed(Int)
    /// Today and so many days more.
    case days(Int)
    case months(Int)
    case workingDays(Int)
  }

  package let reckoning: Reckoning
  /// Days added to what is reckoned.
  package let offset: Int
  /// Whose working days are counted: the number of one of the calendars that are compared.
  package let calendar: Int

  /// The moment of a bound. Bounds that always are the same day are the same moment.
  package init(_ bound: DayBound, calendar: Int) {
    func relative(_ duration: DayDuration, sign: Int) -> (Reckoning, Int) {
      let count = min(max(duration.count, -10_000_000), 10_000_000) * sign
      switch duration.unit {
      case .days: return (.days(count), bound.offset)
      case .weeks: return (.days(7 * count), bound.offset)
      case .months: return (.months(count), bound.offset)
      case .years: return (.months(12 * count), bound.offset)
      case .workingDays: return (.workingDays(count), bound.offset)
      }
    }
    var (reckoning, offset): (Reckoning, Int) =
      switch bound.anchor {
      case .day(let day): (.fixed(Int(day.number) + bound.offset), 0)
      case .today: (.days(0), bound.offset)
      case .todayPlus(let duration): relative(duration, sign: 1)
      case .todayMinus(let duration): relative(duration, sign: -1)
      }
    // Nothing near today is cut off at the ends of the calendar.
    if case .days(let count) = reckoning, abs(count) < 100_000 {
      (reckoning, offset) = (.days(count + offset), 0)
    }
    if reckoning == .months(0) || reckoning == .workingDays(0) {
      (reckoning, offset) = (.days(offset), 0)
    }
    self.reckoning = reckoning
    self.offset = offset
    if case .workingDays = reckoning { self.calendar = calendar } else { self.calendar = 0 }
  }

  package var isFixed: Bool {
    if case .fixed = reckoning { true } else { false }
  }

  /// The bound as policies say it.
  package var bound: DayBound {
    func relative(_ count: Int, _ unit: DayDuration.Unit) -> DayBound {
      let duration = DayDuration(count: abs(count), unit: unit)
      return DayBound(count < 0 ? .todayMinus(duration) : .todayPlus(duration), offset: offset)
    }
    switch reckoning {
    case .fixed(let number):
      let day = Day(clamping: number)
      return DayBound(.day(day), offset: number - Int(day.number))
    case .days(0): return DayBound(.today, offset: offset)
    case .days(let count): return relative(count, .days)
    case .months(let count) where count % 12 == 0: return relative(count / 12, .years)
    case .months(let count): return relative(count, .months)
    case .workingDays(let count): return relative(count, .workingDays)
    }
  }

  /// Its number of days since 1 January 1970. Never falls as today advances.
  package func number(today: Day, _ calendars: [WorkingCalendar]) -> Int {
    let calendar = calendars[self.calendar]
    func number(_ count: Int, _ unit: DayDuration.Unit) -> Int {
      Int(calendar.day(today, plus: DayDuration(count: count, unit: unit)).number) + offset
    }
    return switch reckoning {
    case .fixed(let number): number
    case .days(let count): number(count, .days)
    case .months(let count): number(count, .months)
    case .workingDays(let count): number(count, .workingDays)
    }
  }

  /// Between how many days before and after today it can lie; nil for a fixed day.
  func reach(holidayCount: Int) -> ClosedRange<Int>? {
    switch reckoning {
    case .fixed: return nil
    case .days(let count): return count + offset...count + offset
    case .months(let count):
      let ends = [28 * count, 31 * count]
      return min(ends[0], ends[1]) + offset...max(ends[0], ends[1]) + offset
    case .workingDays(let count):
      let days = abs(count)
      let least = days + 2 * ((days - 1) / 5)
      let most = days + holidayCount + 2 * ((days + holidayCount) / 5 + 1)
      return (count < 0 ? -most : least) + offset...(count < 0 ? -least : most) + offset
    }
  }

  /// Whether it is earlier than another on every day, or later on every day; nil where that is not plain.
  func isEarlier(than other: Moment) -> Bool? {
    switch (reckoning, other.reckoning) {
    case (.months(let count), .months(let others)) where abs(offset - other.offset) < 28:
      return (count, offset) < (others, other.offset)
    case (.workingDays(let count), .workingDays(let others))
    where calendar == other.calendar && (count == others || offset == other.offset):
      return (count, offset) < (others, other.offset)
    default: return nil
    }
  }

  package static func < (a: Moment, b: Moment) -> Bool {
    (a.reckoning, a.offset, a.calendar) < (b.reckoning, b.offset, b.calendar)
  }
}

extension DayBound {
  /// The day after it.
  package var next: DayBound { DayBound(anchor, offset: offset + 1) }
}
