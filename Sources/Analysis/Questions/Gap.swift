import Classes
import Findings
import Logic
import Model

/// Is there a message that nothing decides?
///
/// Only where there is no `otherwise`: a message, on a day, to which no decision rule applies.
/// Source of the idea: exhaustiveness of pattern matching (L. Maranget, 2007), asked of a solver.
extension PolicyProof {
  func findGap() {
    guard policy.otherwise == nil else { return }
    let wires = rules(of: .decision).compactMap { applies[$0.id.index].map { !$0 } }
    switch inquiry.message(where: wires) {
    case .none: known.isComplete = true
    case .notProved: findings.append(.notProved(.gap(at: placeOfGap)))
    case .found(let witness): report(gap: wires, witness)
    }
  }
}
