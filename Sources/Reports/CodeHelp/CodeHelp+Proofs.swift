import Findings

// Pages about what a policy means for all messages.
extension CodeHelp {
  static let conflict = CodeHelp(
    .conflict, "two rules that disagree",
    meaning: """
      There is a message to which both rules apply, on some day, and they give it different outcomes. \
      Nothing says which of them counts more. The order in which rules are written never decides that: \
      it must be said. The finding shows such a message, with only the facts that matter. Two guards \
      can disagree in the same way.
      """,
    bad: """
      rule Families choose
        if the recipient prefers plain
        then send plain

      rule Health stays private
        if the message contains health-data
        then send encrypted
      """,
    cure: """
      Decide which rule counts more, and write under it `overrides` and the other's name: `overrides \
      Families choose`. Where this is so for whole groups of rules, put them into sections and write \
      `overrides section …` under the section's name. If the rules were never meant to meet, make a \
      condition narrower.
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

  static let brokenPromise = CodeHelp(
    .brokenPromise, "a promise that the rules do not keep",
    meaning: """
      A promise is about every possible message, on every day on which it holds. The finding shows one \
      for which the rules do something else, and which rule is behind it. Where a promise says what the \
      decision never depends on, it shows two messages that differ in that alone.
      """,
    bad: """
      promise Who asked for plain email never gets encrypted email
        if the recipient prefers plain
        never send encrypted

      rule Health stays private
        if the message contains health-data
        then send encrypted
      """,
    cure: """
      Ask whether the promise or the rule is right. Either change the rule, for example with `unless`; \
      or write the exception into the promise: `unless message contains health-data`.
      """,
    cured: """
      promise Who asked for plain email never gets encrypted email
        if the recipient prefers plain
        never send encrypted
        unless the message contains health-data

      rule Health stays private
        if the message contains health-data
        then send encrypted
      """)

  static let gap = CodeHelp(
    .gap, "messages that nothing decides",
    meaning: """
      The policy has no `otherwise`, and there is a message, on some day, to which no rule that gives \
      an outcome applies. The finding shows one.
      """,
    bad: Example(
      whole: """
        fact recipient prefers: one of plain, encrypted, post

        outcome send plain
        outcome send encrypted
        outcome hold for review

        rule Families choose plain email
          if the recipient prefers plain
          then send plain

        rule Families choose encrypted email
          if the recipient prefers encrypted
          then send encrypted

        when unsure hold for review
        """),
    cure: """
      Add a rule for these messages, or say on a line of its own what happens to all others: \
      `otherwise send encrypted`.
      """,
    cured: Example(
      whole: """
        fact recipient prefers: one of plain, encrypted, post

        outcome send plain
        outcome send encrypted
        outcome hold for review

        rule Families choose plain email
          if the recipient prefers plain
          then send plain

        rule Families choose encrypted email
          if the recipient prefers encrypted
          then send encrypted

        otherwise hold for review

        when unsure hold for review
        """))

  static let failingScenario = CodeHelp(
    .failingScenario, "a scenario that comes out differently",
    meaning: """
      A scenario says what should happen to one message. The rules decide it in another way. Either \
      the rules have gone wrong, or the scenario is out of date.
      """,
    bad: """
      rule Health stays private
        if the message contains health-data
        then send encrypted

      scenario A letter about health
        given the message contains health-data
        expect send plain
      """,
    cure: """
      Decide which of the two is right and change the other. `rulec explain` shows which rules \
      decided. If the decision is unsure because the scenario leaves facts out, add them with `given`.
      """,
    cured: """
      rule Health stays private
        if the message contains health-data
        then send encrypted

      scenario A letter about health
        given the message contains health-data
        expect send encrypted
      """)

  static let neverApplies = CodeHelp(
    .neverApplies, "a condition that is never true",
    meaning: """
      No message meets this condition on any day from 2000 to 2099, or on any day on which the rule is \
      in force: its parts contradict each other, it asks for a number that the fact never has, or for \
      an outcome that such a message never gets. A rule like that does nothing, and a promise like that \
      promises nothing.
      """,
    bad: """
      rule Letters that wait for nobody
        if the purpose is SEN-tribunal and the purpose is council-tax
        then send plain
      """,
    cure: """
      Look for the tests that exclude each other. Here `or` was probably meant, since a message has one \
      purpose: `purpose is SEN-tribunal or council-tax`. If the rule is not needed, delete it.
      """,
    cured: """
      rule Letters that wait for nobody
        if the purpose is SEN-tribunal or council-tax
        then send plain
      """)

  static let notProved = CodeHelp(
    .notProved, "a question that could not be answered in the time allowed",
    meaning: """
      The checker looks at all possible messages, and here that took more work than it was allowed. It \
      found no fault, but cannot say that there is none; so it does not. The finding names the question \
      and the rules that it is about.
      """,
    bad: Example(
      """
      # checked with: rulec check --work-limit 1
      rule Health stays private
        if the message contains health-data
        then send encrypted
      """, workLimit: 1),
    cure: """
      Allow more work: leave `--work-limit` out, or give it a larger number. Or make the policy simpler: give \
      parts that recur a name with `define`, and divide long conditions into several rules.
      """,
    cured: """
      # checked with: rulec check
      rule Health stays private
        if the message contains health-data
        then send encrypted
      """)
}
