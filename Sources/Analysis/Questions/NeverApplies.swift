import Findings
import Logic
import Model
import Values

/// Which rules, definitions and promises are about no message at all?
///
/// A rule or promise that looks at the outcome is judged by the outcomes that messages really get.
/// What is in force on none of the days from 2000 to 2099 is expired, and not asked about.
extension PolicyProof {
  func findWhatNeverApplies() {
    for rule in policy.rules where isEverInForce(rule.from, rule.until) {
      if isCancelled { return }
      let looksAtOutcome = applies[rule.id.index] == nil
      let wires = [applies(rule.id.index)] + (looksAtOutcome ? isReached(rule.kind) : [])
      switch inquiry.isPossible(wires) {
      case true?: break
      case false?:
        neverApply.insert(rule.id.index)
        findings.append(.neverApplies(rule))
      case nil: findings.append(.notProved(.neverApplies(rule)))
      }
    }
    for definition in policy.vocabulary.definitions {
      switch inquiry.isPossible([view.wire(definition.condition)]) {
      case true?: break
      case false?: findings.append(.neverApplies(definition))
      case nil: findings.append(.notProved(.neverTrue(definition)))
      }
    }
  }

  func isEverInForce(_ from: Day?, _ until: Day?) -> Bool {
    let first = max(from ?? .firstProved, .firstProved)
    let last = min(until ?? .lastProved, .lastProved)
    return first <= last
  }
}
