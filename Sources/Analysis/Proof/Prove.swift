package import Findings
package import Logic
package import Model

/// What proofs say about a policy.
package struct ProofResult: Sendable {
  package let findings: [Finding]
  /// How many promises are kept on every day and to every message.
  package let provedCount: Int
}

/// Asks every question about a policy, for all messages on all days from 2000 to 2099.
///
/// `workLimit` bounds the steps of the solver for one question; what is given up is reported as such.
package func prove(_ policy: Policy, workLimit: Int) -> ProofResult {
  guard let result = prove(policy, workLimit: workLimit, unless: Cancellation()) else {
    preconditionFailure("nobody cancelled it")
  }
  return result
}

/// The same; nil if it was cancelled before the end.
package func prove(
  _ policy: Policy, workLimit: Int = defaultWorkLimit, unless cancellation: Cancellation
) -> ProofResult? {
  let proof = PolicyProof(policy, workLimit: workLimit, cancellation)
  proof.findConflicts(of: .decision)
  proof.findGap()
  proof.findConflicts(of: .guard)
  proof.findWhatNeverApplies()
  let provedCount = proof.provePromises()
  proof.findRulesWithoutEffect()
  proof.findNeedlessOverrides()
  proof.findNeedlessConditions()
  proof.findIndistinctValues()
  if proof.isCancelled { return nil }
  return ProofResult(findings: proof.findings, provedCount: provedCount)
}
