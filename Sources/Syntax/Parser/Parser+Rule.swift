import Findings

extension Parser {
  /// section = `section` rest-of-line { override }
  mutating func parseSection() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    note(.sectionName, from: position + 1)
    guard let name = expectRestOfLine("`section`") else {
      position = limit
      return .unreadable
    }
    checkName(name, of: "section")
    var section = SectionSyntax(keyword: keywordSpan, name: name)
    checkBehindName()
    section.clauses = parseClauses(.section, consequentSeen: true)
    return .section(section)
  }

  /// rule = [(`rule` | `guard`) rest-of-line] `if` condition
  ///        { then | because | see | override | from | until | unless-clause }
  mutating func parseRule() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    let first = keyword(position)
    var name: NameSyntax?
    if first != .if {
      name = expectRestOfLine(first == .guard ? "`guard`" : "`rule`")
      if let name, checkName(name, of: first == .guard ? "guard" : "rule") {
        position = limit
        return .unreadable
      }
    }
    var rule = RuleSyntax(keyword: keywordSpan, isGuard: first == .guard, name: name)
    let clausesFirst = parseClausesBeforeIf()
    skipListMarkBeforeIf()
    if first != .if { note(.if, from: position) }
    guard let ifSpan = eat(.if) else {
      reportRuleWithoutIf(rule)
      rule.clauses = clausesFirst + parseClauses(.rule, consequentSeen: false)
      rule.condition = .unreadable(keywordSpan)
      return .rule(rule)
    }
    if kind(position) == .colon, kind(position + 1) != .bullet { position += 1 }
    let end = nextClause(from: position, consequentSeen: false, owner: .rule)
    rule.condition = within(position..<end) { $0.expectCondition(after: "`if`") }
    position = end
    rule.clauses = clausesFirst + parseClauses(.rule, consequentSeen: false)
    checkConsequents(rule, ifSpan)
    return .rule(rule)
  }

  /// Clauses between a rule's name and its `if` stand in the wrong place.
  private mutating func parseClausesBeforeIf() -> [ClauseSyntax] {
    guard !isAtEnd, let first = keyword(position), first != .if, first != .then,
      tokens[position].isFirstOnLine, Keyword.clauses.contains(first),
      let ifIndex = (position..<limit).first(where: {
        keyword($0) == .if && tokens[$0].isFirstOnLine
      })
    else { return [] }
    let lines = span(position..<ifIndex)
    let deleted = Span(file: lines.file, start: lines.start, end: list.span(ifIndex).start)
    let moved = [
      Edit(deleted, ""), Edit(list.span(limit - 1).after, "\n  " + source.text(lines)),
    ]
    report(.clauseAboveIf(first, span(position), moved: moved))
    let clauses = within(position..<ifIndex) { $0.parseClauses(.rule, consequentSeen: false) }
    position = ifIndex
    return clauses
  }

  private mutating func skipListMarkBeforeIf() {
    guard kind(position) == .bullet || kind(position) == .listMark, keyword(position + 1) == .if
    else { return }
    report(.listMark(span(position), before: "`if`", self))
    position += 1
  }

  private mutating func reportRuleWithoutIf(_ rule: RuleSyntax) {
    if isAtEnd {
      report(.ruleWithoutIf(rule, rule.name?.span ?? rule.keyword))
    } else if !at(.then) {
      report(.ruleBodyExpected(rule, span(position)))
      position = nextClause(from: position, consequentSeen: false, owner: .rule)
    } else {
      report(.ruleWithoutIf(rule, span(position)))
    }
  }

  private mutating func checkConsequents(_ rule: RuleSyntax, _ ifSpan: Span) {
    let thens = rule.clauses.filter { clause in
      tokens[clause.range.lowerBound].keyword == .then
    }
    let isMisread = rule.clauses.contains { $0.kind.isUnreadable }
    let isCut = tokens[limit].flags.contains(.afterBlankLine) && beginsInMiddle(limit)
    if thens.isEmpty, rule.condition?.isReadable ?? false, !isCut, !isMisread,
      !isInSecondRule
    {
      if let pledge = pledgeDirectlyAbove(ifSpan) {
        report(.conditionBelowPledge(ifSpan, pledge: pledge, self))
      } else {
        report(.thenMissing(ifSpan, behind: rule.condition?.span ?? ifSpan))
      }
    }
    if thens.count > 1, !isInSecondRule {
      let second = thens[1]
      let add = second.range.lowerBound + 1
      if add < second.range.upperBound, tokens[add].keyword == .add {
        let gap = list.span(second.range.lowerBound - 1).after.through(list.span(add))
        report(.secondThenAdds(second.keyword, gap: gap))
      } else {
        report(.secondThen(second.keyword, first: thens[0].keyword))
      }
    }
  }

  /// Whether the line at a token goes on a rule that an empty line cut in two.
  private func beginsInMiddle(_ index: Int) -> Bool {
    guard index < tokens.count else { return false }
    if tokens[index].kind == .bullet { return true }
    let begins: Set<Keyword> = [.then, .and, .or, .unless]
    return tokens[index].keyword.map(begins.contains) ?? false
  }

  /// The first token of the line `always …` or `never …` directly above an `if`.
  private func pledgeDirectlyAbove(_ ifSpan: Span) -> Span? {
    guard let index = tokens.indices.last(where: { tokens[$0].start == ifSpan.start }), index > 0,
      !tokens[index].flags.contains(.afterBlankLine),
      let line = (0..<index).last(where: { tokens[$0].isFirstOnLine }),
      [.always, .never].contains(tokens[line].keyword)
    else { return nil }
    return list.span(line)
  }

  /// Says what is wrong with a name; true if it swallowed the rule's condition.
  @discardableResult
  mutating func checkName(_ name: NameSyntax, of what: String) -> Bool {
    let text = name.text
    if ["rule", "guard", "promise", "scenario"].contains(what), text.holds(" if ") {
      report(.nameHidesIf(what, name, self))
      return what == "rule" || what == "guard"
    }
    if what == "promise", text.holds(": never ") || text.holds(": always ") {
      report(.nameHidesIf(what, name, self))
      return true
    }
    if what == "section" || what == "table", text.holds(" overrides ") {
      report(.nameHidesOverrides(what, name, self))
    }
    if what == "rule" || what == "guard" || what == "table", text.begins("section ") {
      report(.nameBeginsWithSection(what, name.span))
    }
    return false
  }

  /// The lines behind a name must begin a clause.
  private mutating func checkBehindName() {
    guard !isAtEnd else { return }
    let next = nextClause(from: position, consequentSeen: true, owner: .section)
    guard next > position else { return }
    within(position..<next) { $0.report(.strayClause($0, .section)) }
    position = next
  }

  // MARK: Consequents

  /// then = `then` consequent
  mutating func parseThen() -> ClauseSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    _ = eat(.colon)
    guard let consequent = expectConsequent(after: keywordSpan, allowsAdd: true) else {
      position = limit
      return .unreadable
    }
    if !isAtEnd {
      diagnoseBehindConsequent(consequent)
      position = limit
    }
    return .then(consequent)
  }

  /// consequent = outcome-reference [with] | `add` notes
  mutating func expectConsequent(after: Span, allowsAdd: Bool) -> ConsequentSyntax? {
    let start = position
    note(.consequent(allowsAdd: allowsAdd), from: start)
    guard !isAtEnd else {
      report(.consequentMissing(after))
      return nil
    }
    if at(.add), lexicon.outcomes.match(tokens, at: position, limit: limit, text: raw) == nil {
      position += 1
      guard let notes = expectNotes(after: "`add`") else { return nil }
      if !allowsAdd { report(.addWithoutOutcome(list.span(start))) }
      return ConsequentSyntax(
        span: span(start..<position), outcome: nil, notes: notes, isAdd: true)
    }
    guard let outcome = expectOutcomeReference() else { return nil }
    let notes = parseWith()
    guard let notes else { return nil }
    return ConsequentSyntax(
      span: span(start..<position), outcome: outcome, notes: notes, isAdd: false)
  }

  /// outcome-reference = OUTCOME
  mutating func expectOutcomeReference() -> OutcomeReference? {
    let start = position
    note(.outcome, from: start)
    let index = afterArticleBeforeName(start)
    if let (outcome, end) = lexicon.outcomes.match(tokens, at: index, limit: limit, text: raw),
      isConsequentStop(end)
    {
      position = end
      return OutcomeReference(span: span(start..<end), outcome: OutcomeID(outcome))
    }
    diagnoseOutcome(at: start)
    return nil
  }

  private func afterArticleBeforeName(_ index: Int) -> Int {
    let hasName = lexicon.outcomes.match(tokens, at: index, limit: limit, text: raw) != nil
    return hasName ? index : afterArticles(index)
  }

  func isConsequentStop(_ index: Int) -> Bool {
    guard let token = token(index), !token.isFirstOnLine else { return true }
    switch token.kind {
    case .comma, .semicolon, .text: return true
    case .word:
      switch token.keyword {
      case .with, .and, .or, .because, .unless, .if, .otherwise, .then, .but: return true
      case .except: return matchUnless(at: index) != nil
      case .add: return true
      default:
        return Parser.wordsBehindOutcomes.contains(words.text(token.word))
      }
    default: return false
    }
  }

  /// Words that officers write behind an outcome, and that no outcome is likely to go on with.
  private static let wordsBehindOutcomes: Set<String> = [
    "only", "even", "when", "where", "provided", "instead", "without", "else", "+", "&",
    "whenever", "wherever",
  ]

  /// with = [`,`] [`and`] (`with` | `add`) notes | `and` notes
  ///
  /// Nil if a note could not be read.
  mutating func parseWith() -> [NoteReference]? {
    note(.with, from: position)
    if at(.with) {
      position += 1
      return expectNotes(after: "`with`")
    }
    var index = position
    if kind(index) == .comma { index += 1 }
    if keyword(index) == .and { index += 1 }
    if keyword(index) == .add {
      position = index + 1
      return expectNotes(after: "`add`")
    }
    if index > position, keyword(index) == .with {
      position = index + 1
      return expectNotes(after: "`with`")
    }
    if keyword(position) == .and, let note = matchNoteReference(at: position + 1) {
      if lexicon.outcomes.match(tokens, at: position + 1, limit: limit, text: raw) != nil {
        report(.noteOrOutcome(spelling(position + 1..<note.1), span(position)))
      }
      position += 1
      return expectNotes(after: "`and`")
    }
    return []
  }

  /// note-reference = NOTE
  private func matchNoteReference(at start: Int) -> (Int, Int)? {
    lexicon.notes.match(tokens, at: start, limit: limit, text: raw)
      ?? lexicon.notes.match(tokens, at: afterArticles(start), limit: limit, text: raw)
  }

  /// notes = note-reference { (`,` [`and`] | `and`) [`add` | `with`] note-reference }
  mutating func expectNotes(after what: String) -> [NoteReference]? {
    var notes: [NoteReference] = []
    while true {
      let start = position
      self.note(.note, from: start)
      guard let (note, end) = matchNoteReference(at: start), isConsequentStop(end) else {
        diagnoseNote(at: start, after: what)
        return nil
      }
      position = end
      notes.append(NoteReference(span: span(start..<end), note: NoteID(note)))
      guard let next = nextNote() else { return notes }
      position = next
    }
  }

  /// Behind the separator, where another note follows.
  private func nextNote() -> Int? {
    var index = position
    if kind(index) == .comma { index += 1 }
    if keyword(index) == .and { index += 1 }
    if index > position, keyword(index) == .add || keyword(index) == .with { index += 1 }
    guard index > position, index < limit else { return nil }
    return index
  }

  // MARK: Defaults

  /// otherwise = `otherwise` default
  mutating func parseOtherwise() -> StatementSyntax.Kind {
    if tokens[position].indentation > 0, tokens[position].flags.contains(.afterBlankLine) {
      report(.otherwiseUnderRule(list.span(position)))
    }
    let keywordSpan = list.span(position)
    position += 1
    return .otherwise(parseDefault(keywordSpan, consequentAt: position))
  }

  /// when-unsure = `when unsure` default
  mutating func parseWhenUnsure() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    guard keyword(position + 1) == .unsure else {
      diagnoseWhen()
      position = limit
      return .unreadable
    }
    position += 2
    return .whenUnsure(
      parseDefault(keywordSpan.through(span(position - 1)), consequentAt: position))
  }

  /// default = [`,` | `:`] [`then`] consequent { because | see }
  private mutating func parseDefault(_ keyword: Span, consequentAt start: Int) -> DefaultSyntax {
    if kind(position) == .comma || kind(position) == .colon { position += 1 }
    if at(.then) { position += 1 }
    let end = nextClause(from: position, consequentSeen: true, owner: .standard)
    let consequent = within(position..<end) { parser -> ConsequentSyntax? in
      let consequent = parser.expectConsequent(after: keyword, allowsAdd: false)
      if let consequent, !parser.isAtEnd { parser.diagnoseBehindConsequent(consequent) }
      return consequent
    }
    position = end
    let clauses = parseClauses(.standard, consequentSeen: true)
    return DefaultSyntax(keyword: keyword, consequent: consequent, clauses: clauses)
  }
}
