import Findings
import Values

/// The words for values, lists and numbers.
extension Finding {
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
}
