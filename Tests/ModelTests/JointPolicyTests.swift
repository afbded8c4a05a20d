import Findings
import Model
import Syntax
import Testing
import Values

@Suite struct `Two policies that are compared` {
  @Test func `differ in their vocabularies as the report says, and compare what both accept`() {
    for (old, new, words, isLeftOut) in differences {
      let joint = JointPolicies(policy(old), policy(new))
      #expect(joint.differences.map(\.words) == [words])
      #expect(joint.differences.map(\.leavesOutMessages) == [isLeftOut])
      #expect(!joint.hasNoMessages)
    }
  }

  private let differences: [(old: String, new: String, words: String, isLeftOut: Bool)] = [
    (
      "", "fact purpose is: text, if recorded",
      "`purpose is` is new: the old policy does not look at it", false
    ),
    (
      "fact purpose is: text, if recorded", "",
      "`purpose is` is gone: the new policy does not look at it", false
    ),
    (
      "fact purpose is: one of A, B", "fact purpose is: one of A, B, C",
      "`purpose is` has a new value `C`: messages with it are rejected by the old policy and are "
        + "left out", true
    ),
    (
      "fact message holds: any of A, B", "fact message holds: any of B",
      "`message holds` no longer has the value `A`: messages that hold it are rejected by the new "
        + "policy and are left out", true
    ),
    (
      "fact size is: number of MB from 0", "fact size is: whole number of MB from 2 to 50",
      "`size is` takes whole numbers from 2 to 50 in the new policy, and numbers from 0 on in the "
        + "old one: messages with numbers that one of them rejects are left out", true
    ),
    (
      "fact size is: number of MB", "fact size is: number of kg",
      "`size is` counts kg in the new policy, and MB in the old one: the numbers are compared as "
        + "they stand", false
    ),
    (
      "fact deadline is: date", "fact deadline is: date, if recorded",
      "where a message does not give `deadline is`, nothing is recorded in the new policy, and it "
        + "is missing in the old one: such messages are left out", true
    ),
    (
      "fact class is: one of LOW, HIGH, if recorded",
      "fact class is: one of LOW, HIGH, if absent LOW",
      "where a message does not give `class is`, it counts as `LOW` in the new policy, and nothing "
        + "is recorded in the old one", false
    ),
    (
      "fact deadline is: date, if recorded", "fact deadline is: date, if absent 1 May 2026",
      "where a message does not give `deadline is`, it counts as `1 May 2026` in the new policy, "
        + "and nothing is recorded in the old one: such messages are left out", true
    ),
    (
      "fact purpose is: text, if recorded", "fact purpose is: yes or no, if recorded",
      "`purpose is` is yes or no in the new policy, and a text in the old one: messages that give "
        + "it are left out", true
    ),
    (
      "fact count is: number to 5, if recorded", "fact count is: number from 6, if recorded",
      "no value of `count is` is accepted by both policies: messages that give it are left out",
      true
    ),
    (
      "fact team is: text\n  from sender.team", "fact team is: text",
      "`team is` is read from the field `team` in the new policy, and from `sender.team` in the "
        + "old one: they are compared as two facts", false
    ),
    (
      "fact team is: text", "fact group of the sender is: text\n  from team",
      "what is read from the field `team` is called `group of the sender is` in the new policy, "
        + "and `team is` in the old one", false
    ),
    (
      "fact class is: one of LOW, HIGH", "fact class is: any of HIGH, LOW",
      "`class is` is any of some values in the new policy, and one of some values in the old one: "
        + "messages that do not give it as one text that both accept are left out", true
    ),
    ("", "outcome send twice", "the outcome `send twice` is new", false),
    ("note banner", "", "the note `banner` is gone", false),
    ("note banner: \"A\"", "note banner: \"B\"", "the note `banner` has another text", false),
  ]

  @Test func `have no messages in common where a field must be given and may not`() {
    let table = [
      ("fact purpose is: one of A, B", "fact purpose is: one of C"),
      ("fact purpose is: text", "fact purpose is: yes or no, if recorded"),
      ("fact size is: whole number from 0", "fact size is: number from 0.2 to 0.8"),
      ("fact message is: text", "fact purpose is: text\n  from message.purpose"),
    ]
    for (old, new) in table { #expect(JointPolicies(policy(old), policy(new)).hasNoMessages) }
  }

  @Test func `share a fact that is read from one field, with the values that both know`() {
    let joint = JointPolicies(
      policy("fact team is: text, if recorded\n\nfact purpose is: one of A, B, C, if recorded"),
      policy("fact purpose is: one of D, C, B\n\nfact the team is: text, if recorded"))
    let facts = joint.new.vocabulary.facts
    #expect(facts.map(\.phrase) == ["purpose is", "the team is"])
    #expect(facts.map(\.values) == [["C", "B"], []])
    #expect(facts.map(\.presence) == [.required, .optional])
    #expect(joint.factsOfOld == [FactID(1), FactID(0)])
    #expect(joint.factsOfNew == [FactID(0), FactID(1)])
    #expect(joint.old.vocabulary.outcomes.map(\.name) == ["send plain", "hold"])
  }

  @Test func `keep the range of numbers that both take`() {
    let joint = JointPolicies(
      policy("fact size is: number of MB from 0 to 50, if recorded"),
      policy("fact size is: whole number of MB from -5 to 40, if recorded"))
    #expect(
      joint.new.vocabulary.facts[0].kind
        == .number(isWhole: true, unit: "MB", low: Decimal6(0), high: Decimal6(40)))
  }

  @Test func `match outcomes without regard to case`() {
    let joint = JointPolicies(policy("outcome Send Twice"), policy("outcome send twice"))
    #expect(joint.differences == [])
    #expect(joint.old.vocabulary.outcomes.map(\.name) == ["send twice", "send plain", "hold"])
  }

  @Test func `never give a field that lies inside another one of the other policy`() {
    let joint = JointPolicies(
      policy("fact message is: text, if recorded"),
      policy("fact purpose is: text, if recorded\n  from message.purpose"))
    #expect(joint.new.vocabulary.facts.isEmpty)
    #expect(joint.differences.count == 2)
    #expect(
      joint.differences.first?.words
        == "the new policy reads `purpose is` from the field `message.purpose`, which for the old "
        + "one lies inside another field or holds others: messages that give it are left out")
  }

  // MARK: Decisions

  @Test func `read what is not given as each of them does`() {
    let rule = "if class is LOW then send plain"
    let (high, low) = (
      policy("fact class is: one of LOW, HIGH, if absent HIGH\n\n\(rule)"),
      policy("fact class is: one of LOW, HIGH, if absent LOW\n\n\(rule)")
    )
    let joint = JointPolicies(high, low)
    #expect(joint.new.vocabulary.facts[0].presence == .optional)
    #expect(outcomes(joint, .absent) == ["hold", "send plain"])
    #expect(outcomes(joint, .value(.choice(ValueID(0)))) == ["send plain", "send plain"])
    #expect(outcomes(joint, .value(.choice(ValueID(1)))) == ["hold", "hold"])
  }

  @Test func `compare what is one of some values with what is any of them, or a text`() {
    let joint = JointPolicies(
      policy("fact class is: any of LOW, HIGH, TOP\n\nif class is all of LOW, TOP then send plain"),
      policy("fact class is: text\n\nif class starts with \"t\" then send plain"))
    #expect(joint.new.vocabulary.facts[0].kind == .choice)
    #expect(joint.new.vocabulary.facts[0].values == ["LOW", "HIGH", "TOP"])
    #expect(outcomes(joint, .value(.choice(ValueID(0)))) == ["hold", "hold"])
    #expect(outcomes(joint, .value(.choice(ValueID(2)))) == ["hold", "send plain"])
  }

  @Test func `decide as without a field of which no value is accepted by both`() {
    let joint = JointPolicies(
      policy("fact class is: text, if absent \"low\"\n\nif class is \"low\" then send plain"),
      policy("fact class is: yes or no, if recorded\n\nif not (class is) then send plain"))
    #expect(joint.new.vocabulary.facts.isEmpty)
    #expect(outcomes(joint, nil) == ["send plain", "send plain"])
  }

  /// What the two policies decide about a message that says this of the only fact.
  private func outcomes(_ joint: JointPolicies, _ state: FactState?) -> [String] {
    let today = Day(year: 2026, month: 1, day: 1) ?? .first
    let message = Message(values: [state].compactMap(\.self), today: today)
    return [joint.old, joint.new].map { policy in
      guard case .decided(let verdict) = Meaning(policy).answer(to: message) else { return "" }
      return policy.vocabulary[verdict.outcome].name
    }
  }

  private func policy(_ statements: String) -> Policy {
    let rest = "\n\noutcome send plain\n\noutcome hold\n\notherwise hold\n\nwhen unsure hold\n"
    let file = SourceFile(path: "a.rules", bytes: Array((statements + rest).utf8))
    let text = PolicyText(ruleFiles: [file]) { _ in .failure(.missing) }
    let resolution = resolve(read(text), text, today: .firstProved)
    guard let policy = resolution.policy else {
      let errors = resolution.findings.map(\.message)
      preconditionFailure("the policy of a test has errors: \(errors)")
    }
    return policy
  }
}
