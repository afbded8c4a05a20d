import Findings

extension Parser {
  /// promise = `promise` rest-of-line [`if` condition]
  ///           { pledge | pledge-condition | because | see | from | until | unless-clause }
  mutating func parsePromise() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    guard let name = expectRestOfLine("`promise`") else {
      position = limit
      return .unreadable
    }
    if checkName(name, of: "promise") {
      position = limit
      return .unreadable
    }
    var promise = PromiseSyntax(keyword: keywordSpan, name: name)
    if eat(.if) != nil {
      let end = nextClause(from: position, consequentSeen: false, owner: .promise)
      promise.condition = within(position..<end) { $0.expectCondition(after: "`if`") }
      position = end
    } else if !isAtEnd, let first = keyword(position), !ClauseOwner.promise.clauses.contains(first)
    {
      let end = nextClause(from: position, consequentSeen: false, owner: .promise)
      within(position..<end) { $0.report(.strayClause($0, .promise)) }
      position = end
    }
    promise.clauses = parseClauses(.promise, consequentSeen: false)
    checkPledges(promise)
    return .promise(promise)
  }

  private mutating func checkPledges(_ promise: PromiseSyntax) {
    let pledges = promise.clauses.filter { clause in
      [.always, .never].contains(tokens[clause.range.lowerBound].keyword)
    }
    let whole = promise.keyword.through(span(max(limit, 1) - 1))
    let isReported = findings.contains { $0.severity == .error && whole.contains($0.span) }
    if pledges.isEmpty, !isReported { report(.pledgeMissing(promise.name, promise.keyword)) }
    if pledges.count > 1 { report(.secondPledge(pledges[1].keyword, first: pledges[0].keyword)) }
    let conditions = promise.clauses.filter { clause in
      tokens[clause.range.lowerBound].keyword == .if
    }
    if promise.condition != nil, let second = conditions.first {
      report(.secondPromiseCondition(second.keyword))
    }
  }

  /// pledge = `always` (pledged-outcomes | (`add` | `with`) notes)
  ///        | `never` (pledged-outcomes | (`add` | `with`) pledged-notes | depends-on)
  mutating func parsePledge() -> ClauseSyntax.Kind {
    let keywordSpan = list.span(position)
    let isNever = at(.never)
    position += 1
    note(.pledge(isNever: isNever), from: position)
    if isNever, at(.depends) || words.text(token(position)?.word ?? .none) == "depend" {
      return parseDependsOn(keywordSpan)
    }
    if at(.add) || at(.with), matchOutcome(at: position) == nil {
      position += 1
      guard let notes = expectPledgedNotes(isNever: isNever) else {
        position = limit
        return .unreadable
      }
      expectEnd(of: "the notes")
      return .pledge(isNever ? .neverAdd(notes) : .alwaysAdd(notes))
    }
    guard let outcomes = expectPledgedOutcomes(keywordSpan) else {
      position = limit
      return .unreadable
    }
    if !isAtEnd { diagnoseBehindPledge() }
    return .pledge(isNever ? .never(outcomes) : .always(outcomes))
  }

  /// pledge-condition = `if` condition
  mutating func parsePledgeCondition() -> ClauseSyntax.Kind {
    position += 1
    return .pledgeCondition(expectCondition(after: "`if`"))
  }

  /// pledged-notes = note-reference { (`,` | `or`) [`add`] note-reference }
  ///
  /// The notes behind `always` are joined by `and`; the other connective is reported.
  private mutating func expectPledgedNotes(isNever: Bool) -> [NoteReference]? {
    var notes: [NoteReference] = []
    let start = position
    defer {
      let wrong: Keyword = isNever ? .and : .or
      if let index = (start..<position).first(where: { keyword($0) == wrong }) {
        report(.connectiveInPledge(isNever: isNever, list.span(index)))
      }
    }
    repeat {
      if at(.add) { position += 1 }
      guard let more = expectNotes(after: "`add`") else { return nil }
      notes += more
    } while eat(.or) != nil
    return notes
  }

  /// pledged-outcomes = value-ending
  private mutating func expectPledgedOutcomes(_ keyword: Span) -> [ValueSyntax]? {
    guard !isAtEnd else {
      report(.consequentMissing(keyword))
      return nil
    }
    let start = position
    if let match = matchValueEnding(.outcome, at: position, in: .condition),
      isConsequentStop(match.end)
    {
      findings += match.troubles
      position = match.end
      switch match.ending {
      case .values(_, let values): return values
      case .listExcept(_, let list, _):
        report(.exceptInPledge(span(start..<match.end)))
        return [list]
      default: break
      }
    }
    diagnoseOutcome(at: position)
    return nil
  }

  /// depends-on = (`depends` | `depend`) `on` fact-reference { separator fact-reference }
  private mutating func parseDependsOn(_ keyword: Span) -> ClauseSyntax.Kind {
    position += 1
    guard eat(.on) != nil else {
      report(.dependsOnWhat(span(position)))
      position = limit
      return .unreadable
    }
    var facts: [FactReference] = []
    repeat {
      let start = position
      guard let (fact, end) = matchFactReference(at: start) else {
        diagnoseDependsOn(at: start)
        position = limit
        return .unreadable
      }
      position = end
      facts.append(FactReference(span: span(start..<end), fact: fact))
    } while eatSeparator()
    expectEnd(of: "the facts")
    return .pledge(.neverDependsOn(facts))
  }

  // MARK: Scenarios

  /// scenario = `scenario` rest-of-line { like | given | on | expectation | by | because | see }
  mutating func parseScenario() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    guard let name = expectRestOfLine("`scenario`") else {
      position = limit
      return .unreadable
    }
    checkName(name, of: "scenario")
    var scenario = ScenarioSyntax(keyword: keywordSpan, name: name)
    scenario.clauses = parseClauses(.scenario, consequentSeen: true)
    return .scenario(scenario)
  }

  /// given = `given` condition
  mutating func parseGiven() -> ClauseSyntax.Kind {
    position += 1
    isInGiven = true
    defer { isInGiven = false }
    return .given(expectCondition(after: "`given`"))
  }

  /// on = `on` date
  mutating func parseOn() -> ClauseSyntax.Kind {
    position += 1
    guard let day = expectDate("`on`") else { return .unreadable }
    expectEnd(of: "the date")
    return .on(day)
  }

  /// expectation = `expect` (`unsure` | outcome-reference [with | `with no notes`])
  mutating func parseExpectation() -> ClauseSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    _ = eat(.colon)
    note(.expectation, from: position)
    if at(.unsure), position + 1 == limit {
      position += 1
      return .expect(.unsure)
    }
    guard !isAtEnd else {
      report(.consequentMissing(keywordSpan))
      return .unreadable
    }
    guard let outcome = expectOutcomeReference() else {
      position = limit
      return .unreadable
    }
    if words.text(token(position)?.word ?? .none) == "without", isStop(position + 2) {
      report(.taught("`without` is written in another way", write: "with no notes", at: rest))
      position = limit
      return .unreadable
    }
    if let end = match([.with, .no, .notes], at: position) {
      position = end
      expectEnd(of: "the expectation")
      return .expect(.outcome(outcome, notes: .exactly([])))
    }
    let start = position
    guard let notes = parseWith() else {
      position = limit
      return .unreadable
    }
    expectEnd(of: "the expectation")
    return .expect(.outcome(outcome, notes: position == start ? .any : .exactly(notes)))
  }
}
