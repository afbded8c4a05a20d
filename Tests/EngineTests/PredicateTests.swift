import Findings
import Model
import Syntax
import Testing
import Values

private let (a, b, c) = (ValueID(0), ValueID(1), ValueID(2))
private let today = day(2026, 3, 2)
private let calendar = WorkingCalendar(holidays: [day(2026, 3, 3)])

private func number(_ text: String) -> FactValue {
  switch Decimal6.parse(text.utf8) {
  case .success(let number): .number(number)
  case .failure: .text(text)
  }
}

@Suite struct `A question about a fact` {
  static let rows: [(Predicate, yes: [FactValue], no: [FactValue])] = [
    (.isTrue, [.flag(true)], [.flag(false)]),
    (.isOneOf([a, b]), [.choice(a), .choice(b)], [.choice(c)]),
    (.isOneOf([]), [], [.choice(a)]),
    (.holdsAny([a, b]), [.set([a]), .set([b, c]), .set([a, b])], [.set([]), .set([c])]),
    (.holdsAll([a, b]), [.set([a, b]), .set([a, b, c])], [.set([]), .set([a]), .set([a, c])]),
    (.holdsNone([a, b]), [.set([]), .set([c])], [.set([a]), .set([b, c])]),
    (.isEmpty, [.set([])], [.set([a])]),
    (.isNotEmpty, [.set([a]), .set([a, b])], [.set([])]),
    (
      .isIn([3_000_000...5_000_000, 7_000_001...8_000_000]),
      [number("3"), number("4.5"), number("5"), number("7.000001"), number("8")],
      [number("2.999999"), number("5.000001"), number("7"), number("-4")]
    ),
    (
      .matches([TextPattern(.equals, Array("Pat".utf8)), TextPattern(.endsWith, Array("k".utf8))]),
      [.text("pAT"), .text("UK")], [.text(""), .text("Patt"), .text("kp")]
    ),
    (
      .matches([TextPattern(.inDomain, Array("gov.uk".utf8))]),
      [.text("a@gov.uk"), .text("x@y@a.GOV.uk"), .text("gov.uk")],
      [.text("a@notgov.uk"), .text("gov.uk@example.org")]
    ),
    (.isWorkingDay, [.day(today), .day(day(2026, 3, 6))], [.day(day(2026, 3, 3))]),
    (.isRecorded, [.flag(false), .set([]), .text(""), number("0")], []),
  ]

  @Test(arguments: rows.indices)
  func `is answered by its value`(row: Int) {
    let (predicate, yes, no) = Self.rows[row]
    for value in yes {
      #expect(predicate.truth(of: .value(value), today: today, calendar) == .yes, "\(value)")
    }
    for value in no {
      #expect(predicate.truth(of: .value(value), today: today, calendar) == .no, "\(value)")
    }
  }

  @Test(arguments: rows.indices)
  func `is answered no of an absent fact, and not at all of a missing one`(row: Int) {
    let predicate = Self.rows[row].0
    #expect(predicate.truth(of: .absent, today: today, calendar) == .no)
    #expect(predicate.truth(of: .missing, today: today, calendar) == .unknown)
  }

  @Test func `is answered no of a fact of another kind`() {
    let values = Self.rows.flatMap(\.yes)
    for (predicate, yes, no) in Self.rows where predicate != .isRecorded {
      let own = Set((yes + no).map(kind))
      for value in values where !own.contains(kind(value)) {
        #expect(!predicate.holds(of: value, today: today, calendar), "\(predicate) \(value)")
      }
    }
    #expect(!Predicate.isOutcome([OutcomeID(0)]).holds(of: .choice(a), today: today, calendar))
  }

  private func kind(_ value: FactValue) -> String {
    switch value {
    case .choice: "choice"
    case .set: "set"
    case .flag: "flag"
    case .number: "number"
    case .day: "day"
    case .text: "text"
    }
  }
}

// MARK: - Dates

private func on(_ bound: DayBound.Anchor, _ offset: Int = 0) -> DayBound {
  DayBound(bound, offset: offset)
}

private func days(_ count: Int, _ unit: DayDuration.Unit) -> DayDuration {
  DayDuration(count: count, unit: unit)
}

/// A stretch of days on a certain today, and the days around its ends.
private struct DateRow: CustomTestStringConvertible {
  let testDescription: String
  let today: Day
  let range: DayRange
  let inside: [Day]
  let outside: [Day]
}

private let dateRows = [
  DateRow(
    testDescription: "within 10 days", today: day(2026, 2, 20),
    range: DayRange(first: on(.today), last: on(.todayPlus(days(10, .days)))),
    inside: [day(2026, 2, 20), day(2026, 3, 2)], outside: [day(2026, 2, 19), day(2026, 3, 3)]),
  DateRow(
    testDescription: "within the last 6 months, from the end of August",
    today: day(2026, 8, 31),
    range: DayRange(first: on(.todayMinus(days(6, .months))), last: on(.today)),
    inside: [day(2026, 2, 28), day(2026, 8, 31)], outside: [day(2026, 2, 27), day(2026, 9, 1)]),
  DateRow(
    testDescription: "within the last 6 months, in a leap year", today: day(2028, 8, 31),
    range: DayRange(first: on(.todayMinus(days(6, .months))), last: on(.today)),
    inside: [day(2028, 2, 29)], outside: [day(2028, 2, 28)]),
  DateRow(
    testDescription: "at least 18 years ago, the day before 1 March", today: day(2022, 2, 28),
    range: DayRange(first: nil, last: on(.todayMinus(days(18, .years)))),
    inside: [day(2004, 2, 28)], outside: [day(2004, 2, 29)]),
  DateRow(
    testDescription: "at least 18 years ago, on 1 March", today: day(2022, 3, 1),
    range: DayRange(first: nil, last: on(.todayMinus(days(18, .years)))),
    inside: [day(2004, 2, 29), day(2004, 3, 1)], outside: [day(2004, 3, 2)]),
  DateRow(
    testDescription: "more than 1 year ago, on a leap day", today: day(2028, 2, 29),
    range: DayRange(first: nil, last: on(.todayMinus(days(1, .years)), -1)),
    inside: [day(2027, 2, 27)], outside: [day(2027, 2, 28), day(2028, 2, 29)]),
  DateRow(
    testDescription: "within 3 working days, over a weekend and a holiday",
    today: day(2026, 2, 27),
    range: DayRange(first: on(.today), last: on(.todayPlus(days(3, .workingDays)))),
    inside: [day(2026, 2, 28), day(2026, 3, 3), day(2026, 3, 5)],
    outside: [day(2026, 2, 26), day(2026, 3, 6)]),
  DateRow(
    testDescription: "within 0 working days, on a Sunday", today: day(2026, 3, 1),
    range: DayRange(first: on(.today), last: on(.todayPlus(days(0, .workingDays)))),
    inside: [day(2026, 3, 1)], outside: [day(2026, 2, 28), day(2026, 3, 2)]),
  DateRow(
    testDescription: "in the past", today: day(2026, 1, 1),
    range: DayRange(first: nil, last: on(.today, -1)),
    inside: [day(2025, 12, 31), .first], outside: [day(2026, 1, 1)]),
  DateRow(
    testDescription: "before the first day there is", today: day(2026, 1, 1),
    range: DayRange(first: nil, last: on(.day(.first), -1)), inside: [], outside: [.first]),
  DateRow(
    testDescription: "after the last day there is", today: day(2026, 1, 1),
    range: DayRange(first: on(.day(.last), 1), last: nil), inside: [], outside: [.last]),
  DateRow(
    testDescription: "more than 100 000 years away", today: day(2026, 1, 1),
    range: DayRange(first: on(.todayPlus(days(100_000, .years)), 1), last: nil),
    inside: [], outside: [.last]),
]

@Suite struct `A stretch of days` {
  @Test(arguments: dateRows)
  fileprivate func `includes its ends and nothing beyond`(row: DateRow) {
    let predicate = Predicate.isDated([row.range])
    for day in row.inside {
      #expect(predicate.holds(of: .day(day), today: row.today, calendar), "\(day)")
    }
    for day in row.outside {
      #expect(!predicate.holds(of: .day(day), today: row.today, calendar), "\(day)")
    }
    #expect(predicate.truth(of: .absent, today: row.today, calendar) == .no)
    #expect(predicate.truth(of: .missing, today: row.today, calendar) == .unknown)
  }
}
