import JSON
import Model
import Syntax
import Values

extension FactValue {
  /// The value as a message holds it.
  func json(of fact: Fact) -> JSONValue {
    func name(_ value: ValueID) -> String {
      fact.values.indices.contains(value.index) ? fact.values[value.index] : ""
    }
    return switch self {
    case .choice(let value): .string(name(value))
    case .set(let values): .array(values.sorted().map { .string(name($0)) })
    case .flag(let flag): .bool(flag)
    case .number(let number): .number(number.description)
    case .day(let day): .string(day.description)
    case .text(let text): .string(text)
    }
  }
}
