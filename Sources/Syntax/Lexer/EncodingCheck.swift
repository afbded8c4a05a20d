package import Findings

/// Tells a text that can be read from one that cannot, and names what it is instead.
package enum EncodingCheck {
  package struct Problem {
    package let finding: Finding
  }

  /// Nil if the file is UTF-8 text of a size that can be read; `largest` in bytes.
  package static func problem(
    _ source: SourceFile, _ file: FileID, largest: Int = EncodingCheck.largest
  ) -> Problem? {
    let bytes = source.bytes
    let start = Span(file: file, start: 0, end: 0)
    if bytes.count > largest {
      return Problem(
        finding: Finding(
          .tooLarge, "this file is larger than 64 MB", at: start,
          help: "is it really a rule file? cut it into several files"))
    }
    if let kind = container(bytes) { return Problem(finding: .notText(kind, at: start)) }
    if let name = wideEncoding(bytes) { return Problem(finding: .wideText(name, at: start)) }
    guard let offset = firstInvalid(bytes) else { return nil }
    let span = Span(file: file, start: UInt32(offset), end: UInt32(offset + 1))
    return Problem(finding: .notUTF8(bytes[offset], looksWindows(bytes), at: span))
  }

  package static let largest = 64 * 1024 * 1024

  private static func container(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      return "a Word document or another zip file"
    }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { return "an old Word document" }
    if bytes.starts(with: "%PDF".utf8) { return "a PDF file" }
    if bytes.starts(with: "{\\rtf".utf8) { return "a rich-text (RTF) document" }
    return nil
  }

  private static func wideEncoding(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "UTF-32"
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    let head = bytes.prefix(256)
    let zeros = head.count { $0 == 0 }
    return head.count >= 8 && zeros * 3 > head.count ? "UTF-16" : nil
  }

  /// Whether the bytes that are no UTF-8 are those that Windows-1252 uses for quotes and dashes.
  private static func looksWindows(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(0)
  }

  /// The offset of the first byte that is no well-formed UTF-8 (Unicode 15, table 3-7).
  package static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      guard first >= 0x80 else {
        index += 1
        continue
      }
      let (length, low, high): (Int, UInt8, UInt8)
      switch first {
      case 0xC2...0xDF: (length, low, high) = (2, 0x80, 0xBF)
      case 0xE0: (length, low, high) = (3, 0xA0, 0xBF)
      case 0xE1...0xEC, 0xEE...0xEF: (length, low, high) = (3, 0x80, 0xBF)
      case 0xED: (length, low, high) = (3, 0x80, 0x9F)
      case 0xF0: (length, low, high) = (4, 0x90, 0xBF)
      case 0xF1...0xF3: (length, low, high) = (4, 0x80, 0xBF)
      case 0xF4: (length, low, high) = (4, 0x80, 0x8F)
      default: return index
      }
      guard index + length <= bytes.count, (low...high).contains(bytes[index + 1]) else {
        return index
      }
      for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 { return index }
      index += length
    }
    return nil
  }
}

// MARK: Words

extension Finding {
  static func notText(_ kind: String, at span: Span) -> Finding {
    Finding(
      .encoding, "this is \(kind), not a text file", at: span,
      help: "in the word processor choose Save as, Plain text, and UTF-8 as the encoding")
  }

  static func wideText(_ name: String, at span: Span) -> Finding {
    Finding(
      .encoding, "this file is \(name), not UTF-8", at: span,
      help: "in Notepad choose Save as, Encoding, UTF-8; in other editors save it as UTF-8")
  }

  package static func notUTF8(_ byte: UInt8, _ isWindows: Bool, at span: Span) -> Finding {
    let hex = String(byte, radix: 16, uppercase: true)
    let windows: [UInt8: String] = [
      0x91: "a Windows quotation mark", 0x92: "a Windows apostrophe",
      0x93: "a Windows quotation mark", 0x94: "a Windows quotation mark", 0x96: "a Windows dash",
      0x97: "a Windows dash", 0x95: "a Windows bullet", 0x85: "Windows dots",
      0x80: "a Windows euro sign",
      0xA3: "a Windows pound sign", 0xA0: "a Windows no-break space",
    ]
    let what = isWindows ? windows[byte].map { ", \($0)" } ?? "" : ""
    let encoding = isWindows ? "; it looks like Windows-1252 (ANSI)" : ""
    return Finding(
      .encoding, "this file is not UTF-8 text: byte \(hex) stands here\(what)\(encoding)",
      at: span,
      help: "save it again as UTF-8: in Notepad choose Save as, Encoding, UTF-8")
  }
}
