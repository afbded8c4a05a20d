import Findings

// Pages about what is allowed, but probably not meant.
extension CodeHelp {
  static let alwaysSetAside = CodeHelp(
    .alwaysSetAside, "a rule that never gets its way",
    meaning: """
      Whenever this rule applies, a rule that overrides it applies too: always the same one, or now one \
      and now another. It never decides anything.
      """,
    bad: """
      rule Health stays private
        if the message contains health-data
        then send encrypted
        because nobody else may read it
        overrides Tribunal families choose

      rule Tribunal families choose
        if the purpose is SEN-tribunal and the message contains health-data
        then send plain
      """,
    cure: """
      Look at who should override whom: perhaps it is the other way round. If the rule is not needed, \
      delete it.
      """,
    cured: """
      rule Health stays private
        if the message contains health-data
        then send encrypted

      rule Tribunal families choose
        if the purpose is SEN-tribunal and the message contains health-data
        then send plain
        because the hearing will not wait
        overrides Health stays private
      """)

  static let noEffect = CodeHelp(
    .noEffect, "a rule that changes nothing",
    meaning: """
      The rule applies to some messages and is not set aside, but each of them would get the same \
      outcome and the same notes without it. Another rule may say the same, or `otherwise` may, or a \
      guard may replace whatever it says. Of two rules that say the same, the later one is named.
      """,
    bad: """
      # What no rule decides is held for review.
      rule Complaints are held
        if the purpose is complaint
        then hold for review
      """,
    cure: """
      Delete the rule. If it was meant to change something, compare its condition with those of the \
      rules around it. If it is only there to be read, say it in a comment or as a promise.
      """,
    cured: """
      # What no rule decides is held for review.
      rule Complaints are answered by post
        if the purpose is complaint
        then send by post
      """)

  static let needlessOverride = CodeHelp(
    .needlessOverride, "an override that never matters",
    meaning: """
      The policy decides every message alike without this line: the rules never meet, or they give the \
      same outcome, or another line says the same already. Of two such lines one is named.
      """,
    bad: """
      rule Tribunal families choose
        if the purpose is SEN-tribunal and the recipient prefers plain
        then send plain
        because it is their choice
        overrides Tax bills go by post

      rule Tax bills go by post
        if the purpose is council-tax
        then send by post
      """,
    cure: "Delete the line, so that readers do not look for a contradiction that is not there.",
    cured: """
      rule Tribunal families choose
        if the purpose is SEN-tribunal and the recipient prefers plain
        then send plain

      rule Tax bills go by post
        if the purpose is council-tax
        then send by post
      """)

  static let needlessCondition = CodeHelp(
    .needlessCondition, "a part of a condition that can be left out",
    meaning: """
      The rule applies to exactly the same messages without this part, on every day on which it is in \
      force. The part may follow from the others, be true of every message, or add nothing to an `or`.
      """,
    bad: """
      rule Large attachments go by post
        if the attachment size is more than 35 MB
          and the attachment size is more than 10 MB
        then send by post
      """,
    cure: "Delete the part, or look whether another number or value was meant.",
    cured: """
      rule Large attachments go by post
        if the attachment size is more than 35 MB
        then send by post
      """)

  static let expired = CodeHelp(
    .expired, "a rule whose time is over",
    meaning: """
      The last day on which the rule is in force is past, or no day is left on which it could be. It \
      will not decide a message any more.
      """,
    bad: """
      rule Families choose during the trial
        if the recipient prefers plain
        then send plain
        until 31 August 2023
      """,
    cure: """
      Delete the rule, or give it a later last day. If past messages are still looked at, for an audit \
      or a complaint, the rule may stay.
      """,
    cured: """
      rule Families choose during the trial
        if the recipient prefers plain
        then send plain
        until 31 August 2030
      """)

  static let unused = CodeHelp(
    .unused, "something that is declared and never used",
    meaning: """
      No rule, guard or promise uses this fact, outcome, note, list or definition. Use in scenarios \
      does not count. Perhaps a rule was forgotten.
      """,
    bad: """
      note large-print copy: "Send a copy in large print."
      """,
    cure: "Write the rule that is missing, or delete the declaration.",
    cured: """
      note large-print copy: "Send a copy in large print."

      fact recipient needs large print: yes or no

      rule Large print for those who need it
        if the recipient needs large print
        then add large-print copy
      """)

  static let unrecordedNegation = CodeHelp(
    .unrecordedNegation, "a `not` that is also true where nothing is recorded",
    meaning: """
      The fact may be absent from a message. The negative sentence is then true, too: somebody with no \
      recorded preference does not prefer encrypted email. That may be more people than you had in \
      mind.
      """,
    bad: """
      rule The others get plain email
        if the recipient does not prefer encrypted
        then send plain
      """,
    cure: """
      If those with nothing recorded are meant too, write it with `unless`: `send plain … unless \
      recipient prefers encrypted`. If not, add `and it is recorded what recipient prefers`, or name \
      the values that you mean: `recipient prefers plain`.
      """,
    cured: """
      rule The others get plain email
        if the recipient prefers plain or post
        then send plain
      """)

  static let noReason = CodeHelp(
    .noReason, "an override without a reason",
    meaning: """
      The rule sets another one aside and does not say why. In a year nobody will know, and whoever \
      gets a complaint on the desk will ask.
      """,
    bad: """
      rule Families choose
        if the recipient prefers plain
        then send plain

      rule Health stays private
        if the message contains health-data
        then send encrypted
        overrides Families choose
      """,
    cure: """
      Add a line `because …` with the organisation's own reason, and `see …` where there is a decision, \
      a law or a minute.
      """,
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain

      rule Health stays private
        if the message contains health-data
        then send encrypted
        because nobody else may read it
        overrides Families choose
      """)

  static let indistinctValue = CodeHelp(
    .indistinctValue, "values that no rule tells apart",
    meaning: """
      The values of a group stand in the same tests of all rules, so that the rules treat them alike. \
      That may be right: a sending system may know more than the policy needs. Or a rule about one of \
      them was forgotten.
      """,
    bad: """
      fact subject is: one of appeal, annual-review, newsletter

      rule Appeals go plain
        if the subject is appeal
        then send plain
      """,
    cure: """
      Look through the groups that the finding lists. If a value in them should be treated differently, \
      write the rule. If not, one value may do for the group; or leave it as it is.
      """,
    cured: """
      fact subject is: one of appeal, annual-review, newsletter

      rule Appeals go plain
        if the subject is appeal
        then send plain

      rule Newsletters go by post
        if the subject is newsletter
        then send by post
      """)

  static let domainTest = CodeHelp(
    .domainTest, "a test of an address that lets strangers in",
    meaning: """
      An address that contains `gov.uk` may be `pat@gov.uk.example.com`, and one that ends with \
      `gov.uk` may be `pat@notgov.uk`. An equality with `gov.uk` leaves out `suffolk.gov.uk`.
      """,
    bad: """
      rule Public bodies get plain email
        if the email address ends with "gov.uk"
        then send plain
      """,
    cure: """
      Write `recipient's address is in the domain "gov.uk"`: that is the domain itself and everything \
      below it, and nothing else. `rulec check` offers this change.
      """,
    cured: """
      rule Public bodies get plain email
        if the email address is in the domain "gov.uk"
        then send plain
      """)

  static let overdue = CodeHelp(
    .overdue, "nothing is said about deadlines that have passed",
    meaning: """
      `deadline is within 10 days` is true from today until ten days from now. On the day after the \
      deadline it is false, and the message is treated as if there were no hurry.
      """,
    bad: """
      rule Urgent letters go by post
        if the deadline is within 10 days
        then send by post
      """,
    cure: """
      If what is late is no less urgent, write `deadline is within 10 days or past`. Otherwise add a \
      rule that says what holds when the deadline is in the past.
      """,
    cured: """
      rule Urgent letters go by post
        if the deadline is within 10 days or past
        then send by post
      """)
}
