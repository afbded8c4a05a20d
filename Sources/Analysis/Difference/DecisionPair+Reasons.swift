import Logic
import Model
import Syntax

extension DecisionPair {
  /// How much of what leads to a decision is to be said.
  enum Detail {
    /// What makes every rule apply that has a part in either decision.
    case all
    /// What makes the rules apply that have changed; or, where none has a part in it, the old ones.
    case changes
    /// Where the policies may differ at all.
    case site
  }

  /// The wires that are on for a message because rules with a part in its decisions apply; or, of a
  /// rule that has changed, because it applies in one policy and not in the other.
  func reasons(
    _ values: [Bool], _ matching: RuleMatching, _ detail: Detail
  ) -> [Wire] {
    guard detail != .site, let change = change(values) else { return [siteWire] }
    let parts = [true, false].map { isOld in
      takingPart(values, change, isOld: isOld).map { (rule: $0, isOld: isOld) }
    }
    func isChanged(_ rule: Rule, _ isOld: Bool) -> Bool {
      isOld
        ? matching.isChangedInOld[rule.id.index] : matching.isChangedInNew[rule.id.index]
    }
    var told = parts[0] + parts[1]
    if detail == .changes {
      let changed = told.filter { isChanged($0.rule, $0.isOld) }
      told = !changed.isEmpty ? changed : parts[0].isEmpty ? parts[1] : parts[0]
    }
    return told.flatMap { rule, isOld -> [Wire] in
      let wire = applies(rule, values, isOld: isOld)
      guard isChanged(rule, isOld) else { return [wire] }
      let counterpart =
        isOld
        ? matching.newOfOld[rule.id.index].map { comparison.new.policy[$0] }
        : matching.oldOfNew[rule.id.index].map { comparison.old.policy[$0] }
      guard let counterpart else { return [wire] }
      let other = applies(counterpart, values, isOld: !isOld)
      return isOn(other, values) ? [wire] : [wire, !other]
    }
  }

  /// The rules that bring the outcome about or, where it stays, the notes.
  private func takingPart(
    _ values: [Bool], _ change: DecisionChange, isOld: Bool
  ) -> [Rule] {
    let decision = isOld ? old : new
    let policy = isOld ? comparison.old.policy : comparison.new.policy
    let winners = decision.wins.indices.filter {
      decision.wins[$0] != .no && isOn(decision.wins[$0], values)
    }
    .map { policy.rules[$0] }
    switch change {
    case .result, .otherNotes:
      let deciding = winners.filter { $0.kind == .decision }
      if !isOn(decision.isFirstDecided(circuit), values) {
        let other = deciding.first { $0.outcome != deciding[0].outcome }
        return Array(deciding.prefix(1)) + [other].compactMap { $0 }
      }
      return deciding + winners.filter { $0.kind == .guard }
    case .notes(let lost, let gained):
      let notes = isOld ? lost : gained
      let givers = winners.filter { $0.notes.contains(where: notes.contains) }
      let looksAtOutcome = givers.contains { $0.condition.testsOutcome }
      return looksAtOutcome
        ? winners.filter { rule in
          rule.kind != .note || givers.contains { $0.id == rule.id }
        } : givers
    }
  }

  /// When a rule applies, given the outcome that it looks at in this message.
  private func applies(_ rule: Rule, _ values: [Bool], isOld: Bool) -> Wire {
    let decision = isOld ? old : new
    let view = isOld ? comparison.old.view : comparison.new.view
    let seen = rule.kind == .guard ? decision.first : decision.outcomes
    return view.applies(rule.id.index, seen.map { isOn($0, values) ? .yes : .no })
  }

  private func isOn(_ wire: Wire, _ values: [Bool]) -> Bool {
    circuit.value(of: wire) { Int($0.index) < values.count && values[Int($0.index)] }
  }
}
