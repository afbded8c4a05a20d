/// Why a text is not the JSON that it should be.
package struct JSONError: Error, Equatable, Sendable {
  /// What is wrong.
  package enum Kind: Equatable, Sendable {
    /// The bytes are not UTF-8.
    case encoding
    /// Something else stands where the grammar wants what is named, in plain English.
    case syntax(String)
    /// An escape `\uD800` to `\uDFFF` that is not half of a pair.
    case loneSurrogate
    /// Arrays and objects lie more than `JSONReader.deepestNesting` deep in each other.
    case tooDeep
    /// The text is JSON, but no object.
    case notAnObject
    /// An object has two members of that name.
    case duplicateField(String)
  }

  /// What is wrong.
  package let kind: Kind
  /// Where, in bytes from the start of the text.
  package let offset: Int

  /// An error at that offset.
  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}

extension JSONError: CustomStringConvertible {
  /// The error in words, without its place: `expected a comma or "}"`.
  package var description: String {
    switch kind {
    case .encoding: "the text is not UTF-8"
    case .syntax(let expected): "expected \(expected)"
    case .loneSurrogate: "an escape \\uD800 to \\uDFFF stands for no character on its own"
    case .tooDeep: "arrays and objects nest more than \(JSONReader.deepestNesting) deep"
    case .notAnObject: "expected an object: { … }"
    case .duplicateField(let name): "the field \"\(name)\" appears twice in one object"
    }
  }
}
