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

  // MARK: Lines that belong to no statement

  mutating func reportStrayLines() {
    let start = position
    defer { position = limit }
    guard start < limit else { return }
    let first = tokens[start]
    let line = span(start..<lineEnd(start))
    if [.unclosedString, .badEscape, .stray].contains(first.kind), reportOddToken(start) { return }
    if first.kind == .bullet || first.kind == .pipe {
      return report(.belongsToNoRule(line, gap: emptyLines(above: start)))
    }
    if let keyword = first.keyword {
      if keyword == .then {
        return report(
          first.flags.contains(.afterBlankLine) && start > 0
            ? .belongsToNoRule(line, gap: emptyLines(above: start)) : .thenAlone(line))
      }
      if Keyword.clauses.contains(keyword) || matchUnless(at: start) != nil {
        return reportStrayClause(keyword, line)
      }
      if keyword == .only { return reportOnly(line) }
    }
    reportSentenceWithoutStart(start, line)
  }

  func lineEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < limit, !tokens[end].isFirstOnLine { end += 1 }
    return end
  }

  private mutating func reportStrayClause(_ keyword: Keyword, _ line: Span) {
    let follower = tokens[limit]
    let begins: [Keyword?] = [.if, .rule, .guard]
    let nextIsIf =
      begins.contains(follower.keyword) && !follower.flags.contains(.afterBlankLine)
      && [.from, .until, .because, .see, .overrides, .unless].contains(keyword)
    if nextIsIf {
      report(.clauseAboveIf(keyword, line, moved: moveBelow(line)))
    } else if keyword == .unless, (position..<limit).contains(where: hasOutcome) {
      report(.exceptionFirst(line))
    } else if keyword == .always, hasOutcome(position + 1) {
      report(.alwaysAlone(line))
    } else if keyword == .never, hasOutcome(position + 1) {
      report(.neverAlone(line))
    } else {
      report(.belongsToNoRule(line, gap: emptyLines(above: position)))
    }
  }

  /// The empty lines between a line and the statement above it, if it may go on there.
  private func emptyLines(above start: Int) -> Span? {
    guard start > 0, tokens[start].flags.contains(.afterBlankLine) else { return nil }
    var line = start - 1
    while line > 0,
      !(tokens[line].isFirstOnLine
        && (tokens[line].keyword.map(Keyword.statements.contains) ?? false))
    {
      line -= 1
    }
    let owners: Set<Keyword> = [.rule, .guard, .if, .table, .promise, .scenario, .section]
    guard let owner = tokens[line].keyword, owners.contains(owner) else { return nil }
    let between = Int(tokens[start - 1].end)..<Int(tokens[start].start)
    let text = source.bytes[between]
    guard text.allSatisfy({ [0x20, 0x09, 0x0A, 0x0D].contains($0) }),
      let first = text.firstIndex(of: 0x0A), let last = text.lastIndex(of: 0x0A), first < last
    else { return nil }
    return Span(file: list.file, start: UInt32(first), end: UInt32(last))
  }

  /// Moves a line below the rule that follows it.
  private func moveBelow(_ line: Span) -> [Edit] {
    var end = limit
    while end + 1 < tokens.count - 1, !tokens[end + 1].flags.contains(.afterBlankLine),
      !(tokens[end + 1].isFirstOnLine
        && (tokens[end + 1].keyword.map(Keyword.statements.contains) ?? false))
    {
      end += 1
    }
    let next = list.span(limit)
    let deleted = Span(file: line.file, start: line.start, end: next.start)
    return [Edit(deleted, ""), Edit(list.span(end).after, "\n  " + source.text(line))]
  }

  private func hasOutcome(_ index: Int) -> Bool {
    matchOutcome(at: index) != nil
  }

  /// `only send plain if consent is given`
  private mutating func reportOnly(_ line: Span) {
    let outcome = matchOutcome(at: position + 1).map { lexicon.outcomes.names[$0.0] }
    report(.onlyIf(outcome ?? "…", line))
  }

  private mutating func reportSentenceWithoutStart(_ start: Int, _ line: Span) {
    if let help = Advice.statement(words.text(tokens[start].word)) {
      return report(
        Finding(.syntax, "no statement begins with `\(spelling(start))`", at: line, help: help))
    }
    let then = (start..<limit).first { keyword($0) == .then }
    let otherwise = (start..<limit).first { keyword($0) == .if }
    if let (_, end) = matchOutcome(at: start) {
      if let index = otherwise, index >= end {
        let condition = source.text(span(index + 1..<limit))
        let outcome = source.text(span(start..<index))
        if keyword(index - 1) == .only {
          report(.onlyIf(source.text(span(start..<max(start + 1, index - 1))), line))
        } else {
          report(.turnedRound(outcome, condition, span(start..<limit)))
        }
      } else {
        report(.outcomeAlone(line))
      }
      return
    }
    let first = words.text(tokens[start].word)
    if let outcome = (start..<limit).first(where: { hasOutcome($0) }), outcome > start, then == nil,
      saysOtherwise(start..<outcome)
    {
      let head = span(start..<outcome - (kind(outcome - 1) == .comma ? 1 : 0))
      return report(
        .taught("a default begins with `otherwise`", write: "otherwise", at: head, isSafe: true))
    }
    if then != nil, ["where", "whenever", "wherever", "provided", "for", "because"].contains(first)
    {
      return report(.whenForIf(first, span(start)))
    }
    if let mistyped = mistypedKeyword(start) {
      return report(.mistypedKeyword(raw(start), mistyped.text, span(start)))
    }
    if then != nil, isPhraseStart(start) || nearestPhrase(to: stretchRange(from: start)) != nil {
      return report(.ruleWithoutIfWord(span(start).before, line))
    }
    if let otherwise, keyword(otherwise - 1) == .only {
      return report(.onlyIf("…", line))
    }
    let texts = Set((start..<limit).map { words.text(tokens[$0].word) })
    if !texts.isDisjoint(with: ["should", "must", "shall", "please", "possible", "normally"]) {
      return report(.adviceIsNoRule(spelling(start..<lineEnd(start)), line))
    }
    if ["//", "--", "/*", "rem", "nb", "n.b"].contains(words.text(tokens[start].word)) {
      return report(.otherComment(raw(start), span(start)))
    }
    let isOneLine = lineEnd(start) == limit
    report(
      .strayLines(spelling(start..<min(lineEnd(start), start + 10)), line, isOneLine: isOneLine))
  }

  /// `in all other cases`, `by default`, `else`
  private func saysOtherwise(_ range: Range<Int>) -> Bool {
    let texts = range.filter { kind($0) == .word }.map { words.text(tokens[$0].word) }
    let telling: Set<String> = ["other", "else", "default", "rest", "everything", "remaining"]
    return texts.count <= 7 && !telling.isDisjoint(with: texts)
  }

  private func mistypedKeyword(_ index: Int) -> Keyword? {
    guard kind(index) == .word else { return nil }
    let text = words.text(tokens[index].word)
    let ordinary: Set<String> = [
      "in", "of", "is", "it", "at", "as", "by", "for", "to", "the", "this",
    ]
    guard text.count > 1, !ordinary.contains(text) else { return nil }
    let candidates = Keyword.statements.union(Keyword.clauses).map(\.text).sorted()
    var best: (String, Int)?
    for candidate in candidates where candidate.count > 2 || text.count <= 3 {
      let distance = Spelling.distance(text, candidate)
      let bound = min(2, max(1, candidate.count / 3))
      if distance > 0, distance <= bound, distance < best?.1 ?? 3 { best = (candidate, distance) }
    }
    return best.flatMap { name in Keyword.allCases.first { $0.text == name.0 } }
  }
}
