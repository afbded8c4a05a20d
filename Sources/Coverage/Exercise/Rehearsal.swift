import Analysis
import Engine
import Model
import Syntax

/// The scenarios of a policy, ready to be tried on variants of it.
final class Rehearsal {
  /// A scenario that expects something, and how it comes out today.
  struct Case {
    let scenario: Scenario
    let message: Message
    let decision: Result<Decision, Disagreement>
  }

  /// What of a decision matters to whoever gets the message.
  private enum Ending: Equatable {
    case decided(OutcomeID, [NoteID], isSure: Bool)
    case disagreement(Disagreement)

    init(_ result: Result<Decision, Disagreement>) {
      switch result {
      case .success(let decision):
        self = .decided(decision.outcome, decision.notes, isSure: decision.isSure)
      case .failure(let disagreement): self = .disagreement(disagreement)
      }
    }
  }

  /// What the scenarios say to a variant.
  struct Reception {
    /// The first scenario of which the message is decided otherwise.
    var changed: Int?
    /// The first scenario that fails.
    var failed: Int?
  }

  let policy: Policy
  let evaluator: Evaluator
  private(set) var cases: [Case] = []
  /// By case and rule, whether the rule applies, as far as it was asked.
  private var truths: [[Truth]?] = []

  init(_ policy: Policy) {
    self.policy = policy
    evaluator = Evaluator(policy)
    for scenario in policy.scenarios where !scenario.expectations.isEmpty { add(scenario) }
  }

  func add(_ scenario: Scenario) {
    let message = scenario.message(policy.vocabulary)
    cases.append(
      Case(scenario: scenario, message: message, decision: evaluator.decide(message)))
    truths += Array(repeating: nil, count: policy.rules.count)
  }

  /// What the scenarios say to a variant; only whether one is decided otherwise, if that is all that is asked.
  ///
  /// O(policy) to make the variant decide, then O(changed rules) for each scenario and O(policy) for those to which
  /// a changed rule matters.
  func reception(
    of variant: PolicyVariant, from first: Int = 0, onlyChange: Bool = false
  ) -> Reception {
    var reception = Reception()
    let other = Evaluator(variant.policy)
    for number in first..<cases.count where mayMatter(variant, other, number) {
      let decision = other.decide(cases[number].message)
      if reception.changed == nil, Ending(decision) != Ending(cases[number].decision) {
        reception.changed = number
        if onlyChange { return reception }
      }
      if reception.failed == nil, !cases[number].scenario.isMet(by: decision) {
        reception.failed = number
      }
      if reception.changed != nil, reception.failed != nil { return reception }
    }
    return reception
  }

  /// Whether a changed rule, or who overrides whom, can make a difference to a scenario.
  private func mayMatter(_ variant: PolicyVariant, _ other: Evaluator, _ number: Int) -> Bool {
    if variant.rules.isEmpty { return true }
    return variant.rules.contains { rule in
      let before = truths(of: rule, in: number)
      let (was, now) = (policy[rule], variant.policy[rule])
      let isSame = was.outcome == now.outcome && was.notes == now.notes
      return !isSame && before.contains { $0 != .no }
        || other.truths(of: rule, cases[number].message) != before
    }
  }

  private func truths(of rule: RuleID, in number: Int) -> [Truth] {
    let place = number * policy.rules.count + rule.index
    if let known = truths[place] { return known }
    let found = evaluator.truths(of: rule, cases[number].message)
    truths[place] = found
    return found
  }

  /// In how many scenarios a rule applies, whether or not it is set aside.
  func countOfApplying(_ rule: RuleID) -> Int {
    cases.indices.count { truths(of: rule, in: $0).contains(.yes) }
  }
}

extension Scenario {
  /// Whether a decision is all that the scenario expects.
  func isMet(by result: Result<Decision, Disagreement>) -> Bool {
    switch result {
    case .success(let decision): expectations.allSatisfy { $0.0.isMet(by: decision) }
    case .failure: false
    }
  }
}
