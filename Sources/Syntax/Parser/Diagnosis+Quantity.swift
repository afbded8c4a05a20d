import Findings
import Values

/// Why words are no ending of a number, a date or a text.
extension Parser {
  // MARK: Numbers

  mutating func diagnoseNumber(
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

  mutating func diagnoseDate(_ fact: DeclaredFact, _ phrase: Span, at start: Int) {
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

  mutating func diagnoseText(_ fact: DeclaredFact, at start: Int) {
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
