import Findings
import Values

extension Parser {
  /// Says why the words at a token are no ending of a fact.
  mutating func diagnoseEnding(of fact: FactID, isNegative: Bool, phrase: Span, at start: Int) {
    let declared = lexicon[fact]
    if start >= limit || (isStop(start) && kind(start) != .open) {
      return reportMissingEnding(declared, phrase)
    }
    if kind(start) == .comparison {
      return reportComparison(declared, at: start, phrase)
    }
    if reportOddToken(start) { return }
    if keyword(start) == .not { return reportNotInside(declared, isNegative, phrase, at: start) }
    switch declared.type {
    case .yesOrNo:
      let range = stretchRange(from: start)
      if yesOrNo(at: start) != nil {
        report(.yesBehindSentence(declared.phrase.text, spelling(start), span(range)))
      } else {
        report(.behindSentence(declared.phrase.text, spelling(range), span(range)))
      }
    case .choice, .set: diagnoseValue(declared, at: start)
    case .number(let type): diagnoseNumber(declared, type, at: start)
    case .date: diagnoseDate(declared, phrase, at: start)
    case .text: diagnoseText(declared, at: start)
    }
  }

  private mutating func reportMissingEnding(_ fact: DeclaredFact, _ phrase: Span) {
    if fact.type == .date, fact.presence == .optional {
      report(.dateAsSentence(fact.phrase.text, phrase))
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

  private mutating func diagnoseValue(_ fact: DeclaredFact, at start: Int) {
    if let (_, end) = matchComparisonWords(at: start) {
      return report(.valuesHaveNoOrder(fact, span(start..<end)))
    }
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
    if skipped != nil, match([.one, .of], at: start) != nil, fact.isSet {
      return report(.oneOfSet(fact.phrase.text, span(start..<index)))
    }
    if index >= limit { return report(.endingMissing(fact, span(start))) }
    if let (_, end) = fact.values.match(tokens, at: index, limit: limit, text: raw), !isStop(end) {
      return diagnoseBehindValue(fact, from: index, value: end)
    }
    let range = stretchRange(from: index)
    reportUnknownValue(fact, range)
  }

  private mutating func reportUnknownValue(_ fact: DeclaredFact, _ range: Range<Int>) {
    let text = spelling(range)
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
    if isPhraseStart(end) { return report(.connectiveMissing(span(end))) }
    let rest = stretchRange(from: end)
    report(.behindValue(spelling(rest), after: spelling(start..<end), span(rest)))
  }

  // MARK: Numbers

  private mutating func diagnoseNumber(
    _ fact: DeclaredFact, _ type: NumberTypeSyntax, at start: Int
  ) {
    let unit = type.unit?.text
    var index = start
    if let (_, end) = matchComparisonWords(at: start) { index = end }
    if let end = match([.between], at: start) { index = end }
    if let sign = currency(index), unit.map({ !Parser.isUnit(sign, $0) }) ?? true {
      return report(.wrongUnit(sign, unit: unit, fact.phrase.text, span(index)))
    }
    let range = stretchRange(from: index)
    guard let token = token(index), token.kind == .word else {
      return report(.numberEndingExpected(fact, spelling(range), span(range)))
    }
    let text = spelling(index)
    if let number = matchNumber(of: type, at: index), number.end < limit,
      kind(number.end) == .word
    {
      return diagnoseBehindNumber(fact, number, unit)
    }
    if let (low, high) = Parser.rangeWithDash(text) {
      let end = afterUnit(of: type, at: index + 1)
      let unitText = end > index + 1 ? " " + spelling(index + 1..<end) : ""
      return report(.dashRange(text, low, high, unitText, span(index..<end)))
    }
    if let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) {
      return report(.notANumber(text, unit: unit, span(index)))
    }
    if Parser.vagueWords.contains(words.text(token.word)) {
      return report(.vagueWord(text, example: "more than 10", span(index)))
    }
    report(.numberEndingExpected(fact, spelling(range), span(range)))
  }

  private mutating func diagnoseBehindNumber(
    _ fact: DeclaredFact, _ number: NumberMatch, _ unit: String?
  ) {
    let word = spelling(number.end)
    findings += number.troubles
    if isPhraseStart(number.end) { return report(.connectiveMissing(span(number.end))) }
    if isStop(number.end + 1) || unit != nil {
      return report(.wrongUnit(word, unit: unit, fact.phrase.text, span(number.end)))
    }
    let range = stretchRange(from: number.end)
    report(.behindValue(spelling(range), after: "the number", span(range)))
  }

  /// `20-35`.
  private static func rangeWithDash(_ text: String) -> (String, String)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2,
      parts.allSatisfy({ part in
        !part.isEmpty && part.allSatisfy { ("0"..."9").contains($0) || $0 == "." }
      })
    else { return nil }
    return (String(parts[0]), String(parts[1]))
  }

  static let vagueWords: Set<String> = [
    "recent", "recently", "soon", "large", "small", "urgent", "big", "high", "low", "many", "few",
    "several", "some", "old", "new", "late", "early", "long", "short", "shortly", "imminent",
    "approaching", "near", "close",
  ]

  // MARK: Dates

  private mutating func diagnoseDate(_ fact: DeclaredFact, _ phrase: Span, at start: Int) {
    let range = stretchRange(from: start)
    let relative: Set<String> = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow",
      "yesterday", "next", "this", "end", "beginning", "start", "now",
    ]
    let texts = range.map { words.text(tokens[$0].word) }
    if texts.contains(where: relative.contains) {
      return report(.relativeDay(spelling(range), span(range)))
    }
    if let word = texts.first(where: Parser.vagueWords.contains) {
      return report(.vagueWord(word, example: "within the last 28 days", span(range)))
    }
    for index in range.dropFirst() where isPhraseStart(index) || mentionsDateFact(index) {
      return report(.dateAgainstFact(spelling(index..<range.upperBound), span(range)))
    }
    if let (duration, end) = matchDuration(at: start) ?? matchDuration(at: start + 1) {
      return report(.durationAlone(duration, span(start..<min(end, limit))))
    }
    report(.dateEndingExpected(fact, spelling(range), span(range)))
  }

  /// Whether a date fact's phrase, or its first words, stands at a token.
  private func mentionsDateFact(_ index: Int) -> Bool {
    matchRecordedPhrase(at: index).map { lexicon[$0.0].type == .date } ?? false
  }

  // MARK: Texts

  private mutating func diagnoseText(_ fact: DeclaredFact, at start: Int) {
    var index = start
    if let end = matchAny(
      [
        [.in, .the, .domain], [.in, .one, .of, .the, .domains], [.one, .of], [.on, .the, .list],
        [.in],
      ],
      at: start)
    {
      index = end
    }
    if index < limit, reportOddToken(index) { return }
    let range = stretchRange(from: index)
    let text = spelling(range)
    let near =
      Spelling.nearest(text, in: lexicon.lists.names).map { ("list", $0) }
      ?? lexicon.similarList(text).map { ("list", $0) }
      ?? lexicon.similarDefinition(text).map { ("definition", $0) }
    report(.unquotedText(text, fact, similar: near, span(range)))
  }
}
