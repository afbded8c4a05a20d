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

  func findConflicts() {
    var count = 0
    for kind in [Rule.Kind.decision, .guard] {
      let rules = rules(of: kind)
      let byOutcome = Dictionary(grouping: rules) { $0.outcome }.mapValues { rules in
        var set = BitSet(count: policy.rules.count)
        for rule in rules { set.insert(rule.id.index) }
        return set
      }
      guard byOutcome.count > 1 else { continue }
      for rule in rules {
        var others = meeting(ruleBoxes[rule.id.index], kind)
        if let same = byOutcome[rule.outcome] { others.subtract(same) }
        others.subtract(overriders[rule.id])
        for number in others.members where number > rule.id.index {
          let other = policy.rules[number]
          if overriders.overrides(rule.id, other.id) { continue }
          if checkConflict(rule, other) { count += 1 }
          if count == PolicyProof.mostConflicts {
            findings.append(.moreConflicts(after: count, at: other.span))
            return
          }
        }
      }
    }
  }

  /// Whether two rules conflict; if so, or if it cannot be found out, reports it.
  private func checkConflict(_ rule: Rule, _ other: Rule) -> Bool {
    let wires = bothWin(rule, other)
    switch inquiry.message(where: wires) {
    case .none: return false
    case .notProved:
      findings.append(.notProved(.conflict(rule, other)))
      return false
    case .found(let witness):
      report(conflict: rule, other, wires, witness)
      return true
    }
  }

  /// When both rules win.
  private func bothWin(_ rule: Rule, _ other: Rule) -> [Wire] {
    guard let one = applies[rule.id.index], let two = applies[other.id.index],
      rule.kind == .decision || !isAfterOutcome(rule.kind)
    else {
      return [whole.wins[rule.id.index], whole.wins[other.id.index]] + [
        whole.isFirstDecided(circuit)
      ]
    }
    let box = ruleBoxes[rule.id.index].intersection(ruleBoxes[other.id.index])
    var others = overriders[rule.id]
    others.formUnion(overriders[other.id])
    others.formIntersection(meeting(box, rule.kind))
    return [one, two] + noneApplies(of: others)
  }

  /// Whether what rules of a kind do hangs on the outcome.
  func isAfterOutcome(_ kind: Rule.Kind) -> Bool {
    kind != .decision
  }
}
