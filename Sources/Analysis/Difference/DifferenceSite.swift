import Classes
import Logic
import Model
import Syntax

/// Some messages, among which two policies may differ, and the rules that matter for them.
struct DifferenceSite {
  /// When a message is one of them; no outcome is left open in it.
  let wire: Wire
  /// One of these has to win, each in its policy, if the decisions differ.
  var rules: (old: RuleID?, new: RuleID?) = (nil, nil)
  /// Rules that surely apply to all of these messages.
  var sure: (old: [RuleID], new: [RuleID]) = ([], [])
  /// Whether no decision rule applies to any of them.
  var hasNoDecisionRules = false
}

/// Finds where two policies may differ.
///
/// A message is decided alike if the same rules apply to it in both policies, each says the same, and
/// of any two of them the same one overrides the other. So a difference needs a rule that applies and
/// is gone, new or changed, or two rules that apply of which one now overrides the other, or no longer.
/// Where neither is so of any message the policies are equal. Moreover such a rule has to win in one of
/// them: one that is set aside changes nothing, since whatever sets it aside sets aside all that it would.
struct DifferenceSites {
  private let comparison: PolicyComparison
  private let matching: RuleMatching
  private(set) var sites: [DifferenceSite] = []

  private var old: ComparedPolicy { comparison.old }
  private var new: ComparedPolicy { comparison.new }
  private var circuit: Circuit { comparison.circuit }

  init(_ comparison: PolicyComparison, _ matching: RuleMatching) {
    (self.comparison, self.matching) = (comparison, matching)
    addChangedRules()
    addChangedOverrides()
    addOtherwise()
    sites.removeAll { $0.wire == .no }
  }

  // MARK: - Rules

  private mutating func addChangedRules() {
    for rule in old.policy.rules {
      if let other = matching.newOfOld[rule.id.index] {
        addChanged(rule, new.policy[other])
      } else {
        add(where: old.mayApply(rule.id), old: rule.id)
      }
    }
    for rule in new.policy.rules where matching.oldOfNew[rule.id.index] == nil {
      add(where: new.mayApply(rule.id), new: rule.id)
    }
  }

  private mutating func addChanged(_ rule: Rule, _ other: Rule) {
    let isSame = rule.outcome == other.outcome && Set(rule.notes) == Set(other.notes)
    let isAlike = old.conditions[rule.id.index] == new.conditions[other.id.index]
    if isSame, isAlike { return }
    let (was, now) = (old.mayApply(rule.id), new.mayApply(other.id))
    guard !rule.condition.testsOutcome, !other.condition.testsOutcome else {
      // Neither surely applies to a message to which one of them may.
      let wire = circuit.or(was, now)
      return sites.append(DifferenceSite(wire: wire, rules: (rule.id, other.id)))
    }
    if !isSame { add(where: circuit.and(was, now), old: rule.id, new: other.id) }
    add(where: circuit.and(was, !now), old: rule.id)
    add(where: circuit.and(!was, now), new: other.id)
  }

  /// Rules that look at the outcome only may apply.
  private mutating func add(where wire: Wire, old: RuleID? = nil, new: RuleID? = nil) {
    let sureOld = [old].compactMap(\.self).filter { !self.old.policy[$0].condition.testsOutcome }
    let sureNew = [new].compactMap(\.self).filter { !self.new.policy[$0].condition.testsOutcome }
    sites.append(DifferenceSite(wire: wire, rules: (old, new), sure: (sureOld, sureNew)))
  }

  // MARK: - Overrides

  private mutating func addChangedOverrides() {
    if matching.isIdentity, old.policy.overrides.successors == new.policy.overrides.successors {
      return
    }
    let were = Overriders(old.relation, ruleCount: old.policy.rules.count)
    let are = Overriders(new.relation, ruleCount: new.policy.rules.count)
    for rule in old.policy.rules {
      guard let other = matching.newOfOld[rule.id.index] else { continue }
      let changed = changedOverriders(were[rule.id], are[other])
      guard !changed.isEmpty else { continue }
      let meetings = changed.compactMap { number in
        matching.newOfOld[number].map {
          circuit.and(old.mayApply(RuleID(number)), new.mayApply($0))
        }
      }
      add(
        where: circuit.and([
          old.mayApply(rule.id), new.mayApply(other), circuit.or(meetings),
        ]), old: rule.id, new: other)
    }
  }

  /// The rules of both policies, by their old numbers, that override a rule in one of them only.
  private func changedOverriders(_ were: BitSet, _ are: BitSet) -> [Int] {
    if matching.isIdentity {
      var (lost, gained) = (were, are)
      lost.subtract(are)
      gained.subtract(were)
      lost.formUnion(gained)
      return lost.members
    }
    var changed = were.members.filter { number in
      matching.newOfOld[number].map { !are.contains($0.index) } ?? false
    }
    for number in are.members {
      if let other = matching.oldOfNew[number], !were.contains(other.index) {
        changed.append(other.index)
      }
    }
    return changed
  }

  // MARK: - Otherwise

  private mutating func addOtherwise() {
    let (was, now) = (old.policy.otherwise, new.policy.otherwise)
    if was?.outcome == now?.outcome, Set(was?.notes ?? []) == Set(now?.notes ?? []) { return }
    let applying = old.policy.rules.filter { $0.kind == .decision }
      .map { !old.conditions[$0.id.index] }
    // Where a rule of only one policy applies, the message is at another site.
    let others = new.policy.rules.filter { $0.kind == .decision }
      .map { !new.conditions[$0.id.index] }
    sites.append(
      DifferenceSite(wire: circuit.and(applying + others), hasNoDecisionRules: true))
  }
}
