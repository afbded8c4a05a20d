package import Model
import Syntax
import Values

/// Decides messages by one policy. One object, because it is handed on for every message.
package final class Evaluator: Sendable {
  package let policy: Policy
  let meaning: Meaning
  let relation: OverrideRelation
  let conditions: ConditionTable
  private let decisionRules: [Candidate]
  private let guards: [Candidate]
  private let noteRules: [Candidate]

  /// What of a rule says whether it applies.
  private struct Candidate {
    let id: RuleID
    let condition: ConditionTable.PartID
    let from: Day?
    let until: Day?

    static func all(
      of kind: Rule.Kind, _ policy: Policy, _ conditions: ConditionTable
    ) -> [Candidate] {
      policy.rules.filter { $0.kind == kind }.map { rule in
        Candidate(
          id: rule.id, condition: conditions[rule.id], from: rule.from, until: rule.until)
      }
    }

    func isInForce(on day: Day) -> Bool {
      from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }
  }

  /// Prepares a policy for deciding. O(size of the policy).
  package init(_ policy: Policy) {
    precondition(
      policy.overrides.ruleCount == policy.rules.count, "overrides are between a policy's rules")
    self.policy = policy
    meaning = Meaning(policy)
    relation = OverrideRelation(policy.overrides)
    conditions = ConditionTable(policy)
    decisionRules = Candidate.all(of: .decision, policy, conditions)
    guards = Candidate.all(of: .guard, policy, conditions)
    noteRules = Candidate.all(of: .note, policy, conditions)
  }

  /// What the policy decides about a message; or why it does not, which a checked policy never does.
  ///
  /// O(size of the policy) where no fact is missing. Where facts are, O(outcomes and notes of the
  /// rules in doubt × size of the policy) as a rule, and never worse than O(rules in doubt × that).
  package func decide(_ message: Message) -> Result<Decision, Disagreement> {
    Deliberation(message, self).decision
  }

  /// Whether a rule applies to a message, whatever others do: given each outcome that it may look at, of decision
  /// rules given none.
  package func truths(of rule: RuleID, _ message: Message) -> [Truth] {
    let rule = policy[rule]
    guard rule.isInForce(on: message.today) else { return [] }
    var reading = Reading(message, self)
    guard rule.kind != .decision else {
      return [reading.truth(of: conditions[rule.id], outcome: nil)]
    }
    return policy.vocabulary.outcomes.map { outcome in
      reading.truth(of: conditions[rule.id], outcome: outcome.id)
    }
  }

  private func candidates(_ kind: Rule.Kind) -> [Candidate] {
    switch kind {
    case .decision: decisionRules
    case .guard: guards
    case .note: noteRules
    }
  }

  /// The rules of a kind that apply to a message or may apply, given the outcome that they look at.
  func contest(
    _ kind: Rule.Kind, _ reading: inout Reading, outcome: OutcomeID?
  ) -> Contest {
    var sure: [RuleID] = []
    var doubtful: [RuleID] = []
    for rule in candidates(kind) where rule.isInForce(on: reading.message.today) {
      switch reading.truth(of: rule.condition, outcome: outcome) {
      case .yes: sure.append(rule.id)
      case .no: continue
      case .unknown: doubtful.append(rule.id)
      }
    }
    return Contest(sure: sure, doubtful: doubtful, rules: policy.rules, relation: relation)
  }
}
