import Findings

extension Parser {
  /// document = { statement }
  package mutating func parseDocument() -> DocumentSyntax {
    let statements = parseStatements()
    findings += statements.flatMap(\.findings)
    return DocumentSyntax(tokens: list, statements: statements.map(\.syntax))
  }

  /// The statements of the document, each with what is wrong with it. The first ones may be `known` from an
  /// earlier reading.
  mutating func parseStatements(known: [ReadStatement] = []) -> [ReadStatement] {
    let paragraphs = Outline(tokens).paragraphs
    let outer = findings
    defer { findings = outer }
    var statements: [ReadStatement] = []
    findingsBefore = 0
    statements.reserveCapacity(paragraphs.count)
    for (index, paragraph) in paragraphs.enumerated() {
      if index < known.count, known[index].syntax.range == paragraph.range {
        statements.append(known[index])
        findingsBefore += known[index].findings.count
        continue
      }
      findings = []
      let isMisplaced = checkBorder(paragraph, after: index > 0 ? paragraphs[index - 1] : nil)
      let kind =
        isMisplaced ? .unreadable : within(paragraph.range) { $0.parseStatement(paragraph) }
      let syntax = StatementSyntax(range: paragraph.range, kind: kind)
      statements.append(ReadStatement(syntax: syntax, findings: findings))
      findingsBefore += findings.count
    }
    return statements
  }

  /// The declarations alone, for the lexicon; their errors are found when the document is read.
  package mutating func parseDeclarations() -> [StatementSyntax.Kind] {
    let kept = findings
    isDeclaring = true
    defer { (findings, isDeclaring) = (kept, false) }
    return Outline(tokens).paragraphs.compactMap { paragraph in
      switch paragraph.keyword {
      case .fact, .outcome, .note, .list, .define:
        let kind = within(paragraph.range) { $0.parseStatement(paragraph) }
        if case .unreadable = kind { noteUnreadablePhrase(paragraph.range) }
        return kind
      default: return nil
      }
    }
  }

  /// Remembers with which words the sentences of a declaration that could not be read may begin.
  private mutating func noteUnreadablePhrase(_ range: Range<Int>) {
    for index in range.dropFirst() {
      if tokens[index].kind != .word { return }
      let isArticle = tokens[index].keyword.map(Keyword.articles.contains) ?? false
      let before = tokens[index - 1].keyword
      let mayBegin =
        index == range.lowerBound + 1 || (before.map(Keyword.reserved.contains) ?? false)
      if mayBegin, !isArticle { unreadablePhrases.insert(tokens[index].word) }
    }
  }

  /// statement = fact | outcome | note | list | definition | section | rule | table | otherwise
  ///           | when-unsure | promise | scenario
  mutating func parseStatement(_ paragraph: Outline.Paragraph) -> StatementSyntax.Kind {
    previousFact = nil
    previousNegative = nil
    isInSecondRule = false
    depth = 0
    if let mark = eat(.listMark) { report(.listMark(mark, before: "this statement", self)) }
    switch paragraph.keyword ?? keyword(position) {
    case .fact: return parseFact()
    case .outcome: return parseOutcome()
    case .note: return parseNote()
    case .list: return parseList()
    case .define: return parseDefinition()
    case .section: return parseSection()
    case .if where keyword(position) == .if && keyword(position + 1) == .unsure:
      report(
        .taught(
          "a default begins with `when unsure`", write: "when", at: list.span(position),
          isSafe: true))
      return parseWhenUnsure()
    case .rule, .guard, .if: return parseRule()
    case .otherwise: return parseOtherwise()
    case .when: return parseWhenUnsure()
    case .promise: return parsePromise()
    case .scenario: return parseScenario()
    case .table: return parseTable()
    default:
      reportStrayLines()
      return .unreadable
    }
  }

  /// Reports what may not follow without a blank line, because two readers would part it differently;
  /// true if the statement then has no meaning of its own.
  private mutating func checkBorder(
    _ paragraph: Outline.Paragraph, after previous: Outline.Paragraph?
  ) -> Bool {
    let first = paragraph.range.lowerBound
    guard let previous, !tokens[first].flags.contains(.afterBlankLine) else { return false }
    if paragraph.keyword == .otherwise, [.rule, .guard, .if, .table].contains(previous.keyword) {
      report(.otherwiseUnderRule(list.span(first)))
      return true
    }
    guard paragraph.keyword == .if else { return false }
    let lastLine = previous.range.last { tokens[$0].isFirstOnLine } ?? previous.range.lowerBound
    let isOpen: KeywordSet = [.from, .until, .unless, .overrides]
    guard let clause = tokens[lastLine].keyword, isOpen.contains(clause),
      lastLine > previous.range.lowerBound,
      ![.fact, .define, .scenario, nil].contains(previous.keyword),
      tokens[first].indentation <= tokens[lastLine].indentation
    else { return false }
    report(.clauseBeforeRule(clause, list.span(lastLine), rule: list.span(first)))
    return false
  }

  /// Reports what stands behind a complete statement or clause and belongs to nothing.
  mutating func expectEnd(of what: String) {
    while let kind = kind(position), kind == .comma || kind == .semicolon { position += 1 }
    guard !isAtEnd else { return }
    report(.notUnderstood(spelling(position..<min(limit, position + 8)), after: what, rest))
    position = limit
  }

  /// The stretch from here to the end of what is under way.
  var rest: Span {
    span(position..<limit)
  }
}

/// A statement, and what is wrong with it.
struct ReadStatement: Sendable {
  let syntax: StatementSyntax
  let findings: [Finding]
}
