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
    var writer = JSONWriter()
    writer.value(.object(members(facts, vocabulary)))
    return writer.text
  }

  /// The same with its day first, and last the fields of facts that nobody knows.
  package func json(
    _ facts: some Sequence<FactID>, unknown: [FactID], _ vocabulary: Vocabulary
  ) -> String {
    var members = [JSONValue.Member(name: "on", value: .string(today.description))]
    members += self.members(facts, vocabulary)
    if !unknown.isEmpty {
      let fields = unknown.map { JSONValue.string(vocabulary[$0].field) }
      members.append(JSONValue.Member(name: "unknown", value: .array(fields)))
    }
    var writer = JSONWriter()
    writer.value(.object(members))
    return writer.text
  }

  private func members(
    _ facts: some Sequence<FactID>, _ vocabulary: Vocabulary
  ) -> [JSONValue.Member] {
    var root = JSONFields()
    for id in facts {
      guard case .value(let value) = self[id] else { continue }
      root.insert(value.json(of: vocabulary[id]), at: vocabulary[id].path[...])
    }
    return root.members
  }
}

/// The fields of an object that is being put together.
package struct JSONFields {
  private var fields: [(name: String, value: JSONValue?, inner: JSONFieldsBox)] = []

  package init() {}

  /// Adds a field by the names of the objects that lead to it.
  package mutating func insert(_ value: JSONValue, at path: ArraySlice<String>) {
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

  package var members: [JSONValue.Member] {
    fields.map { field in
      JSONValue.Member(name: field.name, value: field.value ?? .object(field.inner.fields.members))
    }
  }
}

private final class JSONFieldsBox {
  var fields = JSONFields()
}
