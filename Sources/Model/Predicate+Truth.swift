package import Values

extension Predicate {
  /// What is known of this question about a fact in such a state.
  ///
  /// Of a missing fact nothing is known, not even whether it is recorded. Of an absent one every
  /// question is answered no.
  package func truth(of state: FactState, today: Day, _ calendar: WorkingCalendar) -> Truth {
    switch state {
    case .missing: .unknown
    case .absent: .no
    case .value(let value): Truth(holds(of: value, today: today, calendar))
    }
  }

  /// Whether the answer about a value is yes. A question that is for facts of another kind, or not
  /// for facts at all, is answered no.
  package func holds(of value: FactValue, today: Day, _ calendar: WorkingCalendar) -> Bool {
    switch (self, value) {
    case (.isRecorded, _): true
    case (.isTrue, .flag(let flag)): flag
    case (.isOneOf(let values), .choice(let choice)): values.contains(choice)
    case (.holdsAny(let values), .set(let held)): !held.isDisjoint(with: values)
    case (.holdsAll(let values), .set(let held)): held.isSuperset(of: values)
    case (.holdsNone(let values), .set(let held)): held.isDisjoint(with: values)
    case (.isEmpty, .set(let held)): held.isEmpty
    case (.isNotEmpty, .set(let held)): !held.isEmpty
    case (.isIn(let ranges), .number(let number)): ranges.contains { $0 ~= number.millionths }
    case (.isDated(let ranges), .day(let day)):
      ranges.contains { $0.contains(day, today: today, calendar) }
    case (.matches(let patterns), .text(let text)): patterns.contains { $0.matches(text) }
    case (.isWorkingDay, .day(let day)): calendar.isWorkingDay(day)
    case (.isTrue, _), (.isOneOf, _), (.holdsAny, _), (.holdsAll, _), (.holdsNone, _),
      (.isEmpty, _), (.isNotEmpty, _), (.isIn, _), (.isDated, _), (.matches, _),
      (.isWorkingDay, _), (.isOutcome, _):
      false
    }
  }
}

extension TextPattern {
  /// Whether a text of a message compares so with the pattern.
  package func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { match.matches(UnsafeRawBufferPointer($0), pattern) }
  }
}
