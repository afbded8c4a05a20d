/// Writes JSON, commas and all, into a buffer of bytes.
///
/// What is begun must be ended, and inside an object every value has its key before it; the writer
/// does not check. After a whole value the next one may be written straight away, as in a file of
/// one value a line.
package struct JSONWriter: Sendable {
  /// What has been written so far. It may be emptied, or added to, between whole values.
  package var bytes: [UInt8] = []

  private let isPretty: Bool
  private var nesting = 0
  private var place = Place.top

  /// Where the next value goes.
  private enum Place {
    /// Outside every array and object.
    case top
    /// First in an array or object.
    case first
    /// After another value of the array or object.
    case later
    /// After the key of a member.
    case afterKey
  }

  /// A writer without white space, or, if pretty, one value a line with two spaces of indentation.
  package init(pretty: Bool = false) {
    isPretty = pretty
  }

  /// What has been written so far, as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  // MARK: - Values

  /// Writes `null`.
  package mutating func null() {
    raw("null")
  }

  /// Writes `true` or `false`.
  package mutating func bool(_ value: Bool) {
    raw(value ? "true" : "false")
  }

  /// Writes a number that is at hand as JSON has it, digit for digit.
  package mutating func number(raw digits: String) {
    raw(digits)
  }

  /// Writes a whole number.
  package mutating func number(_ value: Int) {
    raw(String(value))
  }

  /// Writes a string.
  package mutating func string(_ text: String) {
    startValue()
    quote(text)
    endValue()
  }

  /// Writes a string whose bytes are UTF-8.
  package mutating func string(utf8: UnsafeRawBufferPointer) {
    startValue()
    quote(utf8)
    endValue()
  }

  /// Writes a value that is at hand as JSON text.
  package mutating func raw(_ json: String) {
    startValue()
    bytes.append(contentsOf: json.utf8)
    endValue()
  }

  /// Writes a value that is at hand as JSON text in UTF-8.
  package mutating func raw(_ json: [UInt8]) {
    startValue()
    bytes.append(contentsOf: json)
    endValue()
  }

  /// Writes a value with all that is in it.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .number(let digits): number(raw: digits)
    case .string(let text): string(text)
    case .array(let elements):
      beginArray()
      for element in elements { self.value(element) }
      endArray()
    case .object(let members):
      beginObject()
      for member in members {
        key(member.name)
        self.value(member.value)
      }
      endObject()
    }
  }

  // MARK: - Arrays and objects

  /// Begins an array.
  package mutating func beginArray() {
    begin("[")
  }

  /// Ends the array begun last.
  package mutating func endArray() {
    end("]")
  }

  /// Begins an object.
  package mutating func beginObject() {
    begin("{")
  }

  /// Ends the object begun last.
  package mutating func endObject() {
    end("}")
  }

  /// Writes an array of what `content` writes.
  package mutating func array(_ content: (inout JSONWriter) -> Void) {
    beginArray()
    content(&self)
    endArray()
  }

  /// Writes an object of the members that `content` writes.
  package mutating func object(_ content: (inout JSONWriter) -> Void) {
    beginObject()
    content(&self)
    endObject()
  }

  /// Writes the name of a member, whose value comes next.
  package mutating func key(_ name: String) {
    startValue()
    quote(name)
    bytes.append(UInt8(ascii: ":"))
    if isPretty {
      bytes.append(UInt8(ascii: " "))
    }
    place = .afterKey
  }

  /// Ends the line after a whole value.
  package mutating func newLine() {
    bytes.append(UInt8(ascii: "\n"))
  }
}

// MARK: - Layout

extension JSONWriter {
  private mutating func begin(_ bracket: Unicode.Scalar) {
    startValue()
    bytes.append(UInt8(ascii: bracket))
    nesting += 1
    place = .first
  }

  private mutating func end(_ bracket: Unicode.Scalar) {
    nesting = max(nesting - 1, 0)
    if place != .first {
      breakLine()
    }
    bytes.append(UInt8(ascii: bracket))
    endValue()
  }

  private mutating func startValue() {
    switch place {
    case .top, .afterKey: break
    case .first: breakLine()
    case .later:
      bytes.append(UInt8(ascii: ","))
      breakLine()
    }
  }

  private mutating func endValue() {
    place = nesting == 0 ? .top : .later
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    newLine()
    for _ in 0..<nesting { bytes.append(contentsOf: "  ".utf8) }
  }
}
