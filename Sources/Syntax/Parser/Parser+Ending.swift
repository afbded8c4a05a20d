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
package enum EndingPlace: Hashable, Sendable {
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

  /// ending = [`not`] `recorded` | is-recorded | set-word | number-ending | date-ending
  ///        | text-ending | value-ending | other
  ///
  /// The longest ending of a fact's type that begins at a token.
  func matchEnding(of fact: FactID, isNegative: Bool, at start: Int, in place: EndingPlace)
    -> EndingMatch?
  {
    let declared = lexicon[fact]
    note(.ending(fact, isNegative: isNegative, place), from: start)
    if declared.endsInBe || isNegative || place == .cell, keyword(start) == .recorded {
      return EndingMatch(.recorded, start + 1)
    }
    if !declared.endsInBe, !isNegative, let recorded = matchIsRecorded(at: start) {
      return recorded
    }
    if declared.endsInBe || place == .cell, let end = match([.not, .recorded], at: start) {
      return EndingMatch(.negated(.recorded), end)
    }
    let kind = ValueKind(fact, declared.type)
    switch declared.type {
    case .yesOrNo:
      return EndingMatch(.none, start)
    case .choice:
      return matchOther(kind, isNegative, at: start)
        ?? matchValueEnding(kind, isNegative, at: start, in: place)
    case .set:
      return matchSetWord(at: start) ?? matchOther(kind, isNegative, at: start)
        ?? matchValueEnding(kind, isNegative, at: start, in: place)
    case .number(let type):
      return longest(
        matchNumberEnding(of: type, at: start), matchValueEnding(kind, at: start, in: place))
        ?? matchOther(kind, isNegative, at: start)
    case .date:
      return longest(matchDateEnding(at: start), matchValueEnding(kind, at: start, in: place))
        ?? matchOther(kind, isNegative, at: start)
    case .text:
      return matchTextEnding(kind, at: start, in: place)
        ?? matchValueEnding(kind, at: start, in: place) ?? matchOther(kind, isNegative, at: start)
    }
  }

  /// is-recorded = `is` [`not`] `recorded`
  ///
  /// Behind a phrase that does not end in `is` itself.
  private func matchIsRecorded(at start: Int) -> EndingMatch? {
    if let end = match([.is, .recorded], at: start) { return EndingMatch(.recorded, end) }
    if let end = match([.is, .not, .recorded], at: start) {
      return EndingMatch(.negated(.recorded), end)
    }
    return nil
  }

  private func longest(_ a: EndingMatch?, _ b: EndingMatch?) -> EndingMatch? {
    guard let a, let b else { return a ?? b }
    return b.end > a.end ? b : a
  }

  /// set-word = `nothing` | `anything`
  private func matchSetWord(at start: Int) -> EndingMatch? {
    switch keyword(start) {
    case .nothing: EndingMatch(.nothing, start + 1)
    case .anything where keyword(start + 1) != .but || matchUnless(at: start + 1) != nil:
      EndingMatch(.anything, start + 1)
    default: nil
    }
  }

  // MARK: Negated endings

  /// other = (`other than` | `anything but`) values | `neither` values
  private func matchOther(_ kind: ValueKind, _ isNegative: Bool, at start: Int) -> EndingMatch? {
    if let end = matchAny([[.other, .than], [.anything, .but]], at: start),
      let values = matchValues(kind, at: end, last: [.or])
    {
      var troubles = values.troubles
      let whole = span(start..<values.end)
      if let and = values.andBefore {
        troubles.append(.andAfterOtherThan(list.span(and.index)))
        let all = EndingSyntax.values(kind.anyQuantifier, values.values + and.values)
        return EndingMatch(.negated(all), and.end, troubles)
      }
      if isNegative { troubles.append(.doubleNegative(spelling(start..<values.end), whole)) }
      if kind.isSet {
        troubles.append(.otherThanOfSet(spelling(end..<values.end), whole))
      }
      return EndingMatch(.negated(.values(kind.anyQuantifier, values.values)), values.end, troubles)
    }
    if keyword(start) == .neither, let values = matchValues(kind, at: start + 1, last: [.nor]),
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

  /// value-ending = list-words | bulleted-values | quantifier (values | LIST except) | values
  func matchValueEnding(
    _ kind: ValueKind, _ isNegative: Bool = false, at start: Int, in place: EndingPlace
  ) -> EndingMatch? {
    if let listed = matchListWords(kind, at: start) { return listed }
    if let bulleted = matchBulletedValues(kind, at: start) { return bulleted }
    if let (quantifier, end, last) = matchQuantifier(kind, at: start),
      let values = matchValues(kind, at: end, last: last)
    {
      return quantified(quantifier, kind, values, start: start)
    }
    guard let values = matchValues(kind, at: start, last: [.or]) else { return nil }
    return bare(values, kind, isNegative, start: start, in: place)
  }

  /// quantifier = `one of` | `any of` | `all of` | `none of` | `both` | `either`
  private func matchQuantifier(_ kind: ValueKind, at start: Int)
    -> (EndingSyntax.Quantifier, Int, [Keyword])?
  {
    if let end = match([.one, .of], at: start) { return (kind.anyQuantifier, end, [.or]) }
    if let end = match([.any, .of], at: start) { return (kind.anyQuantifier, end, [.or]) }
    if keyword(start) == .either { return (kind.anyQuantifier, start + 1, [.or]) }
    if keyword(start) == .both, !kind.isSet { return (.oneOf, start + 1, [.and, .or]) }
    guard kind.isSet else { return nil }
    if keyword(start) == .any, keyword(start + 1) != .of { return (.anyOf, start + 1, [.or]) }
    if let end = match([.all, .of], at: start) { return (.allOf, end, [.and, .or]) }
    if let end = match([.none, .of], at: start) { return (.noneOf, end, [.or]) }
    if keyword(start) == .both { return (.allOf, start + 1, [.and]) }
    return nil
  }

  private func quantified(
    _ quantifier: EndingSyntax.Quantifier, _ kind: ValueKind, _ found: ValuesMatch,
    start: Int
  ) -> EndingMatch {
    var troubles = found.troubles
    if kind.isSet, let head = match([.one, .of], at: start) {
      let values = spelling(head..<found.end)
      troubles.append(.oneOfSet(values, span(start..<found.end)))
      return EndingMatch(.values(quantifier, found.values), found.end, troubles)
    }
    if !kind.isSet, keyword(start) == .both {
      let values = spelling(start + 1..<found.end)
      troubles.append(.bothOfOne(values, kind.isOutcome, span(start..<found.end)))
    }
    if quantifier != .allOf, let and = found.andBefore {
      let span = span(start..<and.end)
      troubles.append(.andInList(quantifier, list.span(and.index), of: span, isSet: kind.isSet))
      return EndingMatch(.values(quantifier, found.values + and.values), and.end, troubles)
    }
    if let except = matchExcept(kind, found, quantifier) { return except }
    if quantifier == .allOf, found.hasOr {
      let values = spelling(start..<found.end)
      troubles.append(.orInAllOf(values, span(start..<found.end)))
    }
    return EndingMatch(.values(quantifier, found.values), found.end, troubles)
  }

  /// except = `other than` values
  private func matchExcept(
    _ kind: ValueKind, _ found: ValuesMatch, _ quantifier: EndingSyntax.Quantifier
  ) -> EndingMatch? {
    guard found.values.count == 1, case .list = found.values[0].kind,
      let end = match([.other, .than], at: found.end),
      let except = matchValues(kind, at: end, last: [.or])
    else { return nil }
    return EndingMatch(
      .listExcept(quantifier, found.values[0], except: except.values), except.end,
      found.troubles + except.troubles)
  }

  /// list-words = (`on the list` | `in the list` | `in`) LIST [except]
  ///
  /// For facts of one value.
  private func matchListWords(_ kind: ValueKind, at start: Int) -> EndingMatch? {
    guard !kind.isSet else { return nil }
    let sequences: [[Keyword]] = [[.on, .the, .list], [.in, .the, .list], [.in]]
    guard let end = matchAny(sequences, at: start),
      let (list, after) = lexicon.lists.match(
        tokens, at: afterArticles(end), limit: limit, text: raw)
    else { return nil }
    let value = ValueSyntax(span: span(end..<after), kind: .list(ListID(list)))
    let found = ValuesMatch(values: [value], end: after)
    return matchExcept(kind, found, .oneOf) ?? EndingMatch(.values(.oneOf, [value]), after)
  }

  /// Values without a quantifier before them.
  private func bare(
    _ found: ValuesMatch, _ kind: ValueKind, _ isNegative: Bool, start: Int,
    in place: EndingPlace
  ) -> EndingMatch {
    var troubles = found.troubles
    var values = found.values
    var end = found.end
    var quantifier: EndingSyntax.Quantifier =
      values.count == 1 ? .single : (kind.isSet ? .anyOf : .oneOf)
    if let and = found.andBefore {
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
    } else if kind.isSet, values.count > 1, !found.hasOr {
      troubles.append(
        .bareCommaList(spelling(start..<end), span(start..<end), given: place == .given))
      if place == .given { quantifier = .allOf }
    }
    if !kind.isSet, !kind.isOutcome, place != .given, values.count == 1,
      case .list(let list) = values[0].kind
    {
      troubles.append(.bareList(lexicon.name(list), values[0].span))
    }
    return EndingMatch(.values(quantifier, values), end, troubles)
  }

  // MARK: Values

  /// Values parted by commas and connectives.
  struct ValuesMatch {
    var values: [ValueSyntax]
    var end: Int
    var hasOr = false
    /// Values that follow behind `and`, where the list goes on with `or`.
    var andBefore: (index: Int, values: [ValueSyntax], end: Int)?
    var troubles: [Finding] = []
  }

  /// values = value { value-separator value }
  ///
  /// Behind the first value, `connectives` may part the others.
  func matchValues(_ kind: ValueKind, at start: Int, last connectives: [Keyword])
    -> ValuesMatch?
  {
    guard let first = matchValue(kind, at: start) else { return nil }
    var result = ValuesMatch(values: [first.value], end: first.end, troubles: first.troubles)
    while let next = matchValueSeparator(connectives, at: result.end) {
      guard let read = matchValue(kind, at: next.end), !goesOnAsComparison(read.end, kind) else {
        break
      }
      guard isValueEnd(read.end) else {
        // `or solicitor acts for …`, where `solicitor` is a value too.
        if kind.hasDeclaredValues, isWholeSentence(at: next.end) {
          result.troubles.append(.valueOrSentence(read.text, read.value.span))
        }
        break
      }
      if beginsSentence(next.end, beyond: read.end, kind) {
        guard kind.hasDeclaredValues, isWholeSentence(at: next.end) else { break }
        result.troubles.append(.valueOrSentence(read.text, read.value.span))
      }
      if next.keyword == .or { result.hasOr = true }
      result.values.append(read.value)
      result.troubles += read.troubles
      result.end = read.end
    }
    matchAnd(kind, connectives, &result)
    return result
  }

  private func isValueEnd(_ end: Int) -> Bool {
    isStop(end) || match([.other, .than], at: end) != nil
  }

  /// Whether the number that ends here is that of `7 or more`, an ending of its own.
  private func goesOnAsComparison(_ end: Int, _ kind: ValueKind) -> Bool {
    guard case .number = kind else { return false }
    return keyword(end) == .or && matchMoreOrLess(at: end + 1) != nil
  }

  /// `and` before another value of the fact, where `or` is what parts values.
  private func matchAnd(
    _ kind: ValueKind, _ connectives: [Keyword], _ result: inout ValuesMatch
  ) {
    guard !connectives.contains(.and), !connectives.contains(.nor) else { return }
    var values: [ValueSyntax] = []
    var end = result.end
    let start = self.kind(end) == .comma && keyword(end + 1) == .and ? end + 1 : end
    guard keyword(start) == .and else { return }
    while let next = matchValueSeparator([.and, .or], at: end), !isPhraseStart(next.end),
      let read = unnoted({ matchValue(kind, at: next.end) }), isStop(read.end),
      !goesOnAsComparison(read.end, kind)
    {
      values.append(read.value)
      end = read.end
    }
    if !values.isEmpty { result.andBefore = (start, values, end) }
  }

  /// value-separator = `,` [`or` | `and` | `nor`] | `or` | `and` | `nor`
  private func matchValueSeparator(_ connectives: [Keyword], at start: Int)
    -> (keyword: Keyword?, end: Int)?
  {
    var index = start
    if kind(index) == .comma { index += 1 }
    if let keyword = keyword(index), connectives.contains(keyword) { return (keyword, index + 1) }
    return index > start ? (nil, index) : nil
  }

  /// Whether a declared sentence begins at a token and takes the value there for itself.
  private func beginsSentence(_ index: Int, beyond end: Int, _ kind: ValueKind) -> Bool {
    if kind.isText, tokens[index].kind == .string { return false }
    return isPhraseStart(index)
  }

  /// Whether a whole declared phrase stands at a token.
  func isPhraseStart(_ index: Int) -> Bool {
    !matchPhrases(at: index).isEmpty || matchRecordedHead(at: index) != nil
  }

  /// Whether the phrase at a token is followed by an ending, so that it is a sentence.
  private func isWholeSentence(at index: Int) -> Bool {
    unnoted { isWholeSentence(matchPhrases(at: index)) }
  }

  private func isWholeSentence(_ phrases: [PhraseMatch]) -> Bool {
    phrases.contains { phrase in
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
