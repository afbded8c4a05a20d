import Classes
package import Findings
import Logic
package import Model
import Syntax

/// Which parts of a condition can be left out without changing when its rule applies?
///
/// A part is an operand of `and` or `or`, or the whole of a condition that is always true. It can be left
/// out if the condition is met by the same messages, on the days on which the rule is in force, whatever
/// the outcome is that it looks at. Of parts that say the same the last one is reported; what is
/// reported is taken as gone, and not looked into.
extension PolicyProof {
  func findNeedlessConditions() {
    for rule in policy.rules
    where !neverApply.contains(rule.id.index) && isEverInForce(rule.from, rule.until) {
      if isCancelled { return }
      var search = PartSearch(self, rule, openOutcomes)
      search.run()
      findings += search.findings
    }
  }
}

/// Looks through the parts of one condition.
private struct PartSearch {
  private let proof: PolicyProof
  private let rule: Rule
  private let outcomes: PolicyCircuit.Outcomes
  private let inForce: Wire
  private(set) var findings: [Finding] = []

  init(_ proof: PolicyProof, _ rule: Rule, _ outcomes: PolicyCircuit.Outcomes) {
    (self.proof, self.rule, self.outcomes) = (proof, rule, outcomes)
    inForce = proof.classes.wire(from: rule.from, until: rule.until, proof.circuit)
  }

  mutating func run() {
    guard rule.condition != .always else { return }
    if isTopConjunctionPlain(rule.condition) { return }
    if let span = rule.condition.span, isNever([inForce, !wire(rule.condition)], span) {
      findings.append(.needlessCondition(span, in: rule, isWhole: true))
      return
    }
    _ = search(rule.condition) { $0 }
  }

  /// Looks into a condition, and gives what is left of it; `rebuilt` is the whole with another one in
  /// its place.
  private mutating func search(_ condition: Condition, rebuilt: (Wire) -> Wire) -> Wire {
    switch condition {
    case .always, .test, .definition: wire(condition)
    case .not(let part): !search(part) { rebuilt(!$0) }
    case .and(let parts): search(parts, rebuilt) { [circuit = proof.circuit] in circuit.and($0) }
    case .or(let parts): search(parts, rebuilt) { [circuit = proof.circuit] in circuit.or($0) }
    }
  }

  private mutating func search(
    _ parts: [Condition], _ rebuilt: (Wire) -> Wire, joined: ([Wire]) -> Wire
  ) -> Wire {
    var kept = parts.map { Optional(wire($0)) }
    for index in parts.indices.reversed() where kept.count(where: { $0 != nil }) > 1 {
      let whole = rebuilt(joined(kept.compactMap { $0 }))
      var others = kept
      others[index] = nil
      let rest = rebuilt(joined(others.compactMap { $0 }))
      if let span = parts[index].span,
        isNever([inForce, proof.circuit.differ(whole, rest)], span)
      {
        findings.append(.needlessCondition(span, in: rule, isWhole: false))
        kept = others
        continue
      }
      let now = kept
      kept[index] = search(parts[index]) { wire in
        var changed = now
        changed[index] = wire
        return rebuilt(joined(changed.compactMap { $0 }))
      }
    }
    return joined(kept.compactMap { $0 })
  }

  private func wire(_ condition: Condition) -> Wire {
    proof.view.wire(condition, outcomes)
  }

  /// Whether no message is like that; what cannot be found out is reported.
  private mutating func isNever(_ wires: [Wire], _ span: Span) -> Bool {
    let isPossible = proof.inquiry.isPossible(wires, share: PolicyProof.shareOfWarnings)
    if isPossible == nil { findings.append(.notProved(.needlessCondition(span, rule))) }
    return isPossible == false
  }

  /// Whether the condition joins sentences by `and`, as most do, of which none can be left out. Facts do
  /// not hang together, so that only sentences about one fact need to be compared; and those that hang
  /// on today.
  private func isTopConjunctionPlain(_ condition: Condition) -> Bool {
    let tests = condition.conjuncts.map { part -> (test: Test, wire: Wire)? in
      guard case .test(let test) = part.positive, test.subject != .outcome else { return nil }
      return (test, wire(part))
    }
    guard !tests.contains(where: { $0 == nil }) else { return false }
    let known = tests.compactMap { $0 }
    let hanging = Set(known.filter { $0.test.predicate.hangsOnToday }.map(\.test.subject))
    // Nil stands for today and all facts that hang on it.
    var parts: [Test.Subject?: [Wire]] = [:]
    for (test, wire) in known {
      parts[hanging.contains(test.subject) ? nil : test.subject, default: []].append(wire)
    }
    return parts.allSatisfy { subject, wires in
      wires.indices.allSatisfy { index in
        var others = wires
        let part = others.remove(at: index)
        if subject == nil { others.append(inForce) }
        return proof.canBe(proof.circuit.and(others + [!part]))
      }
    }
  }
}

extension PolicyProof {
  /// Whether some message meets a condition. Asked once for each.
  fileprivate func canBe(_ wire: Wire) -> Bool {
    if let known = possible[wire] { return known }
    let isPossible = inquiry.isPossible([wire], share: PolicyProof.shareOfWarnings) ?? false
    possible[wire] = isPossible
    return isPossible
  }
}

extension Predicate {
  /// Whether the answer is not the same on all days.
  fileprivate var hangsOnToday: Bool {
    switch self {
    case .isDated(let ranges):
      ranges.flatMap { [$0.first, $0.last] }.contains { bound in
        switch bound?.anchor {
        case .today, .todayPlus, .todayMinus: true
        case .day, nil: false
        }
      }
    case .isWorkingDay: true
    case .isTrue, .isOneOf, .holdsAny, .holdsAll, .holdsNone, .isEmpty, .isNotEmpty, .isIn,
      .matches,
      .isRecorded, .isOutcome:
      false
    }
  }
}

extension Condition {
  /// The parts that an `and` joins, those of inner ones too.
  fileprivate var conjuncts: [Condition] {
    if case .and(let parts) = self { parts.flatMap(\.conjuncts) } else { [self] }
  }

  /// The condition without `not`s before it.
  fileprivate var positive: Condition {
    if case .not(let part) = self { part.positive } else { self }
  }

  /// From its first sentence to its last.
  package var span: Span? {
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
