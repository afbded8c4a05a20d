/// A value of a JSON text (RFC 8259).
package enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, digit for digit as it was written.
  case number(String)
  /// A string, with its escapes resolved.
  case string(String)
  /// The elements of an array, in their order.
  case array([JSONValue])
  /// The members of an object, in the order in which they were written.
  case object([Member])

  /// A member of an object: its name and what it holds.
  package struct Member: Sendable {
    /// The name, with its escapes resolved.
    package let name: String
    /// What the member holds.
    package let value: JSONValue

    /// A member of that name.
    package init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// What an object holds under that name; nothing if it has no such member or is no object.
  ///
  /// Linear in the number of members. Names are the same if their code points are.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { isSame($0.name, name) }?.value
  }
}

/// Whether two texts have the same code points.
///
/// Swift's `==` is more generous: to it `é` is one text, however it is composed.
func isSame(_ left: String, _ right: String) -> Bool {
  left.utf8.elementsEqual(right.utf8)
}

extension JSONValue: Equatable {
  /// Whether two values have the same content, written with the same code points and digits.
  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): isSame(left, right)
    case (.string(let left), .string(let right)): isSame(left, right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
    }
  }
}

extension JSONValue.Member: Equatable {
  /// Whether two members have the same name and hold the same.
  package static func == (left: JSONValue.Member, right: JSONValue.Member) -> Bool {
    isSame(left.name, right.name) && left.value == right.value
  }
}
