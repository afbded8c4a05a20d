import Findings
import Model
import Glibc

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
  var last = clock()
  func lap(_ n: String) {
    let now = clock(); if getenv("LAP") != nil { print("LAP \(n) \(now-last)us") }; last = clock()
  }
  let proof = PolicyProof(policy, workLimit: workLimit)
  lap("init")
  proof.findConflicts(of: .decision)
  lap("findConflicts")
  proof.findGap()
  lap("findGap")
  proof.findConflicts(of: .guard)
  lap("findConflicts")
  proof.findWhatNeverApplies()
  lap("findWhatNeverApplies")
  let provedCount = proof.provePromises()
  lap("provePromises")
  proof.findRulesWithoutEffect()
  lap("findRulesWithoutEffect")
  proof.findNeedlessOverrides()
  lap("findNeedlessOverrides")
  proof.findNeedlessConditions()
  lap("findNeedlessConditions")
  proof.findIndistinctValues()
  lap("findIndistinctValues")
  return ProofResult(findings: proof.findings, provedCount: provedCount)
}
