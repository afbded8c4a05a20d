extension JSONParser {
  /// `number = [ "-" ] int [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "-" / "+" ] 1*DIGIT ]`
  mutating func expectNumber() throws(JSONError) -> String {
    let start = position
    _ = take("-")
    // int = "0" / ( digit1-9 *DIGIT )
    if take("0") {
      guard !isDigit(next) else { throw expected("no digit after a leading 0") }
    } else {
      try expectDigits()
    }
    if take(".") {
      try expectDigits()
    }
    if take("e") || take("E") {
      if !take("-") {
        _ = take("+")
      }
      try expectDigits()
    }
    return text(from: start, to: position)
  }

  private mutating func expectDigits() throws(JSONError) {
    guard isDigit(next) else { throw expected("a digit") }
    repeat { position += 1 } while isDigit(next)
  }

  private func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// `string = quotation-mark *( unescaped / escape ) quotation-mark`
  mutating func expectString() throws(JSONError) -> String {
    position += 1
    let start = position
    skipUnescaped()
    if next == UInt8(ascii: "\"") {
      position += 1
      return text(from: start, to: position - 1)
    }
    var content = Array(bytes[start..<position])
    while !take("\"") {
      guard next == UInt8(ascii: "\\") else { throw strayInString() }
      try expectEscape(into: &content)
      let plain = position
      skipUnescaped()
      content.append(contentsOf: bytes[plain..<position])
    }
    return String(decoding: content, as: UTF8.self)
  }

  /// Skips to the next quotation mark, backslash or control character, or to the end.
  private mutating func skipUnescaped() {
    while let byte = next, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      position += 1
    }
  }

  /// The error of a string that neither goes on nor ends here.
  private func strayInString() -> JSONError {
    next == nil
      ? expected("a closing double quote")
      : expected("an escape such as \\n in place of a control character")
  }

  private func text(from start: Int, to end: Int) -> String {
    String(decoding: bytes[start..<end], as: UTF8.self)
  }

  // MARK: - Escapes

  /// `escape = "\" ( %x22 / "\" / "/" / "b" / "f" / "n" / "r" / "t" / "u" 4HEXDIG )`
  private mutating func expectEscape(into content: inout [UInt8]) throws(JSONError) {
    let start = position
    position += 1
    switch next {
    case UInt8(ascii: "\""): content.append(UInt8(ascii: "\""))
    case UInt8(ascii: "\\"): content.append(UInt8(ascii: "\\"))
    case UInt8(ascii: "/"): content.append(UInt8(ascii: "/"))
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0c)
    case UInt8(ascii: "n"): content.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "r"): content.append(UInt8(ascii: "\r"))
    case UInt8(ascii: "t"): content.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "u"):
      let scalar = try expectUnicodeEscape(from: start)
      content.append(contentsOf: Character(scalar).utf8)
      return
    default: throw expected("one of \" \\ / b f n r t u after a backslash")
    }
    position += 1
  }

  /// Reads from the `u` of an escape on: one escape, or the two of a surrogate pair.
  private mutating func expectUnicodeEscape(from start: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try expectCodeUnit()
    if let scalar = Unicode.Scalar(first) {
      return scalar
    }
    // Only a high surrogate may come first, and only a low one may follow.
    let behindFirst = position
    if first < 0xdc00, take("\\"), next == UInt8(ascii: "u") {
      let second = try expectCodeUnit()
      let combined = 0x1_0000 + (UInt32(first - 0xd800) << 10) + UInt32(second &- 0xdc00)
      if (0xdc00...0xdfff).contains(second), let scalar = Unicode.Scalar(combined) { return scalar }
    }
    guard replacesLoneSurrogates else { throw JSONError(.loneSurrogate, at: start) }
    position = behindFirst
    return "\u{FFFD}"
  }

  /// `%x75 4HEXDIG`, of which the `u` comes next.
  private mutating func expectCodeUnit() throws(JSONError) -> UInt16 {
    position += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = hexadecimal(next) else { throw expected("four hexadecimal digits") }
      unit = unit << 4 | digit
      position += 1
    }
    return unit
  }

  private func hexadecimal(_ byte: UInt8?) -> UInt16? {
    switch byte {
    case .some(let byte) where isDigit(byte): UInt16(byte - UInt8(ascii: "0"))
    case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20):
      UInt16((byte | 0x20) - UInt8(ascii: "a")) + 10
    default: nil
    }
  }
}
