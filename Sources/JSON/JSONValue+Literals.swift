// JSON values can be written down in the program as they are in JSON.

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral,
  ExpressibleByNilLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }

  package init(integerLiteral value: Int) { self = .number(String(value)) }

  package init(booleanLiteral value: Bool) { self = .bool(value) }

  package init(nilLiteral: ()) { self = .null }

  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  /// The members in the order in which they are written.
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { Member(name: $0.0, value: $0.1) })
  }

  /// A whole number.
  package static func number(_ value: Int) -> JSONValue { .number(String(value)) }
}

// What a value holds, if it is of the kind that is asked for.
extension JSONValue {
  package var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A whole number of 64 bits; a fraction is none.
  package var whole: Int? {
    if case .number(let digits) = self { Int(digits) } else { nil }
  }

  package var flag: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  package var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }

  /// What lies at the end of a path of names; nothing if some step is not there.
  package subscript(path names: String...) -> JSONValue? {
    var value = self
    for name in names {
      guard let next = value[name] else { return nil }
      value = next
    }
    return value
  }
}
