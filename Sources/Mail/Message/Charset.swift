/// The character sets in which letters of this country are written.
enum Charset: Hashable, Sendable {
  case ascii, utf8, latin1, latin9, windows1252, utf16(isBig: Bool?)

  /// The set of a name that mails give it (IANA); nil if nobody here knows it.
  init?(_ name: String) {
    switch name.lowercased() {
    case "us-ascii", "ascii", "ansi_x3.4-1968": self = .ascii
    case "utf-8", "utf8": self = .utf8
    case "iso-8859-1", "iso_8859-1", "latin1": self = .latin1
    case "iso-8859-15", "latin-9", "latin9": self = .latin9
    case "windows-1252", "cp1252", "x-ansi": self = .windows1252
    case "utf-16": self = .utf16(isBig: nil)
    case "utf-16be": self = .utf16(isBig: true)
    case "utf-16le": self = .utf16(isBig: false)
    default: return nil
    }
  }

  /// Whether a byte of a set, even one that is not known here, is an ASCII character wherever it looks like one.
  static func holdsASCII(_ name: String) -> Bool {
    let families = ["iso-8859-", "windows-125", "koi8-", "gb", "euc-", "big5", "cp125"]
    return families.contains { name.lowercased().hasPrefix($0) }
  }

  /// 0x80 to 0x9F in Windows-1252; those that mean nothing stand for themselves.
  private static let windows: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  /// Where ISO 8859-15 differs from ISO 8859-1.
  private static let latin9Signs: [UInt8: UInt32] = [
    0xA4: 0x20AC, 0xA6: 0x0160, 0xA8: 0x0161, 0xB4: 0x017D, 0xB8: 0x017E, 0xBC: 0x0152,
    0xBD: 0x0153, 0xBE: 0x0178,
  ]

  private func scalar(_ byte: UInt8) -> UInt32 {
    switch self {
    case .windows1252 where (0x80...0x9F).contains(byte): Charset.windows[Int(byte) - 0x80]
    case .latin9: Charset.latin9Signs[byte] ?? UInt32(byte)
    case .ascii where byte >= 0x80: 0xFFFD
    default: UInt32(byte)
    }
  }

  /// What bytes say; those that say nothing show as the replacement character.
  func text(_ bytes: [UInt8]) -> String {
    switch self {
    case .utf8: return String(decoding: bytes, as: UTF8.self)
    case .utf16(let isBig): return Charset.text(utf16: bytes, isBig: isBig)
    case .ascii, .latin1, .latin9, .windows1252:
      var scalars = String.UnicodeScalarView()
      for byte in bytes { scalars.append(Unicode.Scalar(scalar(byte)) ?? "\u{FFFD}") }
      return String(scalars)
    }
  }

  private static func text(utf16 bytes: [UInt8], isBig: Bool?) -> String {
    var isBig = isBig ?? true
    var start = 0
    if bytes.starts(with: [0xFE, 0xFF]) { (isBig, start) = (true, 2) }
    if bytes.starts(with: [0xFF, 0xFE]) { (isBig, start) = (false, 2) }
    let units = stride(from: start, to: bytes.count - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isBig ? first << 8 | second : second << 8 | first
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// A text in this set; nil if the set has no sign for one of its characters.
  func bytes(_ text: String) -> [UInt8]? {
    switch self {
    case .utf8: return Array(text.utf8)
    case .utf16: return nil
    case .ascii, .latin1, .latin9, .windows1252:
      var bytes: [UInt8] = []
      for character in text.unicodeScalars {
        if character.value < 0x80 {
          bytes.append(UInt8(character.value))
          continue
        }
        guard let byte = (0x80...0xFF).first(where: { scalar(UInt8($0)) == character.value }),
          self != .ascii
        else { return nil }
        bytes.append(UInt8(byte))
      }
      return bytes
    }
  }
}
