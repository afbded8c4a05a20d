import Analysis
import Findings
import Syntax

extension PageWriter {
  /// Writes the words of a stretch as they were written, on one line, comments left out, each name
  /// leading to its declaration.
  mutating func writeWords(_ span: Span) {
    let tokens = tokens(in: span)
    var index = tokens.startIndex
    var isFirst = true
    var isAfterColon = false
    while index < tokens.endIndex {
      let token = tokens[index]
      if token.kind == .bullet {
        if !isFirst, !isAfterColon { write(",") }
        index += 1
        continue
      }
      if !isFirst, token.flags.contains(.afterSpace) || token.isFirstOnLine { write(" ") }
      isFirst = false
      isAfterColon = token.kind == .colon
      if let mark = links.mark(at: token.start, in: span.file) {
        let end = tokens[index...].firstIndex { $0.start >= mark.span.end } ?? tokens.endIndex
        write(mark) { $0.writePlain(tokens[index..<end], in: span.file) }
        index = end
      } else {
        write(token, in: span.file)
        index += 1
      }
    }
  }

  private mutating func write(_ mark: Mark, _ content: (inout PageWriter) -> Void) {
    switch mark.role {
    case .outcome: writeOutcome(anchor: mark.anchor, content)
    case .fact, .value, .note, .list, .definition, .rule, .section, .scenario:
      link(to: mark.anchor, mark.role.style, content)
    }
  }

  private mutating func writePlain(_ tokens: ArraySlice<Token>, in file: FileID) {
    for (place, token) in tokens.enumerated() {
      if place > 0, token.flags.contains(.afterSpace) || token.isFirstOnLine { write(" ") }
      write(text(of: token, in: file))
    }
  }

  private mutating func write(_ token: Token, in file: FileID) {
    let text = text(of: token, in: file)
    switch token.kind {
    case .word where token.keyword.map(PageWriter.connectives.contains) == true:
      element("b", ["class": "join"]) { $0.write(text) }
    case .string: element("q") { $0.write(StringLiteral.value(text)) }
    default: write(text)
    }
  }

  private func text(of token: Token, in file: FileID) -> String {
    contents.check.files[file].text(Span(file: file, start: token.start, end: token.end))
  }

  private static let connectives: Set<Keyword> = [
    .and, .or, .not, .unless, .either, .both, .neither, .nor, .but,
  ]

  /// The tokens of a stretch of a rule file.
  private func tokens(in span: Span) -> ArraySlice<Token> {
    let documents = contents.syntax.documents
    guard documents.indices.contains(Int(span.file.index)) else { return [] }
    let tokens = documents[Int(span.file.index)].tokens.tokens
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].start < span.start { low = middle + 1 } else { high = middle }
    }
    let end = tokens[low...].firstIndex { $0.end > span.end || $0.kind == .end }
    return tokens[low..<(end ?? tokens.count)]
  }

  // MARK: Conditions

  /// Writes a condition: as a sentence, or, where it was written in bullets, as nested lists.
  mutating func writeCondition(_ condition: ConditionSyntax) {
    guard condition.hasBullets else { return writeWords(condition.span) }
    switch condition {
    case .block(let block): write(block)
    case .not(let inner, let keyword):
      writeWords(keyword)
      write(" ")
      writeCondition(inner)
    case .brackets(let inner, _):
      write("(")
      writeCondition(inner)
      write(")")
    case .junction(let junction):
      write(junction.operands, by: junction.connective == .and ? "and" : "or")
    case .unless(let left, let right, _): write([left, right], by: "unless")
    case .group(let group):
      if group.kind == .neither { writeConnective("not") }
      write("(")
      write(group.operands, by: group.kind == .both ? "and" : "or")
      write(")")
    case .test, .unreadable: writeWords(condition.span)
    }
  }

  private mutating func write(_ operands: [ConditionSyntax], by connective: String) {
    for (index, operand) in operands.enumerated() {
      if index > 0 { writeConnective(connective) }
      writeCondition(operand)
    }
  }

  private mutating func writeConnective(_ word: String) {
    write(" ")
    element("b", ["class": "join"]) { $0.write(word) }
    write(" ")
  }

  private mutating func write(_ block: BlockSyntax) {
    let head =
      switch block.quantifier {
      case .all: "all of:"
      case .any: "any of:"
      case .none: "none of:"
      }
    span("block-head") { $0.write(head) }
    element("ul", ["class": "bullets"]) { page in
      for operand in block.operands {
        page.element("li") { $0.writeCondition(operand) }
      }
    }
  }
}

extension ConditionSyntax {
  /// Whether some of it was written as a list with bullets.
  var hasBullets: Bool {
    switch self {
    case .block: true
    case .test, .unreadable: false
    case .not(let inner, _), .brackets(let inner, _): inner.hasBullets
    case .junction(let junction): junction.operands.contains(where: \.hasBullets)
    case .unless(let left, let right, _): left.hasBullets || right.hasBullets
    case .group(let group): group.operands.contains(where: \.hasBullets)
    }
  }
}
