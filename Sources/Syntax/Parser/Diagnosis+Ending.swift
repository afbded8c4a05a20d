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

  // MARK: Numbers

  private mutating func diagnoseNumber(
    _ fact: DeclaredFact, _ type: NumberTypeSyntax, at start: Int
  ) {
    let unit = type.unit?.text
    var index = start
    if let (_, end) = matchComparison(at: start) { index = end }
    if let end = match([.between], at: start) { index = end }
    if let sign = currency(index), unit.map({ !Parser.isUnit(sign, $0) }) ?? true {
      return report(.wrongUnit(sign, unit: unit, fact.phrase.text, span(index)))
    }
    if raw(index) == "-", let sign = currency(index + 1), let figures = token(index + 2) {
      let whole = list.span(index).through(
        Span(file: list.file, start: figures.start, end: figures.end))
      return report(.minusBeforeCurrency(sign + "-" + spelling(index + 2), whole))
    }
    if index < limit, let figures = Parser.figures(raw(index)), kind(index) == .stray {
      return report(.numberInWords(raw(index), figures, span(index)))
    }
    if reportThenForThan(start) || reportNumberWords(start, unit) || reportAbsence(fact, at: start)
    {
      return
    }
    let range = stretchRange(from: index)
    guard let token = token(index), token.kind == .word else {
      return report(.numberEndingExpected(fact, spelling(range), span(range)))
    }
    let text = spelling(index)
    if let figures = Parser.figures(WordTable.lowercased(text)) {
      return report(.numberInWords(text, figures, span(index)))
    }
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
      let unitText = unit.map { " " + $0 } ?? ""
      return report(.vagueWord(text, example: "more than 10\(unitText)", span(index)))
    }
    report(.numberEndingExpected(fact, spelling(range), span(range)))
  }

  private mutating func diagnoseBehindNumber(
    _ fact: DeclaredFact, _ number: NumberMatch, _ unit: String?
  ) {
    let word = spelling(number.end)
    findings += number.troubles
    if isPhraseStart(number.end) { return report(.connectiveMissing(span(number.end))) }
    let currencies = ["pound": "£", "euro": "€", "dollar": "$", "gbp": "£", "eur": "€", "usd": "$"]
    let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
    if let unit, currencies[WordTable.lowercased(singular)] == unit {
      let fixed = unit + spelling(number.end - 1)
      return report(.currencyInWords(word, fixed, span(number.end - 1..<number.end + 1)))
    }
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

  /// Number words beyond `twelve`, and fractions in one character.
  private static func figures(_ word: String) -> String? {
    let teens = [
      "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
    ]
    if let index = teens.firstIndex(of: word) { return "\(13 + index)" }
    let others = [
      "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
      "eighty": "80", "ninety": "90", "hundred": "100", "thousand": "1000", "million": "1000000",
      "dozen": "12", "half": "0.5", "½": "0.5", "¼": "0.25", "¾": "0.75", "twenty-five": "25",
    ]
    return others[word]
  }

  static let vagueWords: Set<String> = [
    "recent", "recently", "soon", "large", "small", "urgent", "big", "high", "low", "many", "few",
    "several", "some", "old", "new", "late", "early", "long", "short", "shortly", "imminent",
    "approaching", "near", "close",
  ]

  // MARK: Dates

  private mutating func diagnoseDate(_ fact: DeclaredFact, _ phrase: Span, at start: Int) {
    let range = stretchRange(from: start)
    if reportThenForThan(start) || reportDateWords(start, range) { return }
    let relative: Set<String> = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "tomorrow",
      "yesterday", "next", "this", "end", "beginning", "start", "now",
    ]
    let texts = range.map { words.text(tokens[$0].word) }
    if texts.contains(where: relative.contains) {
      return report(.relativeDay(spelling(range), span(range)))
    }
    if let word = texts.first(where: Parser.vagueWords.contains) {
      let looksBack = ["recent", "recently", "old", "new"].contains(word)
      let example = looksBack ? "within the last 28 days" : "within 10 days"
      return report(.vagueWord(word, example: example, span(range)))
    }
    if reportAbsence(fact, at: start) { return }
    if let part = range.first(where: { Parser.partsOfDay.contains(words.text(tokens[$0].word)) }) {
      let first = part > start && number(part - 1) != nil ? part - 1 : part
      return report(.partOfDay(spelling(first..<part + 1), span(first..<part + 1)))
    }
    if let part = range.first(where: { isPartOfDuration($0) }) {
      return report(.partOfDuration(spelling(part..<part + 2), span(part..<part + 2)))
    }
    for index in range.dropFirst() where isPhraseStart(index) || mentionsDateFact(index) {
      return report(.dateAgainstFact(spelling(index..<range.upperBound), span(range)))
    }
    if let (duration, end) = matchDuration(at: start) ?? matchDuration(at: start + 1) {
      return report(.durationAlone(duration, span(start..<min(end, limit))))
    }
    report(.dateEndingExpected(fact, spelling(range), span(range)))
  }

  private static let partsOfDay: Set<String> = [
    "hour", "hours", "minute", "minutes", "midnight", "noon", "morning", "evening", "am", "pm",
    "o'clock",
  ]

  /// `1.5 years`, `half a year`
  private func isPartOfDuration(_ index: Int) -> Bool {
    let units: Set<Keyword> = [.day, .days, .week, .weeks, .month, .months, .year, .years]
    guard let unit = keyword(index + 1), units.contains(unit) else { return false }
    if case .success(let value)? = number(index) { return !value.isWhole }
    return false
  }

  /// `none`, `blank`, `unknown` in place of `not recorded`.
  mutating func reportAbsence(_ fact: DeclaredFact, at start: Int) -> Bool {
    let absent: Set<String> = [
      "none", "blank", "empty", "missing", "unknown", "nothing", "null", "n/a", "na", "unset",
      "undefined", "known", "present", "anything", "something", "recorded", "available",
    ]
    let isThere: Set<String> = [
      "known", "present", "anything", "something", "recorded", "available",
    ]
    guard let token = token(start), isStop(start + 1), absent.contains(words.text(token.word)),
      !(fact.isSet && words.text(token.word) == "anything")
    else { return false }
    let word = words.text(token.word)
    let sentence = fact.recordedSentence(isRecorded: isThere.contains(word))
    report(.absenceWord(spelling(start), fact, sentence, span(start)))
    return true
  }

  /// Whether a date fact's phrase, or its first words, stands at a token.
  private func mentionsDateFact(_ index: Int) -> Bool {
    matchFactReference(at: index).map { lexicon[$0.0].type == .date } ?? false
  }

  // MARK: Texts

  /// `*.gov.uk`, `*@nhs.net`
  mutating func reportStar(_ index: Int, behindVerb: Bool) -> Bool {
    guard kind(index) == .stray, raw(index) == "*", let next = token(index + 1), next.kind == .word,
      !next.flags.contains(.afterSpace)
    else { return false }
    let domain = String(spelling(index + 1).drop { $0 == "." || $0 == "@" })
    report(.starDomain(domain, behindVerb: behindVerb, span(index..<index + 2)))
    return true
  }

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
    if index < limit {
      if index == start, reportStar(index, behindVerb: false) || reportOddToken(index) { return }
      if reportOddToken(index) { return }
    }
    if reportAbsence(fact, at: start) { return }
    let range = stretchRange(from: index)
    let text = spelling(range)
    if index == start, reportDomainWords(range) { return }
    let near =
      Spelling.nearest(text, in: lexicon.textLists).map { ("list", $0) }
      ?? lexicon.similarList(text).map { ("list", $0) }
      ?? lexicon.similarDefinition(text).map { ("definition", $0) }
    let isListWanted = matchAny([[.on, .the, .list], [.in]], at: start) == index && index > start
    if isListWanted, match([.in, .the, .domain], at: start) == nil {
      return report(.unknownList(text, nearest: near?.1, all: lexicon.lists.names, span(range)))
    }
    report(.unquotedText(text, fact, similar: near, isListNamed: index > start, span(range)))
  }
}
