package import Findings

/// The smallest piece of a rule file that means something.
///
/// White space and comments are no tokens: the flags of the token behind them say what stood there,
/// and `TokenList` keeps the comments for the formatter.
package struct Token: Hashable, Sendable {
  package let kind: TokenKind
  package let flags: TokenFlags
  /// The word in its table; of tokens that are no words, `Word.none`.
  package let word: Word
  package let start: UInt32
  package let end: UInt32
  /// Counted from 1.
  package let line: UInt32
  /// Unicode scalars before it on its line; a tab counts as one.
  package let indentation: UInt32

  package var keyword: Keyword? {
    kind == .word ? word.keyword : nil
  }

  package var isFirstOnLine: Bool {
    flags.contains(.firstOnLine)
  }
}

package enum TokenKind: UInt8, Hashable, Sendable {
  case word
  /// `"…"` or `"""…"""`.
  case string
  /// The rest of a line after a keyword such as `rule` or `because`, trimmed.
  case text
  case comma
  case colon
  case semicolon
  case open
  case close
  case pipe
  /// The `-` that opens a bullet: first on its line and followed by white space.
  case bullet
  /// `1.` or `(a)` before a statement, as word processors make it.
  case listMark
  /// `<`, `>=`, `=` and their like.
  case comparison
  /// A quotation mark that is never closed; the token runs to the end of its line.
  case unclosedString
  /// A backslash in a string before anything but `"` or `\`.
  case badEscape
  /// A character that has no place in a rule file.
  case stray
  case end
}

/// What stood before a token, and how it was written.
package struct TokenFlags: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  package static let firstOnLine = TokenFlags(rawValue: 1)
  package static let afterBlankLine = TokenFlags(rawValue: 2)
  package static let afterSpace = TokenFlags(rawValue: 4)
  /// Holds a character that stands for a plainer one.
  package static let tidied = TokenFlags(rawValue: 8)
  /// Full stops follow it directly.
  package static let beforeFullStop = TokenFlags(rawValue: 16)
}

/// A `#` comment.
package struct Comment: Hashable, Sendable {
  /// From the `#` to the last character that is no white space.
  package let start: UInt32
  package let end: UInt32
  package let line: UInt32
  /// Whether nothing but white space stands before it on its line.
  package let isOwnLine: Bool
  package let isAfterBlankLine: Bool
}

/// One file, cut into tokens; the last one is `.end`.
package struct TokenList: Sendable {
  package let file: FileID
  package var tokens: [Token]
  package var comments: [Comment]

  package func span(_ index: Int) -> Span {
    let token = tokens[min(index, tokens.count - 1)]
    return Span(file: file, start: token.start, end: token.end)
  }

  /// The tokens that a stretch covers. O(log tokens).
  package func indices(of span: Span) -> Range<Int> {
    let first = index { $0.start >= span.start }
    return first..<max(first, index { $0.end > span.end || $0.kind == .end })
  }

  /// The first token of which something is so, where it is so of all behind it too.
  private func index(where isSo: (Token) -> Bool) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if isSo(tokens[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The stretch that a range of tokens covers; of an empty range, the place where it begins.
  package func span(_ range: Range<Int>) -> Span {
    guard let last = range.last else {
      let here = span(range.lowerBound)
      guard range.lowerBound > 0, range.lowerBound >= tokens.count - 1 else { return here.before }
      return span(range.lowerBound - 1).after
    }
    return span(range.lowerBound).through(span(last))
  }
}
