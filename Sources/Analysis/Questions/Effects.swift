import Classes
import Findings
import Logic
import Model

/// Which rules never get their way, and which would not be missed?
///
/// A rule is always set aside if whenever it applies one that overrides it does too. It has no effect if
/// whenever it applies the decision, outcome and notes, would be the same if it did not. The message
/// that shows that a rule gets its way mostly shows its effect too; only where it does not is the
/// decision with the rule compared with that without it, for all messages (as in the equivalence
/// checking of circuits: A. Kuehlmann, "Dynamic transition relation simplification", 2004).
///
/// Of two rules that are each without effect, given the other, the later one is reported: so rules are
/// gone through from the last one, and those reported are taken as gone.
extension PolicyProof {
  /// So many messages are made for a question before all messages are looked at.
  private static let mostTrials = 6
  /// So many messages are kept for other questions.
  static let mostKeptTrials = 400

  func findRulesWithoutEffect() {
    for rule in policy.rules.reversed()
    where !neverApply.contains(rule.id.index) && isEverInForce(rule.from, rule.until) {
      let wires = getsItsWay(rule)
      switch inquiry.message(where: wires) {
      case .none:
        if overriders[rule.id].isEmpty { continue }
        findings.append(.alwaysSetAside(rule, by: nearestOverriders(of: rule)))
      case .notProved: findings.append(.notProved(.alwaysSetAside(rule)))
      case .found(let witness): checkEffect(of: rule, witness)
      }
    }
  }

  /// When a rule wins.
  func getsItsWay(_ rule: Rule) -> [Wire] {
    var others = overriders[rule.id]
    others.formIntersection(meeting(ruleBoxes[rule.id.index], rule.kind))
    let looksAtOutcome = ([rule.id.index] + others.members).contains { applies[$0] == nil }
    return [applies(rule.id.index)] + noneApplies(of: others)
      + (looksAtOutcome ? isReached(rule.kind) : [])
  }

  private func checkEffect(of rule: Rule, _ witness: MessageClasses.Witness) {
    let trial = trial.begin(witness.message)
    if trials.count < PolicyProof.mostKeptTrials { trials.append(trial) }
    let verdict = self.trial.verdict(trial, relation)
    if verdict != self.trial.verdict(trial, relation, without: rule.id) { return }
    if showsEffect(rule) { return }
    // Both as the policy stands, and without the rules that are reported already.
    let gone = goneRules
    for gone in gone.isEmpty ? [gone] : [[], gone] {
      switch inquiry.message(where: effect(of: rule, gone)) {
      case .found: return
      case .none: continue
      case .notProved:
        findings.append(.notProved(.noEffect(rule)))
        return
      }
    }
    goneRules.insert(rule.id.index)
    findings.append(.noEffect(rule))
  }

  /// Whether a message that is made for it shows that the rule has an effect: one to which it applies
  /// together with a rule that it sets aside, or without others that say the same.
  private func showsEffect(_ rule: Rule) -> Bool {
    let applies = applies(rule.id.index)
    let meeting = meeting(ruleBoxes[rule.id.index], rule.kind)
    var tried = 0
    for number in meeting.members where number != rule.id.index {
      guard overriders.overrides(rule.id, RuleID(number)),
        !view.consequences[number].isSame(as: view.consequences[rule.id.index])
      else { continue }
      var others = overriders[rule.id]
      others.formUnion(overriders[RuleID(number)])
      others.formIntersection(meeting)
      others.remove(rule.id.index)
      if differs([applies, self.applies(number)] + noneApplies(of: others), without: rule) {
        return true
      }
      tried += 1
      if tried == PolicyProof.mostTrials { break }
    }
    let same = meeting.members.filter { number in
      let other = view.consequences[number]
      return number != rule.id.index
        && (other.outcome == rule.outcome && rule.kind != .note
          || !Set(other.notes).isDisjoint(with: rule.notes))
    }
    var others = overriders[rule.id]
    for number in same { others.insert(number) }
    return differs([applies] + noneApplies(of: others), without: rule)
  }

  /// Whether a message for which the wires are on is decided otherwise without the rule.
  private func differs(_ wires: [Wire], without rule: Rule) -> Bool {
    let wires = wires + isReached(rule.kind)
    guard case .found(let witness) = inquiry.message(where: wires) else { return false }
    let trial = trial.begin(witness.message)
    return self.trial.verdict(trial, relation)
      != self.trial.verdict(trial, relation, without: rule.id)
  }

  /// The rule wins, and the decision is not the same as it would be if it did not.
  private func effect(of rule: Rule, _ gone: Set<Int>) -> [Wire] {
    let meeting = index.meeting(ruleBoxes[rule.id.index])
    func isConsidered(_ other: Int) -> Bool {
      meeting.contains(other) && !gone.contains(other)
    }
    // Where the rule is set aside, so is all that it overrides, with it or without it.
    var settled = known
    if rule.kind == .decision, known.agreeing.contains(.decision) { settled.first = rule.outcome }
    let with = DecisionCircuit(view, relation, known: settled, isConsidered: isConsidered)
    let without = DecisionCircuit(view, relation) { isConsidered($0) && $0 != rule.id.index }
    return [with.wins[rule.id.index], with.differs(from: without, circuit)]
  }

  /// Some rules that override this one, the nearest first.
  private func nearestOverriders(of rule: Rule) -> [Rule] {
    var others = overriders[rule.id]
    others.formIntersection(meeting(ruleBoxes[rule.id.index], rule.kind))
    return others.members.prefix(3).map { policy.rules[$0] }
  }
}
