import Findings
import Values

extension Parser {
  /// What stands where a date may stand.
  enum DateMatch {
    case day(Day, Int)
    /// Looks like a date but is none; `day` stands in for it, so that nothing else is reported.
    case trouble(Finding, Int, Day)
    case none
  }

  /// date = [`the`] NUMBER [`of`] MONTH NUMBER | ISO-DATE
  func matchDate(at begin: Int) -> DateMatch {
    let start = keyword(begin) == .the ? begin + 1 : begin
    guard kind(start) == .word else { return .none }
    let text = spelling(start)
    guard let first = text.utf8.first, 0x30...0x39 ~= first || first == UInt8(ascii: "+") else {
      return .none
    }
    if let iso = matchISODate(text, at: start) { return iso }
    if Parser.looksLikeFigures(text) {
      return .trouble(.dateInFigures(text, list.span(start)), start + 1, .first)
    }
    let monthAt = keyword(start + 1) == .of ? start + 2 : start + 1
    guard let day = Parser.dayNumber(text), let month = month(at: monthAt) else { return .none }
    let end = monthAt + 1
    guard let yearText = token(end), yearText.kind == .word, !yearText.isFirstOnLine,
      let year = Int(spelling(end)), spelling(end).allSatisfy(\.isNumber)
    else {
      return .trouble(.yearMissing(spelling(start..<end), span(start..<end)), end, .first)
    }
    return checked(
      year: year, digits: spelling(end).count, month: month, day: day, start..<end + 1)
  }

  /// What looks like a date and lacks a day, or has its month first: `September 2026`, `2026`,
  /// `May 1st, 2026`. Only where nothing else than a date may stand.
  func matchUnusualDate(at start: Int) -> DateMatch {
    if let month = month(at: start).flatMap(Month.init(rawValue:)) {
      if let year = year(at: start + 1) {
        let words = "1 \(month.name) \(year)"
        return .trouble(
          .dayMissing(spelling(start..<start + 2), words, span(start..<start + 2)), start + 2,
          .first)
      }
      guard let dayToken = token(start + 1), dayToken.kind == .word, !dayToken.isFirstOnLine,
        let day = Parser.dayNumber(spelling(start + 1))
      else { return .none }
      let yearAt = kind(start + 2) == .comma ? start + 3 : start + 2
      guard let year = year(at: yearAt) else { return .none }
      let range = start..<yearAt + 1
      return .trouble(
        .monthFirst(spelling(range), "\(day) \(month.name) \(year)", span(range)), yearAt + 1,
        .first)
    }
    guard let year = year(at: start), isStop(start + 1) || isLineStart(start + 1) else {
      return .none
    }
    return .trouble(
      .dayMissing("\(year)", "1 January \(year)", span(start)), start + 1, .first)
  }

  private func isLineStart(_ index: Int) -> Bool {
    token(index)?.isFirstOnLine ?? true
  }

  private func year(at index: Int) -> Int? {
    guard let token = token(index), token.kind == .word, !token.isFirstOnLine,
      spelling(index).count == 4, let year = Int(spelling(index)), (1900...2999).contains(year)
    else { return nil }
    return year
  }

  private func month(at index: Int) -> Int? {
    guard let token = token(index), token.kind == .word, !token.isFirstOnLine else { return nil }
    return Month(lowercased: words.text(token.word))?.rawValue
  }

  private func checked(year: Int, digits: Int, month: Int, day: Int, _ range: Range<Int>)
    -> DateMatch
  {
    let span = span(range)
    if digits == 2 {
      return .trouble(.twoDigitYear(spelling(range), year, span), range.upperBound, .first)
    }
    guard digits == 4, (1900...9999).contains(year) else {
      return .trouble(.yearOutOfRange(spelling(range), span), range.upperBound, .first)
    }
    guard let result = Day(year: year, month: month, day: day) else {
      let last = Day.count(ofMonth: month, year: year)
      let finding = Finding.noSuchDate(spelling(range), lastDay: last, month: month, year, span)
      return .trouble(finding, range.upperBound, .first)
    }
    return .day(result, range.upperBound)
  }

  private func matchISODate(_ text: String, at start: Int) -> DateMatch? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), month >= 0,
      day >= 0, year >= 0
    else { return nil }
    guard (1...12).contains(month) else {
      return .trouble(
        .noSuchDate(text, lastDay: 0, month: 0, year, list.span(start)), start + 1, .first)
    }
    return checked(year: year, digits: 4, month: month, day: day, start..<start + 1)
  }

  /// `1`, `1st`, `22nd`.
  private static func dayNumber(_ text: String) -> Int? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard (1...2).contains(digits.count), let number = Int(digits) else { return nil }
    let suffix = WordTable.lowercased(text.dropFirst(digits.count))
    return ["", "st", "nd", "rd", "th"].contains(suffix) ? number : nil
  }

  /// `09/01/2018`, `1.9.2026`, `01-09-26`.
  static func looksLikeFigures(_ text: String) -> Bool {
    for separator: Character in ["/", ".", "-"] {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      let areNumbers = parts.allSatisfy { part in
        !part.isEmpty && part.count <= 4 && part.allSatisfy { ("0"..."9").contains($0) }
      }
      if parts.count == 3, areNumbers, separator != "-" || parts[0].count <= 2 { return true }
    }
    return false
  }

  // MARK: Durations

  /// duration = (NUMBER | `a` | `an`)
  ///          (`working days` | [`calendar`] (`days` | `weeks` | `months` | `years`))
  func matchDuration(at start: Int) -> (DayDuration, Int)? {
    guard let token = token(start), token.kind == .word else { return nil }
    var count = 1
    let isSingle: Set<Keyword> = [.day, .week, .month, .year]
    if let unit = token.keyword, isSingle.contains(unit), start > 0,
      let before = tokens[start - 1].keyword, [.last, .next, .past].contains(before)
    {
      // `within the last year` is within the last one year.
      return matchDuration(count: 1, unitAt: start)
    }
    if token.keyword != .a, token.keyword != .an {
      guard case .success(let value)? = number(start), value.isWhole,
        value.millionths >= 0
      else { return nil }
      count = Int(value.millionths / 1_000_000)
    }
    return matchDuration(count: count, unitAt: start + 1)
  }

  private func matchDuration(count: Int, unitAt start: Int) -> (DayDuration, Int)? {
    if let end = matchAny([[.working, .days], [.working, .day]], at: start) {
      return (DayDuration(count: count, unit: .workingDays), end)
    }
    var index = start
    if keyword(index) == .calendar { index += 1 }
    let unit: DayDuration.Unit? =
      switch keyword(index) {
      case .day, .days: .days
      case .week, .weeks: .weeks
      case .month, .months: .months
      case .year, .years: .years
      default: nil
      }
    return unit.map { (DayDuration(count: count, unit: $0), index + 1) }
  }

  // MARK: Endings of date facts

  /// date-ending = duration-ending | day-ending | in-the-past
  func matchDateEnding(at start: Int) -> EndingMatch? {
    matchDurationEnding(at: start) ?? matchDayEnding(at: start) ?? matchInThePast(at: start)
  }

  /// in-the-past = `in the past` | `in the future`
  private func matchInThePast(at start: Int) -> EndingMatch? {
    if let end = match([.in, .the, .past], at: start) {
      return EndingMatch(.date(.inThePast), end)
    }
    if let end = match([.in, .the, .future], at: start) {
      return EndingMatch(.date(.inTheFuture), end)
    }
    return nil
  }

  /// day-ending = (`before` | `earlier than` | `after` | `later than`
  ///            | `on or before` | `no later than` | `by`
  ///            | `on or after` | `no earlier than` | `since`) day
  ///            | `between` day `and` day
  private func matchDayEnding(at start: Int) -> EndingMatch? {
    for (phrase, make) in Parser.dayComparisons {
      guard let end = match(phrase, at: start), let day = matchDay(at: end) else { continue }
      return EndingMatch(.date(make(day.reference)), day.end, day.troubles)
    }
    guard let end = match([.between], at: start), let low = matchDay(at: end),
      keyword(low.end) == .and, let high = matchDay(at: low.end + 1)
    else { return nil }
    var troubles = low.troubles + high.troubles
    if case .day(let a) = low.reference, case .day(let b) = high.reference, b < a, troubles.isEmpty
    {
      troubles.append(.emptyDateRange(a, b, span(start..<high.end)))
    }
    return EndingMatch(.date(.between(low.reference, high.reference)), high.end, troubles)
  }

  private static let dayComparisons: [([Keyword], @Sendable (DayReference) -> DateEnding)] = [
    ([.on, .or, .before], { .onOrBefore($0) }), ([.on, .or, .after], { .onOrAfter($0) }),
    ([.no, .later, .than], { .onOrBefore($0) }), ([.no, .earlier, .than], { .onOrAfter($0) }),
    ([.by], { .onOrBefore($0) }), ([.since], { .onOrAfter($0) }),
    ([.later, .than], { .after($0) }), ([.earlier, .than], { .before($0) }),
    ([.before], { .before($0) }), ([.after], { .after($0) }),
  ]

  struct DayMatch {
    let reference: DayReference
    let end: Int
    var troubles: [Finding] = []
  }

  /// day = date | `today`
  func matchDay(at start: Int) -> DayMatch? {
    if keyword(start) == .today { return DayMatch(reference: .today, end: start + 1) }
    switch matchDate(at: start) {
    case .day(let day, let end): return DayMatch(reference: .day(day), end: end)
    case .trouble(let finding, let end, let day):
      return DayMatch(reference: .day(day), end: end, troubles: [finding])
    case .none: break
    }
    guard case .trouble(let finding, let end, let day) = matchUnusualDate(at: start) else {
      return nil
    }
    return DayMatch(reference: .day(day), end: end, troubles: [finding])
  }

  // MARK: Endings with a duration

  /// duration-ending = within | ago-or-away
  private func matchDurationEnding(at start: Int) -> EndingMatch? {
    matchWithin(at: start) ?? matchAgoOrAway(at: start)
  }

  /// within = (`within` | `in` | `during`) `the` (`last` | `past`) duration
  ///        | (`within` | `within the next` | `in the next`) duration [or-past]
  ///        | `no later than` duration `from today`
  private func matchWithin(at start: Int) -> EndingMatch? {
    let last: [[Keyword]] = [
      [.within, .the, .last], [.within, .last], [.in, .the, .last], [.in, .last],
      [.within, .the, .past], [.in, .the, .past], [.during, .the, .last], [.during, .the, .past],
    ]
    if let end = matchAny(last, at: start), let (duration, after) = matchDuration(at: end) {
      var troubles: [Finding] = []
      var after = after
      if let past = matchOrPast(at: after) {
        troubles.append(.lastOrPast(span(start..<past), orPast: span(after..<past)))
        after = past
      }
      return EndingMatch(.date(.withinTheLast(duration)), after, troubles)
    }
    let next: [[Keyword]] = [[.within, .the, .next], [.in, .the, .next], [.within]]
    if let end = matchAny(next, at: start), let (duration, after) = matchDuration(at: end) {
      return withinOrPast(duration, after)
    }
    if let end = match([.no, .later, .than], at: start),
      let (duration, after) = matchDuration(at: end),
      let fromToday = match([.from, .today], at: after)
    {
      return EndingMatch(.date(.withinOrPast(duration)), fromToday)
    }
    return nil
  }

  private func withinOrPast(_ duration: DayDuration, _ end: Int) -> EndingMatch {
    if let past = matchOrPast(at: end) {
      return EndingMatch(.date(.withinOrPast(duration)), past)
    }
    return EndingMatch(.date(.within(duration)), end)
  }

  /// or-past = `or past` | `or overdue` | `or in the past`
  private func matchOrPast(at index: Int) -> Int? {
    guard
      let end = matchAny([[.or, .past], [.or, .overdue], [.or, .in, .the, .past]], at: index),
      isStop(end)
    else { return nil }
    return end
  }

  /// ago-or-away = comparison duration (`ago` | `away` | `from today`) [or-past]
  ///             | duration `or` (`more` | `over` | `less` | `fewer` | `under`)
  ///               (`ago` | `away` | `from today`) [or-past]
  private func matchAgoOrAway(at start: Int) -> EndingMatch? {
    if let (comparison, end) = matchComparison(at: start),
      let (duration, after) = matchDuration(at: end)
    {
      return agoOrAway(comparison, duration, at: after)
    }
    if let (duration, after) = matchDuration(at: start), keyword(after) == .or,
      let word = keyword(after + 1)
    {
      switch word {
      case .more, .over: return agoOrAway(.atLeast, duration, at: after + 2)
      case .less, .fewer, .under: return agoOrAway(.atMost, duration, at: after + 2)
      default: return nil
      }
    }
    return nil
  }

  private func agoOrAway(_ comparison: Comparison, _ duration: DayDuration, at index: Int)
    -> EndingMatch?
  {
    let isAgo: Bool
    var end = index + 1
    switch keyword(index) {
    case .ago: isAgo = true
    case .away: isAgo = false
    case .from:
      let isNow = words.text(token(index + 1)?.word ?? .none) == "now"
      guard isNow || keyword(index + 1) == .today else { return nil }
      (isAgo, end) = (false, index + 2)
    default: return nil
    }
    switch (comparison, isAgo) {
    case (.moreThan, true): return EndingMatch(.date(.moreThanAgo(duration)), end)
    case (.atLeast, true): return EndingMatch(.date(.atLeastAgo(duration)), end)
    case (.lessThan, true): return EndingMatch(.date(.lessThanAgo(duration)), end)
    case (.atMost, true): return EndingMatch(.date(.withinTheLast(duration)), end)
    case (.moreThan, false): return EndingMatch(.date(.moreThanAway(duration)), end)
    case (.atLeast, false): return EndingMatch(.date(.atLeastAway(duration)), end)
    case (.lessThan, false): return EndingMatch(.date(.lessThanAway(duration)), end)
    case (.atMost, false): return withinOrPast(duration, end)
    }
  }
}
