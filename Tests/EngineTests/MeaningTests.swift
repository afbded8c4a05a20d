import Model
import Syntax
import Testing
import Values

@Suite struct `What is known of a condition` {
  @Test(
    arguments: [
      (.yes, .yes, .yes, .yes), (.yes, .no, .no, .yes), (.yes, .unknown, .unknown, .yes),
      (.no, .no, .no, .no), (.no, .unknown, .no, .unknown),
      (.unknown, .unknown, .unknown, .unknown),
    ] as [(Truth, Truth, Truth, Truth)])
  func `follows Kleene's tables`(left: Truth, right: Truth, and: Truth, or: Truth) {
    #expect(Truth.all(of: [left, right]) == and && Truth.all(of: [right, left]) == and)
    #expect(Truth.any(of: [left, right]) == or && Truth.any(of: [right, left]) == or)
    // De Morgan's law, and the truth of a single part.
    #expect(Truth.all(of: [left.negated, right.negated]) == or.negated)
    #expect(Truth.all(of: [left]) == left && Truth.any(of: [right]) == right)
  }

  @Test func `is yes of all of nothing, and no of any of nothing`() {
    #expect(Truth.all(of: []) == .yes && Truth.any(of: []) == .no)
    #expect(Truth.unknown.negated == .unknown)
  }

  @Test func `does not tell the same fact twice from two facts`() {
    var builder = PolicyBuilder()
    let fact = builder.fact("recipient has consented", .yesOrNo)
    let test = builder.test("recipient has consented", fact, .isTrue)
    let either = builder.definition("either", .or([test, .not(test)]))
    let policy = builder.policy
    let missing = policy.message([:])
    // Whatever the fact is, one of the two holds; but each is an atom of its own.
    #expect(Meaning(policy).truth(of: either, missing, outcome: nil) == .unknown)
    #expect(Meaning(policy).missingFacts(in: either, missing, outcome: nil) == [fact])
    let known = policy.message([fact: .value(.flag(false))])
    #expect(Meaning(policy).truth(of: either, known, outcome: nil) == .yes)
  }

  @Test func `looks at the outcome only where there is one`() {
    var builder = PolicyBuilder()
    let outcome = builder.outcome("send plain")
    let other = builder.outcome("send by post")
    let test = builder.test("the outcome is send plain", outcome: outcome)
    let policy = builder.policy
    let message = policy.message([:])
    #expect(Meaning(policy).truth(of: test, message, outcome: outcome) == .yes)
    #expect(Meaning(policy).truth(of: test, message, outcome: other) == .no)
    #expect(Meaning(policy).truth(of: test, message, outcome: nil) == .no)
  }

  @Test func `asks today's own calendar`() {
    var builder = PolicyBuilder()
    builder.holidays = [day(2026, 12, 28)]
    let test = Condition.test(Test(.today, .isWorkingDay, at: builder.write("working day")))
    let policy = builder.policy
    for (today, truth) in [
      (day(2026, 12, 24), Truth.yes), (day(2026, 12, 26), .no), (day(2026, 12, 28), .no),
    ] {
      let message = policy.message([:], on: today)
      #expect(Meaning(policy).truth(of: test, message, outcome: nil) == truth)
    }
  }
}

@Suite struct `Trying every way` {
  @Test(arguments: [(10, true), (17, false)])
  func `is refused beyond sixteen rules in doubt`(count: Int, isTried: Bool) {
    var builder = PolicyBuilder()
    let fact = builder.fact("recipient has consented", .yesOrNo)
    let outcome = builder.outcome("send plain")
    builder.otherwise = builder.standard("otherwise", outcome)
    let test = builder.test("recipient has consented", fact, .isTrue)
    for index in 0..<count {
      builder.rule("rule \(index)", if: test, then: outcome)
    }
    let policy = builder.policy
    let answer = Meaning(policy).answer(to: policy.message([:]))
    #expect((answer != .tooManyDoubts) == isTried)
  }
}
