import Findings
package import Values

extension Parser {
  /// All declared phrases that begin at a token, the longest first.
  func matchPhrases(at start: Int) -> [PhraseMatch] {
    var matches: [PhraseMatch] = []
    walk(lexicon.phrases, from: start) { meanings, end in
      matches += meanings.map { PhraseMatch(meaning: $0, end: end) }
    }
    return matches.reversed()
  }

  /// Follows the words at a token through a table of phrases, articles left out and contractions
  /// written out; tells what ends after each of them, and the token behind it.
  private func walk<Payload>(
    _ table: WordTrie<Payload>, from start: Int, _ found: ([Payload], Int) -> Void
  ) {
    var node = WordTrie<Payload>.root
    var index = start
    while let token = token(index), token.kind == .word {
      let isArticle = token.keyword.map(Keyword.articles.contains) ?? false
      index += 1
      if isArticle { continue }
      // No table holds a contraction, so that a word of a phrase need not be looked up as one.
      if let next = table.next(node, token.word) {
        node = next
      } else {
        guard let words = lexicon.contractions.words(of: token.word) else { return }
        for word in words {
          guard let next = table.next(node, word) else { return }
          node = next
        }
      }
      let payload = table.payload(node)
      if !payload.isEmpty { found(payload, index) }
    }
  }

  /// recorded-head = `it is` [`not`] (`recorded` | `unknown`)
  ///               [`what` | `when` | `whether` | `where` | `which` | `who` | `how`]
  ///
  /// The negation and the token behind the question word.
  func matchRecordedHead(at start: Int) -> (isNegative: Bool, isUnknown: Bool, end: Int)? {
    guard keyword(afterArticles(start)) == .it else { return nil }
    let heads: [([Keyword], Bool, Bool)] = [
      ([.it, .is, .not, .recorded], true, false), ([.it, .is, .recorded], false, false),
      ([.it, .is, .unknown], false, true), ([.it, .is, .not, .unknown], true, true),
    ]
    for (words, isNegative, isUnknown) in heads {
      if let end = match(words, at: start) {
        return (isNegative, isUnknown, afterQuestion(end))
      }
    }
    if keyword(start) == .it, let contracted = token(start + 1)?.word,
      lexicon.contractions.expansion(contracted) == [Word(.is), Word(.not)],
      keyword(start + 2) == .recorded
    {
      return (true, false, afterQuestion(start + 3))
    }
    return nil
  }

  private func afterQuestion(_ index: Int) -> Int {
    switch keyword(index) {
    case .what, .when, .whether, .where, .who, .how: index + 1
    default: words.text(token(index)?.word ?? .none) == "which" ? index + 1 : index
    }
  }

  /// fact-reference = PHRASE
  ///
  /// The fact whose phrase, whole or without its last `is`, `are` or `was`, stands at a token.
  func matchFactReference(at start: Int) -> (FactID, Int)? {
    var best: (FactID, Int)?
    note(.factReference, from: start)
    walk(lexicon.recordedPhrases, from: start) { facts, end in
      if let fact = facts.first, isStop(end) { best = (fact, end) }
    }
    return best
  }

  /// test = recorded | sentence | continuation
  mutating func parseTest() -> ConditionSyntax {
    let start = position
    let earlierFact = previousFact
    let earlierNegative = previousNegative
    previousFact = nil
    previousNegative = nil
    if let head = matchRecordedHead(at: start) { return parseRecorded(head) }
    let phrases = matchPhrases(at: start)
    for phrase in phrases {
      if let test = matchSentence(phrase, at: start) { return accept(test.0, test.1, test.2) }
    }
    if phrases.isEmpty, let fact = earlierFact,
      let test = matchContinuation(of: fact, at: start)
    {
      let condition = accept(test.0, test.1, test.2)
      previousFact = fact
      return condition
    }
    if phrases.isEmpty, let negative = earlierNegative, reportContinuationOfNegative(negative) {
      return skipTest(from: start)
    }
    if let phrase = phrases.first {
      diagnose(phrase, at: start)
    } else {
      diagnoseSentence(at: start, after: earlierFact)
    }
    return skipTest(from: start)
  }

  private mutating func accept(_ test: TestSyntax, _ end: Int, _ troubles: [Finding])
    -> ConditionSyntax
  {
    findings += troubles
    position = end
    if case .fact(let fact) = test.subject {
      let isPlain = test.ending.isPositive && !test.isNegated
      if isPlain, test.ending != .recorded { previousFact = fact }
      if !isPlain || test.ending == .recorded { previousNegative = test }
    }
    return .test(test)
  }

  /// sentence = PHRASE [ending | texts]
  private func matchSentence(_ phrase: PhraseMatch, at start: Int)
    -> (TestSyntax, Int, [Finding])?
  {
    let meaning = phrase.meaning
    let subject: SubjectSyntax
    let match: EndingMatch?
    switch meaning.sense {
    case .fact(let fact):
      subject = .fact(fact)
      match = matchEnding(
        of: fact, isNegative: meaning.isNegative, at: phrase.end, in: place)
    case .definition(let definition):
      subject = .definition(definition)
      match = EndingMatch(.none, phrase.end)
    case .outcome:
      subject = .outcome
      match = matchValueEnding(.outcome, at: phrase.end, in: .condition)
    case .workingDay:
      subject = .workingDay
      match = EndingMatch(.none, phrase.end)
    case .textEnding(let fact, let word):
      subject = .fact(fact)
      match = matchTexts(word.match, at: phrase.end, start: phrase.end)
    }
    guard let match, isStop(match.end) else { return nil }
    let test = TestSyntax(
      span: span(start..<match.end), phrase: span(start..<phrase.end), subject: subject,
      isNegated: meaning.isNegative, ending: match.ending)
    return (test, match.end, match.troubles + traps(test, match, phrase))
  }

  /// continuation = ending
  ///
  /// An ending other than a plain value, without its phrase, behind a positive test of the same fact.
  private func matchContinuation(of fact: FactID, at start: Int)
    -> (TestSyntax, Int, [Finding])?
  {
    guard let match = matchEnding(of: fact, isNegative: false, at: start, in: .continuation),
      isStop(match.end), !match.ending.isPlainValue
    else { return nil }
    let test = TestSyntax(
      span: span(start..<match.end), phrase: span(start..<start).before, subject: .fact(fact),
      isNegated: false, ending: match.ending)
    return (test, match.end, match.troubles + traps(test, match, nil))
  }

  private mutating func reportContinuationOfNegative(_ negative: TestSyntax) -> Bool {
    guard case .fact(let fact) = negative.subject,
      let match = matchEnding(of: fact, isNegative: false, at: position, in: .continuation),
      isStop(match.end)
    else { return false }
    if negative.ending == .recorded, !negative.isNegated {
      let phrase = lexicon[fact].phrase.text
      report(
        .phraseMissing(
          phrase, after: "recorded", span(position..<match.end), before: span(position)))
      return true
    }
    let phrase = source.text(negative.phrase)
    report(.continuationOfNegative(phrase, span(position..<match.end), before: span(position)))
    return true
  }

  /// recorded = recorded-head fact-reference
  private mutating func parseRecorded(_ head: (isNegative: Bool, isUnknown: Bool, end: Int))
    -> ConditionSyntax
  {
    let start = position
    guard let (fact, end) = matchFactReference(at: head.end) else {
      diagnoseRecordedPhrase(at: head.end, whole: start)
      return skipTest(from: start)
    }
    position = end
    let test = TestSyntax(
      span: span(start..<end), phrase: span(head.end..<end), subject: .fact(fact),
      isNegated: head.isNegative, ending: head.isUnknown ? .unknown : .recorded)
    if !head.isUnknown, !head.isNegative { previousNegative = test }
    return .test(test)
  }

  /// Leaves a sentence that could not be read: moves to the next place where another may begin.
  mutating func skipTest(from start: Int) -> ConditionSyntax {
    position = max(position, start)
    while let token = token(position) {
      let isBorder = isStop(position) && token.kind != .comma && token.keyword != .with
      if isBorder, position > start { break }
      position += 1
    }
    return .unreadable(span(start..<max(position, start + 1)))
  }

  /// Whether the sentences under way are a scenario's facts.
  var place: EndingPlace {
    isInGiven ? .given : .condition
  }
}

extension TextEndingWord {
  package var match: TextMatch {
    switch self {
    case .startsWith: .startsWith
    case .endsWith: .endsWith
    case .contains: .contains
    }
  }
}

extension EndingSyntax {
  /// Whether the ending asks for something that is there.
  var isPositive: Bool {
    switch self {
    case .negated: false
    default: true
    }
  }

  /// Whether the ending is one value or a list of values without a word before them.
  var isPlainValue: Bool {
    if case .values(.single, _) = self { true } else { false }
  }
}
