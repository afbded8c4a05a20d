import Findings
import Model

/// What proofs say about a policy.
struct ProofResult {
  let findings: [Finding]
  /// How many promises are kept on every day and to every message.
  let provedCount: Int
}

/// Asks every question about a policy, for all messages on all days from 2000 to 2099.
///
/// `workLimit` bounds the steps of the solver for one question; what is given up is reported as such.
func prove(_ policy: Policy, workLimit: Int) -> ProofResult {
  let proof = PolicyProof(policy, workLimit: workLimit)
  proof.findConflicts(of: .decision)
  proof.findGap()
  proof.findConflicts(of: .guard)
  proof.findWhatNeverApplies()
  let provedCount = proof.provePromises()
  proof.findRulesWithoutEffect()
  proof.findNeedlessOverrides()
  proof.findNeedlessConditions()
  proof.findIndistinctValues()
  return ProofResult(findings: proof.findings, provedCount: provedCount)
}
