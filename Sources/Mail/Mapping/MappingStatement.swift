import Findings
import Syntax

/// A statement of a mapping: a line, with the indented lines below it, cut into words.
struct MappingStatement {
  private let source: SourceFile
  private let list: TokenList
  private(set) var position: Int
  private(set) var end: Int

  init(_ source: SourceFile, _ list: TokenList, _ range: Range<Int>) {
    (self.source, self.list) = (source, list)
    (position, end) = (range.lowerBound, range.upperBound)
  }

  /// The statements of a file.
  static func all(_ source: SourceFile, _ list: TokenList) -> [MappingStatement] {
    var starts: [Int] = []
    for (index, token) in list.tokens.enumerated() {
      let begins = token.isFirstOnLine && token.indentation == 0
      if token.kind == .end || begins || index == 0 { starts.append(index) }
    }
    return zip(starts, starts.dropFirst()).compactMap { start, end in
      start < end ? MappingStatement(source, list, start..<end) : nil
    }
  }

  private static let articles: [Substring] = ["a", "an", "the"]

  var isAtEnd: Bool { position >= end }

  /// The whole statement, or what is left of it.
  var span: Span { list.span(position..<end) }

  /// The place of the next word; at the end, the place behind the last one.
  var here: Span { isAtEnd ? list.span(max(0, end - 1)).after : list.span(position) }

  private func text(_ index: Int) -> String { source.text(list.span(index)) }

  /// The next word in lower case; nil at the end and before a text in quotation marks.
  var word: String? {
    guard !isAtEnd, list.tokens[position].kind == .word else { return nil }
    return WordTable.lowercased(Lexer.tidied(Array(text(position).utf8)[...]))
  }

  mutating func skip() { position = min(position + 1, end) }

  /// Takes words if they all come next; articles in between do not count.
  mutating func eat(_ words: String) -> Bool {
    var probe = self
    for wanted in words.split(separator: " ") where !MappingStatement.articles.contains(wanted) {
      while let word = probe.word, word != wanted, MappingStatement.articles.contains(word[...]) {
        probe.skip()
      }
      guard probe.word == String(wanted) else { return false }
      probe.skip()
    }
    self = probe
    return true
  }

  /// Takes the first of some phrases that comes next.
  mutating func eatAny(_ phrases: [String]) -> String? {
    for phrase in phrases where eat(phrase) { return phrase }
    return nil
  }

  /// Takes a text in quotation marks.
  mutating func eatString() -> String? {
    guard !isAtEnd, list.tokens[position].kind == .string else { return nil }
    skip()
    return StringLiteral.value(text(position - 1))
  }

  /// Takes a text in quotation marks, or what stands up to the next space: an address, a server.
  mutating func eatItem() -> String? {
    if let string = eatString() { return string }
    guard !isAtEnd else { return nil }
    let start = Int(list.tokens[position].start)
    var last = start
    while last < source.bytes.count, !" \t\r\n\u{0B},".utf8.contains(source.bytes[last]) {
      last += 1
    }
    while !isAtEnd, Int(list.tokens[position].start) < last { skip() }
    return String(decoding: source.bytes[start..<last], as: UTF8.self)
  }

  mutating func eatComma() -> Bool {
    guard !isAtEnd, list.tokens[position].kind == .comma else { return false }
    skip()
    return true
  }

  /// What stands up to the next of some phrases, and which of them it is; the phrase is taken as well.
  mutating func subject(before phrases: [String]) -> (MappingStatement, phrase: String)? {
    var probe = self
    while !probe.isAtEnd {
      let place = probe.position
      if let phrase = probe.eatAny(phrases) {
        var subject = self
        subject.end = place
        self = probe
        return (subject, phrase)
      }
      probe.skip()
    }
    return nil
  }

  /// All that is left, parted at commas, each as it is written, with its place.
  mutating func names() -> [(text: String, span: Span)] {
    var names: [(text: String, span: Span)] = []
    while !isAtEnd {
      let start = position
      if let string = eatString() {
        names.append((string, list.span(start)))
      } else {
        while !isAtEnd, list.tokens[position].kind != .comma { skip() }
        guard position > start else {
          skip()
          continue
        }
        let span = list.span(start..<position)
        let words = source.text(span).split(whereSeparator: \.isWhitespace)
        names.append((Lexer.tidied(Array(words.joined(separator: " ").utf8)[...]), span))
      }
      _ = eatComma()
    }
    return names
  }

  /// All that is left, as it is written.
  var rest: String { isAtEnd ? "" : source.text(span) }
}
