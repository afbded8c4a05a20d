import Findings

extension Parser {
  struct BlockHead {
    let quantifier: BlockQuantifier
    /// The colon.
    let colon: Int
    /// What is wrong with the head's words.
    let trouble: Finding?
  }

  /// block-head = (`all` | `any` | `none`) [`of`] [`these` | `the following`] [`conditions`]
  ///            [`are true` | `is true` | `apply` | `applies`] `:` | `either` `:`
  func matchBlockHead(at start: Int) -> BlockHead? {
    guard let first = keyword(start) else { return nil }
    if first == .either, kind(start + 1) == .colon {
      return BlockHead(quantifier: .any, colon: start + 1, trouble: nil)
    }
    if first == .both || first == .neither, kind(start + 1) == .colon {
      let quantifier: BlockQuantifier = first == .both ? .all : .none
      let trouble = Finding.blockHeadUnclear(raw(start) + ":", list.span(start))
      return BlockHead(quantifier: quantifier, colon: start + 1, trouble: trouble)
    }
    let quantifier: BlockQuantifier
    switch first {
    case .all: quantifier = .all
    case .any, .one: quantifier = .any
    case .none: quantifier = .none
    default: return nil
    }
    let isAnyOne = first == .any && keyword(start + 1) == .one
    let of = isAnyOne ? start + 2 : start + 1
    var index = keyword(of) == .of ? of + 1 : of
    index = matchAny([[.these], [.the, .following]], at: index) ?? index
    if words.text(token(index)?.word ?? .none) == "conditions" { index += 1 }
    index = matchAny([[.are, .true], [.is, .true], [.apply], [.applies]], at: index) ?? index
    guard kind(index) == .colon, index > start + 1 || first != .one else { return nil }
    let isUnclear = first == .one || isAnyOne
    let trouble = isUnclear ? Finding.oneOfBlock(span(start..<index + 1)) : nil
    return BlockHead(quantifier: quantifier, colon: index, trouble: trouble)
  }

  /// Bullets without the words above them that say how they are joined.
  func missingBlockHead() -> BlockHead? {
    guard position > 0, tokens[position].isFirstOnLine else { return nil }
    let place = list.span(position - 1).after
    return BlockHead(
      quantifier: .all, colon: position - 1,
      trouble: .blockHeadMissing(list.span(position), place, hasColon: kind(position - 1) == .colon)
    )
  }

  /// block = block-head bullet { bullet }
  mutating func parseBlock(_ head: BlockHead) -> ConditionSyntax {
    let start = position
    guard enter(span(start)) else {
      position = limit
      return .unreadable(span(start..<limit))
    }
    defer { depth -= 1 }
    if let trouble = head.trouble { report(trouble) }
    position = head.colon + 1
    guard kind(position) == .bullet else {
      let marks = listMarks(from: position)
      report(
        marks.isEmpty ? .bulletsMissing(span(head.colon)) : .numberedBullets(marks, place: nil))
      if !marks.isEmpty { position = limit }
      return skipTest(from: start)
    }
    let column = tokens[position].indentation
    var operands: [ConditionSyntax] = []
    while kind(position) == .bullet, tokens[position].indentation == column {
      operands.append(parseBullet(head.quantifier, isFirst: operands.isEmpty, column))
    }
    checkNextBullet()
    previousFact = nil
    previousNegative = nil
    return .block(
      BlockSyntax(
        quantifier: head.quantifier, head: span(start..<head.colon + 1), operands: operands,
        span: span(start..<position)))
  }

  /// A bullet that lies between the levels that are open.
  private mutating func checkNextBullet() {
    guard kind(position) == .bullet else { return }
    report(.bulletOnNoLevel(span(position)))
    position = limit
  }

  /// bullet = `-` bullet-content
  ///
  /// It goes on over the lines that begin deeper than its marker.
  private mutating func parseBullet(
    _ quantifier: BlockQuantifier, isFirst: Bool, _ column: UInt32
  ) -> ConditionSyntax {
    var end = position + 1
    while end < limit, !(tokens[end].isFirstOnLine && tokens[end].indentation <= column) {
      end += 1
    }
    let fitting: Keyword = quantifier == .all ? .and : .or
    let marker = span(position)
    let condition = within(position + 1..<end) { bullet in
      bullet.parseBulletContent(fitting, isFirst: isFirst, marker)
    }
    position = end
    return condition
  }

  /// bullet-content = [`and` | `or`] condition { `,` | `;` } [`and` | `or`]
  private mutating func parseBulletContent(_ fitting: Keyword, isFirst: Bool, _ marker: Span)
    -> ConditionSyntax
  {
    previousFact = nil
    previousNegative = nil
    note(.sentence(isGiven: isInGiven), from: position)
    dropConnective(fitting, allowed: !isFirst)
    trimBulletEnd(fitting)
    guard !isAtEnd else {
      report(.emptyBullet(marker))
      return .unreadable(marker)
    }
    let condition = parseCondition()
    if !isAtEnd {
      reportBehindCondition()
      position = limit
    }
    return condition
  }

  /// `and` or `or` at the beginning of a bullet.
  private mutating func dropConnective(_ fitting: Keyword, allowed: Bool) {
    guard let keyword = keyword(position), keyword == .and || keyword == .or else { return }
    if !allowed {
      report(.bulletBeginsWith(keyword, span(position)))
    } else if keyword != fitting {
      report(.bulletConnective(keyword, fitting: fitting, span(position)))
    }
    position += 1
  }

  /// `,`, `;` and a connective at the end of a bullet.
  private mutating func trimBulletEnd(_ fitting: Keyword) {
    var end = limit
    if end > position, let keyword = tokens[end - 1].keyword, keyword == .and || keyword == .or {
      if keyword != fitting { report(.bulletConnective(keyword, fitting: fitting, span(end - 1))) }
      end -= 1
    }
    while end > position, [.comma, .semicolon].contains(tokens[end - 1].kind) { end -= 1 }
    limit = end
  }
}
