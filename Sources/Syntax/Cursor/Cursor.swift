import Findings

/// What may stand at a place in a file: the statement there is read up to that place, and the parser
/// says what it would go on with.
enum Cursor {
  static func expectations(
    at offset: Int, in source: SourceFile, _ list: TokenList, _ words: WordTable,
    _ lexicon: Lexicon
  ) -> [Expectation] {
    guard let cut = CutText(at: offset, source, list) else { return [] }
    let statement = Expectation(kind: .statement, start: cut.start)
    guard !cut.isAfterBlankLine,
      let paragraph = Outline(cut.list.tokens).paragraphs.last
    else { return cut.isFirstOnLine && !cut.isInString ? [statement] : [] }
    let notes = CursorNotes(token: cut.list.tokens.count - 1)
    var parser = Parser(source, cut.list, words, lexicon, cursor: notes)
    _ = parser.within(paragraph.range) { $0.parseStatement(paragraph) }
    if cut.isInString { return notes.expectations.compactMap { cut.inString($0, source) } }
    let found = notes.expectations.filter { $0.kind != .factInNote }
    return cut.isFirstOnLine ? found + [statement] : found
  }
}

/// The tokens of a file before a cursor, without the word that is being written.
private struct CutText {
  let list: TokenList
  /// Where the word begins that is being written; the cursor, if there is none.
  let start: Int
  let isFirstOnLine: Bool
  let isAfterBlankLine: Bool
  let isInString: Bool
  private let offset: Int

  /// Nil in a comment.
  init?(at offset: Int, _ source: SourceFile, _ list: TokenList) {
    self.offset = offset
    let line = source.line(at: UInt32(offset))
    let isComment = list.comments.contains {
      Int($0.line) == line && Int($0.start) < offset
    }
    if isComment { return nil }
    var count = CutText.tokenCount(before: offset, list.tokens)
    var (start, isInString) = (offset, false)
    if count > 0 {
      let last = list.tokens[count - 1]
      let isInside = offset < Int(last.end)
      switch last.kind {
      case .word where offset <= Int(last.end), .text where offset <= Int(last.end):
        (start, count) = (Int(last.start), count - 1)
      case .string where isInside, .unclosedString, .badEscape:
        (start, count, isInString) = (Int(last.start), count - 1, true)
      default: break
      }
    }
    (self.start, self.isInString) = (start, isInString)
    let startLine = UInt32(source.line(at: UInt32(start)))
    let lastLine = count > 0 ? CutText.lastLine(list.tokens[count - 1], source) : 0
    isFirstOnLine = count == 0 || lastLine < startLine
    isAfterBlankLine = CutText.isBlankLine(between: lastLine, startLine, source)
    var flags: TokenFlags = isFirstOnLine ? [.firstOnLine, .afterSpace] : [.afterSpace]
    if isAfterBlankLine { flags.insert(.afterBlankLine) }
    let column = source.place(at: UInt32(start)).column - 1
    let end = Token(
      kind: .end, flags: flags, word: .none, start: UInt32(start), end: UInt32(start),
      line: startLine, indentation: UInt32(column))
    self.list = TokenList(
      file: list.file, tokens: list.tokens[..<count] + [end], comments: [])
  }

  /// How many tokens begin before a byte. O(log tokens).
  private static func tokenCount(before offset: Int, _ tokens: [Token]) -> Int {
    var (low, high) = (0, tokens.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].start) < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The line on which a token ends: a string may go over several.
  private static func lastLine(_ token: Token, _ source: SourceFile) -> UInt32 {
    token.kind == .string ? UInt32(source.line(at: max(token.end, 1) - 1)) : token.line
  }

  /// Whether an empty line parts two lines. Lines with nothing but a comment are not empty.
  private static func isBlankLine(
    between first: UInt32, _ last: UInt32, _ source: SourceFile
  ) -> Bool {
    guard first > 0, last > first + 1 else { return false }
    return (Int(first) + 1..<Int(last)).contains { line in
      source.bytes[source.range(ofLine: line)].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
  }

  /// Between quotation marks only the braces of a note's text matter.
  func inString(_ expectation: Expectation, _ source: SourceFile) -> Expectation? {
    guard expectation.kind == .factInNote else { return nil }
    let written = source.bytes[expectation.start..<offset]
    guard let open = written.lastIndex(of: UInt8(ascii: "{")),
      !written[open...].contains(UInt8(ascii: "}"))
    else { return nil }
    return Expectation(kind: .factInNote, start: open + 1)
  }
}
