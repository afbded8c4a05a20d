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
    example: """
      rule Tribunal families get plain email
        if recipient prefers plain send plain

      The word `then` is missing before `send plain`.
      """,
    cure: """
      Look at the marked words and do what the message says. A rule reads: if … then …, with an \
      empty line between it and the next one. Clauses such as `because` and `unless` have a line \
      of their own.
      """)

  static let mixedAndOr = CodeHelp(
    .mixedAndOr, "`and` and `or` side by side",
    meaning: """
      `A and B or C` can be read in two ways: as `(A and B) or C`, and as `A and (B or C)`. Officers \
      and lawyers disagree on which is right, so neither is taken. The same goes for `A or B unless \
      C`.
      """,
    example: """
      if recipient prefers plain and purpose is SEN-tribunal
        or message contains personal-data
      then send plain
      """,
    cure: """
      Say which you mean. Either put brackets round what belongs together, write `either A or B`, or \
      write one condition a line under `all of:` and `any of:`. The finding shows both readings.
      """)

  static let ambiguous = CodeHelp(
    .ambiguous, "words that can be understood in two ways",
    meaning: """
      The same words could be two different things: a value of this fact or the beginning of the \
      next sentence, this rule's clause or the next rule's. Which was meant cannot be known from the \
      outside.
      """,
    example: """
      fact letter reaches: one of home, solicitor
      fact solicitor acts for the family: yes or no

      if letter reaches home or solicitor acts for the family then send by post
      """,
    cure: """
      Put brackets round the new sentence, leave an empty line between two rules, or give one of the \
      two another name.
      """)

  static let tooDeep = CodeHelp(
    .tooDeep, "brackets in brackets in brackets",
    meaning: """
      Brackets, bullets and definitions lie in each other more than 32 deep. No colleague could say \
      what such a rule means.
      """,
    example: """
      if (((((((((((((((((((((((((((((((((
        recipient prefers plain
      )))))))))))))))))))))))))))))))))
      then send plain
      """,
    cure: """
      Give parts of the condition a name with `define`, or write two rules in the place of one.
      """)

  static let badDate = CodeHelp(
    .badDate, "a date that does not exist or is not clear",
    meaning: """
      A date is written with the month's name, `1 September 2026`, or as `2026-09-01`. A date such as \
      01/09/2026 is the first of September to some readers and the ninth of January to others. The \
      thirty-first of September is no date at all, and a stretch of time cannot end before it begins.
      """,
    example: """
      if deadline is before 01/09/2026 then send by special delivery
      """,
    cure: "Write the month's name: `deadline is before 1 September 2026`.")

  static let badNumber = CodeHelp(
    .badNumber, "a number that cannot be read",
    meaning: """
      Numbers are written in digits, without commas, with a full stop before at most six decimals. \
      They go up to 1000000000000. `between 5 and 3` holds no number at all.
      """,
    example: """
      if number of people named is more than 10,000 then hold for a second checker
      """,
    cure: "Write the number in digits alone: `more than 10000`.")
}
