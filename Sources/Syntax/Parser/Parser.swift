package import Findings
import Values

/// Reads the tokens of one file as statements.
///
/// How to read this folder: a production of grammar.md such as `block-head` is a function of its
/// name, `matchBlockHead`, with the production as the first line of its comment; where a tree is
/// made, its type has the name too, as `BlockSyntax`. The verb says what the function does: `parseX`
/// reads X, and is called where X begins; `expectX` reports what stands in its place; `eatX` reads X
/// if it is there; `matchX` only looks, and answers where an X that begins at a token ends. A
/// `mutating` function consumes tokens. Parsing always gives a tree; every loop consumes a token or
/// ends.
package struct Parser {
  /// What is read; one object, so that a parser can look ahead as a cheap copy of itself.
  private let input: ParserInput
  /// Where an editor wants to know what may come; nil where nobody asks.
  let cursor: CursorNotes?
  /// The token under way.
  var position = 0
  /// The end of the stretch under way: a statement, a clause, a bullet, or a cell.
  var limit: Int
  /// How many brackets and bullets are open.
  var depth = 0
  /// The fact of the positive test directly before, from which an ending may go on.
  var previousFact: FactID?
  /// Whether the test directly before was a negative one, from which no ending may go on.
  var previousNegative: TestSyntax?
  /// Whether the sentences under way are the facts of a scenario.
  var isInGiven = false
  /// Whether declarations are read for their words alone, so that conditions are passed over.
  var isDeclaring = false
  /// Whether a second rule was found to begin inside the statement under way.
  var isInSecondRule = false
  var findings: [Finding] = []
  /// How many findings the statements before the one under way have.
  var findingsBefore = 0
  /// The first words of phrases whose declaration could not be read.
  var unreadablePhrases: Set<Word> = []

  package init(_ source: SourceFile, _ list: TokenList, _ words: WordTable, _ lexicon: Lexicon) {
    input = ParserInput(source: source, list: list, words: words, lexicon: lexicon)
    limit = list.tokens.count - 1
    cursor = nil
  }

  /// A parser that takes down what it expects at the end of its tokens.
  init(
    _ source: SourceFile, _ list: TokenList, _ words: WordTable, _ lexicon: Lexicon,
    cursor: CursorNotes
  ) {
    input = ParserInput(source: source, list: list, words: words, lexicon: lexicon)
    limit = list.tokens.count - 1
    self.cursor = cursor
  }

  /// Brackets, bullets and definitions together may nest this deep.
  package static let deepest = 32

  var source: SourceFile { input.source }
  var list: TokenList { input.list }
  var tokens: [Token] { input.list.tokens }
  var words: WordTable { input.words }
  var lexicon: Lexicon { input.lexicon }

  // MARK: Looking

  var isAtEnd: Bool { position >= limit }

  func token(_ index: Int) -> Token? {
    index < limit ? tokens[index] : nil
  }

  func keyword(_ index: Int) -> Keyword? {
    token(index)?.keyword
  }

  func kind(_ index: Int) -> TokenKind? {
    token(index)?.kind
  }

  func at(_ keyword: Keyword) -> Bool {
    self.keyword(position) == keyword
  }

  /// Where a sequence of words that begins at a token ends; articles do not count.
  func match(_ sequence: [Keyword], at start: Int) -> Int? {
    var index = start
    for keyword in sequence where !Keyword.articles.contains(keyword) {
      index = afterArticles(index)
      guard self.keyword(index) == keyword else { return nil }
      index += 1
    }
    return index
  }

  func matchAny(_ sequences: [[Keyword]], at start: Int) -> Int? {
    for sequence in sequences {
      if let end = match(sequence, at: start) { return end }
    }
    return nil
  }

  func afterArticles(_ start: Int) -> Int {
    var index = start
    while let keyword = keyword(index), Keyword.articles.contains(keyword) { index += 1 }
    return index
  }

  // MARK: Text

  func span(_ index: Int) -> Span {
    guard index >= limit else { return list.span(index) }
    return limit > 0 ? list.span(limit - 1).after : list.span(index)
  }

  func span(_ range: Range<Int>) -> Span {
    list.span(range)
  }

  /// A token's characters as written.
  func raw(_ index: Int) -> String {
    source.text(list.span(index))
  }

  /// A token's characters with plain hyphens and apostrophes.
  func spelling(_ index: Int) -> String {
    let token = tokens[index]
    guard token.flags.contains(.tidied) else { return raw(index) }
    return Lexer.tidied(source.bytes[Int(token.start)..<Int(token.end)])
  }

  /// The words of a range, parted by single spaces.
  func spelling(_ range: Range<Int>) -> String {
    var result = ""
    for index in range {
      let needsSpace =
        !result.isEmpty
        && (tokens[index].flags.contains(.afterSpace) || tokens[index].isFirstOnLine)
      if needsSpace { result += " " }
      result += spelling(index)
    }
    return result
  }

  // MARK: Eating

  mutating func eat(_ keyword: Keyword) -> Span? {
    guard at(keyword) else { return nil }
    position += 1
    return list.span(position - 1)
  }

  mutating func eat(_ kind: TokenKind) -> Span? {
    guard self.kind(position) == kind else { return nil }
    position += 1
    return list.span(position - 1)
  }

  /// Reads a part of the file on its own: `body` sees no token outside `range`.
  mutating func within<Result>(_ range: Range<Int>, _ body: (inout Parser) -> Result) -> Result {
    let outer = (position, limit)
    (position, limit) = (range.lowerBound, range.upperBound)
    defer { (position, limit) = outer }
    return body(&self)
  }

  mutating func report(_ finding: Finding) {
    var finding = finding
    finding.fixes = finding.fixes.map(tidied)
    findings.append(finding)
  }

  /// A fix that takes words out or begins a new line takes the space before them along.
  private func tidied(_ fix: Fix) -> Fix {
    guard fix.edits.count == 1, let edit = fix.edits.first else { return fix }
    let (bytes, span) = (source.bytes, edit.span)
    func isSpace(_ index: Int) -> Bool {
      bytes.indices.contains(index) && (bytes[index] == 0x20 || bytes[index] == 0x09)
    }
    let end = Int(span.end)
    let isDeletion = edit.text.isEmpty && span.end > span.start
    let endsWord = isSpace(end) || end >= bytes.count || bytes[end] == 0x0A || bytes[end] == 0x0D
    guard
      isDeletion && endsWord || edit.text.hasPrefix("\n") || edit.text == ":" || edit.text == ","
    else { return fix }
    var start = Int(span.start)
    while isSpace(start - 1) { start -= 1 }
    let isFirstOnLine = start == 0 || bytes[start - 1] == 0x0A || bytes[start - 1] == 0x0D
    guard start < Int(span.start), !isFirstOnLine else { return fix }
    let wider = Span(file: span.file, start: UInt32(start), end: span.end)
    return Fix(fix.title, [Edit(wider, edit.text)], isSafe: fix.isSafe)
  }
}

/// A file's text and tokens, and what the whole policy declares.
private final class ParserInput: Sendable {
  let source: SourceFile
  let list: TokenList
  let words: WordTable
  let lexicon: Lexicon

  init(source: SourceFile, list: TokenList, words: WordTable, lexicon: Lexicon) {
    self.source = source
    self.list = list
    self.words = words
    self.lexicon = lexicon
  }
}
