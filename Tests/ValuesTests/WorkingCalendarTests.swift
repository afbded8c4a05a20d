import Testing
import Values
import TestSupport

private func date(_ text: String) throws -> Day {
  try #require(Day.parseISO(text.utf8))
}

@Suite struct `Counting from a day` {
  private let plain = WorkingCalendar(holidays: [])

  @Test(
    arguments: [
      ("2026-08-31", 1, .days, "2026-09-01"),
      ("2026-08-31", -1, .days, "2026-08-30"),
      ("2026-12-30", 2, .weeks, "2027-01-13"),
      ("2026-08-31", -6, .months, "2026-02-28"),
      ("2028-08-31", -6, .months, "2028-02-29"),
      ("2026-01-31", 1, .months, "2026-02-28"),
      ("2026-01-31", 3, .months, "2026-04-30"),
      ("2026-01-15", -1, .months, "2025-12-15"),
      ("2026-12-15", 1, .months, "2027-01-15"),
      ("2024-02-29", 1, .years, "2025-02-28"),
      ("2024-02-29", 4, .years, "2028-02-29"),
      ("2024-02-29", -124, .years, "1900-02-28"),
      ("2026-05-02", 0, .months, "2026-05-02"),
    ] as [(String, Int, DayDuration.Unit, String)])
  func `clips months and years to the last day of a month`(
    from: String, count: Int, unit: DayDuration.Unit, to: String
  ) throws {
    let expected = try date(to)
    let forward = DayDuration(count: count, unit: unit)
    let backward = DayDuration(count: -count, unit: unit)
    #expect(try plain.day(date(from), plus: forward) == expected)
    #expect(try plain.day(date(from), minus: backward) == expected)
  }

  @Test func `makes who was born on 29 February eighteen on 1 March`() throws {
    let eighteen = DayDuration(count: 18, unit: .years)
    let birth = try date("2004-02-29")
    #expect(try birth > plain.day(date("2022-02-28"), minus: eighteen))
    #expect(try birth <= plain.day(date("2022-03-01"), minus: eighteen))
  }

  @Test(
    arguments: [
      // 25 and 28 December 2026 are a Friday and a Monday; 1 January 2027 is a Friday.
      ("2026-12-24", 0, "2026-12-24"), ("2026-12-24", 1, "2026-12-29"),
      ("2026-12-25", 0, "2026-12-25"), ("2026-12-25", 1, "2026-12-29"),
      ("2026-12-26", 1, "2026-12-29"), ("2026-12-29", 3, "2027-01-04"),
      ("2026-12-29", -1, "2026-12-24"), ("2026-12-27", -1, "2026-12-24"),
      ("2026-12-28", -2, "2026-12-23"), ("2027-01-04", -1, "2026-12-31"),
      ("2026-05-01", 10, "2026-05-15"), ("2026-05-02", 5, "2026-05-08"),
    ] as [(String, Int, String)])
  func `passes over weekends and holidays`(from: String, count: Int, to: String) throws {
    let holidays = try ["2026-12-25", "2026-12-26", "2026-12-28", "2027-01-01"].map(date)
    let calendar = WorkingCalendar(holidays: Set(holidays))
    let duration = DayDuration(count: count, unit: .workingDays)
    #expect(try calendar.day(date(from), plus: duration) == date(to))
  }

  @Test func `finds the same working day as walking there`() {
    var random = SeededRandom(state: 3)
    for _ in 0..<300 {
      let holidayCount = Int.random(in: 0...40, using: &random)
      let holidays = (0..<holidayCount).map { _ in
        Day(clamping: Int.random(in: 20_000...20_200, using: &random))
      }
      let calendar = WorkingCalendar(holidays: Set(holidays))
      let today = Day(clamping: Int.random(in: 20_000...20_200, using: &random))
      let count = Int.random(in: -120...120, using: &random)
      let found = calendar.day(today, plus: DayDuration(count: count, unit: .workingDays))
      #expect(found == walk(from: today, count: count, calendar: calendar))
      #expect(calendar.isWorkingDay(today) == (!today.isWeekend && !holidays.contains(today)))
    }
  }

  private func walk(from today: Day, count: Int, calendar: WorkingCalendar) -> Day {
    var (day, left) = (today, count.magnitude)
    while left > 0 {
      day = Day(clamping: Int(day.number) + count.signum())
      if calendar.isWorkingDay(day) { left -= 1 }
    }
    return day
  }

  @Test(arguments: DayDuration.Unit.allCases)
  func `stops at the ends of the calendar`(unit: DayDuration.Unit) throws {
    for count in [10_000_000, Int.max] {
      let duration = DayDuration(count: count, unit: unit)
      let day = try date("2026-05-01")
      #expect(plain.day(day, plus: duration) == Day.last)
      #expect(plain.day(day, minus: duration) == Day.first)
      #expect(plain.day(Day.last, plus: duration) == Day.last)
      #expect(plain.day(Day.first, minus: duration) == Day.first)
    }
    let least = DayDuration(count: Int.min, unit: unit)
    #expect(try plain.day(date("2026-05-01"), plus: least) == Day.first)
    #expect(try plain.day(date("2026-05-01"), minus: least) == Day.last)
  }

  @Test func `reaches the very first and last working day`() {
    let one = DayDuration(count: 1, unit: .workingDays)
    let second = Day(clamping: Int(Day.first.number) + 1)
    #expect(plain.day(second, minus: one) == Day.first)
    #expect(plain.day(Day(clamping: Int(Day.last.number) - 1), plus: one) == Day.last)
  }

  @Test func `counts a hundred thousand working days with many holidays at once`() throws {
    let today = try date("2026-05-01")
    let holidays = Set((0..<20_000).map { Day(clamping: Int(today.number) + 7 * $0) })
    let calendar = WorkingCalendar(holidays: holidays)
    let duration = DayDuration(count: 100_000, unit: .workingDays)
    // From a Friday: 20 000 weeks without Fridays to a Thursday, then 4 000 whole weeks.
    let expected = Int(today.number) + 20_000 * 7 - 1 + 4_000 * 7
    #expect(calendar.day(today, plus: duration).number == expected)
  }

  @Test func `has words for a stretch of time`() {
    #expect(DayDuration(count: 10, unit: .workingDays).words == "10 working days")
    #expect(DayDuration(count: 1, unit: .workingDays).words == "1 working day")
    #expect(DayDuration(count: 1, unit: .days).words == "1 day")
    #expect(DayDuration(count: 0, unit: .months).words == "0 months")
    #expect(DayDuration(count: 2, unit: .years).words == "2 years")
    #expect(DayDuration(count: 1, unit: .weeks).words == "1 week")
  }
}
