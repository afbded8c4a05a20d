import Findings
import Values

extension Parser {
  /// fact = `fact` phrase `:` fact-body { fact-clause | presence }
  mutating func parseFact() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    guard let phrase = expectPhrase(after: "`fact`") else { return .unreadable }
    var fact = FactSyntax(keyword: keywordSpan, phrase: phrase)
    checkApart(phrase)
    guard eat(.colon) != nil else {
      report(.colonMissing("fact", phrase, self))
      return .fact(fact)
    }
    let end = nextClause(from: position, consequentSeen: false, owner: .fact)
    within(position..<end) { $0.parseFactBody(&fact) }
    position = end
    while !isAtEnd {
      if let clause = parseFactClause(.fact) { take(clause, &fact) }
      parsePresence(&fact)
      if !isAtEnd, !isFactClause { expectEnd(of: "this fact") }
    }
    note(.clause(.fact, consequentSeen: false), from: limit)
    return .fact(fact)
  }

  private var isFactClause: Bool {
    guard tokens[position].isFirstOnLine, let keyword = keyword(position) else { return false }
    return Keyword.clauses.contains(keyword)
  }

  /// fact-clause = path | negative
  ///
  /// One clause under a fact, up to the next clause or `if recorded`.
  private mutating func parseFactClause(_ owner: ClauseOwner) -> ClauseSyntax? {
    guard isFactClause else { return nil }
    let start = position
    var end = nextClause(from: start + 1, consequentSeen: false, owner: owner)
    if let presence = (start + 1..<end).first(where: { tokens[$0].isFirstOnLine && isPresence($0) })
    {
      end = presence
    }
    let clauses = within(start..<end) { $0.parseClauses(owner, consequentSeen: false) }
    position = end
    return clauses.first
  }

  func isPresence(_ index: Int) -> Bool {
    keyword(index) == .if && (keyword(index + 1) == .recorded || keyword(index + 1) == .absent)
  }

  private mutating func take(_ clause: ClauseSyntax, _ fact: inout FactSyntax) {
    fact.clauses.append(clause)
    switch clause.kind {
    case .path(let path):
      if fact.path != nil { report(.secondClause("from", clause.keyword)) }
      fact.path = path
    case .negative(let phrase):
      if fact.negative != nil { report(.secondClause("negative", clause.keyword)) }
      fact.negative = phrase
    default: break
    }
  }

  /// fact-body = type [presence]
  private mutating func parseFactBody(_ fact: inout FactSyntax) {
    note(.type, from: position)
    fact.type = expectType(&fact)
    while eat(.comma) != nil {}
    if fact.type != nil { note(.presence, from: position) }
    parsePresence(&fact)
    parsePresence(&fact)
    if !isAtEnd, fact.type != nil { expectEnd(of: "this fact") }
    position = limit
  }

  /// presence = [`,`] `if recorded` | [`,`] `if absent` default-value
  private mutating func parsePresence(_ fact: inout FactSyntax) {
    while eat(.comma) != nil {}
    guard at(.if) else { return }
    let start = position
    position += 1
    if case .required = fact.presence {
    } else {
      report(.secondPresence(span(start..<min(start + 2, limit))))
    }
    if eat(.recorded) != nil {
      fact.presence = .ifRecorded(span(start..<position))
    } else if eat(.absent) != nil {
      let valueStart = position
      let ending = parseDefaultValue(fact.phrase)
      fact.presence = .ifAbsent(span(start..<position), ending, written: valueStart..<position)
    } else {
      report(.presenceExpected(list.span(start)))
      position = limit
    }
  }

  /// default-value = `yes` | `no` | ending
  ///
  /// Read with the lexicon, which knows the fact's values.
  private mutating func parseDefaultValue(_ phrase: PhraseSyntax) -> EndingSyntax? {
    let entry = lexicon.phrases.payload(phrase.words).first { !$0.isNegative }
    guard case .fact(let id)? = entry?.sense else {
      position = limit
      return nil
    }
    let start = position
    if let yes = yesOrNo(at: start), lexicon[id].type == .yesOrNo {
      position += 1
      return yes ? EndingSyntax.none : .negated(.none)
    }
    guard let match = matchEnding(of: id, isNegative: false, at: start, in: .given),
      match.end >= limit || isStop(match.end) || isFactLine(match.end)
    else {
      diagnoseEnding(of: id, isNegative: false, phrase: phrase.span, at: start)
      position = limit
      return nil
    }
    findings += match.troubles
    position = match.end
    return match.ending
  }

  private func isFactLine(_ index: Int) -> Bool {
    index < limit && tokens[index].isFirstOnLine
  }

  func yesOrNo(at index: Int) -> Bool? {
    switch keyword(index) {
    case .yes, .true: true
    case .no: false
    default: nil
    }
  }

  // MARK: Types

  /// type = `one of` names | `any of` names | `yes or no` | [`whole`] `number` number-type
  ///      | `date` | `text`
  private mutating func expectType(_ fact: inout FactSyntax) -> TypeSyntax? {
    if let end = match([.one, .of], at: position) {
      position = end
      return .oneOf(expectNames("a value", after: "`one of`"))
    }
    if let end = match([.any, .of], at: position) {
      position = end
      return .anyOf(expectNames("a value", after: "`any of`"))
    }
    if let end = match([.yes, .or, .no], at: position) {
      position = end
      return .yesOrNo
    }
    if let end = match([.whole, .number], at: position) {
      position = end
      return .number(parseNumberType(isWhole: true, &fact))
    }
    if at(.number) {
      position += 1
      return .number(parseNumberType(isWhole: false, &fact))
    }
    if eat(.date) != nil { return .date }
    if at(.text) {
      position += 1
      return .text
    }
    report(.typeExpected(self))
    position = limit
    return nil
  }

  /// number-type = { `of` unit | [`,`] `from` bound | [`,`] `to` bound } [path]
  private mutating func parseNumberType(isWhole: Bool, _ fact: inout FactSyntax)
    -> NumberTypeSyntax
  {
    var type = NumberTypeSyntax(isWhole: isWhole)
    while true {
      let isRangeNext =
        kind(position) == .comma && (keyword(position + 1) == .from || keyword(position + 1) == .to)
      if isRangeNext { position += 1 }
      if type.unit == nil, eat(.of) != nil {
        type.unit = parseUnit()
      } else if at(.from), number(position + 1) != nil {
        position += 1
        type.low = expectBound(&type)
      } else if at(.to) {
        position += 1
        type.high = expectBound(&type)
      } else {
        break
      }
    }
    if at(.from) {
      // A path on the line of the type.
      if case .path(let path) = within(position..<limit, { $0.parsePath() }) { fact.path = path }
      position = min(position + 2, limit)
    }
    if let low = type.low, let high = type.high, high < low {
      report(.emptyRange("\(low)", "\(high)", span(position - 1)))
    }
    return type
  }

  /// bound = NUMBER [UNIT]
  private mutating func expectBound(_ type: inout NumberTypeSyntax) -> Decimal6? {
    guard let reading = number(position) else {
      report(.numberExpected(self))
      position = limit
      return nil
    }
    position += 1
    switch reading {
    case .success(let value):
      let unit = type.unit.map { WordTable.lowercased($0.text) }
      if let unit, !isAtEnd, WordTable.lowercased(spelling(position)) == unit { position += 1 }
      return value
    case .failure(let error):
      report(.badNumber(error, raw(position - 1), span(position - 1)))
      return nil
    }
  }

  /// unit = WORD { WORD }
  private mutating func parseUnit() -> NameSyntax? {
    let start = position
    while !isAtEnd, kind(position) == .word, !at(.from), !at(.to), !at(.if) {
      if position > start, tokens[position].isFirstOnLine { break }
      position += 1
    }
    guard position > start else {
      report(.unitExpected(self))
      return nil
    }
    return NameSyntax(span: span(start..<position), text: spelling(start..<position))
  }

  // MARK: Clauses of facts and definitions

  /// path = `from` (WORD | STRING)
  mutating func parsePath() -> ClauseSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    guard let kind = kind(position), kind == .word || kind == .string else {
      report(.pathExpected(keywordSpan))
      position = limit
      return .unreadable
    }
    let text = kind == .string ? StringLiteral.value(raw(position)) : spelling(position)
    let path = NameSyntax(span: list.span(position), text: text, isQuoted: kind == .string)
    position += 1
    let steps = text.split(separator: ".", omittingEmptySubsequences: false)
    if steps.contains(where: \.isEmpty) { report(.badPath(path)) }
    while eat(.comma) != nil {}
    if !isAtEnd, !isPresence(position) { expectEnd(of: "the path") }
    return .path(path)
  }

  /// negative = `negative` phrase
  mutating func parseNegative() -> ClauseSyntax.Kind {
    position += 1
    guard let phrase = expectPhrase(after: "`negative`") else { return .unreadable }
    expectEnd(of: "the negative phrase")
    return .negative(phrase)
  }
}
