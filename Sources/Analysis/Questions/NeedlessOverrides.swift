import Classes
import Engine
import Findings
import Logic
import Model
import Syntax

/// Which `overrides` lines never matter?
///
/// A line is needless if the policy decides every message alike without it. That is only asked once
/// every message is decided and no rules disagree. What can change is only
/// that a rule wins which was set aside. So the messages that were found for other questions are looked
/// at first: where a rule that applies is set aside along one line alone, and would give another
/// outcome than the winners, that line matters. Then, for every rule that the line can set aside, a
/// message is made to which that rule applies and that only this line sets it aside for; and where that
/// shows no difference, both policies are compared for all messages like that. Lines are gone through
/// from the last one, and those reported are taken as gone.
extension PolicyProof {
  func findNeedlessOverrides() {
    guard isSound else { return }
    let lines = OverrideLines(policy.overrides, relation)
    let isNeeded = linesThatMatter(lines)
    var gone: Set<OverrideRelation.Edge> = []
    var given = lines.given
    for (number, line) in policy.overrides.lines.enumerated().reversed() where !isNeeded[number] {
      if isCancelled { return }
      let lost = Set(lines.edges[number]).filter { given[$0] == 1 }
      let with = relation.skipping(gone)
      let without = relation.skipping(gone.union(lost))
      switch matters(lost, with, without) {
      case true?: break
      case nil: findings.append(.notProved(.needlessOverride(line.span)))
      case false?:
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
      guard case .decided = self.trial.verdict(trial) else { continue }
      let isReached = relation.reached(from: trial.applying)
      let winner = trial.applying.first { !isReached[$0.index] }
      let outcome = winner.flatMap { view.consequences[$0.index].outcome }
      for rule in trial.applying
      where isReached[rule.index] && view.consequences[rule.index].outcome != outcome {
        for line in lines.cuts(above: rule, trial.applying, isReached, relation) {
          matters[line] = true
        }
      }
    }
    return matters
  }

  /// Whether some message is decided otherwise without some edges; nil if that is not found out.
  private func matters(
    _ lost: Set<OverrideRelation.Edge>, _ with: OverrideRelation, _ without: OverrideRelation
  ) -> Bool? {
    var isOpen = false
    var undecided: [(rule: Int, freed: [Wire])] = []
    var below = NodesBelow(lost, with)
    while let node = below.next() {
      let rule = Int(node)
      guard rule < policy.rules.count, let freed = freed(rule, with, without) else { continue }
      switch inquiry.message(where: freed, share: PolicyProof.shareOfWarnings) {
      case .none: continue
      case .notProved: isOpen = true
      case .found(let witness):
        let trial = trial.begin(witness.message)
        if self.trial.verdict(trial, with) != self.trial.verdict(trial, without) { return true }
        undecided.append((rule, freed))
      }
    }
    for (rule, freed) in undecided {
      let meeting = index.meeting(ruleBoxes[rule])
      let before = DecisionCircuit(view, with, known: known) { meeting.contains($0) }
      let after = DecisionCircuit(view, without) { meeting.contains($0) }
      let wires = freed + [before.differs(from: after, circuit)]
      switch inquiry.message(where: wires, share: PolicyProof.shareOfWarnings) {
      case .none: continue
      case .notProved: isOpen = true
      case .found: return true
      }
    }
    return isOpen ? nil : false
  }

  /// When a rule is set aside with some edges, and wins without them; nil if that cannot be.
  private func freed(
    _ rule: Int, _ with: OverrideRelation, _ without: OverrideRelation
  ) -> [Wire]? {
    let (now, then) = (with.overriding(RuleID(rule)), without.overriding(RuleID(rule)))
    let kind = view.consequences[rule].kind
    let meeting = meeting(ruleBoxes[rule], kind).members
    let lost = meeting.filter { now[$0] && !then[$0] }
    guard !lost.isEmpty else { return nil }
    let none = meeting.filter { then[$0] }.map { !applies($0) }
    return [applies(rule), circuit.or(lost.map(applies))] + none + isReached(kind)
  }
}

/// The nodes that some edges lead to, directly or through others, the nearest first.
private struct NodesBelow: IteratorProtocol {
  private let relation: OverrideRelation
  private var isSeen: [Bool]
  private var queue: [Int32]
  private var head = 0

  init(_ edges: Set<OverrideRelation.Edge>, _ relation: OverrideRelation) {
    self.relation = relation
    isSeen = Array(repeating: false, count: relation.nodeCount)
    queue = Set(edges.map(\.to)).sorted()
    for node in queue { isSeen[Int(node)] = true }
  }

  mutating func next() -> Int32? {
    guard head < queue.count else { return nil }
    let node = queue[head]
    head += 1
    for below in relation.overridden(by: node) where !isSeen[Int(below)] {
      isSeen[Int(below)] = true
      queue.append(below)
    }
    return node
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
