import Findings

extension Parser {
  /// Says what is wrong where an outcome should stand.
  mutating func diagnoseOutcome(at start: Int) {
    guard start < limit else { return report(.consequentMissing(span(start).before)) }
    if reportOddToken(start) || reportNoOutcome(start) { return }
    var range = start..<start
    while range.upperBound < limit, !isConsequentStop(range.upperBound), range.count < 8 {
      range = start..<range.upperBound + 1
    }
    if range.isEmpty { range = start..<start + 1 }
    let text = spelling(range)
    let first = words.text(tokens[start].word)
    if ["never", "do", "don't", "not", "only", "cannot"].contains(first) {
      report(.forbiddenOutcome(span(start..<limit)))
      return
    }
    if let (outcome, end) = matchOutcome(at: start), end < limit {
      if keyword(end) == .by {
        report(.byBehindOutcome(span(end)))
        return
      }
      if reportVagueCondition(end) || reportWordsBehindOutcome(end, lexicon.outcomes.names[outcome])
      {
        return
      }
      let rest = stretchRange(from: end)
      report(
        .behindOutcome(lexicon.outcomes.names[outcome], spelling(rest), span(rest)))
      return
    }
    if lexicon.notes.match(tokens, at: start, limit: limit, text: raw) != nil {
      report(.noteInPlaceOfOutcome(text, span(range)))
      return
    }
    if lexicon.lists.match(tokens, at: start, limit: limit, text: raw) != nil {
      report(.listInPlaceOfOutcome(text, span(range)))
      return
    }
    let names = lexicon.outcomes.names
    report(
      .unknownOutcome(
        text, nearest: stillSuggests ? lexicon.nearestOutcome(text) : nil,
        all: stillSuggests ? names : Array(names.prefix(20)), span(range)))
  }

  /// What officers write behind `then` that is no outcome at all.
  private mutating func reportNoOutcome(_ start: Int) -> Bool {
    let text = words.text(tokens[start].word)
    let next = token(start + 1).map { words.text($0.word) }
    switch keyword(start) {
    case .if:
      let isDefault = start > 0 && [.otherwise, .unsure].contains(tokens[start - 1].keyword)
      report(isDefault ? .otherwiseWithCondition(span(start)) : .conditionBehindThen(span(start)))
      isInSecondRule = true
    case .never, .not: report(.outcomeForbidden(spelling(start), span(start)))
    case .always: report(.wordBeforeOutcome("always", span(start)))
    default:
      guard ["do", "don't", "must", "should", "may", "can"].contains(text), hasOutcomeSoon(start)
      else { return false }
      if next == "not" || text == "don't" {
        report(.outcomeForbidden(text == "don't" ? text : text + " not", span(start)))
      } else {
        report(.wordBeforeOutcome(spelling(start), span(start)))
      }
    }
    return true
  }

  private func hasOutcomeSoon(_ start: Int) -> Bool {
    (start + 1...start + 2).contains { matchOutcome(at: $0) != nil }
  }

  mutating func diagnoseNote(at start: Int, after what: String) {
    guard start < limit else { return report(.noteMissing(after: what, span(start).before)) }
    if reportOddToken(start) { return }
    var range = start..<start + 1
    while range.upperBound < limit, !isConsequentStop(range.upperBound), range.count < 8 {
      range = start..<range.upperBound + 1
    }
    let text = spelling(range)
    if matchOutcome(at: start) != nil {
      report(.twoOutcomes(span(range), connective: what))
      return
    }
    report(
      .unknownNote(
        text, nearest: stillSuggests ? lexicon.nearestNote(text) : nil, all: lexicon.notes.names,
        span(range)))
  }

  /// Says what is wrong with words behind an outcome and its notes.
  mutating func diagnoseBehindConsequent(_ consequent: ConsequentSyntax) {
    if reportOddToken(position) { return }
    var index = position
    while let kind = kind(index), kind == .comma || kind == .semicolon { index += 1 }
    guard index < limit else { return }
    if tokens[index].isFirstOnLine, reportStrayLine(index) { return }
    let text = words.text(tokens[index].word)
    let outcome = consequent.outcome.map { lexicon.name($0.outcome) } ?? "…"
    if reportVagueCondition(index) || reportWordsBehindOutcome(index, outcome) { return }
    switch keyword(index) {
    case .otherwise: report(.otherwiseInRule(span(index)))
    case .or, .and, .but:
      if matchOutcome(at: index + 1) != nil {
        report(.twoOutcomes(span(index..<limit), connective: spelling(index)))
      } else {
        reportUnknownBehind(index + 1, connective: spelling(index), outcome)
      }
    case .if:
      reportIfBehindOutcome(index, outcome)
    case .only where keyword(index + 1) == .if: report(.onlyIf(outcome, span(index..<index + 2)))
    case .even where keyword(index + 1) == .if:
      report(.evenIf("even if", span(index..<limit)))
    default:
      if text == "when" || text == "where" || text == "whenever" {
        reportIfBehindOutcome(index, outcome)
      } else if text == "else" {
        report(.otherwiseInRule(span(index)))
      } else {
        let range = stretchRange(from: index)
        report(.behindOutcome(outcome, spelling(range), span(range)))
      }
    }
  }

  /// `+ consent note`, `provided that …`, `except for …`, `instead of …`
  private mutating func reportWordsBehindOutcome(_ index: Int, _ outcome: String) -> Bool {
    let text = words.text(tokens[index].word)
    let range = stretchRange(from: index)
    if ["+", "&"].contains(raw(index)),
      lexicon.notes.match(
        tokens, at: afterArticles(index + 1), limit: limit, text: raw) != nil
    {
      report(.signForWord(raw(index), "with", span(index)))
      return true
    }
    if ["provided", "providing", "assuming", "as", "so"].contains(text),
      range.contains(where: isPhraseStart)
    {
      report(.ifBehindOutcome(span(range), condition: ""))
      return true
    }
    if text == "instead" {
      report(.insteadOf(span(index..<limit)))
      return true
    }
    if keyword(index) == .except, words.text(token(index + 1)?.word ?? .none) == "for" {
      reportExceptFor(index)
      return true
    }
    return false
  }

  private mutating func reportExceptFor(_ index: Int) {
    let start = afterArticles(index + 2)
    let facts = lexicon.facts.filter { fact in
      fact.values.match(tokens, at: start, limit: limit, text: raw).map { isStop($0.1) } ?? false
    }
    let value = spelling(start..<limit)
    let sentence = facts.count == 1 ? "\(facts[0].phrase.text) \(value)" : nil
    report(.exceptForValue(value, sentence, span(index..<limit)))
  }

  /// `where possible`, `if necessary`: words that leave the decision open.
  private mutating func reportVagueCondition(_ index: Int) -> Bool {
    let heads = ["if", "when", "where", "wherever", "as"]
    let vague = ["possible", "practicable", "appropriate", "necessary", "needed", "feasible"]
    guard heads.contains(words.text(tokens[index].word)), let next = token(index + 1),
      vague.contains(words.text(next.word))
    else { return false }
    let range = index..<index + 2
    report(.leavesOpen(spelling(range), span(range)))
    return true
  }

  /// A line under a rule that begins no clause.
  private mutating func reportStrayLine(_ index: Int) -> Bool {
    if let keyword = keyword(index), [.or, .and, .but, .if, .otherwise].contains(keyword) {
      return false
    }
    reportStrayClauses(index..<limit, .rule)
    return true
  }

  /// Lines that begin no clause: each that begins with a mistyped word, or else the first.
  mutating func reportStrayClauses(_ range: Range<Int>, _ owner: ClauseOwner) {
    var starts = range.filter { tokens[$0].isFirstOnLine }
    if starts.first != range.lowerBound { starts.insert(range.lowerBound, at: 0) }
    for start in starts {
      let isMistyped = mistyped(start, owner)
      guard start == range.lowerBound || isMistyped else { return }
      within(start..<range.upperBound) { $0.report(.strayClause($0, owner)) }
      guard isMistyped else { return }
    }
  }

  private func mistyped(_ index: Int, _ owner: ClauseOwner) -> Bool {
    guard keyword(index).map(Keyword.clauses.contains) != true, kind(index) == .word else {
      return false
    }
    let near = Spelling.nearest(spelling(index), in: owner.clauses.map(\.text))
    return near.map { Spelling.distance(spelling(index), $0) <= 2 } ?? false
  }

  /// A line behind a condition that was meant as a clause of a promise or scenario.
  mutating func reportTaughtLine(_ index: Int) -> Bool {
    guard let token = token(index), token.isFirstOnLine else { return false }
    let word = words.text(token.word)
    if isInGiven, ["today", "date", "expected", "expects", "result"].contains(word) {
      within(index..<limit) { $0.report(.strayClause($0, .scenario)) }
      return true
    }
    guard ["must", "shall", "should", "do", "don't"].contains(word), hasOutcomeSoon(index) else {
      return false
    }
    within(index..<limit) { $0.report(.strayClause($0, .promise)) }
    return true
  }

  private mutating func reportUnknownBehind(_ index: Int, connective: String, _ outcome: String) {
    let range = stretchRange(from: index)
    let text = spelling(range)
    if stillSuggests, let near = lexicon.nearestNote(text) {
      report(.unknownNote(text, nearest: near, all: lexicon.notes.names, span(range)))
    } else if stillSuggests, let near = lexicon.nearestOutcome(text) {
      report(.twoOutcomes(span(index - 1..<range.upperBound), connective: connective, near))
    } else {
      report(.unknownNote(text, nearest: nil, all: lexicon.notes.names, span(range)))
    }
  }

  private mutating func reportIfBehindOutcome(_ index: Int, _ outcome: String) {
    let condition = span(index + 1..<limit)
    if tokens[limit].keyword == .then || tokens[index].line > tokens[max(0, index - 1)].line {
      isInSecondRule = true
      let gap = Span(
        file: list.file, start: tokens[position > 0 ? position - 1 : 0].end,
        end: tokens[index].start)
      report(.ruleInMiddle(span(index), gap: gap))
    } else {
      report(.ifBehindOutcome(span(index), condition: source.text(condition)))
    }
  }

  mutating func diagnoseBehindPledge() {
    if reportOddToken(position) { return }
    if words.text(tokens[position].word) == "without", position > 0,
      let note = lexicon.notes.match(
        tokens, at: afterArticles(position + 1), limit: limit, text: raw)
    {
      let outcome = spelling(
        (0..<position).last { tokens[$0].isFirstOnLine }.map { $0 + 1..<position }
          ?? position..<position)
      report(.neverWithout(outcome, lexicon.notes.names[note.0], span(position..<limit)))
      position = limit
      return
    }
    let range = stretchRange(from: position)
    report(.notUnderstood(spelling(range), after: "the outcomes of the promise", span(range)))
    position = limit
  }

  /// `when C then X`
  mutating func diagnoseWhen() {
    let start = position
    let above =
      (0..<start).last { tokens[$0].isFirstOnLine && tokens[$0].flags.contains(.afterBlankLine) }
      ?? 0
    if start > 0, !tokens[start].flags.contains(.afterBlankLine), tokens[above].keyword == .scenario
    {
      return report(.whenInScenario(list.span(start)))
    }
    let hasThen = (position..<limit).contains { keyword($0) == .then }
    if hasThen {
      report(.whenForIf("when", list.span(position)))
    } else {
      report(.whenAlone(list.span(position)))
    }
  }
}
