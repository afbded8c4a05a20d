import Findings

extension Parser {
  /// Says what is wrong where an outcome should stand.
  mutating func diagnoseOutcome(at start: Int) {
    guard start < limit else { return report(.consequentMissing(span(start).before)) }
    if reportOddToken(start) { return }
    var range = start..<start
    while range.upperBound < limit, !isConsequentStop(range.upperBound), range.count < 8 {
      range = start..<range.upperBound + 1
    }
    if range.isEmpty { range = start..<start + 1 }
    let text = spelling(range)
    if let (outcome, end) = matchOutcome(at: start), end < limit {
      let rest = stretchRange(from: end)
      report(
        .behindOutcome(lexicon.outcomes.names[outcome], spelling(rest), span(rest)))
      return
    }
    if lexicon.notes.match(tokens, at: start, limit: limit, text: raw) != nil {
      report(.noteInPlaceOfOutcome(text, span(range)))
      return
    }
    let names = lexicon.outcomes.names
    report(
      .unknownOutcome(
        text, nearest: stillSuggests ? lexicon.nearestOutcome(text) : nil,
        all: stillSuggests ? names : Array(names.prefix(20)), span(range)))
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
    if kind(index) == .comma { index += 1 }
    guard index < limit else { return }
    if tokens[index].isFirstOnLine, reportStrayLine(index) { return }
    let text = words.text(tokens[index].word)
    let outcome = consequent.outcome.map { lexicon.name($0.outcome) } ?? "…"
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
      report(.evenIf(span(index..<limit)))
    default:
      if text == "when" || text == "where" {
        reportIfBehindOutcome(index, outcome)
      } else {
        let range = stretchRange(from: index)
        report(.behindOutcome(outcome, spelling(range), span(range)))
      }
    }
  }

  /// A line under a rule that begins no clause.
  private mutating func reportStrayLine(_ index: Int) -> Bool {
    if let keyword = keyword(index), [.or, .and, .but, .if, .otherwise].contains(keyword) {
      return false
    }
    within(index..<limit) { $0.report(.strayClause($0, .rule)) }
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
      report(.ruleInMiddle(span(index)))
    } else {
      report(.ifBehindOutcome(span(index), condition: source.text(condition)))
    }
  }

  mutating func diagnoseBehindPledge() {
    if reportOddToken(position) { return }
    let range = stretchRange(from: position)
    report(.notUnderstood(spelling(range), after: "the outcomes of the promise", span(range)))
    position = limit
  }

  /// `when C then X`
  mutating func diagnoseWhen() {
    let hasThen = (position..<limit).contains { keyword($0) == .then }
    if hasThen {
      report(.whenForIf(list.span(position)))
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
      return report(.belongsToNoRule(line))
    }
    if let keyword = first.keyword {
      if keyword == .then {
        return report(
          first.flags.contains(.afterBlankLine) && start > 0
            ? .belongsToNoRule(line) : .thenAlone(line))
      }
      if Keyword.clauses.contains(keyword) || matchUnless(at: start) != nil {
        return reportStrayClause(keyword, line)
      }
      if keyword == .only { return reportOnly(line) }
    }
    reportSentenceWithoutStart(start, line)
  }

  private func lineEnd(_ start: Int) -> Int {
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
    } else if keyword == .always, hasOutcome(position + 1) {
      report(.alwaysAlone(line))
    } else if keyword == .never, hasOutcome(position + 1) {
      report(.neverAlone(line))
    } else {
      report(.belongsToNoRule(line))
    }
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
    report(.strayLines(spelling(start..<min(lineEnd(start), start + 10)), line))
  }

  private func mistypedKeyword(_ index: Int) -> Keyword? {
    guard kind(index) == .word else { return nil }
    let text = words.text(tokens[index].word)
    guard text.count > 1 else { return nil }
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
