import Findings
import Values

/// An ending that matches at a token, the token behind it, and what is wrong with it although it is
/// clear what was meant.
struct EndingMatch {
  let ending: EndingSyntax
  let end: Int
  var troubles: [Finding]

  init(_ ending: EndingSyntax, _ end: Int, _ troubles: [Finding] = []) {
    self.ending = ending
    self.end = end
    self.troubles = troubles
  }
}

/// Where an ending stands; some endings are read in some places only.
enum EndingPlace {
  case condition, given, cell
  /// After `or` or `and`, without its phrase.
  case continuation
}

extension Parser {
  /// Whether a sentence ends before a token: a connective, a bracket, a comma, a bullet, or the end
  /// of what is under way.
  func isStop(_ index: Int) -> Bool {
    guard let token = token(index) else { return true }
    switch token.kind {
    case .comma, .semicolon, .open, .close, .bullet, .text: return true
    case .word:
      switch token.keyword {
      case .and, .or, .unless, .then, .because, .if, .with, .otherwise, .but, .nor: return true
      case .except: return matchUnless(at: index) != nil
      default: return false
      }
    default: return false
    }
  }

  /// ending = choice-ending | set-ending | number-ending | date-ending | text-ending | `recorded`
  ///
  /// The longest ending of a fact's type that begins at a token.
  func matchEnding(of fact: FactID, isNegative: Bool, at start: Int, in place: EndingPlace)
    -> EndingMatch?
  {
    let declared = lexicon[fact]
    if declared.endsInBe || isNegative || place == .cell, keyword(start) == .recorded {
      return EndingMatch(.recorded, start + 1)
    }
    if declared.endsInBe || place == .cell, let end = match([.not, .recorded], at: start) {
      return EndingMatch(.negated(.recorded), end)
    }
    let kind = ElementKind(fact, declared.type)
    switch declared.type {
    case .yesOrNo:
      return EndingMatch(.none, start)
    case .choice:
      return matchOther(kind, isNegative, at: start)
        ?? matchValues(kind, isNegative, at: start, in: place)
    case .set:
      return matchSetWord(at: start) ?? matchOther(kind, isNegative, at: start)
        ?? matchValues(kind, isNegative, at: start, in: place)
    case .number(let type):
      return longest(
        matchNumberEnding(of: type, at: start), matchValues(kind, at: start, in: place))
        ?? matchOther(kind, isNegative, at: start)
    case .date:
      return longest(matchDateEnding(at: start), matchValues(kind, at: start, in: place))
        ?? matchOther(kind, isNegative, at: start)
    case .text:
      return matchDomain(kind, at: start, in: place)
        ?? matchValues(kind, at: start, in: place) ?? matchOther(kind, isNegative, at: start)
    }
  }

  private func longest(_ a: EndingMatch?, _ b: EndingMatch?) -> EndingMatch? {
    guard let a, let b else { return a ?? b }
    return b.end > a.end ? b : a
  }

  /// set-ending = `nothing` | `anything` | [quantifier] values
  private func matchSetWord(at start: Int) -> EndingMatch? {
    switch keyword(start) {
    case .nothing: EndingMatch(.nothing, start + 1)
    case .anything where keyword(start + 1) != .but || matchUnless(at: start + 1) != nil:
      EndingMatch(.anything, start + 1)
    default: nil
    }
  }

  // MARK: Negated endings

  /// other = (`other than` | `anything but`) values | `neither` V { `nor` V } | `not` ending
  private func matchOther(_ kind: ElementKind, _ isNegative: Bool, at start: Int) -> EndingMatch? {
    if let end = matchAny([[.other, .than], [.anything, .but]], at: start),
      let values = matchElements(kind, at: end, last: [.or])
    {
      var troubles = values.troubles
      let whole = span(start..<values.end)
      if isNegative { troubles.append(.doubleNegative(spelling(start..<values.end), whole)) }
      if kind.isSet {
        troubles.append(.otherThanOfSet(spelling(end..<values.end), whole))
      }
      return EndingMatch(.negated(.values(kind.anyQuantifier, values.values)), values.end, troubles)
    }
    if keyword(start) == .neither, let values = matchElements(kind, at: start + 1, last: [.nor]),
      values.values.count > 1
    {
      var troubles = values.troubles
      if isNegative {
        troubles.append(.doubleNegative(spelling(start..<values.end), span(start..<values.end)))
      }
      return EndingMatch(.negated(.values(kind.anyQuantifier, values.values)), values.end, troubles)
    }
    return nil
  }

  // MARK: Values and lists

  /// choice-ending = V { (`,` | `or`) V } | quantifier values | (`on the list` | `in`) LIST
  func matchValues(
    _ kind: ElementKind, _ isNegative: Bool = false, at start: Int, in place: EndingPlace
  ) -> EndingMatch? {
    if let listed = matchListWords(kind, at: start) { return listed }
    if let bulleted = matchBulletedValues(kind, at: start) { return bulleted }
    if let (quantifier, end, last) = matchQuantifier(kind, at: start),
      let values = matchElements(kind, at: end, last: last)
    {
      return quantified(quantifier, kind, values, start: start)
    }
    guard let values = matchElements(kind, at: start, last: [.or]) else { return nil }
    return bare(values, kind, isNegative, start: start, in: place)
  }

  /// quantifier = `one of` | `any of` | `all of` | `none of` | `both` | `either`
  private func matchQuantifier(_ kind: ElementKind, at start: Int)
    -> (EndingSyntax.Quantifier, Int, [Keyword])?
  {
    if let end = match([.one, .of], at: start) { return kind.isSet ? nil : (.oneOf, end, [.or]) }
    if let end = match([.any, .of], at: start) { return (kind.anyQuantifier, end, [.or]) }
    if keyword(start) == .either { return (kind.anyQuantifier, start + 1, [.or]) }
    guard kind.isSet else { return nil }
    if let end = match([.all, .of], at: start) { return (.allOf, end, [.and, .or]) }
    if let end = match([.none, .of], at: start) { return (.noneOf, end, [.or]) }
    if keyword(start) == .both { return (.allOf, start + 1, [.and]) }
    return nil
  }

  private func quantified(
    _ quantifier: EndingSyntax.Quantifier, _ kind: ElementKind, _ elements: ElementsMatch,
    start: Int
  ) -> EndingMatch {
    var troubles = elements.troubles
    if quantifier != .allOf, let and = elements.andBefore {
      let span = span(start..<and.end)
      troubles.append(.andInList(quantifier, list.span(and.index), of: span, isSet: kind.isSet))
      return EndingMatch(.values(quantifier, elements.values + and.values), and.end, troubles)
    }
    if let except = matchExcept(kind, elements, quantifier) { return except }
    return EndingMatch(.values(quantifier, elements.values), elements.end, troubles)
  }

  /// `one of LIST other than V or V`
  private func matchExcept(
    _ kind: ElementKind, _ elements: ElementsMatch, _ quantifier: EndingSyntax.Quantifier
  ) -> EndingMatch? {
    guard elements.values.count == 1, case .list = elements.values[0].kind,
      let end = match([.other, .than], at: elements.end),
      let except = matchElements(kind, at: end, last: [.or])
    else { return nil }
    return EndingMatch(
      .listExcept(quantifier, elements.values[0], except: except.values), except.end,
      elements.troubles + except.troubles)
  }

  /// `on the list LIST`, `in the list LIST`, `in LIST`, for facts of one value.
  private func matchListWords(_ kind: ElementKind, at start: Int) -> EndingMatch? {
    guard !kind.isSet else { return nil }
    let sequences: [[Keyword]] = [[.on, .the, .list], [.in, .the, .list], [.in]]
    guard let end = matchAny(sequences, at: start),
      let (list, after) = lexicon.lists.match(
        tokens, at: afterArticles(end), limit: limit, text: raw)
    else { return nil }
    let value = ValueSyntax(span: span(end..<after), kind: .list(ListID(list)))
    let elements = ElementsMatch(values: [value], end: after)
    return matchExcept(kind, elements, .oneOf) ?? EndingMatch(.values(.oneOf, [value]), after)
  }

  /// Values without a quantifier before them.
  private func bare(
    _ elements: ElementsMatch, _ kind: ElementKind, _ isNegative: Bool, start: Int,
    in place: EndingPlace
  ) -> EndingMatch {
    var troubles = elements.troubles
    var values = elements.values
    var end = elements.end
    var quantifier: EndingSyntax.Quantifier =
      values.count == 1 ? .single : (kind.isSet ? .anyOf : .oneOf)
    if let and = elements.andBefore {
      if place == .given, kind.isSet {
        quantifier = .allOf
      } else {
        let first = span(start..<and.end)
        let text = spelling(start..<and.end)
        troubles.append(
          .andBetweenValues(text, first, isSet: kind.isSet, kind.isOutcome, isNegative))
      }
      values += and.values
      end = and.end
      if quantifier == .single { quantifier = .allOf }
    } else if kind.isSet, values.count > 1, !elements.hasOr {
      troubles.append(
        .bareCommaList(spelling(start..<end), span(start..<end), given: place == .given))
    }
    if !kind.isSet, !kind.isOutcome, place != .given, values.count == 1,
      case .list(let list) = values[0].kind
    {
      troubles.append(.bareList(lexicon.name(list), values[0].span))
    }
    return EndingMatch(.values(quantifier, values), end, troubles)
  }

  // MARK: Elements

  /// Values parted by commas and connectives.
  struct ElementsMatch {
    var values: [ValueSyntax]
    var end: Int
    var hasOr = false
    /// Values that follow behind `and`, where the list goes on with `or`.
    var andBefore: (index: Int, values: [ValueSyntax], end: Int)?
    var troubles: [Finding] = []
  }

  /// V { (`,` | connective) V }
  func matchElements(_ kind: ElementKind, at start: Int, last connectives: [Keyword])
    -> ElementsMatch?
  {
    guard let first = matchElement(kind, at: start) else { return nil }
    var result = ElementsMatch(values: [first.value], end: first.end, troubles: first.troubles)
    while let next = matchSeparator(connectives, at: result.end) {
      guard let element = matchElement(kind, at: next.end), isElementEnd(element.end),
        !goesOnAsComparison(element.end, kind)
      else { break }
      if beginsSentence(next.end, beyond: element.end, kind) {
        guard kind.hasDeclaredValues, isWholeSentence(at: next.end) else { break }
        result.troubles.append(.valueOrSentence(element.text, element.value.span))
      }
      if next.keyword == .or { result.hasOr = true }
      result.values.append(element.value)
      result.troubles += element.troubles
      result.end = element.end
    }
    matchAnd(kind, connectives, &result)
    return result
  }

  private func isElementEnd(_ end: Int) -> Bool {
    isStop(end) || match([.other, .than], at: end) != nil
  }

  /// Whether the number that ends here is that of `7 or more`, an ending of its own.
  private func goesOnAsComparison(_ end: Int, _ kind: ElementKind) -> Bool {
    guard case .number = kind else { return false }
    return keyword(end) == .or && matchMoreOrLess(at: end + 1) != nil
  }

  /// `and` before another value of the fact, where `or` is what parts values.
  private func matchAnd(
    _ kind: ElementKind, _ connectives: [Keyword], _ result: inout ElementsMatch
  ) {
    guard !connectives.contains(.and), !connectives.contains(.nor) else { return }
    var values: [ValueSyntax] = []
    var end = result.end
    let start = self.kind(end) == .comma && keyword(end + 1) == .and ? end + 1 : end
    guard keyword(start) == .and else { return }
    while let next = matchSeparator([.and, .or], at: end), !isPhraseStart(next.end),
      let element = matchElement(kind, at: next.end), isStop(element.end),
      !goesOnAsComparison(element.end, kind)
    {
      values.append(element.value)
      end = element.end
    }
    if !values.isEmpty { result.andBefore = (start, values, end) }
  }

  /// A comma, a connective, or a comma and a connective.
  private func matchSeparator(_ connectives: [Keyword], at start: Int)
    -> (keyword: Keyword?, end: Int)?
  {
    var index = start
    if kind(index) == .comma { index += 1 }
    if let keyword = keyword(index), connectives.contains(keyword) { return (keyword, index + 1) }
    return index > start ? (nil, index) : nil
  }

  /// Whether a declared sentence begins at a token and takes the value there for itself.
  private func beginsSentence(_ index: Int, beyond end: Int, _ kind: ElementKind) -> Bool {
    if kind.isText, tokens[index].kind == .string { return false }
    return isPhraseStart(index)
  }

  /// Whether a whole declared phrase stands at a token.
  func isPhraseStart(_ index: Int) -> Bool {
    !matchPhrases(at: index).isEmpty || matchRecordedHead(at: index) != nil
  }

  /// Whether the phrase at a token is followed by an ending, so that it is a sentence.
  private func isWholeSentence(at index: Int) -> Bool {
    matchPhrases(at: index).contains { phrase in
      switch phrase.meaning.sense {
      case .fact(let fact):
        matchEnding(of: fact, isNegative: phrase.meaning.isNegative, at: phrase.end, in: .condition)
          .map { isStop($0.end) } ?? false
      case .definition, .workingDay: isStop(phrase.end)
      case .outcome, .textEnding: true
      }
    }
  }
}
