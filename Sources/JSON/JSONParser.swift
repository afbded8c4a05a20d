/// The state of reading one JSON text: where the reader stands, and what it has noticed.
///
/// Functions named `expect…` consume what they name or throw. Productions are those of RFC 8259.
/// Invariant: the bytes are UTF-8, so every string token is too.
struct JSONParser {
  /// The first member whose name an earlier member of its object has, in the order of the text.
  private(set) var firstDuplicate: JSONError?

  /// Whether U+FFFD stands in for half of a surrogate pair; otherwise it is an error.
  var replacesLoneSurrogates = false

  let bytes: UnsafeRawBufferPointer
  var position = 0
  private var nesting = 0

  init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
  }

  /// The byte at the reader's place; nothing at the end.
  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The error of something else standing here than what is named.
  func expected(_ what: String) -> JSONError {
    JSONError(.syntax(what), at: position)
  }

  /// Consumes the character if it comes next.
  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func skipWhiteSpace() {
    while let byte = next, isWhiteSpace(byte) { position += 1 }
  }

  /// `JSON-text = ws value ws`, and nothing after it
  mutating func expectText() throws(JSONError) -> JSONValue {
    skipWhiteSpace()
    let value = try expectValue()
    skipWhiteSpace()
    guard position == bytes.count else { throw expected("the end of the text") }
    return value
  }

  /// `value = false / null / true / object / array / number / string`
  private mutating func expectValue() throws(JSONError) -> JSONValue {
    guard let byte = next else { throw expected("a value") }
    switch byte {
    case UInt8(ascii: "{"): return try expectObject()
    case UInt8(ascii: "["): return try expectArray()
    case UInt8(ascii: "\""): return .string(try expectString())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return .number(try expectNumber())
    case UInt8(ascii: "t"): return try expectWord("true", .bool(true))
    case UInt8(ascii: "f"): return try expectWord("false", .bool(false))
    case UInt8(ascii: "n"): return try expectWord("null", .null)
    default: throw expected("a value")
    }
  }

  private mutating func expectWord(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONError) -> JSONValue {
    let length = word.utf8CodeUnitCount
    let written = bytes[position..<min(position + length, bytes.count)]
    let isWord = word.withUTF8Buffer { written.elementsEqual($0) }
    guard isWord else { throw expected("a value") }
    position += length
    return value
  }

  /// `array = "[" ws [ value *( ws "," ws value ) ] ws "]"`
  private mutating func expectArray() throws(JSONError) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    if !take("]") {
      repeat {
        skipWhiteSpace()
        elements.append(try expectValue())
        skipWhiteSpace()
      } while take(",")
      guard take("]") else { throw expected("a comma or \"]\"") }
    }
    nesting -= 1
    return .array(elements)
  }

  /// `object = "{" ws [ member *( ws "," ws member ) ] ws "}"`
  private mutating func expectObject() throws(JSONError) -> JSONValue {
    try enter()
    var members: [JSONValue.Member] = []
    var names = SeenNames()
    if !take("}") {
      repeat {
        skipWhiteSpace()
        let start = position
        let name = try expectName()
        if !names.insert(name, after: members), firstDuplicate == nil {
          firstDuplicate = JSONError(.duplicateField(name), at: start)
        }
        members.append(JSONValue.Member(name: name, value: try expectValue()))
        skipWhiteSpace()
      } while take(",")
      guard take("}") else { throw expected("a comma or \"}\"") }
    }
    nesting -= 1
    return .object(members)
  }

  /// Consumes the bracket that opens an array or object, and the white space after it.
  private mutating func enter() throws(JSONError) {
    nesting += 1
    guard nesting <= JSONReader.deepestNesting else { throw JSONError(.tooDeep, at: position) }
    position += 1
    skipWhiteSpace()
  }

  /// The start of a member: `string ws ":" ws`
  private mutating func expectName() throws(JSONError) -> String {
    guard next == UInt8(ascii: "\"") else { throw expected("a field name in double quotes") }
    let name = try expectString()
    skipWhiteSpace()
    guard take(":") else { throw expected("a colon") }
    skipWhiteSpace()
    return name
  }
}
