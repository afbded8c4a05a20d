package import JSON
package import Model
package import Syntax
import Values

extension FactValue {
  /// The value as a message holds it.
  package func json(of fact: Fact) -> JSONValue {
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

extension Message {
  /// A JSON object, on one line, that says of these facts what the message says; absent ones are left out.
  package func json(_ facts: some Sequence<FactID>, _ vocabulary: Vocabulary) -> String {
    var root = JSONFields()
    for id in facts {
      guard case .value(let value) = self[id] else { continue }
      root.insert(value.json(of: vocabulary[id]), at: vocabulary[id].path[...])
    }
    var writer = JSONWriter()
    writer.value(root.value)
    return writer.text
  }
}

/// The fields of an object that is being put together.
private struct JSONFields {
  private var fields: [(name: String, value: JSONValue?, inner: JSONFieldsBox)] = []

  mutating func insert(_ value: JSONValue, at path: ArraySlice<String>) {
    guard let name = path.first else { return }
    let rest = path.dropFirst()
    if rest.isEmpty {
      fields.append((name, value, JSONFieldsBox()))
    } else if let index = fields.firstIndex(where: { $0.name == name && $0.value == nil }) {
      fields[index].inner.fields.insert(value, at: rest)
    } else {
      let box = JSONFieldsBox()
      box.fields.insert(value, at: rest)
      fields.append((name, nil, box))
    }
  }

  var value: JSONValue {
    .object(
      fields.map { JSONValue.Member(name: $0.name, value: $0.value ?? $0.inner.fields.value) })
  }
}

private final class JSONFieldsBox {
  var fields = JSONFields()
}
