import Model
import Values

/// How bounds of dates compare on every day, and what the language calls them.
///
/// The bounds that rules give lie on their anchor or a day after it. Others are put in words that
/// are no ending.
extension DayBound {
  /// The same bound as people would say it: nothing is reckoned from today that is today or
  /// tomorrow, days of the calendar have no offset but 0, and 1 for `after`, and `more than 10
  /// days` is not said as `at least 11`.
  var plain: DayBound {
    if case .day(let day) = anchor {
      if offset == 1 { return self }
      return Day(number: Int(day.number) + offset).map { DayBound(.day($0)) } ?? self
    }
    guard let days = daysFromToday else { return self }
    if days == 0 || days == 1 { return DayBound(.today, offset: days) }
    let isBehind = days < 0
    func bound(_ offset: Int) -> DayBound {
      let duration = DayDuration(count: abs(days - offset), unit: .days)
      return DayBound(isBehind ? .todayMinus(duration) : .todayPlus(duration), offset: offset)
    }
    if unit == .weeks, offset == 0 || offset == 1 { return self }
    let (exact, next) = (abs(days), abs(days - 1))
    if next.roundness == exact.roundness { return offset == 1 ? bound(1) : bound(0) }
    return next.roundness > exact.roundness ? bound(1) : bound(0)
  }

  private var unit: DayDuration.Unit? {
    switch anchor {
    case .day, .today: nil
    case .todayPlus(let duration), .todayMinus(let duration): duration.unit
    }
  }

  /// The number of a day of the calendar.
  var fixed: Int? {
    if case .day(let day) = anchor { Int(day.number) + offset } else { nil }
  }

  /// How many days after today it lies, if that is the same on every day: no stretch of so few days
  /// or weeks reaches beyond the calendar from a day that proofs consider.
  private var daysFromToday: Int? {
    switch anchor {
    case .day: nil
    case .today: offset
    case .todayPlus(let duration): duration.dayCount.map { $0 + offset }
    case .todayMinus(let duration): duration.dayCount.map { offset - $0 }
    }
  }

  /// Whether it lies no later than another on every day. Answers no where it is not plain to see.
  func isNoLater(than other: DayBound) -> Bool {
    if let a = fixed, let b = other.fixed { return a <= b }
    guard fixed == nil, other.fixed == nil else { return false }
    if let a = daysFromToday, let b = other.daysFromToday { return a <= b }
    guard offset <= other.offset else { return false }
    let ((a, isBehind), (b, isOtherBehind)) = (stretch, other.stretch)
    guard isBehind == isOtherBehind, a.count > 0, b.count > 0 else {
      return (isBehind || a.count == 0) && (!isOtherBehind || b.count == 0)
    }
    guard a.unit == b.unit else { return false }
    return isBehind ? b.count <= a.count : a.count <= b.count
  }

  /// The stretch between today and the anchor, and whether it lies behind.
  private var stretch: (DayDuration, isBehind: Bool) {
    switch anchor {
    case .day, .today: (DayDuration(count: 0, unit: .days), false)
    case .todayPlus(let duration): (duration.inMonths, false)
    case .todayMinus(let duration): (duration.inMonths, true)
    }
  }

  // MARK: What dates there are

  /// The first day that can be written, 1 January 1900.
  private static let firstWritten = Day(year: 1900, month: 1, day: 1) ?? .first

  /// Whether every date of a message is this day or later.
  var isBeforeAllDates: Bool {
    fixed.map { $0 <= Int(DayBound.firstWritten.number) } ?? false
  }

  /// Whether every date of a message lies before this day.
  var isBehindAllDates: Bool {
    fixed.map { $0 > Int(Day.last.number) } ?? false
  }

  // MARK: Words

  /// The ending for dates on this day or later; nil where it takes two sentences, or there is none.
  var orLater: String? {
    switch (anchor, offset) {
    case (.day(let day), 0): "on or after \(day.words)"
    case (.day(let day), 1): "after \(day.words)"
    case (.today, 0): "on or after today"
    case (.today, 1): "in the future"
    case (.todayPlus(let duration), 0): "at least \(duration.words) away"
    case (.todayPlus(let duration), 1): "more than \(duration.words) away"
    case (.day, _), (.today, _), (.todayPlus, _), (.todayMinus, _): nil
    }
  }

  /// The ending for dates before this day of the calendar, or before today or tomorrow.
  var earlier: String? {
    switch (anchor, offset) {
    case (.day(let day), 0): "before \(max(day, DayBound.firstWritten).words)"
    case (.day(let day), 1): "on or before \(day.words)"
    case (.today, 0): "in the past"
    case (.today, 1): "on or before today"
    case (.day, _), (.today, _), (.todayPlus, _), (.todayMinus, _): nil
    }
  }

  /// The day from which on dates lie, where `between` can name it.
  var firstDay: String? {
    if let fixed { return Day(number: fixed).map(\.words) }
    return self == DayBound(.today) ? "today" : nil
  }

  /// The last day before it, where `between` can name it.
  var lastDay: String? {
    if let fixed, fixed > Int(DayBound.firstWritten.number) {
      return Day(number: fixed - 1).map(\.words)
    }
    return self == DayBound(.today, offset: 1) ? "today" : nil
  }

  /// The day in words of no ending: `the day after 1 month from today`.
  var words: String {
    let day =
      switch anchor {
      case .day(let day): day.words
      case .today: "today"
      case .todayPlus(let duration): "\(duration.words) from today"
      case .todayMinus(let duration): "\(duration.words) before today"
      }
    switch offset {
    case 0: return day
    case 1: return "the day after \(day)"
    case -1: return "the day before \(day)"
    default: return "\(abs(offset)) days \(offset < 0 ? "before" : "after") \(day)"
    }
  }
}

extension Int {
  /// How readily people choose such a number of days.
  fileprivate var roundness: Int {
    [(365, 5), (30, 4), (100, 4), (10, 3), (7, 3), (5, 2)]
      .first { isMultiple(of: $0.0) }.map(\.1) ?? 0
  }
}

extension DayDuration {
  /// How many days it has, where every one of its units has as many.
  fileprivate var dayCount: Int? {
    guard (0...100_000).contains(count) else { return nil }
    switch unit {
    case .days: return count
    case .weeks: return 7 * count
    case .months, .years, .workingDays: return count == 0 ? 0 : nil
    }
  }

  /// Years counted in months.
  fileprivate var inMonths: DayDuration {
    unit == .years && count <= 1_000_000 ? DayDuration(count: 12 * count, unit: .months) : self
  }
}
