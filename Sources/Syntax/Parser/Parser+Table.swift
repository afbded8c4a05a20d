import Findings

extension Parser {
  /// table = `table` rest-of-line [`|`] heading { `|` heading } [`|`] row { row }
  ///         { because | see | override | from | until | unless-clause }
  mutating func parseTable() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    guard let name = expectRestOfLine("`table`") else {
      position = limit
      return .unreadable
    }
    checkName(name, of: "table")
    var table = TableSyntax(keyword: keywordSpan, name: name, headings: [], rows: [])
    let lines = takeRowLines()
    if let first = lines.first {
      table.headings = cells(of: first).map { parseHeading($0) }
      if tokens[first.upperBound - 1].kind == .pipe { note(.heading, from: first.upperBound) }
      checkHeadings(table.headings, first)
      var number = 0
      for (index, line) in lines.enumerated().dropFirst()
      where line.upperBound == cursor?.token || !(index == 1 && isRuleLine(line)) {
        number += 1
        table.rows.append(parseRow(line, number, table.headings))
      }
      if table.rows.isEmpty { report(.tableWithoutRows(name.span)) }
    } else {
      report(.tableWithoutRows(name.span))
      if !isAtEnd, !isClauseStart(position) { position = limit }
    }
    if !isAtEnd, !isClauseStart(position) {
      within(position..<limit) { $0.report(.strayClause($0, .table)) }
      position = nextClause(from: position, consequentSeen: true, owner: .table)
    }
    table.clauses = parseClauses(.table, consequentSeen: true)
    return .table(table)
  }

  private func isClauseStart(_ index: Int) -> Bool {
    tokens[index].isFirstOnLine
      && (keyword(index).map(Keyword.clauses.contains) ?? false || matchUnless(at: index) != nil)
  }

  /// The lines that begin with a pipe.
  private mutating func takeRowLines() -> [Range<Int>] {
    var lines: [Range<Int>] = []
    while let token = token(position), token.isFirstOnLine {
      let end = lineEnd(position)
      guard (position..<end).contains(where: { tokens[$0].kind == .pipe }) else { break }
      lines.append(position..<end)
      position = end
    }
    return lines
  }

  /// The stretches between the pipes of a line; those at its ends may be left out.
  private func cells(of line: Range<Int>) -> [Range<Int>] {
    var pipes = line.filter { tokens[$0].kind == .pipe }
    if pipes.first != line.lowerBound { pipes.insert(line.lowerBound - 1, at: 0) }
    var cells = zip(pipes, pipes.dropFirst()).map { $0 + 1..<$1 }
    if let last = pipes.last, last + 1 < line.upperBound {
      cells.append(last + 1..<line.upperBound)
    }
    return cells
  }

  /// `|---|:--|`, as Markdown parts its headings from the rows.
  private func isRuleLine(_ line: Range<Int>) -> Bool {
    cells(of: line).allSatisfy { cell in
      cell.allSatisfy { index in
        let kind = tokens[index].kind
        return kind == .colon || kind == .bullet || raw(index).allSatisfy { "-:".contains($0) }
      }
    }
  }

  // MARK: Headings

  /// heading = PHRASE | fact-reference | `then` | `outcome` | `because` | `from` | `until` | `name`
  private mutating func parseHeading(_ cell: Range<Int>) -> HeadingSyntax {
    within(cell) { parser in
      HeadingSyntax(range: cell, kind: parser.headingKind())
    }
  }

  private mutating func headingKind() -> HeadingSyntax.Kind {
    note(.heading, from: position)
    if position + 1 == limit {
      switch keyword(position) {
      case .then: return .then
      case .because: return .because
      case .from: return .from
      case .until: return .until
      case .name: return .name
      default: break
      }
    }
    for phrase in matchPhrases(at: position) where phrase.end == limit && !phrase.meaning.isNegative
    {
      switch phrase.meaning.sense {
      case .fact(let fact): return .fact(fact)
      case .definition(let definition): return .definition(definition)
      case .outcome, .workingDay, .textEnding: break
      }
    }
    if let (fact, end) = matchFactReference(at: position), end == limit { return .fact(fact) }
    if position + 1 == limit, words.text(tokens[position].word) == "outcome" { return .then }
    diagnoseHeading()
    return .unreadable
  }

  private mutating func checkHeadings(_ headings: [HeadingSyntax], _ line: Range<Int>) {
    let thens = headings.count { $0.kind == .then }
    let isReadable = headings.allSatisfy { $0.kind != .unreadable }
    if thens != 1, isReadable { report(.tableThenHeading(thens, span(line))) }
  }

  // MARK: Rows

  /// row = [`|`] cell { `|` cell } [`|`]
  private mutating func parseRow(_ line: Range<Int>, _ number: Int, _ headings: [HeadingSyntax])
    -> RowSyntax
  {
    let cells = cells(of: line)
    var row = RowSyntax(range: line, cells: cells, number: number, conditions: [])
    guard cells.count == headings.count else {
      noteCell(at: cells, headings)
      report(.rowLength(cells.count, headings.count, span(line)))
      row.conditions = [.unreadable(span(line))]
      return row
    }
    for (cell, heading) in zip(cells, headings) {
      within(cell) { $0.parseCell(heading, &row) }
    }
    if row.consequent == nil, row.conditions.allSatisfy(\.isReadable),
      let then = headings.firstIndex(where: { $0.kind == .then }), cells[then].isEmpty
    {
      report(.emptyThenCell(span(line)))
    }
    return row
  }

  /// Notes what may stand in the last cell of a row that is being written.
  private mutating func noteCell(at cells: [Range<Int>], _ headings: [HeadingSyntax]) {
    guard let cursor, cells.count <= headings.count else { return }
    let isNew = tokens[cursor.token - 1].kind == .pipe
    let number = isNew ? cells.count : cells.count - 1
    guard headings.indices.contains(number), limit == cursor.token else { return }
    let start = isNew ? limit : cells[number].lowerBound
    within(start..<limit) { cell in
      switch headings[number].kind {
      case .fact(let fact):
        _ = cell.matchEnding(of: fact, isNegative: false, at: start, in: .cell)
      case .definition: cell.note(.yesOrNo, from: start)
      case .then: _ = cell.expectConsequent(after: cell.span(start), allowsAdd: true)
      case .from, .until: cell.note(.date, from: start)
      case .because, .name, .unreadable: break
      }
    }
  }

  /// cell = [cell-condition | `any` | `-` | consequent | date | TEXT]
  private mutating func parseCell(_ heading: HeadingSyntax, _ row: inout RowSyntax) {
    let isEmpty = isAtEnd || (position + 1 == limit && isDash(position))
    switch heading.kind {
    case .fact, .definition:
      let isAny = isEmpty || (position + 1 == limit && at(.any))
      if !isEmpty, position + 1 == limit, !isAny, reportOtherAny() { return }
      if !isAny { row.conditions.append(parseCellCondition(heading)) }
    case .then:
      guard !isEmpty else { return }
      row.consequent = expectConsequent(after: span(position), allowsAdd: true)
      if let consequent = row.consequent, !isAtEnd { diagnoseBehindConsequent(consequent) }
    case .because:
      if let text = cellText() { row.because = text }
    case .name:
      if !isEmpty, let text = cellText() { row.name = text }
    case .from:
      if !isEmpty { row.from = expectCellDate() }
    case .until:
      if !isEmpty { row.until = expectCellDate() }
    case .unreadable: break
    }
  }

  /// `all`, `*`, `n/a` in place of `any`.
  private mutating func reportOtherAny() -> Bool {
    let others = ["all", "every", "each", "either", "both", "whatever", "n/a", "all cases"]
    let isStar = raw(position) == "*"
    guard isStar || others.contains(words.text(tokens[position].word)) else { return false }
    report(
      .taught(
        "a cell that tests nothing says `any`", write: "any", at: span(position), isSafe: isStar))
    return true
  }

  /// A bullet, or a hyphen alone.
  func isDash(_ index: Int) -> Bool {
    kind(index) == .bullet || (kind(index) == .word && raw(index) == "-")
  }

  private mutating func expectCellDate() -> DateSyntax? {
    let date = expectDate("this heading")
    if date != nil { expectEnd(of: "the date") }
    return date
  }

  /// A cell as text: what stands between the pipes.
  private mutating func cellText() -> NameSyntax? {
    guard !isAtEnd else { return nil }
    let whole = span(position..<limit)
    position = limit
    let text = source.text(whole).tidied
    return NameSyntax(span: whole, text: text)
  }

  /// cell-condition = yes-no-cell | ending-cell
  private mutating func parseCellCondition(_ heading: HeadingSyntax) -> ConditionSyntax {
    switch heading.kind {
    case .definition(let definition):
      return parseYesNoCell(.definition(definition))
    case .fact(let fact):
      if lexicon[fact].type == .yesOrNo, keyword(position) != .recorded, keyword(position) != .not {
        return parseYesNoCell(.fact(fact))
      }
      return parseEndingCell(fact)
    default: return .unreadable(span(position..<limit))
    }
  }

  /// yes-no-cell = `yes` | `no`
  private mutating func parseYesNoCell(_ subject: SubjectSyntax) -> ConditionSyntax {
    let start = position
    guard let yes = yesOrNo(at: position), position + 1 == limit else {
      report(.yesOrNoCell(spelling(start..<limit), span(start..<limit)))
      position = limit
      return .unreadable(span(start..<limit))
    }
    position += 1
    return .test(
      TestSyntax(
        span: span(start), phrase: span(start).before, subject: subject, isNegated: !yes,
        ending: .none))
  }

  /// ending-cell = `not` cell-ending
  ///             | cell-ending { (`and` | `or` | `but`) cell-ending }
  private mutating func parseEndingCell(_ fact: FactID) -> ConditionSyntax {
    let start = position
    if at(.not), keyword(position + 1) != .recorded {
      position += 1
      return parseCellEnding(fact, isNegative: true, from: start)
    }
    var operands = [parseCellEnding(fact, isNegative: false, from: position)]
    var connectives: [(Connective, Span)] = []
    while let keyword = keyword(position), [.and, .or, .but].contains(keyword) {
      connectives.append((keyword == .or ? .or : .and, span(position)))
      position += 1
      if at(.not) {
        report(.notInFurtherEnding(span(position)))
        position = limit
        return .unreadable(span(start..<limit))
      }
      operands.append(parseCellEnding(fact, isNegative: false, from: position))
    }
    if !isAtEnd { expectEnd(of: "this cell") }
    guard let first = connectives.first else { return operands[0] }
    if connectives.contains(where: { $0.0 != first.0 }) {
      report(.mixedAndOr(operands, connectives, span(start..<limit), self))
      return .unreadable(span(start..<limit))
    }
    return .junction(JunctionSyntax(connective: first.0, operands: operands))
  }

  /// cell-ending = ending
  private mutating func parseCellEnding(_ fact: FactID, isNegative: Bool, from start: Int)
    -> ConditionSyntax
  {
    let match =
      matchTextVerb(fact, at: position)
      ?? matchEnding(of: fact, isNegative: isNegative, at: position, in: .cell)
    guard let match, isStop(match.end) else {
      diagnoseEnding(of: fact, isNegative: isNegative, phrase: span(position).before, at: position)
      position = limit
      return .unreadable(span(start..<limit))
    }
    let test = TestSyntax(
      span: span(start..<match.end), phrase: span(start).before, subject: .fact(fact),
      isNegated: isNegative, ending: match.ending)
    findings += match.troubles
    findings += traps(test, match, nil)
    position = match.end
    return .test(test)
  }

  /// `starts with "S"` and its like in a cell under the heading of a text fact.
  private func matchTextVerb(_ fact: FactID, at start: Int) -> EndingMatch? {
    guard lexicon[fact].type == .text else { return nil }
    return matchTextEnding(.text, at: start, in: .continuation)
  }
}
