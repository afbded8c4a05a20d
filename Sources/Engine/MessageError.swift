package import JSON

/// Why a message is rejected; nothing is decided about it.
package struct MessageError: Error, Hashable, Sendable {
  /// The stable name of what is wrong.
  package enum Code: String, Hashable, Sendable, CaseIterable {
    case tooLong = "too-long"
    case encoding
    case badJSON = "bad-json"
    case duplicateField = "duplicate-field"
    case wrongType = "wrong-type"
    case badValue = "bad-value"
  }

  package let code: Code
  /// The field that is wrong, as a path with dots; nil where it is the line as a whole.
  package let field: String?
  /// What the field holds, and what would be right: one sentence for whoever sends the messages.
  package let message: String
  /// The message's `id` as JSON text, if it could be read.
  package var id: String?

  package init(_ code: Code, field: String? = nil, _ message: String, id: String? = nil) {
    self.code = code
    self.field = field
    self.message = message
    self.id = id
  }
}

extension MessageError {
  /// The error of a line that is no JSON object.
  package init(_ error: JSONError) {
    let place = error.offset + 1
    switch error.kind {
    case .encoding:
      self.init(.encoding, "the line is not UTF-8 text from its byte \(place) on")
    case .syntax, .loneSurrogate, .tooDeep:
      self.init(.badJSON, "the line is not JSON: \(error) at its byte \(place)")
    case .notAnObject:
      self.init(.badJSON, "the line is JSON, but a message is an object: `{…}`")
    case .duplicateField(let name):
      let shown = name.excerpt
      self.init(
        .duplicateField, field: shown,
        "the field `\(shown)` stands twice in one object, the second time at byte \(place)")
    }
  }

  static var tooLong: MessageError {
    MessageError(
      .tooLong,
      "the line is longer than \(MessageDecoder.longestLine) bytes, the most that a message may have"
    )
  }

  /// The error of a field whose JSON value is of the wrong kind.
  static func wrongType(_ field: String, _ value: JSONValue, wanted: String) -> MessageError {
    MessageError(.wrongType, field: field, "`\(field)` is \(value.inWords); it takes \(wanted)")
  }

  /// The error of a field that holds something else than it may.
  static func badValue(_ field: String, _ value: JSONValue, _ correction: String) -> MessageError {
    MessageError(.badValue, field: field, "`\(field)` is \(value.inWords)\(correction)")
  }
}

extension JSONValue {
  /// What a message holds, for a sentence; long texts are cut short.
  var inWords: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): "the number \(digits.excerpt)"
    case .string(let text): text.isEmpty ? "an empty text" : "the text `\(text.excerpt)`"
    case .array(let elements): elements.isEmpty ? "an empty array" : "an array"
    case .object: "an object"
    }
  }
}

extension String {
  /// The text, or its beginning where it is long.
  var excerpt: String {
    let longest = 60
    return utf8.count <= longest ? self : String(unicodeScalars.prefix(longest)) + "…"
  }
}
