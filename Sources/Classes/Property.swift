package import Model
package import Syntax
package import Values

/// A yes-or-no question about one message, out of which every test of a policy is made.
///
/// A fact has infinitely many values, but a policy asks only so much of it. Messages of which all
/// properties are the same are in one class: no test of the policy tells them apart.
package enum Property: Hashable, Sendable {
  /// Of an optional fact: the message says something about it.
  case isRecorded(FactID)
  /// Of a choice: it has one of these values. No test tells them apart.
  case isOneOf(FactID, [ValueID])
  /// Of a set: it holds one of these values. No test tells them apart.
  case holds(FactID, [ValueID])
  /// Of a yes-or-no fact: it is true.
  case isTrue(FactID)
  /// Of a number: it has at least so many millionths.
  case isAtLeast(FactID, Int64)
  /// Of a date: it is this day or later.
  case isFrom(FactID, DayBound)
  /// Of a text: it compares so with a pattern.
  case matches(FactID, TextPattern)
  /// Today is this day or later.
  case todayIsFrom(Day)
  /// Today is Monday to Friday and no holiday.
  case todayIsWorkingDay
  /// On today's calendar the first bound is no later than the second: `today + 1 month` and `today + 30
  /// days` come now in one order, now in the other.
  case isNoLater(DayBound, DayBound)
  /// The outcome that guards, note rules or promises look at, where it is left open.
  case outcomeIs(OutcomeID)

  /// The fact that it is about, if it is about one.
  package var fact: FactID? {
    switch self {
    case .isRecorded(let fact), .isOneOf(let fact, _), .holds(let fact, _), .isTrue(let fact),
      .isAtLeast(let fact, _), .isFrom(let fact, _), .matches(let fact, _):
      fact
    case .todayIsFrom, .todayIsWorkingDay, .isNoLater, .outcomeIs: nil
    }
  }
}
