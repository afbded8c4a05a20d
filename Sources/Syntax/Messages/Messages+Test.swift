import Findings
import Values

/// The words for single sentences: phrases and their endings.
extension Finding {
  // MARK: Phrases

  static func unknownSentence(_ text: String, nearest: String, _ edit: Edit, _ span: Span)
    -> Finding
  {
    Finding(
      .unknownWord, "no sentence about a fact begins with `\(text.firstWords)`", at: span,
      help: "did you mean `\(nearest)`?",
      fixes: [Fix("write `\(nearest)`", [edit])])
  }

  static func unknownSentence(_ text: String, sameWord: String?, _ span: Span) -> Finding {
    Finding(
      .unknownWord, "no sentence about a fact begins with `\(text.firstWords)`", at: span,
      reason: text.contains("@") && !text.contains("\"")
        ? "a person's address in a rule file is personal data" : nil,
      help: sameWord.map {
        "the nearest is `\($0) …`; if a fact is meant that is not declared yet, "
          + "declare it with `fact …`"
      }
        ?? "declare it with `fact …` in the vocabulary, or use a fact that is declared")
  }

  static func everyRecipient(_ text: String, nearest: String?, _ span: Span) -> Finding {
    Finding(
      .unknownWord, "`\(text)` is not a sentence about a fact", at: span,
      reason: "every message is decided for one recipient at a time",
      help: nearest.map { "write `\($0) …` about this recipient" }
        ?? "write a sentence about this recipient or this message")
  }

  static func unknownFactAfterRecorded(_ text: String, nearest: String?, _ span: Span) -> Finding {
    Finding(
      .unknownWord,
      text.isEmpty ? "a fact is missing here" : "`\(text)` is not the phrase of a fact", at: span,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "write the phrase of a fact, as it is declared",
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func recordedDefinition(_ phrase: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`\(phrase)` is a definition; only a fact is recorded or not", at: span,
      help: "ask about the facts that the definition is made of")
  }

  static func unknownFactAfterDepends(_ text: String, nearest: String?, _ span: Span) -> Finding {
    Finding(
      .unknownWord,
      text.isEmpty ? "a fact is missing here" : "`\(text)` is not the phrase of a fact", at: span,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "name a fact by its phrase, as it is declared",
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func dependsOnDefinition(_ phrase: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`\(phrase)` is a definition; a decision depends on facts", at: span,
      help: "name the facts that the definition is made of")
  }

  static func dependsOnWhat(_ span: Span) -> Finding {
    Finding(.syntax, "`never depends` is followed by `on` and a fact", at: span)
  }

  // MARK: Endings in general

  static func endingMissing(_ fact: DeclaredFact, _ span: Span) -> Finding {
    Finding(
      .syntax, "the sentence `\(fact.phrase.text) …` has no ending", at: span,
      help: "write what it \(fact.endsInBe ? "is" : "says"): \(fact.endingExamples)")
  }

  static func behindSentence(_ phrase: String, _ words: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(phrase.tidied)` is a whole sentence; `\(words)` after it is not understood",
      at: span, help: "delete these words, or join another sentence with `and` or `or`")
  }

  static func yesBehindSentence(
    _ phrase: String, _ word: String, _ span: Span, _ fixes: [Fix] = []
  ) -> Finding {
    Finding(
      .syntax, "`\(phrase.tidied)` is a whole sentence and needs no `\(word)`", at: span,
      help: "for yes leave it out; for no write the negative sentence", fixes: fixes)
  }

  static func behindValue(_ words: String, after value: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(words)` after `\(value)` is not understood", at: span,
      help: "the sentence is complete before it: join another one with `and` or `or`")
  }

  static func notBehindPhrase(_ fact: DeclaredFact, _ phrase: Span, not: Span, _ text: String)
    -> Finding
  {
    let negative = fact.negativeText
    return Finding(
      .syntax, "`not` stands in the wrong place", at: not,
      help: negative.map { "write `\($0) …`" }
        ?? "write `not` before the whole sentence: `not \(text.tidied) …`",
      fixes: negative.map {
        [Fix("write `\($0)`", [Edit(phrase.through(not), $0)], isSafe: true)]
      } ?? [])
  }

  static func doubleNegative(_ text: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "two negatives in one sentence are easily misread", at: span,
      help: "say it without the second one: what should be true, or what should not?")
  }

  static func phraseMissing(_ phrase: String, after word: String, _ span: Span, before: Span)
    -> Finding
  {
    Finding(
      .syntax, "after `\(word)` a further sentence needs its phrase", at: span,
      help: "repeat the phrase: `\(phrase) …`",
      fixes: [.replace(before.before, with: phrase + " ", "repeat `\(phrase)`")])
  }

  static func continuationOfNegative(_ phrase: String, _ span: Span, before: Span) -> Finding {
    Finding(
      .syntax, "it is not clear how far the `not` of the sentence before reaches", at: span,
      help: "repeat the phrase: `\(phrase.tidied) …`",
      fixes: [
        .replace(before.before, with: phrase.tidied + " ", "repeat `\(phrase.tidied)`")
      ])
  }

  static func notInFurtherEnding(_ span: Span) -> Finding {
    Finding(
      .syntax, "only the first ending of a cell may begin with `not`", at: span,
      help: "write two columns with the same heading, or two rows")
  }
}

extension NumberTypeSyntax {
  /// A number with the unit, where it stands: `10 MB`, `£10`.
  fileprivate func example(_ digits: String) -> String {
    guard let unit else { return digits }
    return ["£", "€", "$"].contains(unit.text) ? unit.text + digits : "\(digits) \(unit.text)"
  }
}

extension DeclaredFact {
  /// `it is not recorded when consent was given`
  func recordedSentence(isRecorded: Bool) -> String {
    let question =
      switch type {
      case .date: "when"
      case .yesOrNo: "whether"
      case .choice, .set, .number, .text: "what"
      }
    return "it is \(isRecorded ? "" : "not ")recorded \(question) \(phrase.text)"
  }

  /// Endings that its type allows, as an officer would write them.
  var endingExamples: String {
    switch type {
    case .choice, .set:
      values.names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    case .yesOrNo: "nothing: the phrase is the whole sentence"
    case .number(let number):
      "`more than \(number.example("10"))`, `between 5 and \(number.example("10"))`"
    case .date: "`before 1 May 2026`, `within 10 days`, `in the past`"
    case .text: "`\"…\"`, `one of LIST`, `in the domain \"gov.uk\"`"
    }
  }
}

extension String {
  /// The text in the quotation marks that the language knows, in place of single ones.
  var inDoubleQuotes: String {
    let isSingle = count > 2 && hasPrefix("'") && hasSuffix("'")
    return StringLiteral.quoted(isSingle ? String(dropFirst().dropLast()) : self)
  }

  var firstWords: String {
    split(separator: " ").prefix(6).joined(separator: " ")
  }

  func replacingLastComma(by connective: String = " and") -> String {
    guard let comma = lastIndex(of: ",") else { return self }
    return String(self[..<comma]) + connective + String(self[index(after: comma)...])
  }

  func replacingAndByCommas() -> String {
    var words = tidied.split(separator: " ").map(String.init)
    while let index = words.firstIndex(where: {
      $0.lowercased() == "and" || $0.lowercased() == "or"
    }) {
      words.remove(at: index)
      if index > 0, !words[index - 1].hasSuffix(",") { words[index - 1] += "," }
    }
    return words.joined(separator: " ")
  }

  func replacingFirst(_ word: String, by other: String) -> String {
    var words = tidied.split(separator: " ").map(String.init)
    if let index = words.firstIndex(where: { $0.lowercased() == word }) {
      words[index] = other
      if index + 1 < words.count, words[index + 1].lowercased() == "the" {
        words.removeSubrange(index + 1...min(index + 2, words.count - 1))
      }
    }
    return words.joined(separator: " ")
  }
}
