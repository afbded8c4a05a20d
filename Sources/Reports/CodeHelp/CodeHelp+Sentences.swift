import Findings

// Pages about how sentences are made.
extension CodeHelp {
  static let syntax = CodeHelp(
    .syntax, "a sentence that cannot be read",
    meaning: """
      Something is missing here, stands in the wrong place, or is not part of the language. The \
      message says what was looked for. A part that is not understood is never skipped: it might \
      be the part that matters.
      """,
    bad: """
      rule Families choose
        if the recipient prefers plain send plain
      """,
    cure: """
      Look at the marked words and do what the message says. A rule reads: if … then …, with an \
      empty line between it and the next one. Clauses such as `because` and `unless` have a line \
      of their own.
      """,
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain
      """)

  static let mixedAndOr = CodeHelp(
    .mixedAndOr, "`and` and `or` side by side",
    meaning: """
      `A and B or C` can be read in two ways: as `(A and B) or C`, and as `A and (B or C)`. Officers \
      and lawyers disagree on which is right, so neither is taken. The same goes for `A or B unless \
      C`.
      """,
    bad: """
      rule Families choose
        if the recipient prefers plain and the purpose is SEN-tribunal
          or the purpose is complaint
        then send plain
      """,
    cure: """
      Say which you mean. Either put brackets round what belongs together, write `either A or B`, or \
      write one condition a line under `all of:` and `any of:`. The finding shows both readings.
      """,
    cured: """
      rule Families choose
        if the recipient prefers plain
          and (the purpose is SEN-tribunal or the purpose is complaint)
        then send plain
      """)

  static let ambiguous = CodeHelp(
    .ambiguous, "words that can be understood in two ways",
    meaning: """
      The same words could be two different things: a value of this fact or the beginning of the \
      next sentence, this rule's clause or the next rule's. Which was meant cannot be known from the \
      outside.
      """,
    bad: """
      fact letter reaches: one of home, solicitor
      fact solicitor acts for the family: yes or no

      rule Letters go by post
        if the letter reaches home or solicitor acts for the family
        then send by post
      """,
    cure: """
      Put brackets round the new sentence, leave an empty line between two rules, or give one of the \
      two another name.
      """,
    cured: """
      fact letter reaches: one of home, solicitor
      fact solicitor acts for the family: yes or no

      rule Letters go by post
        if the letter reaches home or (the solicitor acts for the family)
        then send by post
      """)

  static let tooDeep = CodeHelp(
    .tooDeep, "brackets in brackets in brackets",
    meaning: """
      Brackets, bullets and definitions lie in each other more than 32 deep. No colleague could say \
      what such a rule means.
      """,
    bad: """
      rule Families choose
        if (((((((((((((((((((((((((((((((((
          the recipient prefers plain
        )))))))))))))))))))))))))))))))))
        then send plain
      """,
    cure: """
      Give parts of the condition a name with `define`, or write two rules in the place of one.
      """,
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain
      """)

  static let badDate = CodeHelp(
    .badDate, "a date that does not exist or is not clear",
    meaning: """
      A date is written with the month's name, `1 September 2026`, or as `2026-09-01`. A date such as \
      01/09/2026 is the first of September to some readers and the ninth of January to others. The \
      thirty-first of September is no date at all, and a stretch of time cannot end before it begins.
      """,
    bad: """
      rule Before the autumn
        if the deadline is before 01/09/2026
        then send by post
      """,
    cure: "Write the month's name: `deadline is before 1 September 2026`.",
    cured: """
      rule Before the autumn
        if the deadline is before 1 September 2026
        then send by post
      """)

  static let badNumber = CodeHelp(
    .badNumber, "a number that cannot be read",
    meaning: """
      Numbers are written in digits, without commas, with a full stop before at most six decimals. \
      They go up to 1000000000000. `between 5 and 3` holds no number at all.
      """,
    bad: """
      rule Very large attachments
        if the attachment size is more than 10,000 MB
        then send by post
      """,
    cure: "Write the number in digits alone: `more than 10000`.",
    cured: """
      rule Very large attachments
        if the attachment size is more than 10000 MB
        then send by post
      """)
}
