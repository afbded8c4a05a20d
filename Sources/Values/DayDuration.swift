/// A stretch of time in a policy, such as `10 working days`.
package struct DayDuration: Hashable, Sendable {
  /// What a stretch of time is counted in.
  package enum Unit: Hashable, Sendable, CaseIterable {
    /// Those of the calendar, every day counted.
    case days, weeks, months, years
    /// Monday to Friday, save the policy's holidays.
    case workingDays
  }

  /// How many of the unit.
  package let count: Int
  /// What is counted.
  package let unit: Unit

  /// A stretch of so many units.
  package init(count: Int, unit: Unit) {
    self.count = count
    self.unit = unit
  }

  /// The stretch as people write it: `10 working days`, `1 day`.
  package var words: String { "\(count) \(unit.name(one: count == 1))" }
}

extension DayDuration.Unit {
  /// The unit's name, for one of it or for several.
  package func name(one: Bool) -> String {
    switch self {
    case .days: one ? "day" : "days"
    case .weeks: one ? "week" : "weeks"
    case .months: one ? "month" : "months"
    case .years: one ? "year" : "years"
    case .workingDays: one ? "working day" : "working days"
    }
  }
}
