package import Syntax

/// What a policy means, read off its definition with no regard to speed: the measure that
/// everything faster is held to.
///
/// One object, because it is handed on for every message.
package final class Meaning: Sendable {
  package let policy: Policy

  package init(_ policy: Policy) {
    self.policy = policy
  }

  /// What is known of a condition: Kleene's strong logic over its tests, definitions expanded.
  ///
  /// `outcome` is what tests of the outcome look at: the first outcome for guards, the outcome for
  /// note rules and promises, nil where there is none yet; they are all answered no then.
  /// Exponential in how deep definitions that use others twice are nested.
  package func truth(of condition: Condition, _ message: Message, outcome: OutcomeID?) -> Truth {
    switch condition {
    case .always: .yes
    case .test(let test): truth(of: test, message, outcome: outcome)
    case .not(let part): truth(of: part, message, outcome: outcome).negated
    case .and(let parts): .all(of: parts.map { truth(of: $0, message, outcome: outcome) })
    case .or(let parts): .any(of: parts.map { truth(of: $0, message, outcome: outcome) })
    case .definition(let use):
      truth(of: policy.vocabulary[use.id].condition, message, outcome: outcome)
    }
  }

  /// What is known of one test.
  package func truth(of test: Test, _ message: Message, outcome: OutcomeID?) -> Truth {
    let today = message.today
    switch test.subject {
    case .fact(let fact):
      return test.predicate.truth(of: message[fact], today: today, policy.calendar)
    case .today:
      return test.predicate.truth(of: .value(.day(today)), today: today, policy.calendar)
    case .outcome:
      guard let outcome, case .isOutcome(let outcomes) = test.predicate else { return .no }
      return Truth(outcomes.contains(outcome))
    }
  }

  /// Whether a rule applies: it is in force and its condition is met.
  package func truth(of rule: Rule, _ message: Message, outcome: OutcomeID?) -> Truth {
    guard rule.isInForce(on: message.today) else { return .no }
    return truth(of: rule.condition, message, outcome: outcome)
  }

  /// The facts of the tests that are unknown and stand in parts of a condition that are all
  /// unknown; a part that is already met or not met is not looked into.
  package func missingFacts(
    in condition: Condition, _ message: Message, outcome: OutcomeID?
  ) -> Set<FactID> {
    guard truth(of: condition, message, outcome: outcome) == .unknown else { return [] }
    switch condition {
    case .always: return []
    case .test(let test):
      guard case .fact(let fact) = test.subject else { return [] }
      return [fact]
    case .not(let part): return missingFacts(in: part, message, outcome: outcome)
    case .and(let parts), .or(let parts):
      return parts.reduce(into: []) { facts, part in
        facts.formUnion(missingFacts(in: part, message, outcome: outcome))
      }
    case .definition(let use):
      return missingFacts(in: policy.vocabulary[use.id].condition, message, outcome: outcome)
    }
  }
}
