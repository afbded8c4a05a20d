import Findings

/// The words for what officers write in the place of a form that the language has.
extension Finding {
  /// Says the form that is read, and puts it in.
  static func taught(
    _ message: String, write words: String, at span: Span, replacing part: Span? = nil,
    reason: String? = nil, isSafe: Bool = false
  ) -> Finding {
    Finding(
      .syntax, message, at: span, reason: reason, help: "write `\(words)`",
      fixes: [.replace(part ?? span, with: words, "write `\(words)`", isSafe: isSafe)])
  }

  static func superfluous(_ word: String, _ message: String, _ span: Span) -> Finding {
    Finding(
      .syntax, message, at: span, help: "leave `\(word)` out",
      fixes: [.replace(span, with: "", "leave `\(word)` out", isSafe: true)])
  }

  static func thenForThan(_ span: Span) -> Finding {
    taught(
      "`then` begins an outcome; a comparison says `than`", write: "than", at: span, isSafe: true)
  }

  static func signForWord(_ sign: String, _ word: String, _ span: Span) -> Finding {
    taught("`\(sign)` is written as a word", write: word, at: span, isSafe: true)
  }

  static func exceptForValue(_ value: String, _ sentence: String?, _ span: Span) -> Finding {
    Finding(
      .syntax, "an exception is a whole sentence, not `\(value)` alone", at: span,
      help: sentence.map { "write `unless \($0)`" } ?? "write `unless` and a sentence about a fact",
      fixes: sentence.map { [.replace(span, with: "unless \($0)", "write `unless \($0)`")] } ?? [])
  }

  static func insteadOf(_ span: Span) -> Finding {
    Finding(
      .syntax, "`instead of` adds nothing to the outcome", at: span,
      help: "delete it; a guard asks for the outcome that it replaces in its condition: `if the "
        + "outcome is … and …`", fixes: [.replace(span, with: "", "delete it")])
  }

  static func numberedBullets(_ marks: [Span], place: Span?, joined: Keyword? = nil)
    -> Finding
  {
    let edits = marks.map { Edit($0, "-") }
    let heads = joined == .and ? ["all of:"] : joined == .or ? ["any of:"] : ["all of:", "any of:"]
    guard let place else {
      return Finding(
        .syntax, "a bullet begins with `-`, not with a number or a letter", at: marks[0],
        help: "write `-` before each sentence",
        fixes: [Fix("write `-` before each sentence", edits, isSafe: true)])
    }
    return Finding(
      .syntax, "nothing says how these sentences are joined", at: marks[0],
      help: "write `all of:` above them if all must be true, `any of:` if one is enough, and `-` "
        + "before each",
      fixes: heads.map { head in
        Fix("write `\(head)` above them", [Edit(place, " " + head)] + edits)
      })
  }

  static func listInBrackets(_ span: Span, values: String) -> Finding {
    Finding(
      .syntax, "values stand without brackets", at: span, help: "write `\(values)`",
      fixes: [.replace(span, with: values, "leave the brackets out", isSafe: true)])
  }

  static func noBeforeValue(_ value: String, _ negative: String?, _ span: Span, phrase: Span)
    -> Finding
  {
    let words = negative.map { "\($0) \(value)" }
    return Finding(
      .syntax, "`no` stands before a value; the negative belongs to the verb", at: span,
      help: words.map { "write `\($0)`" } ?? "write `not` before the whole sentence",
      fixes: words.map { [.replace(phrase.through(span), with: $0, "write `\($0)`")] } ?? [])
  }

  static func onlyValue(_ value: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`only` does not say what the others may not be", at: span,
      help: "write the values that must be there, and `none of` those that may not")
  }

  static func domainInWords(_ domain: String, isOutside: Bool, _ span: Span) -> Finding {
    let words = "in the domain \(StringLiteral.quoted(domain))"
    return Finding(
      .unknownValue, "a domain is asked for by `in the domain`", at: span,
      help: isOutside ? "write `… is not \(words)`" : "write `\(words)`",
      fixes: [
        .replace(
          span, with: isOutside ? "not \(words)" : words,
          "write `\(isOutside ? "not " : "")\(words)`")
      ])
  }

  static func recordedInOtherWords(_ sentence: String, isOptional: Bool, _ span: Span) -> Finding {
    Finding(
      .unknownWord, "whether something is on record is asked in one way", at: span,
      help: isOptional
        ? "write `\(sentence)`"
        : "this fact is always there; where it is not known, `when unsure` decides",
      fixes: isOptional ? [.replace(span, with: sentence, "write `\(sentence)`")] : [])
  }

  static func weekdayBeforeDate(_ weekday: String, _ span: Span) -> Finding {
    Finding(
      .badDate, "a date is written without its weekday", at: span, help: "leave `\(weekday)` out",
      fixes: [.replace(span, with: "", "leave `\(weekday)` out", isSafe: true)])
  }

  static func colonForWord(_ word: String, _ what: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "a \(what) is written with a colon, not with `\(word)`", at: span,
      help: "write `:` in place of `\(word)`",
      fixes: [.replace(span, with: ":", "write the colon", isSafe: true)])
  }

  static func byBehindOutcome(_ span: Span) -> Finding {
    Finding(
      .syntax, "what decides stands on a line of its own", at: span,
      help: "begin a new line before `by`",
      fixes: [.replace(span, with: "\n  by", "begin a new line", isSafe: true)])
  }

  static func givenToday(_ span: Span) -> Finding {
    Finding(
      .syntax, "the day of a scenario is not a fact of the message", at: span,
      help: "write `on` and the date, on a line of its own")
  }

  static func whenInScenario(_ span: Span) -> Finding {
    taught("what the message of a scenario says begins with `given`", write: "given", at: span)
  }

  static func overriddenBy(_ span: Span) -> Finding {
    Finding(
      .syntax, "the rule that wins says so, not the one that loses", at: span,
      help: "write `overrides` and this rule's name under the other rule")
  }

  static func priority(_ span: Span) -> Finding {
    Finding(
      .syntax, "rules have no numbers that say which comes first", at: span,
      reason: "a number means something only beside all other numbers",
      help: "write `overrides` and the name of the rule that this one wins over")
  }

  static func neverWithout(_ outcome: String, _ note: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`without` does not go with an outcome", at: span,
      help: "promise the note: `if the outcome is \(outcome)` and under it `always add \(note)`")
  }
}
