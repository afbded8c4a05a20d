import Engine
import Model
import Syntax
import Testing
import Values

/// A council's policy in small.
private struct Council {
  var builder = PolicyBuilder()
  let prefers: FactID
  let consents: FactID
  let plain: OutcomeID
  let encrypted: OutcomeID
  let hold: OutcomeID
  let consentNote: NoteID
  let banner: NoteID
  let prefersPlain: Condition
  let hasConsent: Condition

  init() {
    prefers = builder.fact("recipient prefers", .choice, values: ["plain", "encrypted", "post"])
    consents = builder.fact("recipient has consented to plain email", .yesOrNo, .optional)
    plain = builder.outcome("send plain")
    encrypted = builder.outcome("send encrypted")
    hold = builder.outcome("hold for review")
    consentNote = builder.note("consent note")
    banner = builder.note("deadline banner")
    prefersPlain = builder.test("recipient prefers plain", prefers, .isOneOf([ValueID(0)]))
    hasConsent = builder.test("recipient has consented to plain email", consents, .isTrue)
    builder.whenUnsure = builder.standard("when unsure hold for review", hold, with: [banner])
  }

  func decide(_ given: [FactID: Scenario.Given]) -> Result<Decision, Disagreement> {
    let policy = builder.policy
    return Evaluator(policy).decide(policy.message(given))
  }

  static func sure(
    _ outcome: OutcomeID, _ notes: [NoteID], by winners: [RuleID], otherwise: Bool = false
  ) -> Result<Decision, Disagreement> {
    .success(
      Decision(
        outcome: outcome, notes: notes, isSure: true, missing: [], winners: winners, inDoubt: [],
        madeByOtherwise: otherwise))
  }

  func unsure(_ inDoubt: [RuleID], missing: [FactID]) -> Result<Decision, Disagreement> {
    .success(
      Decision(
        outcome: hold, notes: [banner], isSure: false, missing: missing, winners: [],
        inDoubt: inDoubt, madeByOtherwise: false))
  }
}

@Suite struct `A decision` {
  @Test func `is that of the rule that overrides the others, also through one that is set aside`() {
    var council = Council()
    let low = council.builder.rule("low", if: .always, then: council.encrypted)
    let middle = council.builder.rule(
      "middle", if: council.hasConsent, then: council.hold, overrides: [low])
    let high = council.builder.rule(
      "high", if: council.prefersPlain, then: council.plain, with: [council.consentNote],
      overrides: [middle])
    let plain = Scenario.Given.value(.choice(ValueID(0)))
    for consent in [Scenario.Given.value(.flag(true)), .value(.flag(false)), .absent] {
      #expect(
        council.decide([council.prefers: plain, council.consents: consent])
          == Council.sure(council.plain, [council.consentNote], by: [high]))
    }
    #expect(
      council.decide([council.prefers: .value(.choice(ValueID(1)))])
        == Council.sure(council.encrypted, [], by: [low]))
  }

  @Test func `adds up the notes of rules that agree, in the order of the vocabulary`() {
    var council = Council()
    let first = council.builder.rule(
      "first", if: .always, then: council.plain, with: [council.banner])
    let second = council.builder.rule(
      "second", if: .always, then: council.plain, with: [council.consentNote, council.banner])
    #expect(
      council.decide([:])
        == Council.sure(council.plain, [council.consentNote, council.banner], by: [first, second]))
  }

  @Test func `is that of otherwise where no rule applies`() {
    var council = Council()
    council.builder.otherwise = council.builder.standard(
      "otherwise send encrypted", council.encrypted, with: [council.consentNote])
    council.builder.rule("rule", if: council.prefersPlain, then: council.plain)
    #expect(
      council.decide([council.prefers: .value(.choice(ValueID(2)))])
        == Council.sure(council.encrypted, [council.consentNote], by: [], otherwise: true))
  }

  @Test func `loses its notes to a guard, even one of the same outcome`() {
    var council = Council()
    let rule = council.builder.rule(
      "rule", if: .always, then: council.plain, with: [council.consentNote])
    let isPlain = council.builder.test("the outcome is send plain", outcome: council.plain)
    let guardRule = council.builder.rule(
      "guard", .guard, if: isPlain, then: council.plain, with: [council.banner])
    #expect(
      council.decide([:])
        == Council.sure(council.plain, [council.banner], by: [rule, guardRule]))
  }

  @Test func `lets no guard look at what another guard decides`() {
    var council = Council()
    let rule = council.builder.rule("rule", if: .always, then: council.plain)
    let isPlain = council.builder.test("the outcome is send plain", outcome: council.plain)
    let isHeld = council.builder.test("the outcome is hold for review", outcome: council.hold)
    let first = council.builder.rule("first", .guard, if: isPlain, then: council.hold)
    council.builder.rule("second", .guard, if: isHeld, then: council.encrypted)
    let noteRule = council.builder.rule("note", .note, if: isHeld, with: [council.banner])
    #expect(
      council.decide([:])
        == Council.sure(council.hold, [council.banner], by: [rule, first, noteRule]))
  }

  @Test func `counts a rule on the first and last day on which it is in force`() throws {
    let today = day(2026, 3, 2)
    for (from, until, applies) in [
      (today, today, true), (day(2026, 3, 3), day(2026, 3, 9), false),
      (day(2026, 3, 1), day(2026, 3, 1), false),
    ] {
      var council = Council()
      council.builder.otherwise = council.builder.standard("otherwise", council.encrypted)
      council.builder.rule("rule", if: .always, then: council.plain, from: from, until: until)
      let outcome = applies ? council.plain : council.encrypted
      #expect(try council.decide([:]).get().outcome == outcome)
    }
  }
}

@Suite struct `Where facts are missing, a decision` {
  @Test func `is sure if it comes out the same either way`() {
    var council = Council()
    let first = council.builder.rule("first", if: council.prefersPlain, then: council.plain)
    let second = council.builder.rule("second", if: .always, then: council.plain)
    #expect(council.decide([:]) == Council.sure(council.plain, [], by: [first, second]))
  }

  @Test func `is sure if a rule that surely applies overrides the doubtful one`() {
    var council = Council()
    let doubtful = council.builder.rule("doubtful", if: council.prefersPlain, then: council.plain)
    let sure = council.builder.rule(
      "sure", if: .always, then: council.encrypted, overrides: [doubtful])
    #expect(council.decide([:]) == Council.sure(council.encrypted, [], by: [sure]))
  }

  @Test func `is that of when unsure if the outcome depends on them`() {
    var council = Council()
    council.builder.otherwise = council.builder.standard("otherwise", council.encrypted)
    let rule = council.builder.rule("rule", if: council.prefersPlain, then: council.plain)
    #expect(council.decide([:]) == council.unsure([rule], missing: [council.prefers]))
  }

  @Test func `is that of when unsure if only a note depends on them`() {
    var council = Council()
    council.builder.rule("rule", if: .always, then: council.plain)
    let noteRule = council.builder.rule(
      "note", .note, if: council.prefersPlain, with: [council.consentNote])
    #expect(council.decide([:]) == council.unsure([noteRule], missing: [council.prefers]))
  }

  @Test func `names otherwise beside rules that may win`() {
    var council = Council()
    council.builder.otherwise = council.builder.standard("otherwise", council.plain)
    let rule = council.builder.rule("rule", if: council.prefersPlain, then: council.plain)
    #expect(council.decide([:]) == Council.sure(council.plain, [], by: [rule], otherwise: true))
  }

  @Test func `leaves out ways in which the winners disagree`() {
    var council = Council()
    let isPost = council.builder.test(
      "recipient prefers post", council.prefers, .isOneOf([ValueID(2)]))
    let sure = council.builder.rule("sure", if: .always, then: council.plain)
    let doubtful = council.builder.rule("doubtful", if: isPost, then: council.encrypted)
    // Both applying would be a conflict, so the doubtful one is taken not to apply.
    #expect(council.decide([:]) == Council.sure(council.plain, [], by: [sure]))
    // With no way left, nothing is sure.
    council.builder.rule("other", if: .always, then: council.hold)
    #expect(council.decide([:]) == council.unsure([doubtful], missing: [council.prefers]))
  }

  @Test func `names a rule that wins only if one above does not apply and one beside does`() {
    var council = Council()
    let add = { (name: String, condition: Condition, outcome: OutcomeID, over: [RuleID]) in
      council.builder.rule(name, if: condition, then: outcome, overrides: over)
    }
    // The first two surely apply and disagree, so that one of the others must apply and override
    // both; the lowest of them overrides neither.
    let first = add("first", .always, council.encrypted, [])
    let quarrel = [first, add("second", .always, council.hold, [])]
    let low = add("low", council.prefersPlain, council.plain, [])
    let beside = add("beside", council.prefersPlain, council.plain, quarrel)
    let above = add("above", council.prefersPlain, council.plain, quarrel + [low])
    #expect(council.decide([:]) == Council.sure(council.plain, [], by: [low, beside, above]))
  }

  @Test func `asks only for facts in parts of conditions that are open`() {
    var council = Council()
    council.builder.otherwise = council.builder.standard("otherwise", council.encrypted)
    let definition = council.builder.definition(
      "consent is on file", .or([council.hasConsent, council.hasConsent]))
    let rule = council.builder.rule(
      "rule", if: .or([.and([council.prefersPlain, .not(.always)]), definition]),
      then: council.plain)
    #expect(council.decide([:]) == Council.sure(council.encrypted, [], by: [], otherwise: true))
    #expect(
      council.decide([council.consents: .unknown])
        == council.unsure([rule], missing: [council.consents]))
  }
}

@Suite struct `The rules of a decision` {
  @Test func `are named in the order of file and line, otherwise among them`() throws {
    var council = Council()
    let held = council.builder.rule("first guard", .guard, if: .always, then: council.hold)
    council.builder.otherwise = council.builder.standard("otherwise", council.plain)
    let unnamed = council.builder.rule(nil, .guard, if: .always, then: council.hold)
    let decision = try council.decide([:]).get()
    #expect(decision.winners == [held, unnamed])
    let place = council.builder.policy[unnamed].name
    #expect(decision.ruleNames(in: council.builder.policy) == ["first guard", "otherwise", place])
    council.builder.otherwise = council.builder.standard("otherwise", council.plain)
    let names = try council.decide([:]).get().ruleNames(in: council.builder.policy)
    #expect(names == ["first guard", place, "otherwise"])
  }
}

@Suite struct `Without a checked policy` {
  @Test func `winners that disagree are named`() {
    var council = Council()
    let first = council.builder.rule("first", if: .always, then: council.plain)
    let second = council.builder.rule("second", if: .always, then: council.encrypted)
    council.builder.rule("third", if: .not(.always), then: council.hold)
    #expect(council.decide([:]) == .failure(.conflict([first, second])))
  }

  @Test func `guards that disagree are named`() {
    var council = Council()
    council.builder.rule("rule", if: .always, then: council.plain)
    let first = council.builder.rule("first", .guard, if: .always, then: council.plain)
    let second = council.builder.rule("second", .guard, if: .always, then: council.encrypted)
    #expect(council.decide([:]) == .failure(.conflict([first, second])))
  }

  @Test func `a gap and a missing default are told`() {
    var council = Council()
    council.builder.rule("rule", if: council.prefersPlain, then: council.plain)
    #expect(council.decide([council.prefers: .value(.choice(ValueID(1)))]) == .failure(.gap))
    council.builder.otherwise = council.builder.standard("otherwise", council.encrypted)
    council.builder.whenUnsure = nil
    #expect(council.decide([:]) == .failure(.gap))
  }

  @Test func `a message without room for the facts has them missing`() {
    let council = Council()
    let message = Message(values: [], today: day(2026, 3, 2))
    #expect(
      Meaning(council.builder.policy).truth(of: council.prefersPlain, message, outcome: nil)
        == .unknown)
  }
}

@Suite struct `A section that overrides itself but for one rule` {
  @Test func `lets that rule win and no other`() {
    var council = Council()
    let first = council.builder.rule("first", if: .always, then: council.plain)
    let second = council.builder.rule("second", if: .always, then: council.encrypted)
    council.builder.override([second], group: [first, second])
    #expect(council.decide([:]) == Council.sure(council.encrypted, [], by: [second]))
    let third = council.builder.rule(
      "third", if: .always, then: council.hold, overrides: [second])
    #expect(council.decide([:]) == Council.sure(council.hold, [], by: [third]))
  }
}
