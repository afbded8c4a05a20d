import Findings

/// What officers write for something that the language says in another way, and where that way leads.
enum Advice {
  /// Words that begin a line under a rule, promise or table.
  static func clause(_ first: String, _ owner: ClauseOwner) -> (message: String, help: String)? {
    switch (first, owner) {
    case ("always", .rule), ("never", .rule), ("only", .rule), ("always", .table),
      ("never", .table):
      (
        "a rule says what happens, not what is \(first == "always" ? "promised" : "forbidden")",
        "to have it proved for every message write a promise: `promise …` and under it "
          + "`never …`; to stop it when a message is sent write a guard that says what happens instead"
      )
    case ("only", .promise):
      (
        "`only` is said by `always` in a promise",
        "write `always …`, and every outcome that is allowed"
      )
    case ("else", .rule), ("otherwise", .rule), ("if", .rule):
      (
        "a rule has no other half",
        "write a second rule for the other messages; `otherwise …` on a line of its own is for every "
          + "message that no rule decides"
      )
    case ("notwithstanding", _), ("despite", _), ("beats", _), ("supersedes", _), ("trumps", _):
      ("no line begins with `\(first)`", "to win over another rule write `overrides` and its name")
    case ("provided", _), ("providing", _):
      (
        "a condition stands before the outcome",
        "add it to the `if` with `and`; an exception is written with `unless`"
      )
    case ("for", .promise), ("where", .promise), ("when", .promise):
      ("the messages that a promise is about are named by `if`", "write `if …` on this line")
    case ("and", .rule), ("or", .rule):
      (
        "this line goes on after the rule is complete",
        "put it before `then`, or in a rule of its own"
      )
    default: nil
    }
  }

  /// Words that begin a statement of an officer's own.
  static func statement(_ first: String) -> String? {
    switch first {
    case "veto", "forbid", "block", "prevent", "stop":
      "what must not happen is written as a guard, which says what happens instead; what is promised "
        + "for every message as a promise"
    case "else": "for every message that no rule decides write `otherwise …`"
    case "scenarios", "test", "case", "example": "a case to try begins with `scenario` and its name"
    case "definition", "term": "a word for a condition begins with `define`"
    case "exception": "an exception is a line under its rule that begins with `unless`"
    case "override": "`overrides` and the name of a rule stand on a line under a rule"
    default: nil
    }
  }
}

extension Finding {
  static func forbiddenOutcome(_ span: Span) -> Finding {
    Finding(
      .syntax, "a rule says what happens to a message, not what must not", at: span,
      help:
        "write what happens instead: `then hold …`; to stop an outcome that other rules give write "
        + "a guard: `if the outcome is …` and `then …`; to have it proved write a promise with `never`"
    )
  }

  static func todayGiven(_ day: String?, _ span: Span) -> Finding {
    Finding(
      .syntax, "the day of a scenario is not given as a fact", at: span,
      help: "write it on a line of its own: `on \(day ?? "1 May 2026")`")
  }
}
