import JSON
import Values

/// Puts keyed hashes in the place of facts that a log is not to hold.
///
/// Of a text it is the HMAC-SHA-256 of the text in small letters, so that one address has one hash however it is
/// written; of anything else that of its JSON. Who has the key can look for a known address; who has not learns
/// no more than which messages say the same.
package struct FactHashing: Sendable {
  /// The fields, as paths with dots.
  package let fields: Set<String>
  private let hmac: HMAC

  /// What stands before the digits of a hash.
  package static let mark = "hmac-sha256:"
  /// Fields without which no record could be found or decided anew.
  package static let neededFields = ["id", "on", "unknown"]

  package init(fields: Set<String>, key: [UInt8]) {
    self.fields = fields
    hmac = HMAC(key: key)
  }

  /// What stands in a log for a text.
  package func hash(of text: String) -> String {
    FactHashing.mark + hmac.hex(of: text.lowercased())
  }

  /// The members of a message, with hashes in the place of the named facts.
  func hashed(_ members: [JSONValue.Member], in path: String = "") -> [JSONValue.Member] {
    members.map { member in
      let field = path + member.name
      if fields.contains(field) {
        return JSONValue.Member(name: member.name, value: hash(of: member.value))
      }
      // A look-up that failed, or the recipients that are decided one by one.
      switch member.value {
      case .object(let inner):
        let value = JSONValue.object(hashed(inner, in: field + "."))
        return JSONValue.Member(name: member.name, value: value)
      case .array(let elements):
        let value = JSONValue.array(
          elements.map { element in
            guard case .object(let inner) = element else { return element }
            return .object(hashed(inner, in: path))
          })
        return JSONValue.Member(name: member.name, value: value)
      case .null, .bool, .number, .string: return member
      }
    }
  }

  private func hash(of value: JSONValue) -> JSONValue {
    switch value {
    case .null: return .null
    case .string(let text): return .string(hash(of: text))
    case .array(let elements): return .array(elements.map { hash(of: $0) })
    case .bool, .number, .object:
      var writer = JSONWriter()
      writer.value(value)
      return .string(FactHashing.mark + hmac.hex(of: writer.text))
    }
  }
}
