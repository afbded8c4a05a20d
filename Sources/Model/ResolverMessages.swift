import Findings
import Syntax
import Values

/// The words for what is wrong with the meaning of a policy.
extension Finding {
  // MARK: Vocabulary

  static func defaultIsNoValue(_ phrase: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`if absent` gives one value of `\(phrase)`", at: span,
      help:
        "write one value; for a fact with several values `nothing`, or the values joined by `and`")
  }

  static func unknownFactInNote(_ phrase: String, nearest: String?, _ span: Span) -> Finding {
    Finding(
      .unknownWord, "`{\(phrase)}` in this text is not the phrase of a fact", at: span,
      help: nearest.map { "did you mean `{\($0)}`?" }
        ?? "write the phrase of a fact between the braces")
  }

  static func definitionCircle(_ names: [String], _ span: Span) -> Finding {
    Finding(
      .circular, "this definition is defined by itself: " + names.joined(separator: ", by "),
      at: span,
      help: "say in one of them what it means without the others")
  }

  static func definitionsTooDeep(_ span: Span) -> Finding {
    Finding(
      .tooDeep, "definitions nest more than 32 deep here", at: span,
      help: "say some of them in place of naming them")
  }

  static func rulesTooDeep(_ span: Span) -> Finding {
    Finding(
      .tooDeep, "brackets, bullets and definitions together nest more than 32 deep here", at: span,
      help: "say it in fewer levels")
  }

  // MARK: Lists

  static func emptyList(_ name: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "the list `\(name)` is empty, so nothing can be on it", at: span,
      help: "write its values after the colon")
  }

  static func emptyListFile(_ path: String, _ span: Span) -> Finding {
    Finding(
      .listFile, "the list file `\(path)` is empty, so nothing can be on it", at: span,
      help: "write one value a line")
  }

  static func listFileProblem(_ problem: PolicyText.Problem, _ path: String, _ span: Span)
    -> Finding
  {
    switch problem {
    case .missing:
      Finding(
        .listFile, "there is no file `\(path)`", at: span,
        help: "check the name; its path begins at the folder of this rule file")
    case .outside:
      Finding(
        .listFile, "the file `\(path)` lies outside the policy's folder", at: span,
        reason: "a policy must be complete in its own folder", help: "put a copy into the folder")
    case .unreadable(let why):
      Finding(
        .listFile, "the file `\(path)` cannot be read: \(why)", at: span,
        help: "try to open it in a text editor; if that fails too, ask for the right to read it")
    case .tooLarge(let bytes):
      Finding(
        .tooLarge, "the file `\(path)` is too large: it has \(bytes >> 20) MB", at: span,
        help: "a file has at most 64 MB; data about single people belongs in a register")
    }
  }

  static func listCircle(_ names: [String], _ span: Span) -> Finding {
    Finding(
      .circular, "this list names itself: " + names.joined(separator: ", then "), at: span,
      help: "take one of the names out")
  }

  static func listOfWrongKind(_ name: String, _ what: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "nothing on the list `\(name)` is among the \(what)", at: span,
      help: "use a list that holds \(what)")
  }

  static func unknownListItem(_ text: String, _ what: String, nearest: String?, _ span: Span)
    -> Finding
  {
    Finding(
      .unknownValue, "`\(text)` on this list is not among the \(what)", at: span,
      help: nearest.map { "did you mean `\($0)`?" } ?? "delete it, or declare it",
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func listTextNeedsQuotes(_ text: String, _ span: Span) -> Finding {
    Finding(
      .unknownValue, "`\(text)` on this list is neither a text in quotes nor the name of a list",
      at: span, help: "put a text in quotes: `\"\(text)\"`",
      fixes: [.replace(span, with: StringLiteral.quoted(text), "put it in quotes")])
  }

  static func exceptionNotOnList(
    _ text: String, _ list: ValueSyntax, _ resolver: Resolver, _ span: Span
  ) -> Finding {
    let name = resolver.syntax.files.text(list.span)
    return Finding(
      .unknownValue, "`\(text)` is not on the list `\(name)`", at: span,
      help: "leave it out: the list does not hold it")
  }

  static func nothingLeftOfList(_ name: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "nothing of the list `\(name)` is left", at: span,
      help: "then the sentence is never true: leave it out")
  }

  // MARK: Sentences

  static func outcomeNotKnown(_ place: ConditionPlace, _ span: Span) -> Finding {
    let what =
      if case .definition = place { "a definition" } else { "a rule that decides the outcome" }
    return Finding(
      .wrongType, "\(what) cannot ask for the outcome: it is not decided yet", at: span,
      help: "write a guard, which looks at the outcome and may replace it, or a note rule")
  }

  static func alwaysRecorded(_ fact: DeclaredFact, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`\(fact.phrase.text)` is never left unrecorded", at: span,
      related: [RelatedPlace("the fact is declared here", at: fact.phrase.span)],
      help: fact.presence == .defaulted
        ? "it has `if absent`: a message that does not say has that value"
        : "where it may be missing, declare it with `if recorded`")
  }

  static func unknownOutsideScenario(_ span: Span) -> Finding {
    Finding(
      .wrongType, "`it is unknown` stands in scenarios only", at: span,
      help: "a rule cannot ask what could not be looked up; `when unsure` says what happens then")
  }

  // MARK: Rules

  static func whenUnsureMissing(_ span: Span, outcomes: [String]) -> Finding {
    let example =
      outcomes.first { $0.lowercased().hasPrefix("hold") }
      ?? outcomes.first { TextMatch.contains.matches($0, "encrypt") } ?? "…"
    return Finding(
      .missingDefault, "no `when unsure` says what happens when a fact is missing", at: span,
      reason: "every policy that declares a fact needs one",
      help: "write for example `when unsure \(example)`, with the outcome that is safest")
  }

  static func defaultTwice(_ what: String, _ span: Span, first: Span) -> Finding {
    Finding(
      .duplicate, "`\(what)` is said twice", at: span,
      related: [RelatedPlace("it is said here first", at: first)], help: "keep one of the two")
  }

  static func nameTwice(_ what: String, _ name: String, _ span: Span, first: Span) -> Finding {
    Finding(
      .duplicate, "there are two \(what)s with the name `\(name)`", at: span,
      related: [RelatedPlace("the first one", at: first)], help: "give one of them another name")
  }

  static func guardWithoutOutcome(_ span: Span) -> Finding {
    Finding(
      .wrongType, "a guard replaces the outcome, so it needs one", at: span,
      help: "write `then` and an outcome; a rule that only adds notes begins with `rule` or `if`")
  }

  static func neverInForce(_ from: DateSyntax, _ until: DateSyntax) -> Finding {
    Finding(
      .badDate, "this ends before it starts: \(until.day.words) comes before \(from.day.words)",
      at: until.span, related: [RelatedPlace("it starts here", at: from.span)],
      help: "write the later date after `until`")
  }

  static func expired(_ what: String, _ name: String, _ until: DateSyntax) -> Finding {
    Finding(
      .expired, "the \(what) `\(name)` ended on \(until.day.words)", at: until.span,
      help: "delete it, or give it a later date")
  }

  // MARK: Names

  static func unknownName(_ what: String, _ name: NameSyntax, nearest: String?) -> Finding {
    Finding(
      .unknownName, "there is no \(what) with the name `\(name.text)`", at: name.span,
      help: nearest.map { "did you mean `\($0)`?" } ?? "check the name, or declare the \(what)",
      fixes: nearest.map { [.replace(name.span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func sectionWithoutWord(_ name: NameSyntax) -> Finding {
    Finding(
      .unknownName, "`\(name.text)` is a section, not a rule", at: name.span,
      help: "write `overrides section \(name.text)`",
      fixes: [
        .replace(name.span.before, with: "section ", "write `section` before it", isSafe: true)
      ])
  }

  static func overridesPlace(_ rule: Rule, _ span: Span) -> Finding {
    let suggestion = "Rule of " + rule.name.map { $0 == ":" ? " line " : String($0) }.joined()
    return Finding(
      .unknownName, "a rule is overridden by its name, not by its place", at: span,
      related: [RelatedPlace("this rule has no name", at: rule.span)],
      help: "give the rule a name, and write that name here",
      fixes: [
        Fix(
          "name the rule `\(suggestion)`",
          [Edit(rule.span.before, "rule \(suggestion)\n  "), Edit(span, suggestion)])
      ])
  }

  static func overridesPlace(_ span: Span) -> Finding {
    Finding(
      .unknownName, "a rule is overridden by its name, not by its place", at: span,
      help: "write `rule` and a name above the other rule, and that name here")
  }

  static func overridesItself(_ what: String, _ name: String, _ span: Span) -> Finding {
    Finding(
      .circular, "the \(what) `\(name)` overrides itself", at: span, help: "delete this line")
  }

  static func overridesOtherKind(
    _ kind: Rule.Kind, _ other: Rule.Kind, _ name: String, _ span: Span
  ) -> Finding {
    Finding(
      .wrongType, "\(kind.words) cannot override \(other.words): `\(name)`", at: span,
      reason: "they never decide the same thing",
      help: "delete this line; an exception is written with `unless`")
  }

  static func overrideCircle(_ names: [String], more: Int, _ span: Span, others: [Span]) -> Finding
  {
    let list = names.map { "`\($0)`" }.joined(separator: ", ")
    return Finding(
      .circular,
      "these rules override each other in a circle: \(list)"
        + (more > 0 ? " and \(more) more" : ""),
      at: span, related: others.map { RelatedPlace("this line takes part in it", at: $0) },
      help: "decide which of them wins, and delete the `overrides` lines of the others")
  }

  // MARK: Scenarios

  static func givenIsNoFact(_ span: Span) -> Finding {
    Finding(
      .wrongType, "`given` names values of facts, joined by `and`", at: span,
      help: "write sentences such as `recipient prefers plain`; a definition is given by the facts "
        + "it is made of, and today by `on`")
  }

  static func givenTwice(_ phrase: String, _ span: Span, first: Span) -> Finding {
    Finding(
      .duplicate, "`\(phrase)` is given twice", at: span,
      related: [RelatedPlace("it is given here first", at: first)],
      help: "keep one of the two; several values of one fact are joined by `and`")
  }

  static func givenNotOneValue(_ phrase: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "a scenario gives `\(phrase)` one value, and this sentence leaves it open",
      at: span,
      help: "write the value that the message has; of a fact with several values all that it has, "
        + "joined by `and`")
  }

  static func givenOutOfRange(_ phrase: String, _ why: String, _ span: Span) -> Finding {
    Finding(
      .badNumber, "no message gives `\(phrase)` this value: \(why)", at: span,
      help: "write a value that the fact may have")
  }

  static func saidTwice(_ what: String, _ span: Span) -> Finding {
    Finding(
      .duplicate, "`\(what)` is said twice in this scenario", at: span, help: "keep one of them")
  }

  static func dayNotProved(_ date: DateSyntax) -> Finding {
    Finding(
      .badDate, "a scenario runs on a day from 2000 to 2099, not on \(date.day.words)",
      at: date.span)
  }

  static func likeCircle(_ name: NameSyntax) -> Finding {
    Finding(
      .circular, "this scenario is like itself, through `\(name.text)`", at: name.span,
      help: "take one of the `like` lines out")
  }

  // MARK: Warnings

  static func unused(_ what: String, _ name: String, _ span: Span) -> Finding {
    Finding(
      .unused, "the \(what) `\(name)` is used by no rule and no promise", at: span,
      help: "delete it, or write the rule that needs it")
  }

  static func noReason(_ name: String, _ span: Span) -> Finding {
    Finding(
      .noReason, "`\(name)` overrides another rule and does not say why", at: span,
      reason: "whoever is overruled will ask", help: "add a line `because …`")
  }

  static func unrecordedNegation(_ text: String, _ phrase: String, _ span: Span, isCell: Bool)
    -> Finding
  {
    let sentence = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Finding(
      .unrecordedNegation,
      isCell
        ? "this cell is also met where nothing is recorded about `\(phrase)`"
        : "`\(sentence)` is also true where nothing is recorded", at: span,
      help: "if that is meant, say it with `unless` or `none of:`; if not, add a test that it is "
        + "recorded")
  }

  static func domainTest(
    _ match: TextMatch, _ text: String, domain: String, _ span: Span, fix: Fix?
  )
    -> Finding
  {
    let message =
      switch match {
      case .contains: "this is also true of `pat@\(domain).example.com`"
      case .endsWith: "this is also true of `pat@not\(domain)`"
      default: "this is true of `\(text)` alone, and not of the addresses and domains under it"
      }
    return Finding(
      .domainTest, message, at: span,
      help: "write `in the domain \"\(domain)\"`: it means the domain and all below it",
      fixes: fix.map { [$0] } ?? [])
  }

  static func domainWithSigns(_ text: String, _ domain: String, _ span: Span) -> Finding {
    guard !domain.contains("@") else {
      return Finding(
        .domainTest, "`\(text)` is an address, and no domain", at: span,
        help:
          "write what follows the `@`; for one address write `is` in place of `is in the domain`")
    }
    return Finding(
      .domainTest, "`\(text)` is read as the domain `\(domain)` and all below it", at: span,
      help: "write the domain alone: `\"\(domain)\"`",
      fixes: [
        .replace(
          span, with: StringLiteral.quoted(domain), "write `\"\(domain)\"`", isSafe: true)
      ])
  }

  static func overdue(_ phrase: String, _ ending: String, _ span: Span, others: [Span]) -> Finding {
    Finding(
      .overdue, "once this date is past, no rule says what holds", at: span,
      related: others.prefix(5).map { RelatedPlace("here too", at: $0) },
      reason: "`\(ending)` ends with the day itself: the day after, the message is treated as if "
        + "there were no hurry",
      help:
        "write `\(ending) or \(ending.hasPrefix("within") ? "" : "in the ")past` if the rule still "
        + "holds then, or write a rule for dates in the past",
      fixes: ending.hasPrefix("within")
        ? [.replace(span.after, with: " or past", "write `\(ending) or past`")] : [])
  }
}

extension Rule.Kind {
  var words: String {
    switch self {
    case .decision: "a rule that decides the outcome"
    case .guard: "a guard"
    case .note: "a rule that adds notes"
    }
  }
}
