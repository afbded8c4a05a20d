import Findings
import Syntax
import Testing

@Suite struct `The tokens of a file` {
  @Test func `cover it, save white space and comments`() {
    for seed in seeds(100) {
      let text = authored(seed, 1)
      let syntax = read(text)
      for document in syntax.documents {
        let source = syntax.files[document.file]
        let problem = gap(in: document.tokens, source)
        #expect(problem == nil, "seed \(seed), \(source.path): \(problem ?? "")")
      }
    }
  }

  /// What lies between two tokens and is neither white space nor a comment.
  private func gap(in list: TokenList, _ source: SourceFile) -> String? {
    var covered = list.tokens.map { ($0.start, $0.end) } + list.comments.map { ($0.start, $0.end) }
    covered.sort { $0 < $1 }
    var position: UInt32 = source.hasByteOrderMark ? 3 : 0
    for (start, end) in covered + [(UInt32(source.bytes.count), UInt32(source.bytes.count))] {
      guard start >= position else { return "tokens overlap at \(start)" }
      let between = source.text(Span(file: list.file, start: position, end: start))
      // Full stops that end a word mean nothing.
      let isNothing = between.unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "." }
      guard isNothing else { return "nothing covers `\(between)`" }
      position = end
    }
    return nil
  }
}
