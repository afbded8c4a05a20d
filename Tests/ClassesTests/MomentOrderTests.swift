import Classes
import Findings
import Logic
import Model
import Syntax
import TestSupport
import Testing
import Values

@Suite struct `Of a date` {
  @Test func `the moments it can lie between are known for every today`() {
    for seed in 0..<24 as Range<UInt64> {
      var random = SeededRandom(state: seed &+ 31)
      let bounds = (0..<3).map { _ in bound(&random) }
      let calendar = WorkingCalendar(
        holidays: Set(
          (0..<4).map { _ in Day(clamping: Int.random(in: 20_400...20_500, using: &random)) }))
      let picture = Picture(bounds, calendar, seed % 2 == 0 ? .required : .optional)
      let (first, last) = (Int(Day.firstProved.number), Int(Day.lastProved.number))
      var failures: [String] = []
      for number in stride(from: first, through: last, by: seed < 3 ? 1 : 13) {
        if let pair = picture.misjudged(on: Day(clamping: number)) { failures.append(pair) }
      }
      #expect(
        failures.isEmpty, "seed \(seed), \(bounds): \(failures.count), \(failures.first ?? "")")
    }
  }

  private func bound(_ random: inout SeededRandom) -> DayBound {
    let units = DayDuration.Unit.allCases
    let unit = units[Int.random(in: 0..<units.count, using: &random)]
    let most = [3, 31, 400, 3_000, 120_000][Int.random(in: 0...4, using: &random)]
    let duration = DayDuration(count: Int.random(in: 0...most, using: &random), unit: unit)
    let offset = Int.random(in: -1...1, using: &random)
    switch Int.random(in: 0...5, using: &random) {
    case 0:
      let day = Day(clamping: Int.random(in: 10_000...48_000, using: &random))
      return DayBound(.day(day), offset: offset)
    case 1...3: return DayBound(.todayPlus(duration), offset: offset)
    default: return DayBound(.todayMinus(duration), offset: offset)
    }
  }
}

/// The classes of one date that some bounds tell apart.
private struct Picture {
  let classes: MessageClasses
  /// The variables about the date, with their bounds.
  let moments: [(variable: Variable, bound: DayBound)]
  /// The variable for a date that need not be recorded.
  let recorded: Variable?
  let calendar: WorkingCalendar
  /// What holds of the date's variables and today's.
  let rules: [[Literal]]

  init(_ bounds: [DayBound], _ calendar: WorkingCalendar, _ presence: Fact.Presence) {
    let span = Span(file: FileID(0), start: 0, end: 0)
    var vocabulary = Vocabulary()
    vocabulary.facts.append(
      Fact(
        id: FactID(0), phrase: "deadline is", negative: nil, kind: .date, presence: presence,
        values: [], path: ["deadline"], span: span))
    let tests = bounds.map {
      Test(.fact(FactID(0)), .isDated([DayRange(first: $0, last: nil)]), at: span)
    }
    classes = MessageClasses(
      vocabulary, calendars: [calendar], uses: tests.map { ($0, 0) }, days: [], copied: [])
    moments = classes.properties.enumerated().compactMap { index, property in
      guard case .isFrom(_, let bound) = property else { return nil }
      return (Variable(Int32(index)), bound)
    }
    recorded = classes.properties.firstIndex(of: .isRecorded(FactID(0))).map { Variable(Int32($0)) }
    self.calendar = calendar
    rules = classes.clauses.flatMap { $0 } + classes.implications.map { [!$0, $1] }
  }

  /// Two moments of which it is not known rightly whether a date can lie on or after one and before the
  /// other.
  func misjudged(on today: Day) -> String? {
    let numbers = moments.map { $0.bound.number(today: today, calendar) }
    var values: [Variable: Bool] = [:]
    for rule in rules {
      for literal in rule where classes.placeOfVariable[Int(literal.variable.index)] == nil {
        values[literal.variable] = classes.isTrue(literal.variable, on: today)
      }
    }
    func isAllowed(_ values: [Variable: Bool]) -> Bool {
      rules.allSatisfy { rule in
        rule.contains { literal in values[literal.variable].map { $0 != literal.isNegated } ?? true
        }
      }
    }
    if let recorded {
      values[recorded] = false
      var values = values
      for moment in moments { values[moment.variable] = false }
      if !isAllowed(values) { return "\(today), not recorded" }
    }
    if let recorded { values[recorded] = true }
    for (index, one) in moments.enumerated() {
      for (other, two) in moments.enumerated() {
        var values = values
        values[one.variable] = true
        if other != index { values[two.variable] = false }
        // On or after the first, and before the second, among the days that there are.
        let earliest = max(numbers[index], Int(Day(year: 1900, month: 1, day: 1)?.number ?? 0))
        let latest =
          other == index ? Int(Day.last.number) : min(numbers[other] - 1, Int(Day.last.number))
        if isAllowed(values) != (earliest <= latest) { return "\(today) \(one.bound) \(two.bound)" }
      }
    }
    return nil
  }
}
