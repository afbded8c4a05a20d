import Classes
import Findings
import Logic
import Model

/// Which parts of a condition can be left out without changing when its rule applies?
///
/// A part is an operand of `and` or `or`, or the whole of a condition that is always true. It can be left
/// out if the condition is met by the same messages, on the days on which the rule is in force, whatever
/// the outcome is that it looks at. Of parts that say the same the last one is reported; what is
/// reported is taken as gone, and not looked into.
extension PolicyProof {
  func findNeedlessConditions() {
    let open = classes.openOutcomes(circuit)
    for rule in policy.rules
    where !neverApply.contains(rule.id.index) && isEverInForce(rule.from, rule.until) {
      let inForce = classes.wire(from: rule.from, until: rule.until, circuit)
      PartSearch(self, inForce, open) { [self] span, isWhole in
        findings.append(.needlessCondition(span, in: rule, isWhole: isWhole))
      } notProved: { [self] span in
        findings.append(.notProved(.needlessCondition(span, rule)))
      }
      .search(rule.condition)
    }
  }
}

/// Looks through the parts of one condition.
private struct PartSearch {
  let proof: PolicyProof
  let inForce: Wire
  let outcomes: PolicyCircuit.Outcomes
  let report: (Span, Bool) -> Void
  let notProved: (Span) -> Void

  init(
    _ proof: PolicyProof, _ inForce: Wire, _ outcomes: PolicyCircuit.Outcomes,
    report: @escaping (Span, Bool) -> Void, notProved: @escaping (Span) -> Void
  ) {
    (self.proof, self.inForce, self.outcomes) = (proof, inForce, outcomes)
    (self.report, self.notProved) = (report, notProved)
  }

  func search(_ condition: Condition) {
    guard condition != .always else { return }
    if let span = condition.span, isAlways([inForce, !wire(condition)], span) {
      report(span, true)
      return
    }
    search(condition) { $0 }
  }

  /// Looks into a condition; `rebuilt` is the whole with another one in its place.
  private func search(_ condition: Condition, rebuilt: (Wire) -> Wire) {
    switch condition {
    case .always, .test, .definition: break
    case .not(let part): search(part) { rebuilt(!$0) }
    case .and(let parts): search(parts, rebuilt) { proof.circuit.and($0) }
    case .or(let parts): search(parts, rebuilt) { proof.circuit.or($0) }
    }
  }

  private func search(
    _ parts: [Condition], _ rebuilt: (Wire) -> Wire, joined: ([Wire]) -> Wire
  ) {
    var kept = parts.map { Optional(wire($0)) }
    for index in parts.indices.reversed() where kept.compactMap({ $0 }).count > 1 {
      let whole = rebuilt(joined(kept.compactMap { $0 }))
      var others = kept
      others[index] = nil
      let rest = rebuilt(joined(others.compactMap { $0 }))
      if let span = parts[index].span, isAlways([inForce, proof.circuit.differ(whole, rest)], span)
      {
        report(span, false)
        kept = others
      } else {
        search(parts[index]) { wire in
          var changed = kept
          changed[index] = wire
          return rebuilt(joined(changed.compactMap { $0 }))
        }
      }
    }
  }

  private func wire(_ condition: Condition) -> Wire {
    proof.view.wire(condition, outcomes)
  }

  /// Whether no message is like that.
  private func isAlways(_ wires: [Wire], _ span: Span) -> Bool {
    switch proof.inquiry.message(where: wires) {
    case .none: return true
    case .found: return false
    case .notProved:
      notProved(span)
      return false
    }
  }
}

extension Condition {
  /// From its first sentence to its last.
  var span: Span? {
    let spans = sentences
    guard let first = spans.min(by: { $0 < $1 }), let last = spans.max(by: { $0.end < $1.end })
    else { return nil }
    return first.through(last)
  }

  private var sentences: [Span] {
    switch self {
    case .always: []
    case .test(let test): [test.span]
    case .definition(let use): [use.span]
    case .not(let part): part.sentences
    case .and(let parts), .or(let parts): parts.flatMap(\.sentences)
    }
  }
}
