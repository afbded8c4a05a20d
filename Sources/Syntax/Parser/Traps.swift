import Findings
import Values

/// Sentences that read, but not as most of their authors meant them.
extension Parser {
  func traps(_ test: TestSyntax, _ match: EndingMatch, _ phrase: PhraseMatch?) -> [Finding] {
    guard case .fact(let fact) = test.subject, lexicon[fact].type == .date,
      case .date(let ending) = test.ending
    else { return [] }
    let endingSpan = words(behindPhraseOf: test)
    if test.isNegated, let words = ending.comparisonWithDuration {
      if test.phrase.start == test.phrase.end { return [.notMoreThanInCell(words, test.span)] }
      return [
        .notMoreThanAgo(
          source.text(test.span), words, test.span, phrase: source.text(test.phrase),
          positive: lexicon[fact].phrase.text)
      ]
    }
    if case .within(let duration) = ending, saysWasWithin(fact),
      !TextMatch.contains.matches(source.text(test.span), "next")
    {
      return [.wasWithin(duration, endingSpan, text: source.text(endingSpan))]
    }
    if case .withinOrPast(let duration) = ending, saysWasWithin(fact) {
      return [.wasWithin(duration, endingSpan, text: source.text(endingSpan))]
    }
    return []
  }

  /// The words of a sentence behind its phrase.
  private func words(behindPhraseOf test: TestSyntax) -> Span {
    var start = max(test.phrase.end, test.span.start)
    while start < test.span.end, [0x20, 0x09, 0x0A, 0x0D].contains(source.bytes[Int(start)]) {
      start += 1
    }
    return Span(file: test.span.file, start: start, end: test.span.end)
  }

  /// Whether the first auxiliary of a fact's phrase is `was` or `were`.
  private func saysWasWithin(_ fact: FactID) -> Bool {
    lexicon[fact].saysWas
  }
}

extension DateEnding {
  /// The words of the opposite, where `not` before the ending would be true of a date that is not
  /// recorded: `at most 3 days ago` for `more than 3 days ago`.
  var comparisonWithDuration: String? {
    switch self {
    case .moreThanAgo(let duration): "at most \(duration.words) ago"
    case .lessThanAgo(let duration): "at least \(duration.words) ago"
    case .moreThanAway(let duration): "at most \(duration.words) away"
    case .lessThanAway(let duration): "at least \(duration.words) away"
    case .atLeastAgo, .atLeastAway, .before, .after, .onOrBefore, .onOrAfter, .between, .inThePast,
      .inTheFuture, .within,
      .withinOrPast, .withinTheLast:
      nil
    }
  }
}
