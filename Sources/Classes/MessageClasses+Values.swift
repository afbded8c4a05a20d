package import Logic
package import Model
package import Syntax
package import Values

extension MessageClasses {
  /// Of each variable whether a message has its property; copied facts have the values of `copies`.
  package func values(of message: Message, copies: [FactID: FactState] = [:]) -> [Bool] {
    var other = message
    for (fact, state) in copies { other.values[fact.index] = state }
    return properties.indices.map { index in
      let isCopy = placeOfVariable[index].map { $0.index >= vocabulary.facts.count } ?? false
      return value(Variable(Int32(index)), isCopy ? other : message)
    }
  }

  /// Whether a variable about today is true on a day.
  package func isTrue(_ variable: Variable, on day: Day) -> Bool {
    if case .todayIsFrom(let first) = properties[Int(variable.index)] { return day >= first }
    return today.holds(variable, on: day)
  }

  private func value(_ variable: Variable, _ message: Message) -> Bool {
    let day = message.today
    switch properties[Int(variable.index)] {
    case .todayIsFrom, .todayIsWorkingDay, .isNoLater: return isTrue(variable, on: day)
    case .outcomeIs: return false
    case .isRecorded(let fact): return message[fact] != .absent
    case .isOneOf(let fact, let values):
      guard case .value(.choice(let choice)) = message[fact] else { return false }
      return values.contains(choice)
    case .holds(let fact, let values):
      guard case .value(.set(let held)) = message[fact] else { return false }
      return values.contains(where: held.contains)
    case .isTrue(let fact): return message[fact] == .value(.flag(true))
    case .isAtLeast(let fact, let threshold):
      guard case .value(.number(let number)) = message[fact] else { return false }
      return number.millionths >= threshold
    case .isFrom(let fact, let bound):
      guard case .value(.day(let date)) = message[fact] else { return false }
      return Int(date.number) >= bound.number(today: day, calendar(of: variable))
    case .matches(let fact, let pattern):
      guard case .value(.text(let text)) = message[fact] else { return false }
      return pattern.matches(text)
    }
  }

  /// Whose working days the moment of a date's variable counts.
  private func calendar(of variable: Variable) -> WorkingCalendar {
    guard let place = placeOfVariable[Int(variable.index)],
      case .date(let moments) = facts[fact(at: place).index]
    else { return calendars[0] }
    return calendars[moments[Int(variable.index - firstVariable[place.index])].calendar]
  }
}
