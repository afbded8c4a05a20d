import Findings
import Values

extension Parser {
  /// Says why the words at a token are no ending of a fact.
  mutating func diagnoseEnding(of fact: FactID, isNegative: Bool, phrase: Span, at start: Int) {
    let declared = lexicon[fact]
    if start >= limit || (isStop(start) && kind(start) != .open) {
      return reportMissingEnding(declared, isNegative, phrase)
    }
    if kind(start) == .comparison {
      return reportComparison(declared, at: start, phrase)
    }
    if reportOddToken(start) { return }
    if keyword(start) == .not { return reportNotInside(declared, isNegative, phrase, at: start) }
    switch declared.type {
    case .yesOrNo:
      if reportYesBehind(phrase, declared.negativeText, isNegative, at: start) { return }
      let range = stretchRange(from: start)
      do {
        report(.behindSentence(declared.phrase.text, spelling(range), span(range)))
      }
    case .choice, .set: diagnoseValue(declared, phrase, at: start)
    case .number(let type): diagnoseNumber(declared, type, at: start)
    case .date: diagnoseDate(declared, phrase, at: start)
    case .text: diagnoseText(declared, at: start)
    }
  }

  private mutating func reportMissingEnding(
    _ fact: DeclaredFact, _ isNegative: Bool, _ phrase: Span
  ) {
    if fact.type == .date, fact.presence == .optional {
      report(.dateAsSentence(fact.phrase.text, isNegative: isNegative, phrase))
    } else {
      report(.endingMissing(fact, phrase))
    }
  }

  /// `recipient prefers not plain`: the negative phrase, or a double negative.
  private mutating func reportNotInside(
    _ fact: DeclaredFact, _ isNegative: Bool, _ phrase: Span, at start: Int
  ) {
    let range = stretchRange(from: start)
    if fact.type == .date, let match = matchDateEnding(at: start + 1), isStop(match.end),
      case .date(let ending) = match.ending, let opposite = ending.comparisonWithDuration
    {
      let whole = phrase.through(span(match.end - 1))
      report(
        .notMoreThanAgo(
          source.text(phrase) + " " + spelling(start + 1..<match.end), opposite, whole,
          phrase: source.text(phrase), positive: fact.phrase.text))
      return
    }
    if isNegative {
      report(.doubleNegative(spelling(range), span(range)))
    } else {
      report(.notBehindPhrase(fact, phrase, not: span(start), source.text(phrase)))
    }
  }

  /// `>=`, `<`, `=` in place of words.
  private mutating func reportComparison(_ fact: DeclaredFact, at start: Int, _ phrase: Span) {
    let text = source.text(phrase)
    let endsInBe = fact.endsInBe
    report(
      .comparisonSign(raw(start), span(start), hasIs: endsInBe || !text.isEmpty && fact.endsInBe))
  }

  // MARK: Values

  private mutating func diagnoseValue(_ fact: DeclaredFact, _ phrase: Span, at start: Int) {
    if reportUnknownBullet(fact, at: start) { return }
    if reportValueWords(fact, phrase, at: start) { return }
    if let (comparison, end) = matchComparison(at: start) {
      return reportOrder(of: fact, comparison, valueAt: end, start: start)
    }
    if reportAbsence(fact, at: start) { return }
    let skipped = matchAny(
      [
        [.one, .of], [.any, .of], [.all, .of], [.none, .of], [.other, .than], [.in],
        [.on, .the, .list],
      ],
      at: start)
    var index = skipped ?? start
    // The first value that is not known, behind those that are.
    while let (_, end) = fact.values.match(tokens, at: index, limit: limit, text: raw), isStop(end),
      end < limit
    {
      index = end
      while self.kind(index) == .comma || keyword(index) == .or || keyword(index) == .and {
        index += 1
      }
    }
    if index >= limit { return report(.endingMissing(fact, span(start))) }
    if reportValueWords(fact, phrase, at: index) { return }
    if let (_, end) = fact.values.match(tokens, at: index, limit: limit, text: raw), !isStop(end) {
      return diagnoseBehindValue(fact, from: index, value: end)
    }
    let range = stretchRange(from: index)
    reportUnknownValue(fact, range)
    skipFurtherValues(of: fact, from: range.upperBound)
  }

  /// `at least SECRET`, `SECRET or higher`: the values that their declared order would give.
  private mutating func reportOrder(
    of fact: DeclaredFact, _ comparison: Comparison, valueAt index: Int, start: Int
  ) {
    guard
      let (value, end) = fact.values.match(
        tokens, at: afterArticles(index), limit: limit, text: raw),
      isStop(end)
    else { return report(.valuesHaveNoOrder(fact, [], span(start..<index))) }
    let names = fact.values.names
    let meant: [String] =
      switch comparison {
      case .atLeast: Array(names[value...])
      case .moreThan: Array(names[(value + 1)...])
      case .atMost: Array(names[...value])
      case .lessThan: Array(names[..<value])
      }
    report(.valuesHaveNoOrder(fact, meant, span(start..<end)))
  }

  /// `SECRET or higher`
  mutating func reportOrHigher(of fact: DeclaredFact, _ range: Range<Int>) -> Bool {
    let comparisons: [String: Comparison] = [
      "higher": .atLeast, "above": .atLeast, "over": .atLeast, "more": .atLeast,
      "stricter": .atLeast, "worse": .atLeast, "lower": .atMost, "below": .atMost,
      "under": .atMost, "less": .atMost,
    ]
    guard range.count == 1, range.lowerBound >= 2,
      let comparison = comparisons[words.text(tokens[range.lowerBound].word)]
    else { return false }
    let last = range.lowerBound - 2
    for start in stride(from: last, through: max(0, last - 3), by: -1) {
      guard let (_, end) = fact.values.match(tokens, at: start, limit: limit, text: raw),
        end == last + 1
      else { continue }
      let names = fact.values.names
      guard let value = fact.values.match(tokens, at: start, limit: limit, text: raw)?.0 else {
        break
      }
      let meant = comparison == .atLeast ? Array(names[value...]) : Array(names[...value])
      report(.valuesHaveNoOrder(fact, meant, span(start..<range.upperBound)))
      return true
    }
    return false
  }

  /// The first of the bullets behind `any of:` that is no value of the fact.
  mutating func reportUnknownBullet(_ fact: DeclaredFact, at start: Int) -> Bool {
    guard let id = lexicon.factIDs[fact.phrase.span] else { return false }
    let kind = ValueKind.values(id, isSet: fact.isSet)
    guard let (_, colon) = matchValuesHead(kind, at: start), self.kind(colon) == .colon,
      self.kind(colon + 1) == .bullet
    else { return false }
    for bullet in (colon + 1..<limit) where self.kind(bullet) == .bullet {
      let isJoined = keyword(bullet + 1) == .and || keyword(bullet + 1) == .or
      let first = isJoined ? bullet + 2 : bullet + 1
      if matchValue(kind, at: first) == nil, first < limit {
        reportUnknownValue(fact, first..<min(lineEnd(first), stretchRange(from: first).upperBound))
        position = limit
        return true
      }
    }
    return false
  }

  private mutating func reportUnknownValue(_ fact: DeclaredFact, _ range: Range<Int>) {
    let text = spelling(range)
    // A fact without values has a declaration that could not be read, and that says so.
    let isDeclared = !lexicon.unreadablePhrases.contains(tokens[range.lowerBound].word)
    guard isDeclared, !fact.values.names.isEmpty else { return }
    if range.count == 1, text.contains("@") {
      report(.addressAsValue(text, fact, span(range)))
      return
    }
    let known = stillSuggests ? [fact.values.names, lexicon.lists.names] : []
    let nearest = known.lazy.compactMap { Spelling.nearest(text, in: $0) }.first
    report(.unknownValue(text, of: fact, nearest: nearest, span(range)))
  }

  /// A value, and words behind it that are no connective.
  private mutating func diagnoseBehindValue(_ fact: DeclaredFact, from start: Int, value end: Int) {
    let whole = stretchRange(from: start)
    let text = spelling(whole)
    if let nearest = Spelling.nearest(text, in: fact.values.names), whole.count <= 6,
      Spelling.distance(text, nearest) <= 2
    {
      report(.unknownValue(text, of: fact, nearest: nearest, span(whole)))
      return
    }
    if reportOddToken(end) { return }
    if reportTaughtLine(end) || reportSign(end) { return }
    let next = words.text(tokens[end].word)
    if ["whether", "regardless", "irrespective", "even"].contains(next) {
      let stop = (end..<limit).first { tokens[$0].isFirstOnLine && $0 > end } ?? limit
      report(.evenIf(spelling(end), span(end..<stop)))
      position = stop
      return
    }
    if isPhraseStart(end) { return report(.connectiveMissing(span(end))) }
    let rest = stretchRange(from: end)
    report(.behindValue(spelling(rest), after: spelling(start..<end), span(rest)))
  }
}
