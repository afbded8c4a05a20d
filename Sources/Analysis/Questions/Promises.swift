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
    let wires = isMeant + breaking(promise, whole)
    switch proveAtOnce(promise, wires) {
    case .none: return true
    case .notProved: findings.append(.notProved(.promise(promise)))
    case .found(let witness): report(broken: promise, wires, witness)
    }
    return false
  }

  /// Whether a message breaks a promise: asked of all rules at once, and if that is hard of one decider
  /// after the other.
  private func proveAtOnce(_ promise: Promise, _ wires: [Wire]) -> Inquiry.Answer {
    guard promise.pledge.isAboutOutcomes, known.agreeing.contains(.decision) else {
      return inquiry.message(where: wires)
    }
    let atOnce = inquiry.message(where: wires, share: 50)
    if case .notProved = atOnce { return proveByDecider(promise) }
    return atOnce
  }

  private func proveByDecider(_ promise: Promise) -> Inquiry.Answer {
    let open = boxes.box(around: view.applies(promise, openOutcomes))
    let meeting = meeting(open, .decision)
    var deciders = Dictionary(grouping: meeting.members.map { policy.rules[$0] }) { $0.outcome }
      .mapValues { $0.map(getsItsWay) }
    if let standard = policy.otherwise {
      deciders[standard.outcome, default: []].append(noneApplies(of: meeting))
    }
    for outcome in policy.vocabulary.outcomes {
      guard let cases = deciders[outcome.id] else { continue }
      var settled = known
      settled.first = outcome.id
      let decision = DecisionCircuit(view, relation, known: settled) { [view] in
        view.consequences[$0].kind != .decision
      }
      let broken =
        [view.applies(promise, decision.outcomes), decision.isDecided(circuit)]
        + breaking(promise, decision)
      if broken.contains(.no) { continue }
      for wins in cases {
        let answer = inquiry.message(where: wins + broken)
        if case .none = answer { continue }
        return answer
      }
    }
    return .none
  }

  /// When the promise is not kept to a message that it is about.
  private func breaking(_ promise: Promise, _ whole: DecisionCircuit) -> [Wire] {
    if let wire = promise.pledge.isBroken(by: whole, circuit) { return [wire] }
    switch promise.pledge {
    case .always, .never, .alwaysAdd, .neverAdd: return []
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

extension Promise.Pledge {
  /// When a decision is not as pledged; nil if that takes a second message to tell.
  func isBroken(by decision: DecisionCircuit, _ circuit: Circuit) -> Wire? {
    switch self {
    case .always(let outcomes):
      circuit.and(outcomes.sorted().map { !decision.outcomes[$0.index] })
    case .never(let outcomes):
      circuit.or(outcomes.sorted().map { decision.outcomes[$0.index] })
    case .alwaysAdd(let notes):
      circuit.or(notes.sorted().map { !decision.notes[$0.index] })
    case .neverAdd(let notes):
      circuit.or(notes.sorted().map { decision.notes[$0.index] })
    case .neverDependsOn: nil
    }
  }

  /// Whether it is about the outcome alone, of one message.
  var isAboutOutcomes: Bool {
    switch self {
    case .always, .never: true
    case .alwaysAdd, .neverAdd, .neverDependsOn: false
    }
  }
}
