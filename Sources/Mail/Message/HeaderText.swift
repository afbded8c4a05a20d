import Engine

/// The text of a header field.
///
/// Source: RFC 5322, section 2.2.3 (folding), and RFC 2047 (encoded words). What is no encoded word, though it looks
/// like one, stays as it is.
enum HeaderText {
  /// The value on one line, encoded words read; at most the first 64 KiB of it.
  static func read(_ value: [UInt8]) -> String {
    let unfolded = value.prefix(1 << 16).filter { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
    let tabless = unfolded.map { $0 == 0x09 ? 0x20 : $0 }
    return decoded(tabless).trimmed
  }

  private static func decoded(_ bytes: [UInt8]) -> String {
    var result = ""
    var plain: [UInt8] = []
    var isBehindWord = false
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "="), let word = EncodedWord(bytes, at: position) {
        // White space between two encoded words is no part of the text.
        if !isBehindWord || !plain.allSatisfy({ $0 == 0x20 }) { result += text(plain) }
        plain = []
        result += word.text
        position = word.end
        isBehindWord = true
      } else {
        plain.append(bytes[position])
        position += 1
      }
    }
    return result + text(plain)
  }

  /// Bytes that nobody declared: UTF-8 where they are that, else Windows-1252.
  static func text(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self) ?? Charset.windows1252.text(bytes)
  }

  /// A text as the value of a field: as it is if it is ASCII, else as encoded words.
  package static func written(_ text: String) -> String {
    let line = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
    guard !line.utf8.allSatisfy({ $0 < 0x80 }) else { return line }
    var words: [String] = []
    var piece: [UInt8] = []
    func finish() {
      if !piece.isEmpty { words.append("=?utf-8?B?\(Base64.encoded(piece))?=") }
      piece = []
    }
    for scalar in line.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if piece.count + bytes.count > 42 { finish() }
      piece += bytes
    }
    finish()
    return words.joined(separator: "\r\n ")
  }
}

/// `=?charset?B?…?=` or `=?charset?Q?…?=`.
private struct EncodedWord {
  let text: String
  let end: Int

  private static let longest = 2000

  init?(_ bytes: [UInt8], at start: Int) {
    guard bytes[start...].starts(with: "=?".utf8) else { return nil }
    let limit = min(bytes.count, start + EncodedWord.longest)
    var marks: [Int] = []
    var position = start + 2
    while position < limit, marks.count < 2 {
      if bytes[position] == UInt8(ascii: "?") { marks.append(position) }
      if bytes[position] == 0x20 { return nil }
      position += 1
    }
    guard marks.count == 2, marks[1] == marks[0] + 2 else { return nil }
    var close = position
    while close + 1 < limit,
      bytes[close] != UInt8(ascii: "?") || bytes[close + 1] != UInt8(ascii: "=")
    {
      if bytes[close] == 0x20 { return nil }
      close += 1
    }
    guard close + 1 < limit else { return nil }
    // A language may stand behind the charset: RFC 2231, section 5.
    let name = bytes[(start + 2)..<marks[0]].prefix { $0 != UInt8(ascii: "*") }
    guard let charset = Charset(String(decoding: name, as: UTF8.self)) else { return nil }
    let content = Array(bytes[position..<close])
    switch bytes[marks[0] + 1] | 0x20 {
    case UInt8(ascii: "b"): text = charset.text(Base64.decoded(content[...]))
    case UInt8(ascii: "q"):
      let spaced = content.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }
      text = charset.text(QuotedPrintable.decoded(spaced[...]))
    default: return nil
    }
    end = close + 2
  }
}
