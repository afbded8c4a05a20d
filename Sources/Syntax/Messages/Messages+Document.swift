import Findings

/// The words for lines, statements and clauses that stand in the wrong place.
extension Finding {
  static func listMark(_ mark: Span, before what: String, _ parser: Parser) -> Finding {
    Finding(
      .syntax, "a list mark from a word processor stands before \(what)", at: mark,
      help: "delete it: nothing stands before the first word",
      fixes: [
        .replace(parser.throughSpaces(mark), with: "", "delete the list mark", isSafe: true)
      ])
  }

  static func otherwiseUnderRule(_ span: Span) -> Finding {
    Finding(
      .syntax,
      "`otherwise` is for every message that no rule decides; it does not belong to the rule above",
      at: span,
      help: "for the other half of this rule write a second rule; for all messages without a rule "
        + "put `otherwise` at the start of a line, with an empty line above it")
  }

  static func clauseBeforeRule(_ clause: Keyword, _ span: Span, rule: Span) -> Finding {
    Finding(
      .ambiguous,
      "it is not clear whether this `\(clause.text)` belongs to the rule above or to the `if` below",
      at: span, related: [RelatedPlace("the rule that follows", at: rule)],
      help: "put an empty line between the two rules, on the side where the line does not belong",
      fixes: [
        Fix("it belongs to the rule above", [Edit(rule.before, "\n")]),
        Fix("it belongs to the rule below: say so by hand", []),
      ].filter { !$0.edits.isEmpty })
  }

  static func notUnderstood(_ words: String, after what: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(words)` stands after \(what) and is not understood", at: span,
      help:
        "\(what) is complete before these words: delete them, or say them in a line of their own")
  }

  static func strayClause(_ parser: Parser, _ owner: ClauseOwner) -> Finding {
    let span = parser.rest
    let first = parser.isAtEnd ? "" : parser.spelling(parser.position)
    if let advice = Advice.clause(WordTable.lowercased(first), owner) {
      return Finding(.syntax, advice.message, at: span, help: advice.help)
    }
    let allowed = owner.clauses.map { "`\($0.text)`" }.sorted().joined(separator: ", ")
    let isClause = parser.keyword(parser.position).map(Keyword.clauses.contains) ?? false
    if let taught = taughtClause(parser, owner, first, span) { return taught }
    if !isClause, let near = Spelling.nearest(first, in: owner.clauses.map(\.text)),
      Spelling.distance(first, near) <= 2
    {
      return .mistypedKeyword(first, near, parser.span(parser.position))
    }
    let message =
      isClause
      ? "a line that begins with `\(first)` has no place under \(owner.name)"
      : "this line belongs to nothing: no line under \(owner.name) begins with `\(first)`"
    return Finding(
      .syntax, message, at: span, help: "a line under \(owner.name) may begin with \(allowed)")
  }

  /// Lines that officers write in the place of another one.
  private static func taughtClause(
    _ parser: Parser, _ owner: ClauseOwner, _ first: String, _ span: Span
  ) -> Finding? {
    let word = WordTable.lowercased(first)
    let keyword = parser.span(parser.position)
    let next = parser.position + 1
    let otherWords = [
      "valid": "from", "effective": "from", "starting": "from", "commencing": "from",
      "starts": "from",
      "till": "until", "til": "until", "expires": "until", "ends": "until", "ending": "until",
      "reference": "see", "ref": "see", "source": "see", "authority": "see", "reason": "because",
      "why": "because", "expected": "expect", "expects": "expect", "result": "expect",
    ]
    if let clause = otherWords[word], owner.clauses.contains(where: { $0.text == clause }) {
      let isTwoWords = [.from, .on, .until].contains(parser.keyword(next))
      let words = isTwoWords ? keyword.through(parser.span(next)) : keyword
      return .taught("`\(first)` is written in another way", write: clause, at: words)
    }
    if owner.clauses.contains(.overrides) {
      if ["overridden", "overruled"].contains(word) { return .overriddenBy(span) }
      if ["priority", "weight", "rank", "order"].contains(word) { return .priority(span) }
    }
    if owner == .promise, !["always", "never", "if", "then"].contains(word),
      let pledge = (next..<max(next, parser.limit)).first(where: {
        [.always, .never].contains(parser.keyword($0)) && !parser.tokens[$0].isFirstOnLine
      })
    {
      let words = parser.spelling(pledge)
      let part = keyword.through(parser.span(pledge))
      return .taught("a promise begins with `\(words)`", write: words, at: keyword, replacing: part)
    }
    if owner == .promise, word == "does" || word == "do",
      let on = (next..<max(next, parser.limit)).first(where: { parser.keyword($0) == .on })
    {
      let part = keyword.through(parser.span(on))
      return .taught("a promise begins with `never`", write: "never depends on", at: part)
    }
    switch owner {
    case .promise where word == "then":
      return Finding(
        .syntax, "a promise has no `then`", at: keyword,
        help: "put `always …` or `never …` on a line of its own",
        fixes: [.replace(parser.throughSpaces(keyword), with: "\n  ", "begin a new line")])
    case .promise where ["must", "shall", "should", "do", "don't", "may", "can"].contains(word):
      let isNegative = ["not", "never"].contains(parser.keyword(next)?.text) || word == "don't"
      let end = isNegative && word != "don't" ? next : next - 1
      let promised = isNegative ? "never" : "always"
      return Finding(
        .syntax, "a promise says `always` or `never`", at: span, help: "write `\(promised) …`",
        fixes: [
          .replace(keyword.through(parser.span(end)), with: promised, "write `\(promised)`")
        ])
    case .scenario where word == "then":
      return Finding(
        .syntax, "what a scenario expects begins with `expect`", at: keyword,
        help: "write `expect`",
        fixes: [.replace(keyword, with: "expect", "write `expect`", isSafe: true)])
    case .scenario where ["if", "when", "and"].contains(word):
      return Finding(
        .syntax, "what the message of a scenario says begins with `given`", at: keyword,
        help: "write `given`", fixes: [.replace(keyword, with: "given", "write `given`")])
    case .scenario where word == "today" || word == "date":
      let isThere = parser.keyword(next) == .is
      let words = isThere ? keyword.through(parser.span(next)) : keyword
      return Finding(
        .syntax, "the day of a scenario stands after `on`", at: words,
        help: "write `on`, and the date after it",
        fixes: [.replace(words, with: "on", "write `on`")])
    default: return nil
    }
  }

  static func mistypedKeyword(_ written: String, _ keyword: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "no line begins with `\(written)`", at: span, help: "did you mean `\(keyword)`?",
      fixes: [.replace(span, with: keyword, "write `\(keyword)`")])
  }

  static func textMissing(after what: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "nothing stands after \(what)", at: span,
      help: "write the text after \(what), on the same line")
  }

  static func reasonHidesClause(_ word: String, _ span: Span, text: String) -> Finding {
    Finding(
      .syntax, "the reason after `because` goes to the end of its line, and holds `\(word)`",
      at: span,
      reason: "everything after `because` is only text: this `\(word)` would not count",
      help: "put `\(word) …` on a line of its own, above or below the reason",
      fixes: reasonFix(word, span, text: text))
  }

  private static func reasonFix(_ word: String, _ span: Span, text: String) -> [Fix] {
    let lower = WordTable.lowercased(text)
    guard let range = lower.range(of: " \(word) ", in: lower) else { return [] }
    let offset = UInt32(lower.utf8.distance(from: lower.startIndex, to: range))
    let place = Span(file: span.file, start: span.start + offset, end: span.start + offset + 1)
    return [.replace(place, with: "\n  ", "put `\(word)` on a line of its own")]
  }

  static func belongsToNoRule(_ span: Span, gap: Span?) -> Finding {
    guard let gap else {
      return Finding(
        .syntax, "this line belongs to no rule", at: span,
        help: "move it under the rule that it is about")
    }
    return Finding(
      .syntax, "this line belongs to no rule", at: span,
      reason: "an empty line ends a rule",
      help: "delete the empty line above it, or move it under its rule",
      fixes: [.replace(gap, with: "", "delete the empty line")])
  }

  static func exceptionFirst(_ span: Span) -> Finding {
    Finding(
      .syntax, "a rule begins with `if`; its exception comes last", at: span,
      help: "write `if … then …` and `unless …` after it; for one outcome whenever something is "
        + "not true write `if not (…) then …`")
  }

  static func thenAlone(_ span: Span) -> Finding {
    Finding(
      .syntax, "this rule has no condition", at: span,
      help: "write `if …` above it; for every message that no rule decides write `otherwise …`")
  }

  static func clauseAboveIf(_ keyword: Keyword, _ span: Span, moved: [Edit] = []) -> Finding {
    Finding(
      .syntax, "`\(keyword.text)` stands above the rule that it belongs to", at: span,
      help: "move this line below `then`: the lines about a rule follow its outcome",
      fixes: moved.isEmpty ? [] : [Fix("move the line below the rule", moved)])
  }

  static func alwaysAlone(_ span: Span) -> Finding {
    Finding(
      .syntax, "`always` is for promises", at: span,
      help: "for every message that no rule decides write `otherwise …`; for a promise write "
        + "`promise` and its name on the line above")
  }

  static func neverAlone(_ span: Span) -> Finding {
    Finding(
      .syntax, "`never` is for promises", at: span,
      help: "write `promise` and its name on the line above; to forbid an outcome at send time "
        + "write a guard")
  }

  static func onlyIf(_ outcome: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`only … if` forbids, it does not decide", at: span,
      reason: "a rule says when something is sent, not when it is not",
      help:
        "write a promise: `promise …` and under it `never \(outcome) unless …`; or a guard that "
        + "says what happens instead")
  }

  static func turnedRound(_ outcome: String, _ condition: String, _ span: Span) -> Finding {
    let tidy = condition.tidied
    let bare = tidy.hasSuffix(".") ? String(tidy.dropLast()) : tidy
    return Finding(
      .syntax, "a rule begins with `if`, and its outcome comes last", at: span,
      help: "turn the sentence round",
      fixes: [
        .replace(span, with: "if \(bare) then \(outcome)", "turn the sentence round")
      ])
  }

  static func outcomeAlone(_ span: Span) -> Finding {
    Finding(
      .syntax, "this line names an outcome but no rule it belongs to", at: span,
      help: "write `if …` and `then` before it; for every message that no rule decides write "
        + "`otherwise` before it")
  }

  static func ruleWithoutIfWord(_ place: Span, _ line: Span) -> Finding {
    Finding(
      .syntax, "a rule begins with `if`", at: line, help: "write `if` before this sentence",
      fixes: [.replace(place, with: "if ", "write `if` before it")])
  }

  static func adviceIsNoRule(_ text: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(text)` does not say when something is sent", at: span,
      reason: "`should`, `must` and `where possible` leave the decision open",
      help: "say when and what: `if … then send …`")
  }

  static func otherComment(_ sign: String, _ span: Span) -> Finding {
    taught("a comment begins with `#`, not with `\(sign)`", write: "#", at: span, isSafe: true)
  }

  static func strayLines(_ text: String, _ span: Span, isOneLine: Bool) -> Finding {
    Finding(
      .syntax, "no statement begins with `\(text)`", at: span,
      help: "a rule begins with `if` or `rule`; a comment begins with `#`; other statements begin "
        + "with `fact`, `outcome`, `note`, `list`, `define`, `section`, `guard`, `otherwise`, "
        + "`when unsure`, `promise`, `scenario` or `table`",
      fixes: isOneLine ? [.replace(span.before, with: "# ", "make it a comment")] : [])
  }

  static func ruleWithoutIf(_ rule: RuleSyntax, _ span: Span) -> Finding {
    let what = rule.isGuard ? "guard" : "rule"
    return Finding(
      .syntax, "this \(what) has no condition", at: span,
      help: "write `if` and its condition on the line below the name, without an empty line between"
    )
  }

  static func ruleBodyExpected(_ rule: RuleSyntax, _ span: Span) -> Finding {
    let what = rule.isGuard ? "guard" : "rule"
    return Finding(
      .syntax, "the condition of this \(what) should begin with `if`", at: span,
      help: "write `if` at the start of this line",
      fixes: [.replace(span.before, with: "if ", "write `if` before it")])
  }

  static func thenMissing(_ ifSpan: Span, behind condition: Span) -> Finding {
    Finding(
      .syntax, "this rule has no outcome", at: ifSpan,
      help: "add `then` and what happens, for example `then send …`, after the condition")
  }

  static func conditionBelowPledge(_ ifSpan: Span, pledge: Span, _ parser: Parser) -> Finding {
    var end = parser.limit - 1
    while end > 0, parser.list.span(end).start > ifSpan.start, parser.tokens[end].kind == .end {
      end -= 1
    }
    let condition = ifSpan.through(parser.list.span(end))
    let text = parser.source.text(condition)
    return Finding(
      .syntax, "the condition of a promise stands above `always` or `never`", at: ifSpan,
      related: [RelatedPlace("it belongs above this line", at: pledge)],
      reason: "below it, `if` begins a rule", help: "move it up, directly under the promise's name",
      fixes: [
        Fix(
          "move it up",
          [Edit(pledge.before, text + "\n  "), Edit(parser.lineGap(before: condition), "")])
      ])
  }

  static func secondThenAdds(_ span: Span, gap: Span) -> Finding {
    Finding(
      .syntax, "this rule says `then` twice", at: span,
      help: "write the notes after the outcome: `then … with …`",
      fixes: [.replace(gap, with: " with", "write `with`", isSafe: true)])
  }

  static func secondThen(_ span: Span, first: Span) -> Finding {
    Finding(
      .syntax, "this rule says `then` twice", at: span,
      related: [RelatedPlace("the first `then`", at: first)],
      help: "a rule has one outcome: write a second rule")
  }

  static func nameHidesIf(_ what: String, _ name: NameSyntax, _ parser: Parser) -> Finding {
    let lower = WordTable.lowercased(parser.source.text(name.span))
    var fixes: [Fix] = []
    let pledge = [": always ", ": never "].compactMap { lower.range(of: $0, in: lower) }.first
    if let range = (what == "promise" ? pledge : nil) ?? lower.range(of: " if ", in: lower) {
      let isPledge = what == "promise" && range == pledge
      let offset = UInt32(lower.utf8.distance(from: lower.startIndex, to: range))
      let start = name.span.start + offset
      let place = Span(file: name.span.file, start: start, end: start + (isPledge ? 2 : 1))
      let words = isPledge ? "begin a new line after the name" : "break the line before `if`"
      fixes = [.replace(place, with: "\n  ", words)]
    }
    return Finding(
      .syntax, "the name after `\(what)` goes to the end of its line, and holds ` if `",
      at: name.span,
      reason: what == "scenario"
        ? "nobody could tell a name from a condition" : "the condition would be part of the name",
      help: what == "scenario"
        ? "give it a name without `if`; what the message says stands below, after `given`"
        : "put `if` on the line below the name; a name that needs the word says it otherwise",
      fixes: what == "scenario" ? [] : fixes)
  }

  static func nameHidesOverrides(_ what: String, _ name: NameSyntax, _ parser: Parser) -> Finding {
    let lower = WordTable.lowercased(parser.source.text(name.span))
    var fixes: [Fix] = []
    if let range = lower.range(of: " overrides ", in: lower) {
      let offset = UInt32(lower.utf8.distance(from: lower.startIndex, to: range))
      let place = Span(
        file: name.span.file, start: name.span.start + offset, end: name.span.start + offset + 1)
      fixes = [.replace(place, with: "\n", "put `overrides` on the next line")]
    }
    return Finding(
      .syntax, "the name after `\(what)` goes to the end of its line, and holds ` overrides `",
      at: name.span, help: "put `overrides …` on the line below the name", fixes: fixes)
  }

  static func nameBeginsWithSection(_ what: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "the name of a \(what) may not begin with the word `section`", at: span,
      reason: "`overrides section …` would then mean two things", help: "choose another name")
  }

  static func secondClause(_ keyword: String, _ span: Span) -> Finding {
    Finding(
      .duplicate, "`\(keyword)` is said twice here", at: span, help: "keep one of the two lines")
  }
}

extension String {
  /// Where a piece of text begins in this one.
  fileprivate func range(of piece: String, in text: String) -> String.Index? {
    let (bytes, wanted) = (Array(text.utf8), Array(piece.utf8))
    guard bytes.count >= wanted.count else { return nil }
    for start in 0...(bytes.count - wanted.count)
    where bytes[start..<start + wanted.count].elementsEqual(wanted) {
      return text.utf8.index(text.utf8.startIndex, offsetBy: start)
    }
    return nil
  }
}

extension Parser {
  /// A stretch together with the white space and the line break before it.
  func lineGap(before span: Span) -> Span {
    var start = Int(span.start)
    while start > 0, [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[start - 1]) { start -= 1 }
    return Span(file: span.file, start: UInt32(start), end: span.end)
  }

  /// A stretch and the white space behind it.
  func throughSpaces(_ span: Span) -> Span {
    var end = Int(span.end)
    while end < source.bytes.count, source.bytes[end] == 0x20 || source.bytes[end] == 0x09 {
      end += 1
    }
    return Span(file: span.file, start: span.start, end: UInt32(end))
  }
}
