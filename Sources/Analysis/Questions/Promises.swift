import Classes
import Findings
import Logic
import Model

import Syntax

/// Does the policy keep its promises?
///
/// A promise is broken by a message that meets its condition, on a day within its time, is decided, and
/// gets something else. One about what a decision never depends on is broken by two such messages that
/// differ in those facts alone: the policy's decisions are built twice, with the facts copied.
extension PolicyProof {
  /// How many promises are proved.
  func provePromises() -> Int {
    policy.promises.count { promise in
      guard isEverInForce(promise.from, promise.until) else { return false }
      let isMeant = [view.applies(promise, whole.outcomes), whole.isDecided(circuit)]
      switch inquiry.message(where: isMeant) {
      case .none:
        findings.append(.neverApplies(promise))
        return false
      case .notProved:
        findings.append(.notProved(.promise(promise)))
        return false
      case .found: return prove(promise, isMeant)
      }
    }
  }

  private func prove(_ promise: Promise, _ isMeant: [Wire]) -> Bool {
    let wires = isMeant + breaking(promise)
    switch inquiry.message(where: wires) {
    case .none: return true
    case .notProved: findings.append(.notProved(.promise(promise)))
    case .found(let witness): report(broken: promise, wires, witness)
    }
    return false
  }

  /// When the promise is not kept to a message that it is about.
  private func breaking(_ promise: Promise) -> [Wire] {
    switch promise.pledge {
    case .always(let outcomes):
      return outcomes.sorted().map { !whole.outcomes[$0.index] }
    case .never(let outcomes):
      return [circuit.or(outcomes.sorted().map { whole.outcomes[$0.index] })]
    case .alwaysAdd(let notes):
      return [circuit.or(notes.sorted().map { !whole.notes[$0.index] })]
    case .neverAdd(let notes):
      return [circuit.or(notes.sorted().map { whole.notes[$0.index] })]
    case .neverDependsOn(let facts):
      let otherView = PolicyCircuit(policy, classes, circuit, copied: facts)
      let other = DecisionCircuit(otherView, relation, known: known)
      return [
        otherView.applies(promise, other.outcomes), other.isDecided(circuit),
        whole.differs(from: other, circuit),
      ]
    }
  }
}
