import Classes
import Findings
import Logic
import Model
import Syntax

/// Which rules never get their way, and which would not be missed?
///
/// A rule is always set aside if whenever it applies one that overrides it does too. It has no effect if
/// whenever it applies the decision, outcome and notes, would be the same if it did not. The message
/// that shows that a rule gets its way mostly shows its effect too; only where it does not is the
/// decision with the rule compared with that without it, for all messages (as in the equivalence
/// checking of circuits: A. Kuehlmann, "Dynamic transition relation simplification", 2004).
///
/// What has no effect is only looked for once every message is decided and no rules disagree: before
/// that, everything may still change.
///
/// Of two rules that are each without effect, given the other, the later one is reported: so rules are
/// gone through from the last one, and those reported are taken as gone.
extension PolicyProof {
  /// So many messages are made for a question before all messages are looked at.
  private static let mostTrials = 6
  /// Questions of which the answer is but a warning may take this part of the bound on work.
  static let shareOfWarnings = 10
  /// So many messages are kept for other questions.
  static let mostKeptTrials = 400

  func findRulesWithoutEffect() {
    for rule in policy.rules.reversed()
    where !neverApply.contains(rule.id.index) && isEverInForce(rule.from, rule.until) {
      if isCancelled { return }
      switch message(whereItWins: rule) {
      case .none:
        if overriders[rule.id].isEmpty { continue }
        findings.append(.alwaysSetAside(rule, by: someOverriders(of: rule)))
      case .notProved: findings.append(.notProved(.alwaysSetAside(rule)))
      case .found(let witness):
        if isSound { checkEffect(of: rule, witness) }
      }
    }
  }

  /// A message for which a rule wins.
  private func message(whereItWins rule: Rule) -> Inquiry.Answer {
    let others = meetingOverriders(of: rule)
    return message(
      where: requirements(of: rule, against: others), noneOf: others,
      share: PolicyProof.shareOfWarnings)
  }

  /// When a rule wins.
  func getsItsWay(_ rule: Rule) -> [Wire] {
    let others = meetingOverriders(of: rule)
    return requirements(of: rule, against: others) + noneApplies(of: others)
  }

  /// That a rule applies; and that there is an outcome to look at, if it or one of these others does.
  private func requirements(of rule: Rule, against others: BitSet) -> [Wire] {
    let looksAtOutcome =
      applies[rule.id.index] == nil || others.members.contains { applies[$0] == nil }
    return [applies(rule.id.index)] + (looksAtOutcome ? isReached(rule.kind) : [])
  }

  private func checkEffect(of rule: Rule, _ witness: MessageClasses.Witness) {
    let trial = trial.begin(witness.message)
    // Some are kept, from all over the policy.
    let step = max(1, policy.rules.count / PolicyProof.mostKeptTrials)
    if rule.id.index % step == 0 { trials.append(trial) }
    let verdict = self.trial.verdict(trial)
    if verdict != self.trial.verdict(trial, without: rule.id) { return }
    if showsEffect(rule) { return }
    // Both as the policy stands, and without the rules that are reported already.
    let gone = goneRules
    for gone in gone.isEmpty ? [gone] : [[], gone] {
      let effect = effect(of: rule, gone)
      switch inquiry.message(where: effect, share: PolicyProof.shareOfWarnings) {
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
      let wires =
        [applies, self.applies(number)] + isUnguarded([rule.outcome, policy.rules[number].outcome])
      if differs(wires, noneOf: others, without: rule) {
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
    let wires = [applies] + isUnguarded([rule.outcome, policy.otherwise?.outcome])
    return differs(wires, noneOf: others, without: rule)
  }

  /// That no guard would replace one of these outcomes: guards may make two decisions alike.
  private func isUnguarded(_ outcomes: [OutcomeID?]) -> [Wire] {
    outcomes.compactMap { $0 }.map { outcome in
      if let known = unguarded[outcome] { return known }
      let wire = circuit.and(rules(of: .guard).map { !view.applies($0.id.index, after: outcome) })
      unguarded[outcome] = wire
      return wire
    }
  }

  /// Whether a message for which the wires are on, and to which none of some rules applies, is decided
  /// otherwise without the rule.
  private func differs(_ wires: [Wire], noneOf others: BitSet, without rule: Rule) -> Bool {
    let answer = message(
      where: wires + isReached(rule.kind), noneOf: others, share: PolicyProof.shareOfWarnings)
    guard case .found(let witness) = answer else { return false }
    let trial = trial.begin(witness.message)
    return self.trial.verdict(trial) != self.trial.verdict(trial, without: rule.id)
  }

  /// The rule wins, and the decision is not the same as it would be if it did not.
  private func effect(of rule: Rule, _ gone: Set<Int>) -> [Wire] {
    let meeting = index.meeting(ruleBoxes[rule.id.index])
    func isConsidered(_ other: Int) -> Bool {
      meeting.contains(other) && !gone.contains(other)
    }
    // Where the rule is set aside, so is all that it overrides, with it or without it.
    var settled = known
    if rule.kind == .decision, settled.agreeing.contains(.decision) { settled.first = rule.outcome }
    let with = DecisionCircuit(view, relation, known: settled, isConsidered: isConsidered)
    let without = DecisionCircuit(view, relation) {
      isConsidered($0) && $0 != rule.id.index
    }
    return [with.wins[rule.id.index], with.differs(from: without, circuit)]
  }

  /// Some rules that override this one and can meet it.
  private func someOverriders(of rule: Rule) -> [Rule] {
    meetingOverriders(of: rule).members.prefix(3).map { policy.rules[$0] }
  }
}
