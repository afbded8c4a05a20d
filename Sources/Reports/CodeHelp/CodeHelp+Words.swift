import Findings

// Pages about the words that a policy declares.
extension CodeHelp {
  static let unknownWord = CodeHelp(
    .unknownWord, "a sentence that the vocabulary does not know",
    meaning: """
      A sentence of a rule begins with the words of a fact or a definition, and these must be \
      declared. Nothing begins with these words. Perhaps a word is misspelt, or the fact has not \
      been declared yet.
      """,
    bad: """
      rule Families choose
        if the recipent prefers plain
        then send plain
      """,
    cure: """
      Correct the spelling: the finding shows the nearest sentence that is declared. If the fact is \
      new, declare it: `fact customer likes: one of plain, encrypted`.
      """,
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain
      """)

  static let unknownValue = CodeHelp(
    .unknownValue, "a value that the fact cannot have",
    meaning: """
      The vocabulary lists the values of every fact, and this word is none of them. If it were \
      accepted, the sentence would never be true, and nobody would notice.
      """,
    bad: """
      rule Tribunal letters go plain
        if the purpose is SEN-tribunul
        then send plain
      """,
    cure: """
      Use one of the declared values: the finding shows the nearest. If the value is new, add it to \
      the fact's declaration.
      """,
    cured: """
      rule Tribunal letters go plain
        if the purpose is SEN-tribunal
        then send plain
      """)

  static let unknownName = CodeHelp(
    .unknownName, "a name that is declared nowhere",
    meaning: """
      Outcomes, notes, lists, rules, sections, promises and scenarios are known by their names. There \
      is none of this name: it is misspelt, has been renamed elsewhere, or is still to be written.
      """,
    bad: """
      rule Families choose
        if the recipient prefers plain
        then send plain with consent letter
      """,
    cure: """
      Correct the spelling: the finding shows the nearest name. A new outcome or note is declared with \
      `outcome …` or `note …`.
      """,
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain with consent note
      """)

  static let wrongType = CodeHelp(
    .wrongType, "words that do not fit the kind of fact",
    meaning: """
      The kind of a fact says how its sentences may end. A date can be before another, a number more \
      than another; one of several values can be neither. Nor does an outcome fit where a note is \
      wanted, or a rule where a guard is.
      """,
    bad: """
      fact classification is: one of OFFICIAL, SECRET

      rule Secrets stay here
        if the classification is at least SECRET
        then send by post
      """,
    cure: """
      Use an ending that fits. Values have no order, so name those that you mean: \
      `the classification is SECRET`.
      """,
    cured: """
      fact classification is: one of OFFICIAL, SECRET

      rule Secrets stay here
        if the classification is SECRET
        then send by post
      """)

  static let duplicate = CodeHelp(
    .duplicate, "two things of one name",
    meaning: """
      Two declarations cannot be told apart: they have the same name, their sentences begin alike, or \
      they are read from the same field of a message. Names are compared without regard to capitals.
      """,
    bad: """
      rule Plain email for those who asked
        if the recipient prefers plain
        then send plain

      rule Plain email for those who asked
        if the recipient prefers post
        then send by post
      """,
    cure: "Give one of the two another name, or delete it. The finding shows both places.",
    cured: """
      rule Plain email for those who asked
        if the recipient prefers plain
        then send plain

      rule Post for those who asked
        if the recipient prefers post
        then send by post
      """)

  static let circular = CodeHelp(
    .circular, "something that leads back to itself",
    meaning: """
      Rules override each other in a circle, or a definition, list or scenario is explained by itself. \
      A circle has no beginning, so it says nothing.
      """,
    bad: """
      rule Families choose
        if the recipient prefers plain
        then send plain
        because it is their choice
        overrides Health stays private

      rule Health stays private
        if the message contains health-data
        then send encrypted
        because nobody else may read it
        overrides Families choose
      """,
    cure: "Take one link out of the circle. The finding shows all of them.",
    cured: """
      rule Families choose
        if the recipient prefers plain
        then send plain
        because it is their choice
        overrides Health stays private

      rule Health stays private
        if the message contains health-data
        then send encrypted
        because nobody else may read it
      """)

  static let missingDefault = CodeHelp(
    .missingDefault, "nothing is said about messages that cannot be decided",
    meaning: """
      Now and then a fact is missing that could change the decision. The policy never guesses: it \
      must say what happens then. Every policy that declares a fact says so once.
      """,
    bad: Example(
      whole: """
        fact recipient prefers: one of plain, post

        outcome send plain
        outcome send by post

        rule Families choose
          if the recipient prefers plain
          then send plain

        otherwise send by post
        """),
    cure: "Add a line of its own, such as `when unsure hold for review`.",
    cured: Example(
      whole: """
        fact recipient prefers: one of plain, post

        outcome send plain
        outcome send by post
        outcome hold for review

        rule Families choose
          if the recipient prefers plain
          then send plain

        otherwise send by post

        when unsure hold for review
        """))
}
