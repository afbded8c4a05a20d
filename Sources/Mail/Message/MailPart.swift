import Engine

/// A part of a mail, with the parts that it is made of.
///
/// Source: RFC 2045 and RFC 2046. A mail inside a mail is a part like any other, and is not looked into.
struct MailPart: Sendable {
  let fields: [HeaderField]
  /// What kind of part it is; `text/plain` where nothing says so, or nothing that can be read.
  let type: ParameterField
  let disposition: ParameterField?
  let encoding: TransferEncoding
  /// Its header and its content, as places in the body of the mail.
  let header: Range<Int>
  let content: Range<Int>
  var children: [MailPart] = []
  /// Where the line begins that ends the last child; nil if none does.
  var closing: Int?

  /// The outermost part: the whole body under the mail's own header.
  static func read(_ fields: [HeaderField], _ body: [UInt8]) -> Tree {
    body.withUnsafeBytes { bytes in
      var reader = PartReader(bytes)
      let root = reader.part(fields, header: 0..<0, content: 0..<bytes.count, depth: 0)
      return Tree(root: root, isWhole: reader.isWhole)
    }
  }

  /// A mail in its parts.
  struct Tree: Sendable {
    let root: MailPart
    /// Whether all of it was looked at: neither too deep nor in too many parts.
    let isWhole: Bool
  }

  fileprivate init(_ fields: [HeaderField], header: Range<Int>, content: Range<Int>) {
    self.fields = fields
    (self.header, self.content) = (header, content)
    let declared = fields.first(named: "Content-Type").map(ParameterField.init)
    let isReadable = declared?.value.contains("/") ?? false
    type = isReadable ? declared ?? MailPart.plain : MailPart.plain
    disposition = fields.first(named: "Content-Disposition").map(ParameterField.init)
    encoding = TransferEncoding(fields.first(named: "Content-Transfer-Encoding"))
  }

  private static let plain = ParameterField(HeaderField("Content-Type", "text/plain"))

  var isMultipart: Bool { type.value.hasPrefix("multipart/") }

  /// The name of the file that it holds, if it says one.
  var fileName: String? { disposition?["filename"] ?? type["name"] }

  /// Whether it comes with the text and is no text to read.
  var isAttachment: Bool {
    guard children.isEmpty, !isMultipart else { return false }
    return disposition?.value == "attachment" || fileName != nil
      || !(type.value == "text/plain" || type.value == "text/html")
  }

  /// The parts that hold no further parts, in the order of the mail.
  var leaves: [MailPart] { children.isEmpty ? [self] : children.flatMap(\.leaves) }

  /// The part and all parts in it.
  var all: [MailPart] { [self] + children.flatMap(\.all) }

  /// How many bytes its content has once it is decoded.
  func size(in body: [UInt8]) -> Int {
    encoding == .base64
      ? body.withUnsafeBytes { Base64.decodedCount($0, content) } : content.count
  }

  /// Whether it is signed or encrypted, so that nothing of it can be altered unnoticed.
  var isProtected: Bool {
    let types = [
      "multipart/signed", "multipart/encrypted", "application/pkcs7-mime",
      "application/x-pkcs7-mime", "application/pgp-encrypted", "application/pgp-signature",
      "application/pkcs7-signature", "application/x-pkcs7-signature",
    ]
    return types.contains(type.value)
  }
}

/// One reading of a mail's parts, within bounds.
private struct PartReader {
  private let bytes: UnsafeRawBufferPointer
  private var count = 0
  private(set) var isWhole = true

  private static let deepest = 20
  private static let mostParts = 1000

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func part(
    _ fields: [HeaderField], header: Range<Int>, content: Range<Int>, depth: Int
  ) -> MailPart {
    count += 1
    var part = MailPart(fields, header: header, content: content)
    guard part.isMultipart, let boundary = part.type["boundary"], !boundary.isEmpty else {
      return part
    }
    guard depth < PartReader.deepest, count < PartReader.mostParts else {
      isWhole = false
      return part
    }
    let (ranges, closing) = ranges(in: content, Array("--\(boundary)".utf8))
    part.closing = closing
    for range in ranges where count < PartReader.mostParts {
      let (fields, start) = HeaderBlock.read(bytes, range)
      part.children.append(
        self.part(
          fields, header: range.lowerBound..<start, content: start..<range.upperBound,
          depth: depth + 1))
    }
    if part.children.count < ranges.count { isWhole = false }
    return part
  }

  /// What stands between the lines that begin with the delimiter; the line break before such a line belongs to it.
  private func ranges(
    in content: Range<Int>, _ delimiter: [UInt8]
  ) -> (ranges: [Range<Int>], closing: Int?) {
    var ranges: [Range<Int>] = []
    var start: Int?
    var position = content.lowerBound
    while position < content.upperBound {
      let line = Lines.line(bytes, at: position, before: content.upperBound)
      let lineStart = position
      position = line.next
      guard let isClosing = isDelimiter(line.content, delimiter) else { continue }
      if let start { ranges.append(start..<max(start, withoutBreak(lineStart, start))) }
      if isClosing { return (ranges, lineStart) }
      guard ranges.count < PartReader.mostParts else { return (ranges, nil) }
      start = line.next
    }
    if let start { ranges.append(start..<content.upperBound) }
    return (ranges, nil)
  }

  /// Whether a line is the delimiter, and the closing one; nil if it is neither. White space may stand behind it.
  private func isDelimiter(_ line: Range<Int>, _ delimiter: [UInt8]) -> Bool? {
    guard line.count >= delimiter.count, bytes[line].starts(with: delimiter) else { return nil }
    let rest = bytes[(line.lowerBound + delimiter.count)..<line.upperBound]
    let isClosing = rest.starts(with: "--".utf8)
    let behind = isClosing ? rest.dropFirst(2) : rest
    return behind.allSatisfy { $0 == 0x20 || $0 == 0x09 } ? isClosing : nil
  }

  private func withoutBreak(_ end: Int, _ start: Int) -> Int {
    var end = end
    if end > start, bytes[end - 1] == 0x0A { end -= 1 }
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }
}
