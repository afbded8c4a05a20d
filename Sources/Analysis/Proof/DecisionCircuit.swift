import Engine
import Logic
import Model
import Syntax

/// What a policy decides, as circuits: one wire for each way in which a decision can come out.
///
/// The steps are those of a decision: winners among the decision rules, guards, note rules. Who is set
/// aside is said once for each rule, by what reaches it along the overrides, so that the size is linear
/// in rules and overrides.
struct DecisionCircuit {
  /// By `RuleID`: the rule applies. Rules that are left out do not.
  private(set) var applies: [Wire]
  /// By `RuleID`: it applies and no rule that overrides it does.
  private(set) var wins: [Wire]
  /// By `OutcomeID`: the first outcome, where the winners agree.
  private(set) var first: [Wire]
  /// By `OutcomeID`: the outcome, where the decision rules agree and the guards do.
  private(set) var outcomes: [Wire]
  /// By `NoteID`: among the notes of the decision.
  private(set) var notes: [Wire]
  /// The winners of one step give different outcomes.
  private(set) var conflict: Wire
  /// No decision rule applies, and there is no `otherwise`.
  private(set) var gap: Wire
  /// No decision rule applies, and `otherwise` gives the first outcome.
  private(set) var otherwise: Wire
  /// No guard applies.
  private(set) var unguarded: Wire

  /// What is proved of a policy already, and need not be looked at again.
  struct Known {
    /// The kinds of rules of which no two winners disagree.
    var agreeing: Set<Rule.Kind> = []
    /// Every message meets a decision rule, or there is `otherwise`.
    var isComplete = false
    /// Only messages are asked about to which winners give this outcome first.
    var first: OutcomeID?
  }

  /// Only rules for which `isConsidered` holds are there.
  init(
    _ view: PolicyCircuit, _ relation: OverrideRelation, known: Known = Known(),
    isConsidered: (Int) -> Bool = { _ in true }
  ) {
    let (policy, circuit) = (view.policy, view.circuit)
    let no = { Array(repeating: Wire.no, count: $0) }
    applies = no(policy.rules.count)
    wins = no(policy.rules.count)
    first = no(policy.vocabulary.outcomes.count)
    outcomes = first
    notes = no(policy.vocabulary.notes.count)
    (conflict, gap, otherwise, unguarded) = (.no, .no, .no, .yes)
    let considered = policy.rules.indices.filter(isConsidered)
    let ofKind = Dictionary(grouping: considered) { view.consequences[$0].kind }

    // The decision rules.
    let decisionRules = ofKind[.decision] ?? []
    for rule in decisionRules { applies[rule] = view.applies(rule) }
    setWinners(decisionRules, relation, circuit)
    let nobody = circuit.and(decisionRules.map { !applies[$0] })
    if policy.otherwise != nil { otherwise = nobody } else if !known.isComplete { gap = nobody }
    if let outcome = known.first {
      first[outcome.index] = .yes
      (gap, otherwise) = (.no, .no)
    } else {
      let given = agreed(decisionRules, isKnown: known.agreeing.contains(.decision), view)
      conflict = given.conflict
      first = given.outcomes
      if let standard = policy.otherwise {
        let index = standard.outcome.index
        first[index] = circuit.or([first[index], otherwise])
      }
    }

    // The guards.
    let guards = ofKind[.guard] ?? []
    for rule in guards { applies[rule] = view.applies(rule, first) }
    setWinners(guards, relation, circuit)
    unguarded = circuit.and(guards.map { !applies[$0] })
    let replaced = agreed(guards, isKnown: known.agreeing.contains(.guard), view)
    let isDecided = circuit.and([!conflict, !gap])
    conflict = circuit.or([conflict, circuit.and([isDecided, replaced.conflict])])
    for index in first.indices {
      outcomes[index] = circuit.or([
        circuit.and([unguarded, first[index]]),
        circuit.and([isDecided, replaced.outcomes[index]]),
      ])
    }
    setNotes(view, considered, relation)
  }

  /// The decision is made, and by nobody who disagrees.
  func isDecided(_ circuit: Circuit) -> Wire {
    circuit.and([!conflict, !gap])
  }

  /// The decision rules agree, or `otherwise` gives the first outcome.
  func isFirstDecided(_ circuit: Circuit) -> Wire {
    circuit.or(first)
  }

  /// Two decisions are not the same: outcome, notes, or whether there is one at all.
  func differs(from other: DecisionCircuit, _ circuit: Circuit) -> Wire {
    var parts = [circuit.differ(conflict, other.conflict), circuit.differ(gap, other.gap)]
    parts += zip(outcomes, other.outcomes).map { circuit.differ($0, $1) }
    parts += zip(notes, other.notes).map { circuit.differ($0, $1) }
    return circuit.or(parts)
  }

  // MARK: - Steps

  /// Who of the rules of one kind wins.
  private mutating func setWinners(
    _ rules: [Int], _ relation: OverrideRelation, _ circuit: Circuit
  ) {
    let isSetAside = relation.isOverridden(byAnyOf: rules, where: { applies[$0] }, circuit)
    for rule in rules { wins[rule] = circuit.and(applies[rule], !isSetAside[rule]) }
  }

  /// By outcome, that winners give it and no others give another; and that they disagree.
  private func agreed(
    _ rules: [Int], isKnown: Bool, _ view: PolicyCircuit
  ) -> (outcomes: [Wire], conflict: Wire) {
    let circuit = view.circuit
    var given = [[Wire]](repeating: [], count: first.count)
    for rule in rules {
      if let outcome = view.consequences[rule].outcome { given[outcome.index].append(wins[rule]) }
    }
    let isGiven = given.map { circuit.or($0) }
    if isKnown { return (isGiven, .no) }
    var before = Wire.no
    var conflicts: [Wire] = []
    for wire in isGiven {
      conflicts.append(circuit.and([before, wire]))
      before = circuit.or([before, wire])
    }
    let conflict = circuit.or(conflicts)
    return (isGiven.map { circuit.and([$0, !conflict]) }, conflict)
  }

  /// The notes of the deciders and of the winning note rules.
  private mutating func setNotes(
    _ view: PolicyCircuit, _ considered: [Int], _ relation: OverrideRelation
  ) {
    let circuit = view.circuit
    let noteRules = considered.filter { view.consequences[$0].kind == .note }
    for rule in noteRules { applies[rule] = view.applies(rule, outcomes) }
    setWinners(noteRules, relation, circuit)
    var givers = [[Wire]](repeating: [], count: notes.count)
    for rule in considered where !view.consequences[rule].notes.isEmpty {
      let consequence = view.consequences[rule]
      let gives =
        consequence.kind == .decision ? circuit.and([wins[rule], unguarded]) : wins[rule]
      for note in consequence.notes { givers[note.index].append(gives) }
    }
    if let standard = view.policy.otherwise {
      for note in standard.notes {
        givers[note.index].append(circuit.and([otherwise, unguarded]))
      }
    }
    let isDecided = isDecided(circuit)
    notes = givers.map { circuit.and([isDecided, circuit.or($0)]) }
  }
}
