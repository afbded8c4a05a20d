/// The policy that `rulec new` writes: one page that shows what most policies need.
enum StarterPolicy {
  static let files = [("policy.rules", policy)]

  /// A message to try it with.
  static let message = #"{"recipient_prefers": "plain", "purpose": "SEN-tribunal"}"#

  private static let policy = """
    # How we send letters and emails.
    #
    # A policy is made of sentences. First come its words, then its rules, then what we promise, then
    # cases to try. Change them into your own: `rulec check` says what is wrong.

    # Words: a fact is how a sentence begins, and what follows the colon says how it may end.
    # `if recorded` marks a fact that may be absent; the others must be known.

    fact recipient prefers: one of plain, encrypted, if recorded
    fact purpose is: one of SEN-tribunal, general
    fact message is about health: yes or no
    fact email address is: text, if recorded
    fact deadline is: date, if recorded

    define message is urgent: the deadline is within 5 working days or past

    # What can happen to a message, and what may come with it.

    outcome send plain
    outcome send encrypted
    outcome hold for review

    note consent note: "You asked us to write to you without encryption."
    note urgent banner: "Please read this at once: the deadline is {deadline}."
    note ask for an address: "Ask the recipient where we may write to."

    # Rules: the first section overrides the second, and the second the third.

    section Hold first
      overrides section Commitments

    rule Nothing goes out without an address
      if the email address is not recorded
      then hold for review with ask for an address
      because a message without an address reaches nobody

    section Commitments
      overrides section Ordinary

    rule Tribunal families who asked for plain email get it
      if the recipient prefers plain and the purpose is SEN-tribunal
      then send plain with consent note
      because the council promised this in August 2022
      see LGSCO decision 23 002 973

    section Ordinary

    rule Health matters are encrypted
      if the message is about health
      then send encrypted
      because nobody else may read about a person's health
      overrides Other public bodies get plain email

    rule Other public bodies get plain email
      if the email address is in the domain "gov.uk"
      then send plain
      because mail between public bodies is encrypted on its way

    rule Urgent messages say so
      if the message is urgent
      then add urgent banner

    # For every message that no rule decides; and for messages that say too little to be sure.

    otherwise send encrypted

    when unsure hold for review

    # What we promise, for every message that there can be.

    promise Tribunal families who asked for plain email never get encrypted email
      if the recipient prefers plain and the purpose is SEN-tribunal
      never send encrypted
      because the council promised this in August 2022

    # Cases to try. A scenario names only the facts that it needs.

    scenario A family asks for plain email before the tribunal
      given the recipient prefers plain
      given the purpose is SEN-tribunal
      given the email address is "pat@example.org"
      expect send plain with consent note
      by Tribunal families who asked for plain email get it

    scenario Nobody gave us an address
      given the recipient prefers plain
      given the purpose is SEN-tribunal
      expect hold for review with ask for an address

    scenario A council asks about its own business
      given the purpose is general
      given the email address is "office@somewhere.gov.uk"
      given the message is not about health
      expect send plain with no notes

    # Whether this message is about health was not said, and it matters: so we cannot be sure.
    scenario A message that says too little
      given the purpose is general
      given the email address is "office@somewhere.gov.uk"
      expect unsure

    """
}
