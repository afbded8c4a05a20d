import Findings

extension Parser {
  /// A condition that must fill the stretch under way.
  mutating func expectCondition(after what: String) -> ConditionSyntax {
    previousFact = nil
    previousNegative = nil
    note(.sentence(isGiven: isInGiven), from: position)
    guard !isAtEnd else {
      report(.conditionMissing(after: what, span(position).before))
      return .unreadable(span(position).before)
    }
    let condition = parseCondition()
    while let kind = kind(position), kind == .comma || kind == .semicolon { position += 1 }
    guard !isAtEnd else { return condition }
    reportBehindCondition()
    position = limit
    return .unreadable(condition.span)
  }

  /// condition = junction [[`,`] unless junction]
  mutating func parseCondition() -> ConditionSyntax {
    let (left, isPlainOr) = parseJunction()
    dropComma(before: { $0.matchUnless(at: $0.position) != nil })
    guard let end = matchUnless(at: position) else { return left }
    let keywordSpan = span(position..<end)
    position = end
    previousFact = nil
    previousNegative = nil
    let (right, _) = parseJunction()
    if isPlainOr { report(.orBeforeUnless(left, keywordSpan, right, self)) }
    if let second = matchUnless(at: position) {
      report(.secondUnless(span(position..<second), first: keywordSpan))
      position = second
      _ = parseJunction()
    }
    return .unless(left, right, keyword: keywordSpan)
  }

  /// junction = operand { connective operand }
  ///
  /// Also answers whether its operands are joined by `or` on this level.
  mutating func parseJunction() -> (ConditionSyntax, isOr: Bool) {
    let start = position
    var operands = [parseOperand()]
    var connectives: [(Connective, Span)] = []
    defer {
      if position == limit, operands.last?.isReadable ?? false {
        note(.connective(isGiven: isInGiven), from: limit)
      }
    }
    while let connective = eatConnective() {
      connectives.append(connective)
      operands.append(parseOperand())
    }
    guard let first = connectives.first else { return (operands[0], false) }
    let isMixed = connectives.contains { $0.0 != first.0 }
    if isMixed {
      report(.mixedAndOr(operands, connectives, span(start..<position), self))
      return (.unreadable(span(start..<position)), false)
    }
    let isOr = first.0 == .or
    return (.junction(JunctionSyntax(connective: first.0, operands: operands)), isOr)
  }

  /// connective = [`,`] (`and` | `or` | `but`)
  private mutating func eatConnective() -> (Connective, Span)? {
    var index = position
    while let kind = kind(index), kind == .comma { index += 1 }
    guard let keyword = keyword(index), matchUnless(at: index) == nil else {
      return reportBareComma(index)
    }
    let connective: Connective
    switch keyword {
    case .and: connective = .and
    case .or: connective = .or
    case .but:
      connective = .and
      let continues = previousFact.flatMap {
        matchEnding(of: $0, isNegative: false, at: index + 1, in: .continuation)
      }
      if continues == nil {
        if reportButNot(index) { return eatConnective() }
        report(.butBetweenSentences(span(index)))
      }
    default: return reportBareComma(index)
    }
    position = index + 1
    return (connective, span(index))
  }

  /// `contains A but not B`: the second value lacks its sentence; leaves it behind.
  private mutating func reportButNot(_ index: Int) -> Bool {
    guard let fact = previousFact, keyword(index + 1) == .not,
      let negative = lexicon[fact].negativeText,
      let value = matchValue(ValueKind(fact, lexicon[fact].type), at: index + 2), isStop(value.end)
    else { return false }
    report(.butNotValue(negative, value.text, span(index..<value.end)))
    position = value.end
    return true
  }

  /// A comma with a sentence behind it and no connective.
  private mutating func reportBareComma(_ index: Int) -> (Connective, Span)? {
    guard index > position, index < limit, isPhraseStart(index) || keyword(index) == .not else {
      return nil
    }
    report(.commaBetweenSentences(span(position)))
    position = index
    return (.and, span(index).before)
  }

  /// A comma before `then`, `unless` and their like means nothing.
  private mutating func dropComma(before isNext: (Parser) -> Bool) {
    guard kind(position) == .comma else { return }
    var next = self
    while next.eat(.comma) != nil {}
    if next.position > position, next.isAtEnd || isNext(next) { position = next.position }
  }

  /// operand = not | brackets | block | group | test
  mutating func parseOperand() -> ConditionSyntax {
    note(.sentence(isGiven: isInGiven), from: position)
    guard !isAtEnd else {
      let last = position > 0 && tokens[position - 1].kind == .word ? position - 1 : nil
      let what = last.map { "`\(WordTable.lowercased(spelling($0)))`" } ?? "the words before"
      report(.conditionMissing(after: what, span(position)))
      return .unreadable(span(position).before)
    }
    if at(.if), position + 1 < limit {
      report(.ifInCondition(list.span(position)))
      position += 1
      return parseOperand()
    }
    if tokens[position].isFirstOnLine, position > 0, tokens[position - 1].keyword == .if {
      let marks = listMarks(from: position)
      if marks.count > 1 {
        let joined = tokens.first { $0.start >= marks[1].start }.flatMap { second in
          tokens.last { $0.start < second.start }?.keyword
        }
        report(
          .numberedBullets(marks, place: list.span(position - 1).after, joined: joined))
        position = limit
        return .unreadable(span(limit - 1))
      }
    }
    if at(.not) { return parseNot() }
    if kind(position) == .open { return parseBrackets() }
    if kind(position) == .bullet, let head = missingBlockHead() { return parseBlock(head) }
    if let head = matchBlockHead(at: position) { return parseBlock(head) }
    if let kind = groupKind(at: position) { return parseGroup(kind) }
    return parseTest()
  }

  /// not = `not` operand
  private mutating func parseNot() -> ConditionSyntax {
    let keywordSpan = span(position)
    guard enter(keywordSpan) else { return skipTest(from: position) }
    defer { depth -= 1 }
    position += 1
    let operand = parseOperand()
    previousFact = nil
    if case .test(let test) = operand, test.isNegated || !test.ending.isPositive {
      previousNegative = test
    }
    return .not(operand, keyword: keywordSpan)
  }

  /// brackets = `(` condition [`,`] `)`
  private mutating func parseBrackets() -> ConditionSyntax {
    let start = position
    guard enter(span(start)) else {
      position = limit
      return .unreadable(span(start..<limit))
    }
    defer { depth -= 1 }
    position += 1
    previousFact = nil
    previousNegative = nil
    let inside = isAtEnd ? ConditionSyntax.unreadable(span(start)) : parseCondition()
    previousFact = nil
    previousNegative = nil
    while kind(position) == .comma { position += 1 }
    guard eat(.close) != nil else {
      if !isAtEnd {
        reportBehindCondition()
      } else if findings.last?.code != .tooDeep {
        report(.openWithoutClose(list.span(start)))
      }
      position = limit
      return .unreadable(span(start..<limit))
    }
    if raw(start) == "[" || raw(position - 1) == "]" {
      report(.squareBrackets(list.span(start), list.span(position - 1)))
    }
    return .brackets(inside, span: span(start..<position))
  }

  /// Counts one more open bracket or block; reports and answers false where that is too many.
  mutating func enter(_ span: Span) -> Bool {
    guard depth < Parser.deepest else {
      if findings.last?.code != .tooDeep { report(.tooDeep(span)) }
      return false
    }
    depth += 1
    return true
  }

  // MARK: Groups

  func groupKind(at start: Int) -> GroupSyntax.Kind? {
    let kind: GroupSyntax.Kind
    switch keyword(start) {
    case .either: kind = .either
    case .both: kind = .both
    case .neither: kind = .neither
    default: return nil
    }
    return matchPhrases(at: start).isEmpty ? kind : nil
  }

  /// group = `either` operand { [`,`] `or` operand } | `both` operand { [`,`] `and` operand }
  ///       | `neither` operand { [`,`] (`nor` | `or`) operand }
  private mutating func parseGroup(_ kind: GroupSyntax.Kind) -> ConditionSyntax {
    let start = position
    guard enter(span(start)) else { return skipTest(from: start) }
    defer { depth -= 1 }
    position += 1
    let own: Keyword =
      switch kind {
      case .either: .or
      case .both: .and
      case .neither: .nor
      }
    var operands = [parseOperand()]
    while true {
      var index = position
      while self.kind(index) == .comma { index += 1 }
      guard keyword(index) == own || (kind == .neither && keyword(index) == .or) else { break }
      position = index + 1
      operands.append(parseOperand())
    }
    previousFact = nil
    previousNegative = nil
    let whole = span(start..<position)
    if operands.count == 1, operands[0].isReadable {
      report(.groupWithOneMember(kind, list.span(start), whole))
    }
    let group = GroupSyntax(kind: kind, operands: operands, span: whole)
    checkBehindGroup(group, at: start)
    return .group(group)
  }

  /// A connective of another kind directly behind a group that began its level reads two ways.
  private mutating func checkBehindGroup(_ group: GroupSyntax, at start: Int) {
    guard let next = keyword(position), next == .and || next == .or else { return }
    let before = start > 0 ? tokens[start - 1].keyword : nil
    let joins = before == next
    let continues = before == .and || before == .or
    if group.operands.count > 1, !(continues && joins), group.kind != .neither || !continues {
      if continues && !joins { return }  // The junction itself is mixed and says so.
      report(.groupGoesOn(group.kind, next, span(position), whole: group.span))
    }
  }
}
