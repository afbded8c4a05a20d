import Findings

/// A file cut into paragraphs: each is a statement, or lines that belong to none.
///
/// A statement begins with one of its keywords first on a line, and ends at the next one or at a
/// blank line.
struct Outline {
  struct Paragraph {
    let range: Range<Int>
    /// The keyword that begins it; nil for lines that belong to no statement.
    let keyword: Keyword?
  }

  let paragraphs: [Paragraph]

  init(_ tokens: [Token]) {
    var paragraphs: [Paragraph] = []
    var start = 0
    var keyword: Keyword?
    for index in 0..<max(0, tokens.count - 1) {
      let token = tokens[index]
      let begins = Outline.beginsStatement(tokens, index, under: keyword, from: start)
      guard begins || (token.flags.contains(.afterBlankLine) && index > start) else { continue }
      if index > start { paragraphs.append(Paragraph(range: start..<index, keyword: keyword)) }
      start = index
      keyword = begins ? token.keyword : nil
    }
    if start < tokens.count - 1 {
      paragraphs.append(Paragraph(range: start..<tokens.count - 1, keyword: keyword))
    }
    self.paragraphs = paragraphs
  }

  private static func beginsStatement(
    _ tokens: [Token], _ index: Int, under keyword: Keyword?, from start: Int
  ) -> Bool {
    let token = tokens[index]
    guard token.isFirstOnLine, let word = token.keyword, Keyword.statements.contains(word) else {
      return false
    }
    guard word == .if, !token.flags.contains(.afterBlankLine), index > start else { return true }
    switch keyword {
    case .rule, .guard, .promise:
      // The `if` of a named rule is the first one under its name, before what happens.
      return tokens[start + 1..<index].contains { token in
        [.if, .then, .always, .never].contains(token.keyword)
      }
    case .fact:
      let next = index + 1 < tokens.count ? tokens[index + 1].keyword : nil
      return next != .recorded && next != .absent
    default:
      return true
    }
  }
}
