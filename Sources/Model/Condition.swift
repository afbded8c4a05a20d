package import Findings
package import Syntax
package import Values

/// What a condition means: names are ids, lists are their values, units and synonyms are gone.
package indirect enum Condition: Hashable, Sendable {
  /// True of every message: a table row without tests, a promise without `if`.
  case always
  case test(Test)
  case not(Condition)
  case and([Condition])
  case or([Condition])
  case definition(DefinitionUse)
}

/// A sentence that stands for a condition.
package struct DefinitionUse: Hashable, Sendable {
  package let id: DefinitionID
  /// Where it was written; equality looks at the meaning alone.
  package let span: Span

  package init(_ id: DefinitionID, at span: Span) {
    self.id = id
    self.span = span
  }

  package static func == (a: DefinitionUse, b: DefinitionUse) -> Bool { a.id == b.id }
  package func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

/// One atom: a question about one fact, the outcome, or today.
///
/// An object, because it is handed on for every message.
package final class Test: Hashable, Sendable {
  package let subject: Subject
  package let predicate: Predicate
  /// Where it was written; equality looks at the meaning alone.
  package let span: Span

  package init(_ subject: Subject, _ predicate: Predicate, at span: Span) {
    self.subject = subject
    self.predicate = predicate
    self.span = span
  }

  package enum Subject: Hashable, Sendable {
    case fact(FactID)
    /// Of guards: the first outcome. Of note rules and promises: the outcome.
    case outcome
    case today
  }

  package static func == (a: Test, b: Test) -> Bool {
    a.subject == b.subject && a.predicate == b.predicate
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(subject)
    hasher.combine(predicate)
  }
}

/// What a test asks of its subject. Every one of them is false of an absent optional fact.
package enum Predicate: Hashable, Sendable {
  /// Of a yes-or-no fact: it is true.
  case isTrue
  /// Of a choice: it has one of these values.
  case isOneOf(Set<ValueID>)
  case holdsAny(Set<ValueID>)
  case holdsAll(Set<ValueID>)
  case holdsNone(Set<ValueID>)
  /// Of a set: `nothing` and `anything`.
  case isEmpty
  case isNotEmpty
  /// Of a number: it lies in one of these ranges of millionths, ends included.
  case isIn([ClosedRange<Int64>])
  case isDated([DayRange])
  /// Of a text: one of these patterns matches.
  case matches([TextPattern])
  case isRecorded
  case isOutcome(Set<OutcomeID>)
  case isWorkingDay
}

/// A text to look for and how; `pattern` is UTF-8.
package struct TextPattern: Hashable, Sendable {
  package let match: TextMatch
  package let pattern: [UInt8]

  package init(_ match: TextMatch, _ pattern: [UInt8]) {
    self.match = match
    self.pattern = pattern
  }
}

/// A stretch of days, ends included; nil is an open end.
package struct DayRange: Hashable, Sendable {
  package let first: DayBound?
  package let last: DayBound?

  package init(first: DayBound?, last: DayBound?) {
    self.first = first
    self.last = last
  }

  package func contains(_ day: Day, today: Day, _ calendar: WorkingCalendar) -> Bool {
    let number = Int(day.number)
    if let first, number < first.number(today: today, calendar) { return false }
    if let last, number > last.number(today: today, calendar) { return false }
    return true
  }
}

/// A day of the calendar, or one reckoned from today.
package struct DayBound: Hashable, Sendable {
  package enum Anchor: Hashable, Sendable {
    case day(Day)
    case today
    case todayPlus(DayDuration)
    case todayMinus(DayDuration)
  }

  package let anchor: Anchor
  /// Days added to the anchor: −1 for the day before it.
  package let offset: Int

  package init(_ anchor: Anchor, offset: Int = 0) {
    self.anchor = anchor
    self.offset = offset
  }

  /// Days since 1 January 1970; may lie one beyond the days that can be written.
  package func number(today: Day, _ calendar: WorkingCalendar) -> Int {
    let day =
      switch anchor {
      case .day(let day): day
      case .today: today
      case .todayPlus(let duration): calendar.day(today, plus: duration)
      case .todayMinus(let duration): calendar.day(today, minus: duration)
      }
    return Int(day.number) + offset
  }
}
