package import Findings

/// Cuts a file into tokens. It never fails: what it does not understand becomes a token that says so,
/// and the parser reports it where it would have mattered. Only what is wrong with single characters
/// is reported here, because it is wrong wherever it stands.
///
/// Works on bytes; linear in the file's length.
package struct Lexer {
  let file: FileID
  let bytes: [UInt8]
  var position: Int
  var line: UInt32 = 1
  var lineStart: Int
  /// Scalars on this line that took more than one byte make columns and bytes differ.
  var continuationBytesOnLine = 0
  var flags: TokenFlags = [.firstOnLine]
  var lineHasText = false
  var holdsRules = true
  var tokens: [Token] = []
  var comments: [Comment] = []
  var characters: CharacterFindings

  /// Cuts `source` into tokens; adds its words to `words` and what is wrong with its characters to
  /// `findings`. In a text without rules no word makes the rest of its line a text.
  package static func tokens(
    of source: SourceFile, file: FileID, words: inout WordTable, findings: inout [Finding],
    holdsRules: Bool = true
  ) -> TokenList {
    var lexer = Lexer(source, file)
    lexer.holdsRules = holdsRules
    lexer.run(&words)
    findings += lexer.characters.findings()
    return TokenList(file: file, tokens: lexer.tokens, comments: lexer.comments)
  }

  private init(_ source: SourceFile, _ file: FileID) {
    self.file = file
    bytes = source.bytes
    position = source.hasByteOrderMark ? 3 : 0
    lineStart = position
    characters = CharacterFindings(file: file)
    tokens.reserveCapacity(bytes.count / 5 + 8)
  }

  private mutating func run(_ words: inout WordTable) {
    while position < bytes.count {
      lexOne(&words)
    }
    append(.end, from: bytes.count)
  }

  private mutating func lexOne(_ words: inout WordTable) {
    let byte = bytes[position]
    if Lexer.isWordByte[Int(byte)] {
      lexWord(&words)
      return
    }
    switch byte {
    case 0x20, 0x09, 0x0C:
      position += 1
      flags.insert(.afterSpace)
    case 0x0A, 0x0B, 0x0D:
      endLine()
    case UInt8(ascii: "#"): lexComment(&words)
    case UInt8(ascii: "\""): lexString(&words)
    case UInt8(ascii: ","): single(.comma)
    case UInt8(ascii: ":"): single(.colon)
    case UInt8(ascii: ";"): single(.semicolon)
    case UInt8(ascii: "("): lexOpen()
    case UInt8(ascii: ")"): single(.close)
    case UInt8(ascii: "["), UInt8(ascii: "]"): lexSquareBracket()
    case UInt8(ascii: "|"): single(.pipe)
    case UInt8(ascii: "*"): lexAsterisk()
    case UInt8(ascii: "$"): lexCurrency(length: 1, &words)
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "!"):
      lexComparison()
    case 0x00...0x1F, 0x7F:
      characters.noteInvisible(Unicode.Scalar(byte), at: position, length: 1)
      position += 1
    case 0x80...: lexNonASCII(&words)
    default: single(.stray)
    }
  }

  // MARK: Tokens

  mutating func append(_ kind: TokenKind, from start: Int, word: Word = .none, to end: Int? = nil) {
    let column = start - lineStart - continuationBytesOnLine
    tokens.append(
      Token(
        kind: kind, flags: flags, word: word, start: UInt32(start), end: UInt32(end ?? position),
        line: line, indentation: UInt32(max(0, column))))
    flags = []
    lineHasText = true
  }

  private mutating func single(_ kind: TokenKind) {
    position += 1
    append(kind, from: position - 1)
  }

  private mutating func lexOpen() {
    if flags.contains(.firstOnLine), let end = listMarkEnd() {
      let start = position
      position = end
      append(.listMark, from: start)
      flags.insert(.firstOnLine)
      return
    }
    single(.open)
  }

  /// Square brackets are read as round ones, except in `'[secure]'`, which is a text.
  private mutating func lexSquareBracket() {
    let isOpen = bytes[position] == UInt8(ascii: "[")
    let neighbour = isOpen ? position - 1 : position + 1
    let isInText = bytes.indices.contains(neighbour) && bytes[neighbour] == UInt8(ascii: "'")
    single(isInText ? .stray : isOpen ? .open : .close)
  }

  private mutating func lexAsterisk() {
    if flags.contains(.firstOnLine), isSpace(at: position + 1) {
      lexBullet(length: 1)
    } else {
      single(.stray)
    }
  }

  /// A bullet, or a list mark if a statement begins behind it at the start of a paragraph.
  mutating func lexBullet(length: Int) {
    let start = position
    position += length
    let isParagraph = tokens.isEmpty || flags.contains(.afterBlankLine)
    let isMark = isParagraph && statementFollows(position, only: [.if, .otherwise])
    let isPlain = length == 1 && bytes[start] == UInt8(ascii: "-")
    if !isMark, !isPlain {
      characters.noteTidied(.bullet, at: start, length: length, plain: "-")
    }
    append(isMark ? .listMark : .bullet, from: start)
    if isMark { flags.insert(.firstOnLine) }
  }

  private mutating func lexComparison() {
    let start = position
    while position < bytes.count, "<>=!".utf8.contains(bytes[position]) { position += 1 }
    append(.comparison, from: start)
  }

  mutating func lexCurrency(length: Int, _ words: inout WordTable) {
    let start = position
    position += length
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    append(.word, from: start, word: words.intern(text))
  }

  private mutating func lexComment(_ words: inout WordTable) {
    let isComment = flags.contains(.afterSpace) || flags.contains(.firstOnLine)
    // A cell may say `case #12`.
    let isNumber = isInTableRow && !isSpace(at: position + 1)
    guard isComment, !isNumber else { return single(.stray) }
    let start = position
    let end = endOfLine(from: position)
    scanHidden(start..<end)
    comments.append(
      Comment(
        start: UInt32(start), end: UInt32(trimmedEnd(start..<end)), line: line,
        isOwnLine: flags.contains(.firstOnLine), isAfterBlankLine: flags.contains(.afterBlankLine)))
    position = end
    lineHasText = true
  }

  // MARK: Lines

  private mutating func endLine() {
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
      position += 1
    }
    position += 1
    let wasBlank = !lineHasText
    line += 1
    lineStart = position
    continuationBytesOnLine = 0
    lineHasText = false
    flags.insert(.firstOnLine)
    if wasBlank { flags.insert(.afterBlankLine) }
    flags.remove(.afterSpace)
  }

  func endOfLine(from start: Int) -> Int {
    var end = start
    while end < bytes.count, !Lexer.endsLine(bytes[end]) { end += 1 }
    return end
  }

  static func endsLine(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == 0x0B || byte == 0x0D
  }

  func isSpace(at index: Int) -> Bool {
    guard index < bytes.count else { return true }
    switch bytes[index] {
    case 0x20, 0x09, 0x0A, 0x0B, 0x0C, 0x0D: return true
    case 0xC2, 0xE2, 0xE3: return scalar(at: index).map { Characters.role($0.0) == .space } ?? false
    default: return false
    }
  }

  func trimmedEnd(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound {
      if bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 {
        end -= 1
      } else if end - range.lowerBound >= 2, bytes[end - 2] == 0xC2, bytes[end - 1] == 0xA0 {
        end -= 2
      } else {
        break
      }
    }
    return end
  }

  /// The rest of the line as one token, up to a comment: `#` begins one where white space stands
  /// before it and a space or the line's end behind it.
  mutating func lexRestOfLine() {
    let lineEnd = endOfLine(from: position)
    var start = position
    if start < lineEnd, bytes[start] == UInt8(ascii: ":"), isSpace(at: start + 1) { start += 1 }
    while start < lineEnd, isSpace(at: start) { start += scalar(at: start)?.1 ?? 1 }
    var end = start
    while end < lineEnd {
      let isComment =
        bytes[end] == UInt8(ascii: "#") && (end == start || isSpace(at: end - 1))
        && isSpace(at: end + 1)
      if isComment { break }
      end += 1
    }
    let textEnd = trimmedEnd(start..<end)
    scanHidden(start..<textEnd)
    position = start
    if textEnd > start { append(.text, from: start, to: textEnd) }
    flags.insert(.afterSpace)
    position = max(end, textEnd)
  }

  // MARK: List marks

  /// Where a list mark such as `(a)` or `1.` that stands here ends, if a statement begins behind it.
  func listMarkEnd() -> Int? {
    var index = position
    let isBracketed = bytes[index] == UInt8(ascii: "(")
    if isBracketed { index += 1 }
    let start = index
    while index < bytes.count, index - start < 4, isListMarkByte(bytes[index]) { index += 1 }
    guard index > start, index < bytes.count else { return nil }
    let isClosed = bytes[index] == UInt8(ascii: ")")
    let isDotted = !isBracketed && bytes[index] == UInt8(ascii: ".")
    guard isClosed || isDotted else { return nil }
    return statementFollows(index + 1, only: Keyword.statements) ? index + 1 : nil
  }

  private func isListMarkByte(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  private func statementFollows(_ start: Int, only keywords: KeywordSet) -> Bool {
    guard isSpace(at: start) else { return false }
    var index = start
    let end = endOfLine(from: index)
    while index < end, isSpace(at: index) { index += scalar(at: index)?.1 ?? 1 }
    let wordStart = index
    while index < bytes.count, index - wordStart < 12, Lexer.isWordByte[Int(bytes[index])] {
      index += 1
    }
    let word = String(decoding: bytes[wordStart..<index], as: UTF8.self).lowercased()
    return keywords.contains { $0.text == word }
  }
}
