import Classes
import Findings
import Logic
import Model

/// Which rules disagree?
///
/// Two rules of one kind conflict if there is a message, on a day, for which both win and give different
/// outcomes. Candidates are pairs that neither overrides nor is overridden, whose boxes meet; each is one
/// small question: both apply, and none of the rules that override either does. Of guards the first
/// outcome is the one that the message really gets.
/// Source of the idea: overlaps of hyper-rectangles in decision tables (D. Calvanese et al., "Semantics
/// and analysis of DMN decision tables", 2016).
extension PolicyProof {
  /// After so many conflicts the rest is left for another day.
  static let mostConflicts = 500

  func findConflicts(of kind: Rule.Kind) {
    let rules = rules(of: kind)
    let byOutcome = Dictionary(grouping: rules) { $0.outcome }.mapValues { rules in
      var set = BitSet(count: policy.rules.count)
      for rule in rules { set.insert(rule.id.index) }
      return set
    }
    let before = findings.count
    if byOutcome.count > 1 {
      for rule in rules {
        if isCancelled { return }
        var others = meeting(ruleBoxes[rule.id.index], kind)
        if let same = byOutcome[rule.outcome] { others.subtract(same) }
        others.subtract(overriders[rule.id])
        for number in others.members where number > rule.id.index {
          let other = policy.rules[number]
          if overriders.overrides(rule.id, other.id) { continue }
          checkConflict(rule, other)
          let count = findings.count - before
          if count == PolicyProof.mostConflicts {
            findings.append(.moreConflicts(after: count, at: other.span))
            return
          }
        }
      }
    }
    if findings.count == before { known.agreeing.insert(kind) }
  }

  /// Reports that two rules conflict, or that it cannot be found out.
  private func checkConflict(_ rule: Rule, _ other: Rule) {
    let wires = bothWin(rule, other)
    switch inquiry.message(where: wires) {
    case .none: break
    case .notProved: findings.append(.notProved(.conflict(rule, other)))
    case .found(let witness): report(conflict: rule, other, wires, witness)
    }
  }

  /// When both rules win.
  private func bothWin(_ rule: Rule, _ other: Rule) -> [Wire] {
    let box = ruleBoxes[rule.id.index].intersection(ruleBoxes[other.id.index])
    var others = overriders[rule.id]
    others.formUnion(overriders[other.id])
    others.formIntersection(meeting(box, rule.kind))
    return [applies(rule.id.index), applies(other.id.index)] + noneApplies(of: others)
      + isReached(rule.kind)
  }
}
