package import Findings
package import Model
package import Syntax
package import Values

/// What a check of a policy found.
package struct CheckResult: Sendable {
  /// The rule files and list files; spans of findings point into them.
  package let files: SourceFiles
  /// In the order of file and place.
  package let findings: [Finding]
  /// The policy's meaning; nil if it has errors other than failing scenarios.
  package let policy: Policy?
  package let hash: String
  package let ruleFileCount: Int
  package let ruleCount: Int
  package let promiseCount: Int
  /// How many promises are proved; nil if the policy has errors that leave nothing to prove.
  package let provedCount: Int?
  package let scenarioCount: Int
  /// Empty if the policy has errors and no scenario could run.
  package let scenarios: [ScenarioResult]

  package var errorCount: Int { findings.count { $0.severity == .error } }
  package var warningCount: Int { findings.count { $0.severity == .warning } }
  /// Whether the policy may decide messages: it has no error but failing scenarios.
  package var canDecide: Bool { policy != nil }
  /// The meaning of a policy without any error: it is proved to contradict itself nowhere, to leave no message out
  /// and to keep its promises, and its scenarios pass.
  package var flawless: Policy? { errorCount == 0 ? policy : nil }
}

/// The steps that one question may take if nobody says otherwise.
package let defaultWorkLimit = 500_000_000

/// Reads and resolves a policy, runs its scenarios, proves what can be proved, and says everything that
/// is wrong with it. `today` decides which rules have expired; without a `workLimit` nothing is proved.
package func check(
  _ text: PolicyText, today: Day, workLimit: Int? = defaultWorkLimit
) -> CheckResult {
  let syntax = read(text)
  let resolution = resolve(syntax, text, today: today)
  let scenarios = resolution.policy.map { runScenarios(of: $0) } ?? []
  let proofs = workLimit.flatMap { limit in
    resolution.policy.map { prove($0, workLimit: limit) }
  }
  let findings =
    resolution.findings + scenarios.compactMap(\.finding) + (proofs?.findings ?? [])
  return CheckResult(
    files: resolution.files, findings: findings.sorted(by: Finding.inReadingOrder),
    policy: resolution.policy, hash: resolution.hash, ruleFileCount: text.ruleFiles.count,
    ruleCount: resolution.ruleCount, promiseCount: resolution.promiseCount,
    provedCount: proofs?.provedCount,
    scenarioCount: resolution.scenarioCount, scenarios: scenarios)
}
