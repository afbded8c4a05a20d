/// Reads a JSON text as RFC 8259 defines it, in UTF-8 and without any leniency.
///
/// A byte order mark is refused. Of several faults the first of these is reported: bytes that are
/// not UTF-8; faults of grammar, lone surrogates and too deep a nesting, whichever comes first; not
/// being an object where one is wanted; a name that comes twice in an object, at any depth.
/// Linear time; the stack needed is bounded by `deepestNesting`.
package enum JSONReader {
  /// How deep arrays and objects may lie in each other.
  package static let deepestNesting = 128

  /// The value that the bytes are the text of.
  package static func read(_ bytes: UnsafeRawBufferPointer) throws(JSONError) -> JSONValue {
    let (value, duplicate) = try readAllowingDuplicates(bytes)
    if let duplicate {
      throw duplicate
    }
    return value
  }

  /// The members of the object that the bytes are the text of.
  package static func readObject(
    _ bytes: UnsafeRawBufferPointer
  ) throws(JSONError) -> [JSONValue.Member] {
    let (value, duplicate) = try readAllowingDuplicates(bytes)
    guard case .object(let members) = value else {
      throw JSONError(.notAnObject, at: bytes.firstIndex { !isWhiteSpace($0) } ?? 0)
    }
    if let duplicate {
      throw duplicate
    }
    return members
  }

  /// The value that the bytes are the text of.
  package static func read(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(JSONError) in try read(bytes) }
    }.get()
  }

  /// The value that the bytes are the text of.
  package static func read(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    try read(bytes[...])
  }

  /// The members of the object that the bytes are the text of.
  package static func readObject(
    _ bytes: ArraySlice<UInt8>
  ) throws(JSONError) -> [JSONValue.Member] {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(JSONError) in try readObject(bytes) }
    }.get()
  }

  /// The members of the object that the bytes are the text of.
  package static func readObject(_ bytes: [UInt8]) throws(JSONError) -> [JSONValue.Member] {
    try readObject(bytes[...])
  }

  /// The value that the bytes are the text of, as people's editors send it: a name that comes twice is
  /// let pass, and in place of a lone surrogate, which JavaScript lets into texts, stands U+FFFD.
  package static func readLeniently(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
    try bytes.withUnsafeBytes { bytes in
      Result { () throws(JSONError) in try readLeniently(bytes) }
    }.get()
  }

  private static func readLeniently(
    _ bytes: UnsafeRawBufferPointer
  ) throws(JSONError) -> JSONValue {
    if let offset = UTF8Check.firstError(in: bytes) {
      throw JSONError(.encoding, at: offset)
    }
    var parser = JSONParser(bytes)
    parser.replacesLoneSurrogates = true
    return try parser.expectText()
  }

  private static func readAllowingDuplicates(
    _ bytes: UnsafeRawBufferPointer
  ) throws(JSONError) -> (value: JSONValue, duplicate: JSONError?) {
    if let offset = UTF8Check.firstError(in: bytes) {
      throw JSONError(.encoding, at: offset)
    }
    var parser = JSONParser(bytes)
    let value = try parser.expectText()
    return (value, parser.firstDuplicate)
  }
}

/// Whether a byte is one of the four that RFC 8259 calls white space.
func isWhiteSpace(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
  default: false
  }
}
