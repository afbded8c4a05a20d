import Findings
import Values

/// The kind of single values that an ending is made of.
enum ElementKind: Equatable {
  case values(FactID, isSet: Bool)
  case number(NumberTypeSyntax)
  case date
  case text
  case outcome

  init(_ fact: FactID, _ type: FactType) {
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
  struct ElementMatch {
    let value: ValueSyntax
    let end: Int
    let text: String
    var troubles: [Finding] = []
  }

  /// V = a declared value, a list, a number, a date, a text, or an outcome
  func matchElement(_ kind: ElementKind, at start: Int) -> ElementMatch? {
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
        element(.number($0.value), start..<$0.end, $0.troubles)
      }
    case .date: return matchDateElement(at: start)
    case .text: return matchTextElement(at: start)
    }
  }

  private func element(_ kind: ValueSyntax.Kind, _ range: Range<Int>, _ troubles: [Finding] = [])
    -> ElementMatch
  {
    ElementMatch(
      value: ValueSyntax(span: span(range), kind: kind), end: range.upperBound,
      text: spelling(range), troubles: troubles)
  }

  /// The longer of a value and the name of a list.
  private func longer(_ value: (ValueSyntax.Kind, Int)?, list start: Int, from: Int)
    -> ElementMatch?
  {
    let list = lexicon.lists.match(
      tokens, at: afterLeadingArticle(start), limit: limit, text: raw)
    if let list, list.1 > (value?.1 ?? 0), kind(start) == .word {
      return element(.list(ListID(list.0)), from..<list.1)
    }
    return value.map { element($0.0, from..<$0.1) }
  }

  /// Behind an article that stands before a name and is not itself one.
  private func afterLeadingArticle(_ start: Int) -> Int {
    guard let keyword = keyword(start), Keyword.articles.contains(keyword),
      kind(start + 1) == .word, !isStop(start + 1)
    else { return start }
    return start + 1
  }

  private func matchDateElement(at start: Int) -> ElementMatch? {
    var index = start
    if keyword(index) == .on, keyword(index + 1) != .or { index += 1 }
    if let day = matchDay(at: index) {
      let kind: ValueSyntax.Kind =
        switch day.reference {
        case .today: .today
        case .day(let day): .day(day)
        }
      return element(kind, start..<day.end, day.troubles)
    }
    guard let list = lexicon.lists.match(tokens, at: start, limit: limit, text: raw) else {
      return nil
    }
    return element(.list(ListID(list.0)), start..<list.1)
  }

  /// A text: a string, one word with a full stop, an `@` or a digit in it, or a list.
  private func matchTextElement(at start: Int) -> ElementMatch? {
    if kind(start) == .string {
      let text = StringLiteral.value(raw(start))
      return element(.text(text), start..<start + 1)
    }
    let index = afterArticles(start)
    if let list = lexicon.lists.match(tokens, at: index, limit: limit, text: raw),
      isStop(list.1) || match([.other, .than], at: list.1) != nil
    {
      return element(.list(ListID(list.0)), start..<list.1)
    }
    guard kind(start) == .word, Parser.looksLikeText(raw(start)), isStop(start + 1) else {
      return nil
    }
    let text = spelling(start)
    var troubles: [Finding] = []
    if text.hasPrefix("@"), text.count > 1 {
      troubles.append(.atSignText(text, list.span(start)))
    }
    return element(.text(text), start..<start + 1, troubles)
  }

  // MARK: Endings of text facts

  /// domain-ending = `in the domain` S | `in one of the domains` (S { `,` S } | LIST)
  func matchDomain(_ kind: ElementKind, at start: Int, in place: EndingPlace) -> EndingMatch? {
    let heads: [[Keyword]] = [
      [.in, .one, .of, .the, .domains], [.in, .any, .of, .the, .domains], [.in, .the, .domains],
      [.in, .the, .domain], [.in, .domain], [.under], [.within, .the, .domain],
    ]
    if let end = matchAny(heads, at: start) {
      return matchTexts(.inDomain, at: end, start: start)
    }
    guard place == .continuation else { return nil }
    if let end = match([.starts, .with], at: start) {
      return matchTexts(.startsWith, at: end, start: start)
    }
    if let end = match([.ends, .with], at: start) {
      return matchTexts(.endsWith, at: end, start: start)
    }
    if let end = match([.contains], at: start) {
      return matchTexts(.contains, at: end, start: start)
    }
    return nil
  }

  /// The texts behind `starts with` and its like.
  func matchTexts(_ match: TextMatch, at start: Int, start whole: Int) -> EndingMatch? {
    var index = start
    let quantifiers: [[Keyword]] = [[.one, .of], [.any, .of], [.on, .the, .list], [.either]]
    if let end = matchAny(quantifiers, at: index) { index = end }
    guard var texts = matchElements(.text, at: index, last: [.or]) else { return nil }
    // `ends with @nhs.net` is what it says; elsewhere the `@` is in doubt.
    if match != .inDomain { texts.troubles = texts.troubles.filter { $0.code != .syntax } }
    for value in texts.values {
      if case .text(let text) = value.kind, text.isEmpty {
        texts.troubles.append(.emptyText(value.span))
      }
    }
    return EndingMatch(.text(match, texts.values), texts.end, texts.troubles)
  }

  // MARK: Values as bullets

  /// values-block = (`one` | `any` | `all` | `none`) `of` [`these` | `the following`] `:` { `-` V }
  func matchBulletedValues(_ kind: ElementKind, at start: Int) -> EndingMatch? {
    guard let (quantifier, colon) = matchValuesHead(kind, at: start), self.kind(colon) == .colon,
      self.kind(colon + 1) == .bullet
    else { return nil }
    let column = tokens[colon + 1].indentation
    var values: [ValueSyntax] = []
    var troubles: [Finding] = []
    var index = colon + 1
    while self.kind(index) == .bullet, tokens[index].indentation == column {
      guard let element = matchElement(kind, at: index + 1) else { return nil }
      values.append(element.value)
      troubles += element.troubles
      index = element.end
      while let next = self.kind(index), next == .comma || next == .semicolon { index += 1 }
      if keyword(index) == .or || keyword(index) == .and, self.kind(index + 1) == .bullet {
        index += 1
      }
    }
    return EndingMatch(.values(quantifier, values), index, troubles)
  }

  private func matchValuesHead(_ kind: ElementKind, at start: Int)
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
