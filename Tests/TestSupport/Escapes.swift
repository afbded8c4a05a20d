/// Characters that a reader of a fixture could not see, written so that they can be seen:
/// `⟨U+00A0⟩` for a character, `⟨92⟩` for a single byte.
package enum Escapes {
  private static let visible: ClosedRange<Unicode.Scalar> = " "..."~"

  /// The bytes that a text with escapes stands for.
  package static func bytes(of text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Substring(text)
    while let open = rest.firstIndex(of: "⟨"), let close = rest[open...].firstIndex(of: "⟩") {
      bytes += rest[..<open].utf8
      bytes += escaped(rest[rest.index(after: open)..<close])
      rest = rest[rest.index(after: close)...]
    }
    return bytes + rest.utf8
  }

  private static func escaped(_ name: Substring) -> [UInt8] {
    if name.hasPrefix("U+"), let value = UInt32(name.dropFirst(2), radix: 16),
      let scalar = Unicode.Scalar(value)
    {
      return Array(String(Character(scalar)).utf8)
    }
    return UInt8(name, radix: 16).map { [$0] } ?? Array("⟨\(name)⟩".utf8)
  }

  /// A text with escapes for what could not be seen in it.
  package static func shown(_ bytes: [UInt8]) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return bytes.map {
        $0 < 0x80 && $0 >= 0x20 || $0 == 0x0A ? String(UnicodeScalar($0)) : name($0)
      }
      .joined()
    }
    return shown(text)
  }

  package static func shown(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if isPlain(scalar) {
        result.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        result.append(contentsOf: "⟨U+\(padding)\(digits)⟩".unicodeScalars)
      }
    }
    return String(result)
  }

  private static func name(_ byte: UInt8) -> String {
    "⟨\(String(byte, radix: 16, uppercase: true))⟩"
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar == "\n" || visible.contains(scalar) { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .unassigned:
      return false
    case .dashPunctuation:
      return scalar == "—"
    case .lowercaseLetter, .uppercaseLetter:
      return !(0x370...0x52F).contains(scalar.value)
    default:
      return true
    }
  }
}
