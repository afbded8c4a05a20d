import Findings

/// What is wrong with lines that begin no statement.
extension Parser {
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

  func mistypedKeyword(_ index: Int) -> Keyword? {
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
