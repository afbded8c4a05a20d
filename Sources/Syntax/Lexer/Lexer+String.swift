extension Lexer {
  /// `"…"` on one line, or `"""…"""` over several.
  ///
  /// A string that a straight quotation mark opens ends at a straight one; a curly mark is closed by
  /// either kind. Nothing inside is tidied: a string means its characters.
  mutating func lexString(_ words: inout WordTable) {
    if opensBlock() { return lexBlockString() }
    let start = position
    let isCurly = bytes[position] != UInt8(ascii: "\"")
    noteCurlyQuote()
    position += quoteLength(at: position, curly: true) ?? 1
    var hasBadEscape = false
    while position < bytes.count, !Lexer.endsLine(bytes[position]) {
      if bytes[position] == UInt8(ascii: "\\") {
        let isKnown = position + 1 < bytes.count && "\"\\".utf8.contains(bytes[position + 1])
        hasBadEscape = hasBadEscape || !isKnown
        position += isKnown ? 2 : 1
      } else if let length = quoteLength(at: position, curly: isCurly) {
        noteCurlyQuote()
        position += length
        return appendString(hasBadEscape ? .badEscape : .string, from: start)
      } else {
        position += 1
      }
    }
    appendString(.unclosedString, from: start)
  }

  private func opensBlock() -> Bool {
    position + 2 < bytes.count
      && bytes[position...position + 2].allSatisfy { $0 == UInt8(ascii: "\"") }
  }

  private mutating func lexBlockString() {
    let start = position
    let startLine = (line, lineStart, continuationBytesOnLine)
    position += 3
    var isClosed = false
    while position < bytes.count {
      if opensBlock() {
        position += 3
        isClosed = true
        break
      }
      position += 1
    }
    scanHidden(start..<position)
    append(isClosed ? .string : .unclosedString, from: start)
    (line, lineStart, continuationBytesOnLine) = startLine
    countLines(start..<position)
  }

  private mutating func countLines(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      if byte == 0x0D, index < range.upperBound, bytes[index] == 0x0A { index += 1 }
      guard byte == 0x0A || byte == 0x0B || byte == 0x0D else { continue }
      line += 1
      lineStart = index
    }
  }

  private mutating func appendString(_ kind: TokenKind, from start: Int) {
    scanHidden(start..<position)
    append(kind, from: start)
    continuationBytesOnLine += bytes[start..<position].count { $0 & 0xC0 == 0x80 }
  }

  /// The length of the quotation mark that stands here, if one does.
  private func quoteLength(at index: Int, curly: Bool) -> Int? {
    if bytes[index] == UInt8(ascii: "\"") { return 1 }
    guard curly, bytes[index] >= 0x80, let (scalar, length) = scalar(at: index) else { return nil }
    return Characters.role(scalar) == .quote ? length : nil
  }

  private mutating func noteCurlyQuote() {
    guard bytes[position] >= 0x80, let (_, length) = scalar(at: position) else { return }
    characters.noteTidied(.quote, at: position, length: length, plain: "\"")
  }

  /// Looks for characters that nobody can see, in a stretch that is not cut into words.
  mutating func scanHidden(_ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if byte < 0x80 {
        let isHidden = (byte < 0x20 && !(0x09...0x0D).contains(byte)) || byte == 0x7F
        if isHidden { characters.noteInvisible(Unicode.Scalar(byte), at: index, length: 1) }
        index += 1
        continue
      }
      guard let (scalar, length) = scalar(at: index) else { return }
      if Characters.role(scalar) == .invisible {
        characters.noteInvisible(scalar, at: index, length: length)
      }
      index += length
    }
  }
}

/// What a `"…"` or `"""…"""` token means.
package enum StringLiteral {
  /// The characters between the quotation marks, escapes replaced. A string over several lines loses
  /// the line breaks next to its quotation marks and the white space that all its lines begin with.
  package static func value(_ text: String) -> String {
    let bytes = Array(text.utf8)
    if bytes.starts(with: "\"\"\"".utf8) {
      let closing = bytes.count >= 6 && bytes.suffix(3).allSatisfy { $0 == UInt8(ascii: "\"") }
      let inside = bytes.dropFirst(3).dropLast(closing ? 3 : 0)
      return blockValue(String(decoding: inside, as: UTF8.self))
    }
    if bytes.allSatisfy({ $0 < 0x80 && $0 != UInt8(ascii: "\\") }) {
      let isClosed = bytes.count > 1 && bytes.last == UInt8(ascii: "\"")
      return String(decoding: bytes.dropFirst().dropLast(isClosed ? 1 : 0), as: UTF8.self)
    }
    var scalars = Array(text.unicodeScalars)
    if !scalars.isEmpty { scalars.removeFirst() }
    if let last = scalars.last, "\"\u{201C}\u{201D}\u{201E}\u{201F}".unicodeScalars.contains(last) {
      scalars.removeLast()
    }
    return unescaped(scalars)
  }

  private static func unescaped(_ scalars: [Unicode.Scalar]) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in scalars {
      if scalar == "\\", !isEscaped {
        isEscaped = true
        continue
      }
      isEscaped = false
      result.append(scalar)
    }
    return String(result)
  }

  private static func blockValue(_ text: String) -> String {
    let normalized = text.replacingLineBreaks()
    var lines = normalized.split(separator: "\n", omittingEmptySubsequences: false)
    if let first = lines.first, lines.count > 1, first.allSatisfy(\.isWhitespace) {
      lines.removeFirst()
    }
    if let last = lines.last, lines.count > 1, last.allSatisfy(\.isWhitespace) {
      lines.removeLast()
    }
    let margins = lines.filter { !$0.allSatisfy(\.isWhitespace) }
      .map { $0.prefix { $0 == " " || $0 == "\t" }.count }
    let margin = margins.min() ?? 0
    return lines.map { $0.dropFirst(min(margin, $0.count)) }.joined(separator: "\n")
  }

  /// The text in quotation marks, as the language writes it.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      if character == "\"" || character == "\\" { result += "\\" }
      result.unicodeScalars.append(character)
    }
    return result + "\""
  }
}

extension String {
  /// With LF for every line ending.
  fileprivate func replacingLineBreaks() -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in unicodeScalars {
      if scalar == "\n", previous == "\r" {
        previous = scalar
        continue
      }
      result.append(scalar == "\r" || scalar == "\u{0B}" ? "\n" : scalar)
      previous = scalar
    }
    return String(result)
  }
}
