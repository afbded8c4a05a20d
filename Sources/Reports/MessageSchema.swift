import Engine
package import JSON
package import Model
import Syntax
import Values

/// The JSON Schema of a policy's messages (draft 2020-12): what a field may hold for `decide` not to
/// reject the message.
///
/// No field is required. Where a fact that must be known is left out and matters, the decision is
/// unsure, which is no fault of the message's form; what must be known is said in the descriptions.
package struct MessageSchema: JSONDocument {
  package var writer = JSONWriter(pretty: true)
  private let facts: [Fact]

  package init(_ vocabulary: Vocabulary) {
    facts = vocabulary.facts
  }

  /// The schema, one property a few lines; ends with a line break.
  package var text: String {
    var copy = self
    copy.writeAll()
    return copy.writer.text + "\n"
  }

  private mutating func writeAll() {
    object { schema in
      schema.write("$schema", "https://json-schema.org/draft/2020-12/schema")
      schema.write("title", "A message that the policy decides")
      schema.write("type", "object")
      schema.object("properties") { schema in
        schema.writeOwnFields()
        schema.write(MessageField.fields(of: schema.facts))
      }
    }
  }

  /// The fields that belong to the message itself and not to any fact.
  private mutating func writeOwnFields() {
    object("id") { schema in
      schema.write("description", "names the message; the decision repeats it")
      schema.write("type", ["string", "number", "null"])
    }
    object("on") { schema in
      schema.write("description", "the day on which the message is decided; otherwise today")
      schema.write("type", ["string", "null"])
      schema.write("format", "date")
      schema.write("pattern", "^20[0-9]{2}-\(MessageSchema.monthAndDay)$")
    }
    object("unknown") { schema in
      schema.write("description", "the fields that could not be looked up")
      schema.write("type", ["array", "null"])
      schema.object("items") { schema in
        if schema.facts.isEmpty {
          schema.write("type", "string")
        } else {
          schema.write("enum", schema.facts.map(\.field))
        }
      }
    }
  }

  // MARK: Facts

  private mutating func write(_ fields: [MessageField]) {
    for field in fields {
      object(field.name) { schema in
        if let fact = field.fact {
          schema.write(schema.facts[fact])
        } else {
          schema.write("type", ["object", "null"])
          schema.object("properties") { schema in schema.write(field.fields) }
        }
      }
    }
  }

  private mutating func write(_ fact: Fact) {
    write("description", fact.phrase + describedPresence(of: fact))
    if case .defaulted(let value) = fact.presence {
      writer.key("default")
      writer.value(value.json(of: fact))
    }
    switch fact.kind {
    case .choice: writeChoice(fact.values)
    case .set: writeSet(fact.values)
    case .yesOrNo: write("type", ["boolean", "null"])
    case .number(let isWhole, _, let low, let high): writeNumber(isWhole, low, high)
    case .date:
      write("type", ["string", "null"])
      write("format", "date")
      write("pattern", "^(19|[2-9][0-9])[0-9]{2}-\(MessageSchema.monthAndDay)$")
    case .text: write("type", ["string", "null"])
    }
  }

  private func describedPresence(of fact: Fact) -> String {
    var parts: [String] = []
    if case .number(_, let unit?, _, _) = fact.kind { parts.append("in \(unit)") }
    switch fact.presence {
    case .required: parts.append("must be known wherever it matters")
    case .optional: parts.append("left out if nothing is recorded")
    case .defaulted(let value): parts.append("if left out: \(fact.words(for: value))")
    }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: "; ")))"
  }

  private mutating func writeChoice(_ values: [String]) {
    array("enum") { schema in
      for value in values { schema.writer.string(value) }
      schema.writer.null()
    }
  }

  /// One string stands for a set of one value.
  private mutating func writeSet(_ values: [String]) {
    array("anyOf") { schema in
      schema.object { schema in schema.writeChoice(values) }
      schema.object { schema in
        schema.write("type", "array")
        schema.object("items") { schema in schema.write("enum", values) }
      }
    }
  }

  private mutating func writeNumber(_ isWhole: Bool, _ low: Decimal6?, _ high: Decimal6?) {
    write("type", [isWhole ? "integer" : "number", "null"])
    writer.key("minimum")
    writer.number(raw: (low ?? Decimal6(-Int.max)).description)
    writer.key("maximum")
    writer.number(raw: (high ?? Decimal6.limit).description)
  }

  /// Years are looked at by the pattern before this.
  private static let monthAndDay = "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
}

// MARK: Writing

extension MessageSchema {
  private mutating func write(_ key: String, _ texts: [String]) {
    array(key) { schema in
      for text in texts { schema.writer.string(text) }
    }
  }
}
