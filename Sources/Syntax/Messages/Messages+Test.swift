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

  // MARK: Values

  static func unknownValue(
    _ text: String, of fact: DeclaredFact, nearest: String?, _ span: Span
  ) -> Finding {
    let values = fact.values.names
    let others = values.filter { $0 != nearest }.prefix(12).map { "`\($0)`" }
    let list = others.joined(separator: ", ") + (values.count > 13 ? ", …" : "")
    let help: String
    if let nearest {
      help = "did you mean `\(nearest)`?" + (others.isEmpty ? "" : " Other values: \(list)")
    } else {
      help = "its values are \(list)"
    }
    return Finding(
      .unknownValue, "`\(text)` is not a value of `\(fact.phrase.text)`", at: span,
      related: [RelatedPlace("the fact is declared here", at: fact.phrase.span)], help: help,
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func absenceWord(_ word: String, _ fact: DeclaredFact, _ sentence: String, _ span: Span)
    -> Finding
  {
    let message = "`\(word)` is not a value of `\(fact.phrase.text)`"
    if fact.isSet {
      return Finding(
        .unknownValue, message, at: span,
        help: "where it holds no value write `\(fact.phrase.text) nothing`",
        fixes: [.replace(span, with: "nothing", "write `nothing`")])
    }
    guard fact.presence == .optional else {
      return Finding(
        .unknownValue, message, at: span,
        reason: fact.presence == .required
          ? "this fact is always there; where it is not known, `when unsure` decides"
          : "where nothing is recorded, its value is the one after `if absent`",
        help: fact.values.names.isEmpty
          ? "if it may be missing, declare it with `if recorded`"
          : "its values are "
            + fact.values.names.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
            + "; if it may be missing, declare it with `if recorded`")
    }
    return Finding(
      .unknownValue, message, at: span, help: "write `\(sentence)` as the whole sentence")
  }

  static func addressAsValue(_ text: String, _ fact: DeclaredFact, _ span: Span) -> Finding {
    Finding(
      .unknownValue, "`\(text)` is not a value of `\(fact.phrase.text)`", at: span,
      reason: "a person's address in a rule file is personal data",
      help: "put what was agreed with this person in the register, and write the rule about that")
  }

  static func valuesHaveNoOrder(_ fact: DeclaredFact, _ meant: [String], _ span: Span) -> Finding {
    let quantifier = fact.isSet ? "any of" : "one of"
    let list = meant.count == 1 ? meant[0] : "\(quantifier) \(meant.joined(separator: ", "))"
    return Finding(
      .wrongType, "the values of `\(fact.phrase.text)` have no order", at: span,
      help: "list those that are meant; the values are "
        + fact.values.names.prefix(12).map { "`\($0)`" }.joined(separator: ", "),
      fixes: meant.isEmpty
        ? [] : [.replace(span, with: list, "by their place in the vocabulary: `\(list)`")])
  }

  static func oneOfSet(_ values: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`one of` is not clear where several values may be there at once", at: span,
      reason: "it may mean exactly one of them, or at least one",
      help: "write `any of …` for at least one of them, `all of …` for every one",
      fixes: ["any of", "all of"].map {
        .replace(span, with: "\($0) \(values)", "write `\($0) \(values)`")
      })
  }

  static func bothOfOne(_ values: String, _ isOutcome: Bool, _ span: Span) -> Finding {
    let or = values.replacingAndByCommas().replacingLastComma(by: " or")
    return Finding(
      .wrongType, "there is only one \(isOutcome ? "outcome" : "value") at a time, never both",
      at: span, help: "write `\(or)` if either will do",
      fixes: [.replace(span, with: or, "write `\(or)`")])
  }

  static func otherThanOfSet(_ values: String, _ span: Span) -> Finding {
    Finding(
      .ambiguous, "`other than` is not clear for a fact with several values at once", at: span,
      help: "write `none of \(values)` if it must not be there, or name the values that must",
      fixes: [.replace(span, with: "none of \(values)", "write `none of \(values)`")])
  }

  static func bareCommaList(_ values: String, _ span: Span, given: Bool) -> Finding {
    let joined = values.replacingLastComma()
    if given {
      return Finding(
        .ambiguous, "a comma alone does not say whether the message has all of these", at: span,
        help: "write `\(joined)`", fixes: [.replace(span, with: joined, "write `\(joined)`")])
    }
    return Finding(
      .ambiguous, "a comma alone does not say whether any or all of these are meant", at: span,
      help: "write `any of \(values)` or `all of \(values)`",
      fixes: [
        .replace(span, with: "any of \(values)", "write `any of \(values)`"),
        .replace(span, with: "all of \(values)", "write `all of \(values)`"),
      ])
  }

  static func andBetweenValues(
    _ text: String, _ span: Span, isSet: Bool, _ isOutcome: Bool,
    _ isNegative: Bool
  ) -> Finding {
    let commas = text.replacingAndByCommas()
    if isSet, isNegative {
      return Finding(
        .syntax, "`not … \(text.tidied)` may mean none of them, or not all of them", at: span,
        help: "write `any of \(commas)` if none of them may be there, `all of \(commas)` if only "
          + "not all of them may",
        fixes: [
          .replace(span, with: "any of \(commas)", "none of them: `any of \(commas)`"),
          .replace(span, with: "all of \(commas)", "not all of them: `all of \(commas)`"),
        ])
    }
    if isSet {
      return Finding(
        .syntax, "`and` between values does not say clearly that all of them are meant", at: span,
        help: "write `all of \(commas)` for every one of them, `any of \(commas)` for at least one",
        fixes: [.replace(span, with: "all of \(commas)", "write `all of \(commas)`")])
    }
    let or = commas.replacingLastComma(by: " or")
    return Finding(
      .syntax,
      "there is only one \(isOutcome ? "outcome" : "value") at a time, so `and` cannot join "
        + "two of them", at: span, help: "write `\(or)`",
      fixes: [.replace(span, with: or, "write `\(or)`")])
  }

  static func andInList(
    _ quantifier: EndingSyntax.Quantifier, _ and: Span, of span: Span, isSet: Bool
  ) -> Finding {
    let words = quantifier == .noneOf ? "none of" : isSet ? "any of" : "one of"
    return Finding(
      .syntax, "the last value after `\(words)` is joined by `or`, not by `and`", at: and,
      help: isSet ? "write `or`; for every one of them write `all of`" : "write `or`",
      fixes: [.replace(and, with: "or", "write `or`", isSafe: !isSet)])
  }

  static func bareList(_ name: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(name)` is a list: say that the value is one of it", at: span,
      help: "write `one of \(name)`",
      fixes: [.replace(span.before, with: "one of ", "write `one of` before it", isSafe: true)])
  }

  static func valueOrSentence(_ text: String, _ span: Span) -> Finding {
    Finding(
      .ambiguous, "`\(text)` may be another value here, or begin a new sentence", at: span,
      help: "put brackets around the new sentence if that is meant")
  }

  // MARK: Numbers

  static func numberEndingExpected(_ fact: DeclaredFact, _ text: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`\(fact.phrase.text)` is a number; `\(text)` is none", at: span,
      help: "write for example \(fact.endingExamples)")
  }

  static func vagueWord(_ word: String, example: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(word)` cannot be measured", at: span,
      reason: "two colleagues would draw the line in two places",
      help: "give a number: for example `\(example)`")
  }

  // MARK: Dates

  static func dateEndingExpected(_ fact: DeclaredFact, _ text: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`\(fact.phrase.text)` is a date; `\(text)` says nothing about one", at: span,
      help: "write for example \(fact.endingExamples)")
  }

  static func dateAsSentence(_ phrase: String, isNegative: Bool, _ span: Span) -> Finding {
    let words = "it is \(isNegative ? "not " : "")recorded when \(phrase)"
    return Finding(
      .syntax, "`\(phrase)` is a date and needs an ending", at: span,
      help: "to ask whether there is \(isNegative ? "no" : "a") date write `\(words)`",
      fixes: [.replace(span, with: words, "write `\(words)`", isSafe: true)])
  }

  static func dateAgainstFact(_ text: String, _ span: Span) -> Finding {
    Finding(
      .wrongType,
      "a date is compared with a date of the calendar or with today, not with `\(text)`",
      at: span,
      help: "let the sending system compare the two and supply a yes-or-no fact")
  }

  static func relativeDay(_ text: String, _ span: Span) -> Finding {
    Finding(
      .badDate, "`\(text)` does not say which date is meant", at: span,
      reason: "it is another date whenever the rule is read",
      help: "give a date (`before 1 May 2026`) or a duration (`within 10 working days`)")
  }

  static func durationAlone(_ duration: DayDuration, _ span: Span) -> Finding {
    let words = duration.words
    return Finding(
      .syntax, "`\(words)` alone does not say from when", at: span,
      help: "write `within \(words)`, `within the last \(words)`, `more than \(words) ago` or "
        + "`more than \(words) away`")
  }

  static func lastOrPast(_ span: Span, orPast: Span) -> Finding {
    Finding(
      .syntax, "`within the last …` already lies in the past, so `or past` adds nothing clear",
      at: span, help: "leave `or past` out; for any past date write `in the past`",
      fixes: [
        .replace(orPast, with: "", "leave `or past` out"),
        .replace(span, with: "in the past", "write `in the past`"),
      ])
  }

  static func wasWithin(_ duration: DayDuration, _ ending: Span, text: String) -> Finding {
    let fixed = text.replacingFirst("within", by: "within the last")
    let next = text.replacingFirst("within", by: "within the next")
    return Finding(
      .ambiguous, "`was … within \(duration.words)` may look back or ahead", at: ending,
      help: "write `within the last \(duration.words)` or `within the next \(duration.words)`",
      fixes: [
        .replace(ending, with: fixed.tidied, "look back: `within the last \(duration.words)`"),
        .replace(ending, with: next.tidied, "look ahead: `within the next \(duration.words)`"),
      ])
  }

  static func notMoreThanInCell(_ opposite: String, _ span: Span) -> Finding {
    Finding(
      .ambiguous, "as a negative this is also true where no date is recorded", at: span,
      help: "write `\(opposite)`; for messages without a date write a row of their own",
      fixes: [.replace(span, with: opposite, "write `\(opposite)`")])
  }

  static func notMoreThanAgo(
    _ text: String, _ opposite: String, _ span: Span, phrase: String, positive: String
  ) -> Finding {
    let plain = "\(positive) \(opposite)"
    let ending = text.tidied.dropFirst(phrase.tidied.count)
    let negation = "not (\(positive)\(ending))"
    return Finding(
      .ambiguous, "as a negative this is also true where no date is recorded", at: span,
      help: "write `\(plain)` if there must be a date; `\(negation)` if not",
      fixes: [
        .replace(span, with: plain, "write `\(plain)`"),
        .replace(span, with: negation, "write `\(negation)`"),
      ])
  }

  // MARK: Texts

  static func unquotedText(
    _ text: String, _ fact: DeclaredFact, similar: (kind: String, name: String)?,
    isListNamed: Bool, _ span: Span
  ) -> Finding {
    let quoted = text.inDoubleQuotes
    var help = "put a text in quotes: `\(quoted)`"
    var fixes: [Fix] = [.replace(span, with: quoted, "put it in quotes")]
    if let similar, text.lowercased().contains(similar.name.lowercased()), similar.kind == "list" {
      (help, fixes) = ("", [])
    }
    if let similar {
      let isList = similar.kind == "list"
      let words = isList && !isListNamed ? "one of \(similar.name)" : similar.name
      help += (help.isEmpty ? "" : "; ") + "for the \(similar.kind) write `\(words)`"
      if isList { fixes.insert(.replace(span, with: words, "write `\(words)`"), at: 0) }
    }
    if fact.presence == .optional { help += "; where there is none write `not recorded`" }
    return Finding(
      .unknownValue, "`\(text)` is neither a text in quotes nor the name of a list", at: span,
      help: help, fixes: fixes)
  }

  static func unknownList(_ text: String, nearest: String?, all: [String], _ span: Span) -> Finding
  {
    let others = all.filter { $0 != nearest }.prefix(12).map { "`\($0)`" }.joined(separator: ", ")
    return Finding(
      .unknownName, "there is no list with the name `\(text)`", at: span,
      help: nearest.map { "did you mean `\($0)`?" } ?? "the lists are \(others)",
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func textInQuotesExpected(_ span: Span, words: String, fact: String) -> Finding {
    Finding(
      .syntax,
      words.isEmpty ? "a text in quotes is missing here" : "a text should stand in quotes here",
      at: span, help: words.isEmpty ? "write it in quotes" : "write `\(words.inDoubleQuotes)`",
      fixes: words.isEmpty ? [] : [.replace(span, with: words.inDoubleQuotes, "put it in quotes")])
  }

  static func emptyText(_ span: Span) -> Finding {
    Finding(
      .syntax, "there is nothing between these quotation marks", at: span,
      reason: "every text begins, ends and is filled with nothing",
      help: "write the text to look for")
  }

  static func starDomain(_ domain: String, behindVerb: Bool, _ span: Span) -> Finding {
    let words = "in the domain \(StringLiteral.quoted(domain))"
    return Finding(
      .syntax, "a star does not stand for other letters", at: span,
      help: "write `… is \(words)`: it means the domain and all below it",
      fixes: behindVerb ? [] : [.replace(span, with: words, "write `\(words)`")])
  }

  static func atSignText(_ text: String, _ span: Span) -> Finding {
    let domain = String(text.dropFirst())
    return Finding(
      .syntax, "`\(text)` is the end of an address, not a whole text", at: span,
      help: "write `in the domain \"\(domain)\"`",
      fixes: [.replace(span, with: "in the domain \"\(domain)\"", "write `in the domain`")])
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
  fileprivate var inDoubleQuotes: String {
    let isSingle = count > 2 && hasPrefix("'") && hasSuffix("'")
    return StringLiteral.quoted(isSingle ? String(dropFirst().dropLast()) : self)
  }

  fileprivate var firstWords: String {
    split(separator: " ").prefix(6).joined(separator: " ")
  }

  fileprivate func replacingLastComma(by connective: String = " and") -> String {
    guard let comma = lastIndex(of: ",") else { return self }
    return String(self[..<comma]) + connective + String(self[index(after: comma)...])
  }

  fileprivate func replacingAndByCommas() -> String {
    var words = tidied.split(separator: " ").map(String.init)
    while let index = words.firstIndex(where: {
      $0.lowercased() == "and" || $0.lowercased() == "or"
    }) {
      words.remove(at: index)
      if index > 0, !words[index - 1].hasSuffix(",") { words[index - 1] += "," }
    }
    return words.joined(separator: " ")
  }

  fileprivate func replacingFirst(_ word: String, by other: String) -> String {
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
