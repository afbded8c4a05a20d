import Findings
import Values

/// The words for endings about dates and texts.
extension Finding {
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
    if let similar, similar.kind == "list",
      TextMatch.contains.matches(text.lowercased(), similar.name.lowercased())
    {
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
