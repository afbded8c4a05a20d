import Findings
import Values

/// The kind of single values that an ending is made of.
package enum ValueKind: Hashable, Sendable {
  case values(FactID, isSet: Bool)
  case number(NumberTypeSyntax)
  case date
  case text
  case outcome

  package init(_ fact: FactID, _ type: FactType) {
    switch type {
    case .choice: self = .values(fact, isSet: false)
    case .set: self = .values(fact, isSet: true)
    case .number(let number): self = .number(number)
    case .date: self = .date
    case .text, .yesOrNo: self = .text
    }
  }

  var isSet: Bool {
    if case .values(_, let isSet) = self { isSet } else { false }
  }

  var isText: Bool { self == .text }
  var isOutcome: Bool { self == .outcome }

  var hasDeclaredValues: Bool {
    switch self {
    case .values, .outcome: true
    case .number, .date, .text: false
    }
  }

  var anyQuantifier: EndingSyntax.Quantifier { isSet ? .anyOf : .oneOf }
}

extension Parser {
  struct ValueMatch {
    let value: ValueSyntax
    let end: Int
    let text: String
    var troubles: [Finding] = []
  }

  /// value = VALUE | OUTCOME | LIST | number | date-value | text-value
  func matchValue(_ kind: ValueKind, at start: Int) -> ValueMatch? {
    note(.value(kind), from: start)
    switch kind {
    case .values(let fact, _):
      let values = lexicon[fact].values.match(
        tokens, at: afterLeadingArticle(start), limit: limit, text: raw)
      return longer(values.map { (.value(ValueID($0)), $1) }, list: start, from: start)
    case .outcome:
      let outcome = lexicon.outcomes.match(
        tokens, at: afterLeadingArticle(start), limit: limit, text: raw)
      return longer(outcome.map { (.outcome(OutcomeID($0)), $1) }, list: start, from: start)
    case .number(let type):
      return matchNumber(of: type, at: start).map {
        valueMatch(.number($0.value), start..<$0.end, $0.troubles)
      }
    case .date: return matchDateValue(at: start)
    case .text: return matchTextValue(at: start)
    }
  }

  private func valueMatch(_ kind: ValueSyntax.Kind, _ range: Range<Int>, _ troubles: [Finding] = [])
    -> ValueMatch
  {
    ValueMatch(
      value: ValueSyntax(span: span(range), kind: kind), end: range.upperBound,
      text: spelling(range), troubles: troubles)
  }

  /// The longer of a value and the name of a list.
  private func longer(_ value: (ValueSyntax.Kind, Int)?, list start: Int, from: Int)
    -> ValueMatch?
  {
    let list = lexicon.lists.match(
      tokens, at: afterLeadingArticle(start), limit: limit, text: raw)
    if let list, list.1 > (value?.1 ?? 0), kind(start) == .word {
      return valueMatch(.list(ListID(list.0)), from..<list.1)
    }
    return value.map { valueMatch($0.0, from..<$0.1) }
  }

  /// Behind an article that stands before a name and is not itself one.
  private func afterLeadingArticle(_ start: Int) -> Int {
    guard let keyword = keyword(start), Keyword.articles.contains(keyword),
      kind(start + 1) == .word, !isStop(start + 1)
    else { return start }
    return start + 1
  }

  /// date-value = [`on`] day | LIST
  private func matchDateValue(at start: Int) -> ValueMatch? {
    var index = start
    if keyword(index) == .on, keyword(index + 1) != .or { index += 1 }
    if let day = matchDay(at: index) {
      let kind: ValueSyntax.Kind =
        switch day.reference {
        case .today: .today
        case .day(let day): .day(day)
        }
      return valueMatch(kind, start..<day.end, day.troubles)
    }
    guard let list = lexicon.lists.match(tokens, at: start, limit: limit, text: raw) else {
      return nil
    }
    return valueMatch(.list(ListID(list.0)), start..<list.1)
  }

  /// text-value = STRING | WORD | LIST
  ///
  /// An unquoted text is one word with a full stop, an `@` or a digit in it.
  private func matchTextValue(at start: Int) -> ValueMatch? {
    if kind(start) == .string {
      let text = StringLiteral.value(raw(start))
      return valueMatch(.text(text), start..<start + 1)
    }
    let index = afterArticles(start)
    if let list = lexicon.lists.match(tokens, at: index, limit: limit, text: raw),
      isStop(list.1) || match([.other, .than], at: list.1) != nil
    {
      return valueMatch(.list(ListID(list.0)), start..<list.1)
    }
    guard kind(start) == .word, Parser.looksLikeText(raw(start)), isStop(start + 1) else {
      return nil
    }
    let text = spelling(start)
    var troubles: [Finding] = []
    if text.hasPrefix("@"), text.count > 1 {
      troubles.append(.atSignText(text, list.span(start)))
    }
    return valueMatch(.text(text), start..<start + 1, troubles)
  }

  // MARK: Endings of text facts

  /// text-ending = (`in the domain` | `in the domains` | `in` (`one` | `any`) `of the domains`
  ///             | `within the domain` | `under`) texts
  ///             | (`starts with` | `begins with` | `ends with` | `ends in` | `contains`) texts
  func matchTextEnding(_ kind: ValueKind, at start: Int, in place: EndingPlace) -> EndingMatch? {
    let heads: [[Keyword]] = [
      [.in, .one, .of, .the, .domains], [.in, .any, .of, .the, .domains], [.in, .the, .domains],
      [.in, .the, .domain], [.in, .domain], [.under], [.within, .the, .domain],
    ]
    if let end = matchAny(heads, at: start) {
      return matchTexts(.inDomain, at: end, start: start)
    }
    guard place == .continuation else { return nil }
    if let end = matchAny([[.starts, .with], [.begins, .with]], at: start) {
      return matchTexts(.startsWith, at: end, start: start)
    }
    if let end = matchAny([[.ends, .with], [.ends, .in]], at: start) {
      return matchTexts(.endsWith, at: end, start: start)
    }
    if let end = match([.contains], at: start) {
      return matchTexts(.contains, at: end, start: start)
    }
    return nil
  }

  /// texts = [`one of` | `any of` | `on the list` | `either`] values
  func matchTexts(_ match: TextMatch, at start: Int, start whole: Int) -> EndingMatch? {
    var index = start
    let quantifiers: [[Keyword]] = [[.one, .of], [.any, .of], [.on, .the, .list], [.either]]
    if let end = matchAny(quantifiers, at: index) { index = end }
    guard var texts = matchValues(.text, at: index, last: [.or]) else { return nil }
    // `ends with @nhs.net` is what it says, and `in the domain @nhs.net` is warned about as such.
    texts.troubles = texts.troubles.filter { $0.code != .syntax }
    for value in texts.values {
      if case .text(let text) = value.kind, text.isEmpty {
        texts.troubles.append(.emptyText(value.span))
      }
    }
    return EndingMatch(.text(match, texts.values), texts.end, texts.troubles)
  }

  // MARK: Values as bullets

  /// bulleted-values = values-head `:` `-` value { { `,` | `;` } [`and` | `or`] `-` value }
  func matchBulletedValues(_ kind: ValueKind, at start: Int) -> EndingMatch? {
    guard let (quantifier, colon) = matchValuesHead(kind, at: start), self.kind(colon) == .colon,
      self.kind(colon + 1) == .bullet
    else { return nil }
    let column = tokens[colon + 1].indentation
    var values: [ValueSyntax] = []
    var troubles: [Finding] = []
    var index = colon + 1
    let fitting: Keyword = quantifier == .allOf ? .and : .or
    func skipConnective(_ index: Int) -> Int {
      guard let keyword = keyword(index), keyword == .and || keyword == .or else { return index }
      if keyword != fitting {
        troubles.append(.bulletConnective(keyword, fitting: fitting, list.span(index)))
      }
      return index + 1
    }
    while self.kind(index) == .bullet, tokens[index].indentation == column {
      let first = values.isEmpty ? index + 1 : skipConnective(index + 1)
      guard let read = matchValue(kind, at: first) else { return nil }
      values.append(read.value)
      troubles += read.troubles
      index = read.end
      while let next = self.kind(index), next == .comma || next == .semicolon { index += 1 }
      if self.kind(index + 1) == .bullet { index = skipConnective(index) }
    }
    return EndingMatch(.values(quantifier, values), index, troubles)
  }

  /// values-head = (`one` | `any` | `all` | `none`) `of` [`these` | `the following`]
  func matchValuesHead(_ kind: ValueKind, at start: Int)
    -> (EndingSyntax.Quantifier, Int)?
  {
    let heads: [(Keyword, EndingSyntax.Quantifier)] = [
      (.one, kind.anyQuantifier), (.any, kind.anyQuantifier), (.all, .allOf), (.none, .noneOf),
    ]
    for (word, quantifier) in heads where keyword(start) == word {
      if !kind.isSet, word == .all || word == .none { return nil }
      guard let of = match([word, .of], at: start) else { return nil }
      let end = matchAny([[.these], [.the, .following]], at: of) ?? of
      return (quantifier, end)
    }
    return nil
  }
}
