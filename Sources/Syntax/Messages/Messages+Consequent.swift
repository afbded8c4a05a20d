import Findings

/// The words for outcomes, notes, promises and tables.
extension Finding {
  static func consequentMissing(_ span: Span) -> Finding {
    Finding(
      .syntax, "an outcome is missing here", at: span,
      help: "write what happens to the message, for example `send plain`")
  }

  static func addWithoutOutcome(_ span: Span) -> Finding {
    Finding(
      .syntax, "this needs an outcome, not only notes", at: span,
      help: "write the outcome first: `send … with …`")
  }

  static func unknownOutcome(_ text: String, nearest: String?, all: [String], _ span: Span)
    -> Finding
  {
    let first = text.split(separator: " ").first.map { $0.lowercased() + " " } ?? " "
    let rest = all.filter { $0 != nearest }
    let sorted =
      rest.filter { $0.lowercased().hasPrefix(first) }
      + rest.filter { !$0.lowercased().hasPrefix(first) }
    let others = sorted.prefix(14).map { "`\($0)`" }.joined(separator: ", ")
    let help: String
    if let nearest {
      help = "did you mean `\(nearest)`?" + (others.isEmpty ? "" : " Other outcomes: \(others)")
    } else {
      help =
        all.isEmpty
        ? "no outcome is declared: write `outcome \(text)` in the vocabulary"
        : "the outcomes are \(others)"
    }
    return Finding(
      .unknownName, "`\(text)` is not an outcome", at: span, help: help,
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func behindOutcome(_ outcome: String, _ words: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(words)` after the outcome `\(outcome)` is not understood", at: span,
      help:
        "notes are added by `with …`; a reason begins with `because`, an exception with `unless`")
  }

  static func noteInPlaceOfOutcome(_ text: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`\(text)` is a note, not an outcome", at: span,
      help: "write the outcome and `with \(text)`, or `add \(text)` to add the note alone",
      fixes: [.replace(span.before, with: "add ", "add the note alone")])
  }

  static func listInPlaceOfOutcome(_ text: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "`\(text)` is a list, and here one outcome is needed", at: span,
      help: "name the outcome")
  }

  static func twoOutcomes(_ span: Span, connective: String, _ near: String? = nil) -> Finding {
    Finding(
      .syntax, "a rule has one outcome, and here is a second one", at: span,
      reason: "a message is sent in one way",
      help: "write two rules that say when each of them happens; what is done besides is a note: "
        + "`with …`")
  }

  static func otherwiseInRule(_ span: Span) -> Finding {
    Finding(
      .syntax, "a rule has no `otherwise`", at: span,
      help: "for the other half write a second rule; for every message that no rule decides write "
        + "`otherwise …` on a line of its own")
  }

  static func evenIf(_ words: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "what follows `\(words)` is not looked at: the rule holds either way", at: span,
      help: "delete it; to win over another rule write `overrides` and that rule's name",
      fixes: [.replace(span, with: "", "delete it")])
  }

  static func ifBehindOutcome(_ span: Span, condition: String) -> Finding {
    Finding(
      .syntax, "a condition stands before its outcome, not after it", at: span,
      help: "write the rule as `if … then …`; for an exception write `unless …`")
  }

  static func leavesOpen(_ words: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "`\(words)` leaves the decision open", at: span,
      reason: "two colleagues would decide differently",
      help: "delete it, or say when: `if …` before the outcome, `unless …` after it",
      fixes: [.replace(span, with: "", "delete it")])
  }

  static func conditionBehindThen(_ span: Span) -> Finding {
    Finding(
      .syntax, "a second condition stands after `then`", at: span,
      help: "put it before `then`, joined by `and`: `if … and … then …`")
  }

  static func outcomeForbidden(_ words: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "a rule says what happens, not what does not", at: span,
      reason: "`\(words)` would leave open how the message is sent",
      help: "name the outcome that is right here; what must never happen is a promise (`never …`), "
        + "or a guard that says what happens instead")
  }

  static func wordBeforeOutcome(_ word: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "an outcome stands directly after `then`, without `\(word)`", at: span,
      help: "leave `\(word)` out: a rule holds whenever its condition is true",
      fixes: [.replace(span, with: "", "leave it out", isSafe: true)])
  }

  static func otherwiseWithCondition(_ span: Span) -> Finding {
    Finding(
      .syntax, "`otherwise` has no condition: it is for every message that no rule decides",
      at: span, help: "write a rule of its own for this condition: `if … then …`")
  }

  static func ruleInMiddle(_ span: Span, gap: Span) -> Finding {
    Finding(
      .syntax, "a new rule begins in the middle of this line, at `if`", at: span,
      help: "begin a new line, with an empty line above it",
      fixes: [.replace(gap, with: "\n\n", "begin a new line", isSafe: true)])
  }

  static func thenMissingBefore(_ outcome: String, _ place: Span, _ span: Span) -> Finding {
    Finding(
      .syntax, "`then` is missing before `\(outcome)`", at: span, help: "write `then` before it",
      fixes: [.replace(place, with: "then ", "write `then`", isSafe: true)])
  }

  static func whenForIf(_ word: String, _ span: Span) -> Finding {
    Finding(
      .syntax, "a rule begins with `if`, not with `\(word)`", at: span, help: "write `if`",
      fixes: [.replace(span, with: "if", "write `if`", isSafe: true)])
  }

  static func whenAlone(_ span: Span) -> Finding {
    Finding(
      .syntax, "`when` is followed by `unsure` and an outcome", at: span,
      help: "write `when unsure …`, or begin a rule with `if`")
  }

  // MARK: Notes

  static func noteMissing(after what: String, _ span: Span) -> Finding {
    Finding(.syntax, "a note is missing after \(what)", at: span, help: "name a declared note")
  }

  static func unknownNote(_ text: String, nearest: String?, all: [String], _ span: Span) -> Finding
  {
    let others = all.filter { $0 != nearest }.prefix(14).map { "`\($0)`" }.joined(separator: ", ")
    let help: String
    if let nearest {
      help = "did you mean `\(nearest)`?" + (others.isEmpty ? "" : " Other notes: \(others)")
    } else {
      help =
        all.isEmpty
        ? "no note is declared: write `note \(text)` in the vocabulary" : "the notes are \(others)"
    }
    return Finding(
      .unknownName, "`\(text)` is not a note", at: span, help: help,
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func noteOrOutcome(_ name: String, _ and: Span) -> Finding {
    Finding(
      .ambiguous, "`\(name)` is a note and an outcome, so `and` can be read in two ways", at: and,
      help: "write `with \(name)`", fixes: [.replace(and, with: "with", "write `with`")])
  }

  // MARK: Promises

  static func pledgeMissing(_ name: NameSyntax, _ keyword: Span) -> Finding {
    Finding(
      .syntax, "the promise `\(name.text)` does not say what is promised", at: name.span,
      help: "write a line under it that begins with `always`, `never` or `never depends on`")
  }

  static func secondPledge(_ span: Span, first: Span) -> Finding {
    Finding(
      .syntax, "a promise says one thing, and here is a second one", at: span,
      related: [RelatedPlace("the first one", at: first)], help: "write two promises")
  }

  static func connectiveInPledge(isNever: Bool, _ span: Span) -> Finding {
    let (wrong, right) = isNever ? ("and", "or") : ("or", "and")
    return Finding(
      .ambiguous,
      isNever
        ? "`never add … and …` may mean neither note, or not both at once"
        : "`always add … or …` may mean both notes, or at least one", at: span,
      help: "write `\(right)`, or two promises in place of this `\(wrong)`",
      fixes: [.replace(span, with: right, "write `\(right)`")])
  }

  static func secondPromiseCondition(_ span: Span) -> Finding {
    Finding(
      .syntax, "this promise has two conditions", at: span,
      help: "write one `if` line with both, joined by `and`")
  }

  static func exceptInPledge(_ span: Span) -> Finding {
    Finding(
      .syntax, "`other than` has no place in a promise's outcomes", at: span,
      help: "name the outcomes, or declare a list of them")
  }

  // MARK: Tables

  static func tableWithoutRows(_ span: Span) -> Finding {
    Finding(
      .syntax, "this table has no rows", at: span,
      help:
        "write its headings and rows on the lines below, without an empty line, each between `|`")
  }

  static func tableThenHeading(_ count: Int, _ span: Span) -> Finding {
    Finding(
      .syntax,
      count == 0 ? "no heading of this table is `then`" : "this table has \(count) headings `then`",
      at: span, help: "one column says the outcome, under the heading `then`")
  }

  static func emptyHeading(_ span: Span) -> Finding {
    Finding(
      .syntax, "this heading is empty", at: span,
      help: "write a fact's phrase, `then`, `because`, `from`, `until` or `name`")
  }

  static func unknownHeading(_ text: String, nearest: String?, _ span: Span) -> Finding {
    Finding(
      .unknownWord, "`\(text)` heads no column", at: span,
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "a heading is a fact's phrase, a definition's, `then`, `because`, `from`, `until` or `name`",
      fixes: nearest.map { [.replace(span, with: $0, "write `\($0)`")] } ?? [])
  }

  static func rowLength(_ cells: Int, _ headings: Int, _ span: Span) -> Finding {
    Finding(
      .syntax,
      "this row has \(cells == 1 ? "1 cell" : "\(cells) cells"), and the table has \(headings) headings",
      at: span,
      help: "write one cell for each heading; `-` or an empty cell tests nothing")
  }

  static func emptyThenCell(_ span: Span) -> Finding {
    Finding(
      .syntax, "this row has no outcome", at: span, help: "write one under the heading `then`")
  }

  static func yesOrNoCell(_ text: String, _ span: Span) -> Finding {
    Finding(
      .wrongType, "this cell says `yes`, `no` or nothing; `\(text)` is none of them", at: span,
      help: "write `yes` or `no`, or leave the cell empty")
  }
}
