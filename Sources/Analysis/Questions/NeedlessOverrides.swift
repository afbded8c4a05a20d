import Classes
import Engine
import Findings
import Logic
import Model
import Glibc

/// Which `overrides` lines never matter?
///
/// A line is needless if the policy decides every message alike without it. What can change is only
/// that a rule wins which was set aside: so first a message is looked for to which two rules apply that
/// the line stands between, and tried with the line and without. Only if a few of these show no
/// difference are both policies compared for all messages. Lines are gone through from the last one, and
/// those reported are taken as gone.
extension PolicyProof {
  /// So many pairs of rules are tried before all messages are looked at.
  static let mostTrials = 6

  func findNeedlessOverrides() {
    // How often each edge is given by a line that counts.
    var given: [OverrideRelation.Edge: Int] = [:]
    let lines = policy.overrides.lines.map { line in
      line.edges.flatMap { relation.edges(of: $0, in: policy.overrides) }
    }
    for edge in lines.joined() { given[edge, default: 0] += 1 }
    var gone: Set<OverrideRelation.Edge> = []
    for (number, line) in policy.overrides.lines.enumerated().reversed() {
      let lost = Set(lines[number]).filter { given[$0] == 1 }
      let with = relation.skipping(gone)
      let without = relation.skipping(gone.union(lost))
      if !lost.isEmpty, isNeeded(line, with, without) { continue }
      let t0 = clock()
      defer { if getenv("LAP") != nil { print("LAP   override \(policy.files.name(of: line.span)) \(clock()-t0)us work \(inquiry.prover.solver.work)") } }
      let before = DecisionCircuit(view, with)
      let after = DecisionCircuit(view, without)
      switch inquiry.message(where: [before.differs(from: after, circuit)]) {
      case .found: break
      case .notProved: findings.append(.notProved(.needlessOverride(line.span)))
      case .none:
        gone.formUnion(lost)
        for edge in lines[number] { given[edge, default: 1] -= 1 }
        findings.append(
          .needlessOverride(
            line.span, gives: !line.edges.isEmpty, fix: OverrideFix.delete(line.span, policy)))
      }
    }
  }

  /// Whether some message that is found quickly shows that the line matters.
  private func isNeeded(
    _ line: OverrideGraph.Line, _ with: OverrideRelation, _ without: OverrideRelation
  ) -> Bool {
    var trials = 0
    for edge in line.edges {
      let rule = policy.rules[Int(edge.from)]
      let isRule = edge.to < policy.rules.count
      let others = isRule ? [edge.to] : policy.overrides.successors[Int(edge.to)]
      for other in others where Int(other) != rule.id.index {
        let overridden = policy.rules[Int(other)]
        let box = ruleBoxes[rule.id.index].intersection(ruleBoxes[overridden.id.index])
        guard !box.isEmpty else { continue }
        if (rule.outcome, rule.notes) == (overridden.outcome, overridden.notes) { continue }
        let stillOverriding = without.overriding(overridden.id)
        let others = meeting(box, rule.kind).members.filter { stillOverriding[$0] }
        let wires =
          [applies(rule.id.index), applies(Int(other))] + others.map { !applies($0) }
          + isReached(rule.kind)
        if case .found(let witness) = inquiry.message(where: wires) {
          let trial = trial.begin(witness.message)
          if self.trial.verdict(trial, with) != self.trial.verdict(trial, without) { return true }
        }
        trials += 1
        if trials == PolicyProof.mostTrials { return false }
      }
    }
    return false
  }
}
