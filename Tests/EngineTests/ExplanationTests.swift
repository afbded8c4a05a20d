import Engine
import JSON
import Model
import Reports
import Syntax
import Testing
import Values

/// A policy in which a rule can win, be set aside, be in doubt, or not apply.
private struct Council {
  var builder = PolicyBuilder()
  let prefers: FactID
  let contains: FactID
  let consent: FactID
  let count: FactID
  let hold: OutcomeID

  init() {
    prefers = builder.fact("recipient prefers", .choice, values: ["plain", "encrypted"])
    contains = builder.fact("message contains", .set, values: ["health", "child"])
    consent = builder.fact("consent was given", .date, .optional)
    count = builder.fact(
      "attachment count is", .number(isWhole: true, unit: "files", low: nil, high: nil), .optional)
    let plain = builder.outcome("send plain")
    let encrypted = builder.outcome("send encrypted")
    hold = builder.outcome("hold for review")
    let note = builder.note("consent note")
    let banner = builder.note("deadline banner")
    let prefersPlain = builder.test("recipient  prefers a plain", prefers, .isOneOf([ValueID(0)]))
    let isRecorded = builder.test("consent was given recorded", consent, .isRecorded)
    let consents = builder.definition("consent is on file", isRecorded)
    let isSensitive = builder.test(
      "message contains child or health", contains, .holdsAny([ValueID(0), ValueID(1)]))
    let low = builder.rule("Encrypt sensitive mail", if: isSensitive, then: encrypted)
    let middle = builder.rule(
      "Many files", if: builder.test("at least 3", count, .isIn([3_000_000...9_000_000])),
      then: encrypted, overrides: [low])
    builder.rule(
      "Families who asked for plain", if: .and([prefersPlain, .not(consents)]), then: plain,
      with: [note], overrides: [middle], because: ["the council promised this in August 2022"],
      see: ["LGSCO decision 23 002 973."])
    let isPlain = builder.test("the outcome is send plain", outcome: plain)
    builder.rule(nil, .note, if: isPlain, with: [banner, note])
    builder.otherwise = builder.standard("otherwise", encrypted, because: ["it is the safe way"])
    builder.whenUnsure = builder.standard("when unsure", hold, with: [banner])
  }

  func explain(_ given: [FactID: Scenario.Given]) -> Explanation {
    let policy = builder.policy
    return Evaluator(policy).explain(policy.message(given))
  }
}

@Suite struct `An explanation` {
  private let council = Council()
  private let plain = Scenario.Given.value(.choice(ValueID(0)))
  private let encrypted = Scenario.Given.value(.choice(ValueID(1)))
  private let child = Scenario.Given.value(.set([ValueID(1)]))
  private let two = Scenario.Given.value(.number(Decimal6(2)))

  @Test func `says who won, what was set aside and by whom, and who brought which note`() {
    let explanation = council.explain([
      council.prefers: plain, council.contains: child, council.count: two,
    ])
    #expect(
      explanation.text == """
        The decision is: send plain, with consent note and deadline banner.
        It was made for 2 March 2026, under the policy with the number 5e9d.

        The rule “Families who asked for plain” (a.rules:17) applies, and says: send plain, with \
        consent note.
          - recipient prefers plain
          - it is not so that consent is on file:
              - “consent was given recorded”: it is not recorded when consent was given
          The reason given for the rule: the council promised this in August 2022.
          The authority for the rule: LGSCO decision 23 002 973.

        The rule at a.rules:19 applies, and says: add consent note and deadline banner.
          - the outcome is send plain

        Notes:
          consent note, because of “Families who asked for plain” and the one at a.rules:19.
          deadline banner, because of the one at a.rules:19.

        These rules are set aside by others:
          The rule “Encrypt sensitive mail” (a.rules:14) says: send encrypted. It is set aside by \
        “Families who asked for plain”, which overrides it through “Many files”.
            - “message contains child or health”: message contains child

        This rule does not apply, for want of what stands below it:
          The rule “Many files” (a.rules:16) says: send encrypted.
            - “attachment count is: at least 3”: attachment count is 2 files

        """)
  }

  @Test func `says what is missing, and to whom that matters`() {
    let explanation = council.explain([council.contains: child, council.count: two])
    #expect(
      explanation.text == """
        The decision is not sure, because facts are missing. What the policy says for that case: \
        hold for review, with deadline banner.
        It was made for 2 March 2026, under the policy with the number 5e9d.

        What is missing:
          It is not known what recipient prefers (field `recipient_prefers`); that matters to \
        “Families who asked for plain”.

        These rules may apply, so that the decision is in doubt:
          The rule “Families who asked for plain” (a.rules:17) says: send plain, with consent note.
            - “recipient prefers a plain”: it is not known what recipient prefers

        These rules apply for certain:
          The rule “Encrypt sensitive mail” (a.rules:14) says: send encrypted.
            - “message contains child or health”: message contains child

        One rule does not apply.

        """)
  }

  @Test func `says that nobody but otherwise decides`() {
    let explanation = council.explain([
      council.prefers: encrypted, council.contains: .value(.set([])),
    ])
    #expect(
      explanation.text.hasPrefix(
        """
        The decision is: send encrypted.
        It was made for 2 March 2026, under the policy with the number 5e9d.

        Where no rule decides, the policy says `otherwise`: send encrypted.
          The reason given for it: it is the safe way.

        This rule came nearest, but does not apply, for want of what stands below it:
          The rule “Families who asked for plain” (a.rules:17) says: send plain, with consent note.
            - “recipient prefers a plain”: recipient prefers encrypted
        3 other rules do not apply either.

        """))
  }

  @Test func `says what a guard looked at`() {
    var council = council
    let guardRule = council.builder.rule("Hold", .guard, if: .always, then: council.hold)
    let explanation = council.explain([
      council.prefers: plain, council.contains: child,
      council.consent: .value(.day(day(2026, 3, 1))),
    ])
    #expect(explanation.firstOutcomes == [OutcomeID(1)])
    #expect(
      explanation.text.contains(
        """

        The rule “Encrypt sensitive mail” (a.rules:14) applies, and says: send encrypted.
          - “message contains child or health”: message contains child

        That outcome, send encrypted, was then looked at again.

        The guard “Hold” (a.rules:22) applies, and says: hold for review.

        """))
    #expect(explanation.text.contains("consent was given 1 March 2026"))
    #expect(explanation.rules.last?.rule == guardRule)
  }

  @Test func `says which rules disagree`() {
    var council = council
    council.builder.rule("Hold", if: .always, then: council.hold)
    let explanation = council.explain([council.prefers: encrypted, council.contains: child])
    #expect(
      explanation.text.hasPrefix(
        """
        There is no decision for 2 March 2026: these rules apply, do not agree, and none overrides \
        the other: `Encrypt sensitive mail` (send encrypted) and `Hold` (hold for review).

        These rules apply:
          The rule “Encrypt sensitive mail” (a.rules:14) says: send encrypted.
            - “message contains child or health”: message contains child
          The rule “Hold” (a.rules:22) says: hold for review.

        """))
  }

  @Test func `has the same content as JSON`() {
    let explanation = council.explain([
      council.prefers: plain, council.contains: child, council.count: two,
    ])
    var writer = JSONWriter()
    explanation.write(to: &writer)
    #expect(
      writer.text == """
        {"on":"2026-03-02","firstOutcomes":["send plain"],"rules":[\
        {"name":"Encrypt sensitive mail","place":"a.rules:14","kind":"rule","outcome":\
        "send encrypted","notes":[],"state":"set-aside","by":"Families who asked for plain",\
        "through":["Many files"],"tests":[{"test":"message contains child or health","field":\
        "message_contains","says":"message contains child"}]},\
        {"name":"Many files","place":"a.rules:16","kind":"rule","outcome":"send encrypted",\
        "notes":[],"state":"does-not-apply","tests":[{"test":"attachment count is: at least 3",\
        "field":"attachment_count","says":"attachment count is 2 files"}]},\
        {"name":"Families who asked for plain","place":"a.rules:17","kind":"rule","outcome":\
        "send plain","notes":["consent note"],"state":"applies","tests":[\
        {"test":"recipient prefers a plain","field":"recipient_prefers","says":\
        "recipient prefers plain"},{"test":"consent was given recorded","within":\
        ["consent is on file"],"field":"consent_was_given","says":\
        "it is not recorded when consent was given"}],"because":\
        ["the council promised this in August 2022"],"see":["LGSCO decision 23 002 973."]},\
        {"name":"a.rules:19","place":"a.rules:19","kind":"note rule","notes":\
        ["consent note","deadline banner"],"state":"applies","tests":[\
        {"test":"the outcome is send plain","says":"the outcome is send plain"}]}],\
        "otherwise":false,"notes":[{"note":"consent note","from":\
        ["Families who asked for plain","a.rules:19"]},{"note":"deadline banner","from":\
        ["a.rules:19"]}],"missing":[],"nearest":["Many files"]}
        """)
  }

  @Test func `names missing facts as JSON`() {
    var writer = JSONWriter()
    council.explain([council.contains: child]).write(to: &writer)
    #expect(
      writer.text.hasSuffix(
        """
        "otherwise":false,"notes":[{"note":"deadline banner","from":["when unsure"]}],"missing":[\
        {"field":"recipient_prefers","phrase":"recipient prefers","rules":\
        ["Families who asked for plain"]}],"nearest":["Many files"]}
        """))
  }
}
