package import Model
import Syntax

/// Decides messages by one policy.
package struct Evaluator: Sendable {
  package let policy: Policy
  let meaning: Meaning
  let relation: OverrideRelation
  private let ids: [Rule.Kind: [RuleID]]

  /// Prepares a policy for deciding. O(size of the policy).
  package init(_ policy: Policy) {
    precondition(
      policy.overrides.ruleCount == policy.rules.count, "overrides are between a policy's rules")
    self.policy = policy
    meaning = Meaning(policy)
    relation = OverrideRelation(policy.overrides)
    ids = Dictionary(grouping: policy.rules.map(\.id)) { policy[$0].kind }
  }

  /// What the policy decides about a message; or why it does not, which a checked policy never does.
  ///
  /// O(size of the policy) where no fact is missing. Where facts are, O(outcomes and notes of the
  /// rules in doubt × size of the policy) as a rule, and never worse than O(rules in doubt × that).
  package func decide(_ message: Message) -> Result<Decision, Disagreement> {
    Deliberation(message, self).decision
  }

  /// The rules of a kind that apply to a message or may apply, given the outcome that they look at.
  func contest(
    _ kind: Rule.Kind, _ reading: inout Reading, outcome: OutcomeID?
  ) -> Contest {
    var sure: [RuleID] = []
    var doubtful: [RuleID] = []
    for id in ids[kind] ?? [] where policy[id].isInForce(on: reading.message.today) {
      switch reading.truth(of: policy[id].condition, outcome: outcome) {
      case .yes: sure.append(id)
      case .no: continue
      case .unknown: doubtful.append(id)
      }
    }
    return Contest(sure: sure, doubtful: doubtful, rules: policy.rules, relation: relation)
  }
}
