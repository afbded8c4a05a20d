import Engine

/// A field of a header: `Subject: …`.
package struct HeaderField: Hashable, Sendable {
  package let name: String
  /// What stands behind the colon, line breaks and all, as it came.
  package let value: [UInt8]

  package init(_ name: String, _ value: [UInt8]) {
    (self.name, self.value) = (name, value)
  }

  package init(_ name: String, _ value: String) {
    self.init(name, Array(value.utf8))
  }

  /// Whether it is the field of that name; capitals do not matter (RFC 5322, 1.2.2).
  package func isNamed(_ other: String) -> Bool {
    name.utf8.count == other.utf8.count && name.lowercased() == other.lowercased()
  }

  /// The value on one line, with encoded words read (RFC 2047).
  package var text: String { HeaderText.read(value) }
}

extension [HeaderField] {
  /// The first field of a name.
  package func first(named name: String) -> HeaderField? { first { $0.isNamed(name) } }
}

/// Reads the header of a message or of a part of one.
///
/// Source: RFC 5322, section 2.2. Lines that are no field are left out, and lines end with LF as well as with CRLF.
enum HeaderBlock {
  /// The fields, and where the body begins: behind the first empty line, or at the end of the range.
  static func read(
    _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
  ) -> (fields: [HeaderField], bodyStart: Int) {
    var fields: [HeaderField] = []
    var name: String?
    var value: [UInt8] = []
    func finish() {
      if let name, fields.count < mostFields { fields.append(HeaderField(name, value)) }
      name = nil
    }
    var position = range.lowerBound
    while position < range.upperBound {
      let line = Lines.line(bytes, at: position, before: range.upperBound)
      position = line.next
      let text = bytes[line.content]
      guard let first = text.first else { break }
      if first == 0x20 || first == 0x09 {
        if name != nil { value += [0x0D, 0x0A] + text }
        continue
      }
      finish()
      guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { continue }
      name = String(decoding: text[..<colon], as: UTF8.self).trimmed
      value = Array(text[(colon + 1)...])
    }
    finish()
    return (fields, position)
  }

  /// More than this are not looked at.
  private static let mostFields = 2000
}

/// Lines of a mail.
enum Lines {
  /// The line that begins at a place, without its ending, and where the next one begins.
  static func line(
    _ bytes: UnsafeRawBufferPointer, at start: Int, before end: Int
  ) -> (content: Range<Int>, next: Int) {
    var position = start
    while position < end, bytes[position] != 0x0A { position += 1 }
    let next = min(position + 1, end)
    if position > start, position < end, bytes[position - 1] == 0x0D { position -= 1 }
    return (start..<position, next)
  }
}
