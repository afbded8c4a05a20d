import Findings

// Pages about what is allowed, but probably not meant.
extension CodeHelp {
  static let alwaysSetAside = CodeHelp(
    .alwaysSetAside, "a rule that never gets its way",
    meaning: """
      Whenever this rule applies, a rule that overrides it applies too: always the same one, or now one \
      and now another. It never decides anything.
      """,
    example: """
      rule Health stays private
        if message contains health-data then send encrypted
        overrides Tribunal families choose

      rule Tribunal families choose
        if purpose is SEN-tribunal and message contains health-data then send plain
      """,
    cure: """
      Look at who should override whom: perhaps it is the other way round. If the rule is not needed, \
      delete it.
      """)

  static let noEffect = CodeHelp(
    .noEffect, "a rule that changes nothing",
    meaning: """
      The rule applies to some messages and is not set aside, but each of them would get the same \
      outcome and the same notes without it. Another rule may say the same, or `otherwise` may, or a \
      guard may replace whatever it says. Of two rules that say the same, the later one is named.
      """,
    example: """
      if message contains health-data then send encrypted

      otherwise send encrypted
      """,
    cure: """
      Delete the rule. If it was meant to change something, compare its condition with those of the \
      rules around it. If it is only there to be read, say it in a comment or as a promise.
      """)

  static let needlessOverride = CodeHelp(
    .needlessOverride, "an override that never matters",
    meaning: """
      The policy decides every message alike without this line: the rules never meet, or they give the \
      same outcome, or another line says the same already. Of two such lines one is named.
      """,
    example: """
      rule Tribunal families choose
        if purpose is SEN-tribunal and recipient prefers plain then send plain
        overrides Tax bills go encrypted

      rule Tax bills go encrypted
        if purpose is council-tax then send encrypted
      """,
    cure: "Delete the line, so that readers do not look for a contradiction that is not there.")

  static let needlessCondition = CodeHelp(
    .needlessCondition, "a part of a condition that can be left out",
    meaning: """
      The rule applies to exactly the same messages without this part, on every day on which it is in \
      force. The part may follow from the others, be true of every message, or add nothing to an `or`.
      """,
    example: """
      if attachment size is more than 35 MB and attachment size is more than 10 MB
      then send through the portal
      """,
    cure: "Delete the part, or look whether another number or value was meant.")

  static let expired = CodeHelp(
    .expired, "a rule whose time is over",
    meaning: """
      The last day on which the rule is in force is past, or no day is left on which it could be. It \
      will not decide a message any more.
      """,
    example: """
      rule Families choose during the trial
        if recipient prefers plain then send plain
        until 31 August 2023
      """,
    cure: """
      Delete the rule, or give it a later last day. If past messages are still looked at, for an audit \
      or a complaint, the rule may stay.
      """)

  static let unused = CodeHelp(
    .unused, "something that is declared and never used",
    meaning: """
      No rule, guard or promise uses this fact, outcome, note, list or definition. Use in scenarios \
      does not count. Perhaps a rule was forgotten.
      """,
    example: """
      note large-print copy: "Send a copy in large print."
      """,
    cure: "Write the rule that is missing, or delete the declaration.")

  static let unrecordedNegation = CodeHelp(
    .unrecordedNegation, "a `not` that is also true where nothing is recorded",
    meaning: """
      The fact may be absent from a message. The negative sentence is then true, too: somebody with no \
      recorded preference does not prefer encrypted email. That may be more people than you had in \
      mind.
      """,
    example: """
      fact recipient prefers: one of plain, encrypted, if recorded

      if recipient does not prefer encrypted then send plain
      """,
    cure: """
      If those with nothing recorded are meant too, write it with `unless`: `send plain … unless \
      recipient prefers encrypted`. If not, add `and it is recorded what recipient prefers`, or name \
      the values that you mean: `recipient prefers plain`.
      """)

  static let noReason = CodeHelp(
    .noReason, "an override without a reason",
    meaning: """
      The rule sets another one aside and does not say why. In a year nobody will know, and whoever \
      gets a complaint on the desk will ask.
      """,
    example: """
      rule Promised plain email
        if council has promised this recipient plain email then send plain
        overrides Health stays private
      """,
    cure: """
      Add a line `because …` with the organisation's own reason, and `see …` where there is a decision, \
      a law or a minute.
      """)

  static let indistinctValue = CodeHelp(
    .indistinctValue, "values that no rule tells apart",
    meaning: """
      The values of a group stand in the same tests of all rules, so that the rules treat them alike. \
      That may be right: a sending system may know more than the policy needs. Or a rule about one of \
      them was forgotten.
      """,
    example: """
      fact purpose is: one of SEN-tribunal, SEN-annual-review, council-tax

      if purpose is SEN-tribunal then send plain

      otherwise send encrypted
      """,
    cure: """
      Look through the groups that the finding lists. If a value in them should be treated differently, \
      write the rule. If not, one value may do for the group; or leave it as it is.
      """)

  static let domainTest = CodeHelp(
    .domainTest, "a test of an address that lets strangers in",
    meaning: """
      An address that contains `gov.uk` may be `pat@gov.uk.example.com`, and one that ends with \
      `gov.uk` may be `pat@notgov.uk`. An equality with `gov.uk` leaves out `suffolk.gov.uk`.
      """,
    example: """
      if recipient's address ends with "gov.uk" then send by secure transport
      """,
    cure: """
      Write `recipient's address is in the domain "gov.uk"`: that is the domain itself and everything \
      below it, and nothing else. `rulec check` offers this change.
      """)

  static let overdue = CodeHelp(
    .overdue, "nothing is said about deadlines that have passed",
    meaning: """
      `deadline is within 10 days` is true from today until ten days from now. On the day after the \
      deadline it is false, and the message is treated as if there were no hurry.
      """,
    example: """
      if deadline is within 10 days then send by special delivery
      """,
    cure: """
      If what is late is no less urgent, write `deadline is within 10 days or past`. Otherwise add a \
      rule that says what holds when the deadline is in the past.
      """)
}
