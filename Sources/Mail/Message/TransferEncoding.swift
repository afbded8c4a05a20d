/// How the bytes of a part travel.
///
/// Source: RFC 2045, section 6.
enum TransferEncoding: Hashable, Sendable {
  /// 7bit, 8bit and binary: the bytes themselves.
  case identity
  case base64
  case quotedPrintable
  /// One that nobody here knows.
  case unknown

  init(_ field: HeaderField?) {
    switch field?.text.lowercased() {
    case nil, "", "7bit", "8bit", "binary": self = .identity
    case "base64": self = .base64
    case "quoted-printable": self = .quotedPrintable
    default: self = .unknown
    }
  }

  /// What the field says of bytes that travel so.
  var name: String {
    switch self {
    case .identity, .unknown: "7bit"
    case .base64: "base64"
    case .quotedPrintable: "quoted-printable"
    }
  }

  func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .identity, .unknown: Array(bytes)
    case .base64: Base64.decoded(bytes)
    case .quotedPrintable: QuotedPrintable.decoded(bytes)
    }
  }

  func encoded(_ bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .identity, .unknown: bytes
    case .base64: Base64.lines(bytes)
    case .quotedPrintable: QuotedPrintable.encoded(bytes)
    }
  }
}

/// Source: RFC 2045, section 6.8, and RFC 4648.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
    return values
  }()

  /// The bytes that digits stand for; what is no digit is passed over, up to the first `=`.
  static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var (group, count): (UInt32, Int) = (0, 0)
    for byte in text {
      if byte == UInt8(ascii: "=") { break }
      let value = values[Int(byte)]
      guard value != 0xFF else { continue }
      group = group << 6 | UInt32(value)
      count += 1
      if count == 4 {
        bytes += [UInt8(group >> 16 & 0xFF), UInt8(group >> 8 & 0xFF), UInt8(group & 0xFF)]
        (group, count) = (0, 0)
      }
    }
    if count == 3 { bytes += [UInt8(group >> 10 & 0xFF), UInt8(group >> 2 & 0xFF)] }
    if count == 2 { bytes.append(UInt8(group >> 4 & 0xFF)) }
    return bytes
  }

  /// How many bytes digits stand for.
  static func decodedCount(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
    var count = 0
    for byte in text[range] where values[Int(byte)] != 0xFF { count += 1 }
    return count * 3 / 4
  }

  static func encoded(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let rest = bytes.count - start
      let group =
        UInt32(bytes[start]) << 16 | (rest > 1 ? UInt32(bytes[start + 1]) << 8 : 0)
        | (rest > 2 ? UInt32(bytes[start + 2]) : 0)
      for place in 0..<4 {
        let digit = digits[Int(group >> UInt32(18 - 6 * place) & 63)]
        text.append(place <= rest ? digit : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Lines of 76 digits.
  static func lines(_ bytes: [UInt8]) -> [UInt8] {
    let text = Array(encoded(bytes).utf8)
    var lines: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 76) {
      lines += text[start..<min(start + 76, text.count)]
      lines += [0x0D, 0x0A]
    }
    return lines
  }
}

/// Source: RFC 2045, section 6.7.
enum QuotedPrintable {
  static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var position = text.startIndex
    while position < text.endIndex {
      let byte = text[position]
      position += 1
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      var next = position
      while next < text.endIndex, text[next] == 0x20 || text[next] == 0x09 { next += 1 }
      if next < text.endIndex, text[next] == 0x0D { next += 1 }
      if next < text.endIndex, text[next] == 0x0A {
        position = next + 1
      } else if position + 1 < text.endIndex, let high = value(text[position]),
        let low = value(text[position + 1])
      {
        bytes.append(high << 4 | low)
        position += 2
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  private static func value(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }

  /// Line breaks stay line breaks; lines have at most 76 characters.
  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    var (text, column): ([UInt8], Int) = ([], 0)
    for (index, byte) in bytes.enumerated() {
      let isBreak =
        byte == 0x0A || byte == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
      if isBreak {
        if byte == 0x0A { text += [0x0D, 0x0A] }
        column = 0
        continue
      }
      let isSpace = byte == 0x20 || byte == 0x09
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0x0A
      let isPlain =
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
        || isSpace && next != 0x0A && next != 0x0D
      let piece =
        isPlain ? [byte] : [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      if column + piece.count > 75 {
        text += Array("=\r\n".utf8)
        column = 0
      }
      text += piece
      column += piece.count
    }
    return text
  }
}
