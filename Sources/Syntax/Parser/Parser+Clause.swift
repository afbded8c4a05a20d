import Findings
import Values

/// Which clauses a statement may have.
package enum ClauseOwner: Hashable, Sendable {
  case fact, definition, section, rule, standard, promise, scenario, table

  var name: String {
    switch self {
    case .fact: "a fact"
    case .definition: "a definition"
    case .section: "a section"
    case .rule: "a rule"
    case .standard: "`otherwise` and `when unsure`"
    case .promise: "a promise"
    case .scenario: "a scenario"
    case .table: "a table"
    }
  }

  package var clauses: KeywordSet {
    switch self {
    case .fact: [.from, .negative]
    case .definition: [.negative]
    case .section: [.overrides]
    case .rule: [.then, .because, .see, .overrides, .from, .until, .unless]
    case .standard: [.because, .see]
    case .promise: [.always, .never, .because, .see, .from, .until, .unless, .if]
    case .scenario: [.given, .on, .expect, .by, .like, .because, .see]
    case .table: [.because, .see, .overrides, .from, .until, .unless]
    }
  }
}

extension Parser {
  /// Where the next clause begins at or behind a token, within the statement under way.
  ///
  /// A clause keyword counts only as the first word of a line; `then` and `because` count anywhere,
  /// being reserved, and so does `unless` once the rule's consequent has begun.
  func nextClause(from start: Int, consequentSeen: Bool, owner: ClauseOwner) -> Int {
    var index = start
    while index < limit {
      let token = tokens[index]
      if let keyword = token.keyword {
        let isPledge = owner == .promise && consequentSeen && keyword == .if
        let isOnly = owner == .promise && keyword == .only && token.isFirstOnLine
        let isThen = keyword == .then && !isThenForThan(index)
        if isThen || keyword == .because || isPledge || isOnly { return index }
        let isUnless = keyword == .unless || matchUnless(at: index) != nil
        if isUnless {
          if consequentSeen || (owner == .promise && token.isFirstOnLine) { return index }
        } else if token.isFirstOnLine, Keyword.clauses.contains(keyword) {
          return index
        }
      }
      index += 1
    }
    return limit
  }

  /// unless = `unless` | (`except` | `but not`) (`if` | `when` | `where`)
  func matchUnless(at start: Int) -> Int? {
    guard let first = keyword(start), first == .unless || first == .except || first == .but else {
      return nil
    }
    if first == .unless { return start + 1 }
    let conditions: KeywordSet = [.if, .when, .where]
    let end = matchAny([[.except], [.but, .not]], at: start)
    guard let end, let next = keyword(end), conditions.contains(next) else { return nil }
    return end + 1
  }

  /// clauses = { clause }
  ///
  /// Reads clauses to the end of the statement.
  mutating func parseClauses(_ owner: ClauseOwner, consequentSeen: Bool) -> [ClauseSyntax] {
    var clauses: [ClauseSyntax] = []
    var seen = consequentSeen
    while !isAtEnd {
      let start = position
      let keyword = tokens[start].keyword
      if [.then, .always, .never].contains(keyword) { seen = true }
      let isText = keyword.map(Keyword.beforeText.contains) ?? false
      let end =
        isText && kind(start + 1) == .text
        ? start + 2
        : nextClause(
          from: matchUnless(at: start) ?? start + 1, consequentSeen: seen, owner: owner)
      if matchUnless(at: start) != nil, end < limit, let second = matchUnless(at: end),
        !tokens[end].isFirstOnLine
      {
        report(.secondUnless(span(end..<second), first: list.span(start)))
      }
      let kind = within(start..<end) { $0.parseClause(owner) }
      clauses.append(ClauseSyntax(keyword: list.span(start), range: start..<end, kind: kind))
      position = end
      if isText { checkBehindText(owner) }
    }
    note(.clause(owner, consequentSeen: seen), from: limit)
    return clauses
  }

  /// clause = then | because | see | override | from | until | unless-clause | path | negative
  ///        | given | on | expectation | by | like | pledge | pledge-condition
  private mutating func parseClause(_ owner: ClauseOwner) -> ClauseSyntax.Kind {
    guard let keyword = keyword(position) else { return strayInClause(owner) }
    let isUnless = matchUnless(at: position) != nil
    guard isUnless ? owner.clauses.contains(.unless) : owner.clauses.contains(keyword) else {
      return strayInClause(owner)
    }
    if isUnless { return parseUnlessClause() }
    switch keyword {
    case .then: return parseThen()
    case .because: return parseBecause()
    case .see: return parseSee()
    case .overrides: return parseOverride()
    case .from: return owner == .fact ? parsePath() : parseFrom()
    case .until: return parseUntil()
    case .negative: return parseNegative()
    case .given: return parseGiven()
    case .on: return parseOn()
    case .expect: return parseExpectation()
    case .by: return parseBy()
    case .like: return parseLike()
    case .always, .never: return parsePledge()
    case .if: return parsePledgeCondition()
    default: return strayInClause(owner)
    }
  }

  private mutating func strayInClause(_ owner: ClauseOwner) -> ClauseSyntax.Kind {
    if !isAtEnd { reportStrayClauses(position..<limit, owner) }
    position = limit
    return .unreadable
  }

  /// Words behind a rest-of-line text stand on the next line and begin no clause.
  private mutating func checkBehindText(_ owner: ClauseOwner) {
    guard !isAtEnd else { return }
    let next = nextClause(from: position, consequentSeen: true, owner: owner)
    guard next > position else { return }
    reportStrayClauses(position..<next, owner)
    position = next
  }

  /// rest-of-line = TEXT
  mutating func expectRestOfLine(_ what: String) -> NameSyntax? {
    position += 1
    guard kind(position) == .text else {
      report(.textMissing(after: what, list.span(position - 1)))
      return nil
    }
    position += 1
    return restOfLine(position - 1)
  }

  func restOfLine(_ index: Int) -> NameSyntax {
    var text = raw(index).tidied
    if text.hasSuffix("."), !text.hasSuffix("..") { text.removeLast() }
    if text.hasSuffix(":") { text.removeLast() }
    return NameSyntax(span: list.span(index), text: text)
  }

  /// because = `because` rest-of-line
  private mutating func parseBecause() -> ClauseSyntax.Kind {
    let start = position
    guard let reason = expectRestOfLine("`because`") else { return .unreadable }
    if !tokens[start].isFirstOnLine,
      let word = ["unless", "overrides"].first(where: { reason.text.holds(" \($0) ") })
    {
      report(.reasonHidesClause(word, reason.span, text: raw(position - 1)))
    }
    return .because(NameSyntax(span: reason.span, text: raw(position - 1).tidied))
  }

  /// see = `see` rest-of-line
  private mutating func parseSee() -> ClauseSyntax.Kind {
    expectRestOfLine("`see`").map { .see($0) } ?? .unreadable
  }

  /// by = `by` rest-of-line
  private mutating func parseBy() -> ClauseSyntax.Kind {
    note(.winner, from: position + 1)
    return expectRestOfLine("`by`").map { .by($0) } ?? .unreadable
  }

  /// like = `like` rest-of-line
  private mutating func parseLike() -> ClauseSyntax.Kind {
    note(.scenarioName, from: position + 1)
    return expectRestOfLine("`like`").map { .like($0) } ?? .unreadable
  }

  /// override = `overrides` [`section`] rest-of-line
  private mutating func parseOverride() -> ClauseSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    note(.overridden, from: position)
    guard kind(position) == .text else {
      report(.textMissing(after: "`overrides`", keywordSpan))
      return .unreadable
    }
    let name = restOfLine(position)
    position += 1
    let parts = name.text.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, WordTable.lowercased(parts[0]) == "section" else {
      return .overrides(OverrideSyntax(name: name, isSection: false))
    }
    let shift = UInt32(parts[0].utf8.count)
    var start = name.span.start + shift
    while source.bytes[Int(start)] == 0x20 || source.bytes[Int(start)] == 0x09 { start += 1 }
    let span = Span(file: name.span.file, start: start, end: name.span.end)
    return .overrides(
      OverrideSyntax(name: NameSyntax(span: span, text: String(parts[1])), isSection: true))
  }

  /// from = `from` date [(`to` | `until`) date]
  private mutating func parseFrom() -> ClauseSyntax.Kind {
    position += 1
    guard let day = expectDate("`from`") else { return .unreadable }
    if at(.to) || at(.until) {
      position += 1
      guard let last = expectDate("`until`") else { return .unreadable }
      expectEnd(of: "the date")
      if last.day < day.day { report(.endsBeforeStart(day, last)) }
      return .fromUntil(day, last)
    }
    expectEnd(of: "the date")
    return .from(day)
  }

  /// until = `until` date
  private mutating func parseUntil() -> ClauseSyntax.Kind {
    position += 1
    guard let day = expectDate("`until`") else { return .unreadable }
    expectEnd(of: "the date")
    return .until(day)
  }

  /// unless-clause = unless condition
  private mutating func parseUnlessClause() -> ClauseSyntax.Kind {
    let keywordSpan = list.span(position)
    position = matchUnless(at: position) ?? position + 1
    let condition = expectCondition(after: "`unless`")
    if case .unless(_, _, let second) = condition {
      report(.secondUnless(second, first: keywordSpan))
    }
    return .unless(condition)
  }

  /// A date, or a report of what stands in its place.
  mutating func expectDate(_ what: String) -> DateSyntax? {
    let start = position
    note(.date, from: start)
    switch matchDate(at: start) {
    case .day(let day, let end):
      position = end
      return DateSyntax(span: span(start..<end), day: day)
    case .trouble(let finding, let end, _):
      report(finding)
      position = end
      return nil
    case .none:
      if case .trouble(let finding, let end, _) = matchUnusualDate(at: start) {
        report(finding)
        position = end
        return nil
      }
      report(.dateExpected(after: what, self))
      position = limit
      return nil
    }
  }
}
