import Findings
import Values

/// What went wrong where a sentence could not be read. Nothing here consumes tokens; the parser goes
/// on behind the sentence.
extension Parser {
  /// Says why what follows a declared phrase is no ending of it.
  mutating func diagnose(_ phrase: PhraseMatch, at start: Int) {
    let phraseSpan = span(start..<phrase.end)
    if reportMissingThen(phrase) || reportMistypedClause(from: phrase.end) { return }
    switch phrase.meaning.sense {
    case .fact(let fact):
      diagnoseEnding(
        of: fact, isNegative: phrase.meaning.isNegative, phrase: phraseSpan, at: phrase.end)
    case .definition, .workingDay:
      diagnoseWholeSentence(phraseSpan, at: phrase.end)
    case .outcome:
      diagnoseOutcome(at: phrase.end)
    case .textEnding(let fact, _):
      if !reportStar(phrase.end, behindVerb: true), !reportOddToken(phrase.end) {
        report(
          .textInQuotesExpected(
            stretch(from: phrase.end), words: spelling(stretchRange(from: phrase.end)),
            fact: lexicon[fact].phrase.text))
      }
    }
  }

  /// A line further on whose first word is nearly a keyword: the sentence was complete before it.
  private mutating func reportMistypedClause(from start: Int) -> Bool {
    let reach = start..<max(start, min(limit, start + 40))
    guard let index = reach.first(where: { tokens[$0].isFirstOnLine }),
      keyword(index) == nil, let mistyped = mistypedKeyword(index)
    else { return false }
    report(.mistypedKeyword(raw(index), mistyped.text, span(index)))
    position = limit
    return true
  }

  /// Words behind a sentence that is complete: `address is verified yes`.
  private mutating func diagnoseWholeSentence(_ phrase: Span, at index: Int) {
    if reportOddToken(index) || reportAndOr(index) { return }
    if reportYesBehind(phrase, nil, false, at: index) { return }
    if keyword(index) == .not {
      report(.yesBehindSentence(source.text(phrase), spelling(index), stretch(from: index)))
    } else {
      let range = stretchRange(from: index)
      report(.behindSentence(source.text(phrase), spelling(range), span(range)))
    }
  }

  /// `address is verified: yes`, `address is verified is no`
  mutating func reportYesBehind(
    _ phrase: Span, _ negative: String?, _ isNegative: Bool, at start: Int
  ) -> Bool {
    var index = start
    while kind(index) == .colon || kind(index) == .comparison || keyword(index) == .is {
      index += 1
    }
    let isFalse = token(index).map { words.text($0.word) } == "false"
    guard let isYes = isFalse ? false : yesOrNo(at: index), isStop(index + 1) else { return false }
    let ending = span(start..<index + 1)
    var fixes: [Fix] = []
    if isYes {
      fixes = [.replace(ending, with: "", "leave it out", isSafe: !isNegative)]
    } else if let negative, !isNegative {
      let whole = phrase.through(ending)
      fixes = [.replace(whole, with: negative, "write `\(negative)`", isSafe: true)]
    }
    report(.yesBehindSentence(source.text(phrase), spelling(index), ending, fixes))
    return true
  }

  /// A complete sentence with an outcome directly behind it: `then` is missing.
  private mutating func reportMissingThen(_ phrase: PhraseMatch) -> Bool {
    var end = phrase.end
    if case .fact(let fact) = phrase.meaning.sense,
      let match = matchEnding(
        of: fact, isNegative: phrase.meaning.isNegative, at: end, in: .condition)
    {
      end = match.end
    }
    if end > phrase.end || !isFactPhrase(phrase), reportAndOr(end) || reportSign(end) {
      return true
    }
    guard end < limit, let (outcome, after) = matchOutcome(at: end), isConsequentStop(after) else {
      return false
    }
    report(.thenMissingBefore(lexicon.outcomes.names[outcome], span(end).before, span(end..<after)))
    position = limit
    return true
  }

  /// `&` in place of `and`, an arrow in place of `then`.
  mutating func reportSign(_ index: Int) -> Bool {
    guard index < limit else { return false }
    let isSplit = raw(index).allSatisfy { $0 == "-" } && kind(index + 1) == .comparison
    let end = isSplit ? index + 2 : index + 1
    let sign = source.text(span(index..<end))
    if ["&", "&&"].contains(sign) {
      report(.signForWord(sign, "and", span(index)))
      return true
    }
    let arrows = ["=>", "->", "-->", "==>", "→"]
    if arrows.contains(sign), matchOutcome(at: end) != nil {
      report(.signForWord(sign, "then", span(index..<end)))
      position = limit
      return true
    }
    return false
  }

  private func isFactPhrase(_ phrase: PhraseMatch) -> Bool {
    if case .fact = phrase.meaning.sense { true } else { false }
  }

  func matchOutcome(at start: Int) -> (Int, Int)? {
    lexicon.outcomes.match(tokens, at: start, limit: limit, text: raw)
  }

  /// `and/or` between two sentences.
  private mutating func reportAndOr(_ index: Int) -> Bool {
    guard let token = token(index), words.text(token.word) == "and/or" else { return false }
    report(.andSlashOr(span(index)))
    return true
  }

  /// A token that has no place in a sentence at all.
  mutating func reportOddToken(_ index: Int) -> Bool {
    guard let kind = kind(index) else { return false }
    switch kind {
    case .unclosedString: report(.unclosedString(span(index)))
    case .badEscape: report(.badEscape(span(index)))
    case .stray: report(.strayCharacter(raw(index), span(index)))
    case .comparison: report(.comparisonSign(raw(index), span(index), hasIs: false))
    case .word, .string, .text, .comma, .colon, .semicolon, .open, .close, .pipe, .bullet,
      .listMark,
      .end:
      return false
    }
    return true
  }

  // MARK: Stretches

  /// From a token to the end of its sentence.
  func stretchRange(from start: Int) -> Range<Int> {
    var end = start
    while end < limit, !isStop(end) || end == start && !isStop(start), end - start < 12 {
      if end > start, tokens[end].isFirstOnLine, keyword(end).map(Keyword.clauses.contains) ?? false
      {
        break
      }
      end += 1
    }
    return start..<max(end, min(start + 1, limit))
  }

  func stretch(from start: Int) -> Span {
    let range = stretchRange(from: start)
    return range.isEmpty ? span(start).before : span(range)
  }

  // MARK: Sentences that begin with no declared phrase

  /// Says that no fact's sentence begins here, with the nearest one.
  mutating func diagnoseSentence(at start: Int, after fact: FactID?) {
    guard start < limit else {
      return report(.conditionMissing(after: "the word before", span(start)))
    }
    if reportOddToken(start) { return }
    switch kind(start) {
    case .close: return report(.closeWithoutOpen(span(start)))
    case .comma, .colon, .semicolon, .pipe, .bullet, .string, .listMark, .text, .open:
      return report(.sentenceExpected(raw(start), span(start)))
    case .word, .unclosedString, .badEscape, .stray, .comparison, .end, nil: break
    }
    if isStop(start) { return report(.sentenceExpected(raw(start), span(start))) }
    var range = stretchRange(from: start)
    if isInGiven, keyword(start) == .today {
      var day: String?
      if case .day(let date, _) = matchDate(at: start + 2) { day = date.words }
      return report(.todayGiven(day, span(range)))
    }
    if keyword(range.upperBound) == .with, let last = token(range.upperBound - 1),
      ["start", "end", "ends", "starts"].contains(words.text(last.word))
    {
      range = start..<range.upperBound + 1
    }
    if let sign = (start..<min(start + 14, limit)).first(where: { kind($0) == .comparison }),
      !(start..<sign).contains(where: isStop)
    {
      return report(.comparisonSign(raw(sign), span(sign), hasIs: false))
    }
    if isInGiven, match([.today, .is], at: start) != nil {
      return report(.givenToday(span(range)))
    }
    if lexicon.unreadablePhrases.contains(tokens[afterArticles(start)].word) { return }
    if let fact, reportAndAbove(fact, range) || reportUnknownListValue(of: fact, range) { return }
    if reportOtherWords(range) || reportSynonym(range) { return }
    let text = spelling(range)
    let nearest = nearestPhrase(to: range)
    if let nearest, let fixed = nearest.fix {
      report(.unknownSentence(text, nearest: nearest.text, fixed, span(range)))
      return
    }
    report(
      .unknownSentence(text, sameWord: nearest?.text ?? phraseWithSameWord(range), span(range)))
  }

  /// `purpose is A or B-typo`: a value of the fact before was meant.
  private mutating func reportUnknownListValue(of fact: FactID, _ range: Range<Int>) -> Bool {
    guard range.count <= 4, lexicon[fact].values.names.count > 0 else { return false }
    let isAfterConnective =
      position > 0 && [Keyword.or, .and].contains(tokens[max(0, range.lowerBound - 1)].keyword)
      || tokens[max(0, range.lowerBound - 1)].kind == .comma
    guard isAfterConnective else { return false }
    if reportOrHigher(of: lexicon[fact], range) { return true }
    let text = spelling(range)
    let value = Spelling.nearest(text, in: lexicon[fact].values.names)
    if value == nil, range.count > 2 || nearestPhrase(to: range)?.fix != nil { return false }
    report(.unknownValue(text, of: lexicon[fact], nearest: value, span(range)))
    return true
  }

  /// Words that officers use for what the language says otherwise.
  private mutating func reportSynonym(_ range: Range<Int>) -> Bool {
    let first = words.text(tokens[range.lowerBound].word)
    if ["all", "every", "each", "any"].contains(first), range.count > 2 {
      let rest = range.lowerBound + 1..<range.upperBound
      let nearest = nearestPhrase(to: rest)
      report(.everyRecipient(spelling(range), nearest: nearest?.text, span(range)))
      return true
    }
    return false
  }

  /// Whether what was meant is still looked for. It costs time with every declared name, and nobody
  /// reads the hundredth suggestion.
  var stillSuggests: Bool { findingsBefore + findings.count < 100 }

  struct NearPhrase {
    let text: String
    let distance: Int
    /// The edit that puts the phrase in, where the words it takes the place of are clear.
    let fix: Edit?
  }

  /// The declared phrase that the first words of a stretch come nearest to.
  func nearestPhrase(to range: Range<Int>) -> NearPhrase? {
    guard stillSuggests else { return nil }
    let indices = range.filter { index in
      kind(index) == .word && !(keyword(index).map(Keyword.articles.contains) ?? false)
    }
    let written = indices.map { words.text(tokens[$0].word) }
    var best: NearPhrase?
    for phrase in lexicon.allPhrases {
      for count in max(1, phrase.wordCount - 1)...(phrase.wordCount + 1)
      where count <= written.count {
        let prefix = written[..<count].joined(separator: " ")
        let bound = max(1, min(prefix.utf8.count, phrase.text.utf8.count) / 3)
        guard abs(prefix.utf8.count - phrase.text.utf8.count) <= bound else { continue }
        let distance = Spelling.distance(prefix, phrase.text)
        guard distance <= bound, distance < best?.distance ?? Int.max,
          !Spelling.saysOpposite(prefix, phrase.text)
        else { continue }
        let end = indices[count - 1] + 1
        let fix = Edit(span(indices[0]..<end), phrase.text)
        best = NearPhrase(
          text: phrase.text, distance: distance, fix: isEnding(of: phrase, at: end) ? fix : nil)
      }
    }
    return best
  }

  /// Whether what stands behind a mistyped phrase would end its sentence.
  private func isEnding(of phrase: Lexicon.SpelledPhrase, at end: Int) -> Bool {
    guard let fact = phrase.fact else { return phrase.isTextEnding || isStop(end) }
    return matchEnding(of: fact, isNegative: phrase.isNegative, at: end, in: place)
      .map { isStop($0.end) } ?? false
  }

  /// A declared phrase that shares a telling word with the stretch.
  private func phraseWithSameWord(_ range: Range<Int>) -> String? {
    guard stillSuggests else { return nil }
    let common: Set<String> = [
      "is", "the", "a", "an", "has", "been", "was", "of", "to", "are",
    ]
    let written = Set(range.map { words.text(tokens[$0].word) }).subtracting(common)
    var best: (String, Int)?
    for fact in lexicon.facts {
      let phraseWords = WordTable.lowercased(fact.phrase.text).split(separator: " ").map(
        String.init)
      let values = Set(fact.values.names.map { WordTable.lowercased($0) })
      let shared =
        written.intersection(phraseWords).count + (written.isDisjoint(with: values) ? 0 : 2)
      let isNegated = !written.isDisjoint(with: ["not", "no", "never", "cannot"])
      let text = isNegated ? fact.negativeText ?? fact.phrase.text : fact.phrase.text
      if shared > best?.1 ?? 0 { best = (text, shared) }
    }
    for definition in lexicon.definitions {
      let phraseWords = WordTable.lowercased(definition.phrase.text).split(separator: " ")
      let shared = written.intersection(phraseWords.map(String.init)).count
      if shared > best?.1 ?? 0 { best = (definition.phrase.text, shared) }
    }
    return best?.0
  }

  // MARK: `it is recorded what …`

  mutating func diagnoseRecordedPhrase(at start: Int, whole: Int) {
    let range = stretchRange(from: start)
    if let phrase = matchPhrases(at: start).first, case .definition(let id) = phrase.meaning.sense {
      report(.recordedDefinition(lexicon[id].phrase.text, span(range)))
      return
    }
    let candidates = lexicon.facts.map { $0.phrase.text }
    report(
      .unknownFactAfterRecorded(
        spelling(range), nearest: Spelling.nearest(spelling(range), in: candidates),
        range.isEmpty ? span(whole) : span(range)))
  }

  mutating func diagnoseDependsOn(at start: Int) {
    let range = stretchRange(from: start)
    if let phrase = matchPhrases(at: start).first, case .definition(let id) = phrase.meaning.sense {
      report(.dependsOnDefinition(lexicon[id].phrase.text, span(range)))
      return
    }
    let candidates = lexicon.facts.map { $0.phrase.text }
    report(
      .unknownFactAfterDepends(
        spelling(range), nearest: Spelling.nearest(spelling(range), in: candidates),
        range.isEmpty ? span(start).before : span(range)))
  }

  mutating func diagnoseHeading() {
    guard !isAtEnd else { return report(.emptyHeading(span(position).before)) }
    if reportOddToken(position) { return }
    let text = spelling(position..<limit)
    let candidates =
      lexicon.facts.map { $0.phrase.text } + lexicon.definitions.map { $0.phrase.text }
      + ["then", "because", "from", "until", "name"]
    let clauses = [
      "reason": "because", "outcome": "then", "decision": "then", "result": "then",
      "start": "from", "end": "until", "rule": "name",
    ]
    let lower = WordTable.lowercased(text)
    let whole = lexicon.facts.first { fact in
      ["is", "are", "was"].contains { WordTable.lowercased(fact.phrase.text) == lower + " " + $0 }
    }
    let nearest = whole?.phrase.text ?? clauses[lower] ?? Spelling.nearest(text, in: candidates)
    report(.unknownHeading(text, nearest: nearest, span(position..<limit)))
  }

  // MARK: Behind a condition

  mutating func reportBehindCondition() {
    if reportSign(position) { return }
    if reportOddToken(position) { return }
    if let (outcome, end) = matchOutcome(at: position), isConsequentStop(end) {
      isInSecondRule = true
      report(
        .thenMissingBefore(
          lexicon.outcomes.names[outcome], span(position).before, span(position..<end)))
      return
    }
    let range = stretchRange(from: position)
    switch kind(position) {
    case .close: report(.closeWithoutOpen(span(position)))
    case .colon: report(.strayColon(span(position)))
    case .bullet: report(.bulletWithoutHead(span(position)))
    case .open: report(.connectiveMissing(span(position)))
    case .comma where isPhraseStart(position + 1): report(.commaBetweenSentences(span(position)))
    default:
      report(.notUnderstood(spelling(range), after: "the condition", span(range)))
    }
  }
}
