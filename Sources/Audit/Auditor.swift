package import Engine
package import Model
import Syntax
import Values

/// What became of one message, held against what the policy says of it.
package struct AuditFinding: Sendable {
  package enum Verdict: Hashable, Sendable {
    /// What the policy decides was done.
    case asDecided
    /// Something else was done.
    case otherwise
    /// The policy's decision is not sure, because the export lacks facts.
    case unsure
  }

  package let sent: SentMessage
  package let decision: Result<Decision, Disagreement>
  package let verdict: Verdict
  /// The decision rules and guards that make the decision, where it is sure.
  package let deciders: [RuleID]
  /// The promises that what was done broke, in the order of the policy.
  package let broken: [Int]

  /// Whether there is something that must be answered for.
  package var isBreach: Bool { verdict == .otherwise || !broken.isEmpty }
}

/// Holds what was sent against a policy: against its decision, and against each promise by itself.
///
/// A promise is judged by what was done, not by what the policy would have done: a message that a rule of the policy
/// would have held breaks no promise by that, and one that was sent against a promise breaks it even where its other
/// facts leave the decision open.
package struct Auditor: Sendable {
  package let policy: Policy
  private let evaluator: Evaluator
  private let meaning: Meaning

  /// O(size of the policy).
  package init(_ policy: Policy) {
    self.policy = policy
    evaluator = Evaluator(policy)
    meaning = Meaning(policy)
  }

  package func judge(_ sent: SentMessage) -> AuditFinding {
    let decision = evaluator.decide(sent.message)
    let winners = (try? decision.get())?.winners ?? []
    return AuditFinding(
      sent: sent, decision: decision, verdict: verdict(decision, sent.outcome),
      deciders: winners.filter { policy[$0].kind != .note },
      broken: policy.promises.indices.filter { isBroken(policy.promises[$0], by: sent) })
  }

  private func verdict(
    _ decision: Result<Decision, Disagreement>, _ outcome: OutcomeID
  ) -> AuditFinding.Verdict {
    switch decision {
    case .success(let decision) where decision.isSure:
      decision.outcome == outcome ? .asDecided : .otherwise
    case .success, .failure: .unsure
    }
  }

  /// Whether it is certain that the promise was about this message and was not kept.
  private func isBroken(_ promise: Promise, by sent: SentMessage) -> Bool {
    guard promise.isBroken(by: sent.outcome) == true, promise.isInForce(on: sent.message.today)
    else { return false }
    return meaning.truth(of: promise.condition, sent.message, outcome: sent.outcome) == .yes
  }
}
