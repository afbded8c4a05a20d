extension JSONWriter {
  /// A text as a JSON string, quotes and all.
  package static func quoted(_ text: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.quote(text)
    return writer.bytes
  }

  /// A text in UTF-8 as a JSON string, quotes and all.
  package static func quoted(utf8: UnsafeRawBufferPointer) -> [UInt8] {
    var writer = JSONWriter()
    writer.quote(utf8)
    return writer.bytes
  }

  mutating func quote(_ text: String) {
    var text = text
    text.withUTF8 { quote(UnsafeRawBufferPointer($0)) }
  }

  /// Writes a string, with an escape for what RFC 8259 does not allow as it is, and nothing else.
  mutating func quote(_ utf8: UnsafeRawBufferPointer) {
    bytes.append(UInt8(ascii: "\""))
    var plain = 0
    for (index, byte) in utf8.enumerated() where needsEscape(byte) {
      bytes.append(contentsOf: utf8[plain..<index])
      escape(byte)
      plain = index + 1
    }
    bytes.append(contentsOf: utf8[plain...])
    bytes.append(UInt8(ascii: "\""))
  }

  private func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x0c: bytes.append(UInt8(ascii: "f"))
    case UInt8(ascii: "\n"): bytes.append(UInt8(ascii: "n"))
    case UInt8(ascii: "\r"): bytes.append(UInt8(ascii: "r"))
    case UInt8(ascii: "\t"): bytes.append(UInt8(ascii: "t"))
    default:
      bytes.append(contentsOf: "u00".utf8)
      bytes.append(hexadecimalDigit(byte >> 4))
      bytes.append(hexadecimalDigit(byte & 15))
    }
  }

  private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
