import Classes
import Engine
import Findings
import Logic
import Model
import Syntax

/// Which `overrides` lines never matter?
///
/// A line is needless if the policy decides every message alike without it. What can change is only
/// that a rule wins which was set aside. So the messages that were found for other questions are looked
/// at first: where a rule that applies is set aside along one line alone, and would give another
/// outcome than the winners, that line matters. Then a message is made to which a rule applies that
/// only this line sets aside. Only where that shows no difference either are both policies compared for
/// all messages. Lines are gone through from the last one, and those reported are taken as gone.
extension PolicyProof {
  /// So many messages are made for a question before all messages are looked at.
  static let mostTrials = 6

  func findNeedlessOverrides() {
    let lines = OverrideLines(policy.overrides, relation)
    let isNeeded = linesThatMatter(lines)
    var gone: Set<OverrideRelation.Edge> = []
    var given = lines.given
    for (number, line) in policy.overrides.lines.enumerated().reversed() where !isNeeded[number] {
      let lost = Set(lines.edges[number]).filter { given[$0] == 1 }
      let with = relation.skipping(gone)
      let without = relation.skipping(gone.union(lost))
      if lost.contains(where: { matters($0, with, without) }) { continue }
      let before = DecisionCircuit(view, with)
      let after = DecisionCircuit(view, without)
      switch inquiry.message(where: [before.differs(from: after, circuit)]) {
      case .found: break
      case .notProved: findings.append(.notProved(.needlessOverride(line.span)))
      case .none:
        gone.formUnion(lost)
        for edge in lines.edges[number] { given[edge, default: 1] -= 1 }
        findings.append(
          .needlessOverride(
            line.span, gives: !line.edges.isEmpty, fix: OverrideFix.delete(line.span, policy)))
      }
    }
  }

  /// By line, whether one of the messages at hand shows that it matters.
  private func linesThatMatter(_ lines: OverrideLines) -> [Bool] {
    var matters = [Bool](repeating: false, count: lines.edges.count)
    for trial in trials {
      guard case .decided = self.trial.verdict(trial, relation) else { continue }
      let applying = trial.applying.map(\.id)
      let isReached = relation.reached(from: applying)
      let outcome = trial.applying.first { !isReached[$0.id.index] }?.outcome
      for rule in trial.applying where isReached[rule.id.index] && rule.outcome != outcome {
        for line in lines.cuts(above: rule.id, applying, isReached, relation) {
          matters[line] = true
        }
      }
    }
    return matters
  }

  /// Whether a message that is made for it shows that an edge matters.
  private func matters(
    _ edge: OverrideRelation.Edge, _ with: OverrideRelation, _ without: OverrideRelation
  ) -> Bool {
    let isRule = edge.to < policy.rules.count
    let below = isRule ? [edge.to] : Array(with.overridden(by: edge.to))
    for number in below.prefix(PolicyProof.mostTrials) where number != edge.from {
      let rule = policy.rules[Int(number)]
      let (now, then) = (with.overriding(rule.id), without.overriding(rule.id))
      let meeting = meeting(ruleBoxes[rule.id.index], rule.kind).members
      let lost = meeting.filter { other in
        now[other] && !then[other]
          && (policy.rules[other].outcome, policy.rules[other].notes) != (rule.outcome, rule.notes)
      }
      guard !lost.isEmpty else { continue }
      let others = meeting.filter { then[$0] }
      let wires =
        [applies(rule.id.index), circuit.or(lost.prefix(2 * PolicyProof.mostTrials).map(applies))]
        + others.map { !applies($0) } + isReached(rule.kind)
      guard case .found(let witness) = inquiry.message(where: wires) else { continue }
      let trial = trial.begin(witness.message)
      if self.trial.verdict(trial, with) != self.trial.verdict(trial, without) { return true }
    }
    return false
  }
}

/// The `overrides` lines of a policy as edges of its relation.
private struct OverrideLines {
  /// By line.
  let edges: [[OverrideRelation.Edge]]
  /// How many lines give an edge.
  let given: [OverrideRelation.Edge: Int]
  /// Which line gives an edge, if just one does.
  private let line: [OverrideRelation.Edge: Int]

  init(_ graph: OverrideGraph, _ relation: OverrideRelation) {
    edges = graph.lines.map { line in line.edges.flatMap { relation.edges(of: $0, in: graph) } }
    var given: [OverrideRelation.Edge: Int] = [:]
    var lineOf: [OverrideRelation.Edge: Int] = [:]
    for (number, edges) in edges.enumerated() {
      for edge in edges {
        given[edge, default: 0] += 1
        lineOf[edge] = number
      }
    }
    self.given = given
    line = lineOf.filter { given[$0.key] == 1 }
  }

  /// Lines without which nothing would set a rule aside that applies: up from it, as long as there is
  /// only one way, to the first rule that applies.
  func cuts(
    above rule: RuleID, _ applying: [RuleID], _ isReached: [Bool], _ relation: OverrideRelation
  ) -> [Int] {
    var cuts: [Int] = []
    var node = Int32(rule.index)
    while true {
      let above = relation.overriders(of: node).filter { other in
        isReached[Int(other)] || applying.contains { $0.index == other }
      }
      guard above.count == 1, let other = above.first else { return cuts }
      if let line = line[OverrideRelation.Edge(from: other, to: node)] { cuts.append(line) }
      if applying.contains(where: { $0.index == other }) { return cuts }
      node = other
    }
  }
}
