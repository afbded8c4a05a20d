import Engine
import Logic
import Model
import Syntax

/// The rules of one kind that apply or may apply, as wires: what `Contest` finds out of one message, of all.
///
/// Each question is about one way in which the rules in doubt apply or not, the one that settles it, for the
/// reasons that `Contest` gives.
struct ContestCircuit {
  private let view: PolicyCircuit
  private let relation: OverrideRelation
  private let circuit: Circuit
  /// The rules that apply to some message, by their numbers.
  private let rules: [Int]
  /// By number, of these rules.
  private let truths: [Int: TruthWires]
  private let isCertain: Bool
  /// By number: a rule that surely applies overrides it.
  private let isSetAside: [Wire]

  /// The rules of a kind, where they look at this outcome.
  init(
    _ kind: Rule.Kind, after outcome: OutcomeID?, _ truth: TruthCircuit,
    _ relation: OverrideRelation
  ) {
    (view, self.relation) = (truth.view, relation)
    circuit = view.circuit
    var truths: [Int: TruthWires] = [:]
    for number in view.policy.rules.indices where view.consequences[number].kind == kind {
      let applies = truth.applies(number, after: outcome)
      if applies.notNo != .no { truths[number] = applies }
    }
    self.truths = truths
    rules = truths.keys.sorted()
    isCertain = truths.values.allSatisfy(\.isCertain)
    isSetAside = relation.isOverridden(
      byAnyOf: rules, where: { truths[$0]?.yes ?? .no }, circuit)
  }

  private func truth(_ rule: Int) -> TruthWires { truths[rule] ?? .no }
  private func outcome(of rule: Int) -> OutcomeID? { view.consequences[rule].outcome }

  /// No rule surely applies.
  var nobodySurely: Wire { circuit.and(rules.map { !truth($0).yes }) }

  /// The outcomes that the rules give.
  var outcomes: [OutcomeID] { Set(rules.compactMap(outcome)).sorted() }

  /// The notes that the rules bring.
  var notes: Set<NoteID> { Set(rules.flatMap { view.consequences[$0].notes }) }

  /// An outcome comes out in some way.
  func isPossible(_ outcome: OutcomeID) -> Wire {
    let (applies, agree) = way(to: outcome) { _ in true }
    return circuit.and(
      circuit.or(rules.filter { self.outcome(of: $0) == outcome }.map(applies)), agree)
  }

  /// The way in which those doubtful rules apply that give the outcome and are let in: who applies in it, and
  /// that all winners give the outcome.
  private func way(
    to outcome: OutcomeID?, letting isLetIn: (Int) -> Bool
  ) -> (applies: (Int) -> Wire, agree: Wire) {
    var applying: [Int: Wire] = [:]
    for rule in rules {
      let isOpen = self.outcome(of: rule) == outcome && isLetIn(rule)
      applying[rule] = isOpen ? truth(rule).notNo : truth(rule).yes
    }
    let applies = { [applying] rule in applying[rule] ?? Wire.no }
    let others = rules.filter { self.outcome(of: $0) != outcome }
    guard !others.isEmpty else { return (applies, .yes) }
    let isSetAside =
      isCertain
      ? isSetAside : relation.isOverridden(byAnyOf: rules, where: applies, circuit)
    return (applies, circuit.and(others.map { !circuit.and(applies($0), !isSetAside[$0]) }))
  }

  // MARK: - Notes

  /// A note is brought by a winner, in some way to the outcome; of an outcome that is possible.
  func canBring(_ note: NoteID, to outcome: OutcomeID?) -> Wire {
    circuit.or(
      rules.filter {
        self.outcome(of: $0) == outcome && view.consequences[$0].notes.contains(note)
      }
      .map { canWin($0, outcome) })
  }

  private func canWin(_ rule: Int, _ outcome: OutcomeID?) -> Wire {
    let mayWin = circuit.and(truth(rule).notNo, !isSetAside[rule])
    // Rules without an outcome never disagree.
    guard !isCertain, outcome != nil, mayWin != .no else { return mayWin }
    let isAbove = relation.overriding(RuleID(rule))
    let contested = rules.contains {
      isAbove[$0] && self.outcome(of: $0) == outcome && !truth($0).isCertain
    }
    guard contested else { return mayWin }
    return circuit.and(mayWin, way(to: outcome) { !isAbove[$0] }.agree)
  }

  /// No winner brings a note, in some way to the outcome; of an outcome that is possible.
  func canLack(_ note: NoteID, to outcome: OutcomeID?) -> Wire {
    func brings(_ rule: Int) -> Bool { view.consequences[rule].notes.contains(note) }
    guard rules.contains(where: brings) else { return .yes }
    var applying: [Int: Wire] = [:]
    for rule in rules {
      let isOpen = self.outcome(of: rule) == outcome && !brings(rule)
      applying[rule] = isOpen ? truth(rule).notNo : truth(rule).yes
    }
    let applies = { [applying] rule in applying[rule] ?? Wire.no }
    let isSetAside = relation.isOverridden(byAnyOf: rules, where: applies, circuit)
    let spoilers = rules.filter { self.outcome(of: $0) != outcome || brings($0) }
    let isUnspoilt = circuit.and(spoilers.map { !circuit.and(applies($0), !isSetAside[$0]) })
    guard outcome != nil else { return isUnspoilt }
    return circuit.and(isUnspoilt, circuit.or(rules.map(applies)))
  }

  /// Roughly how many wires the questions about one policy look at.
  static func effort(_ policy: Policy, _ relation: OverrideRelation) -> Int {
    let outcomes = Set(policy.rules.filter { $0.kind == .decision }.compactMap(\.outcome)).count
    let bringers = policy.rules.count { $0.kind != .note && !$0.notes.isEmpty }
    let guards = policy.rules.count { $0.kind == .guard }
    let steps =
      outcomes * (1 + min(guards, outcomes)) + bringers + 2 * policy.vocabulary.notes.count
    return steps * (relation.nodeCount + policy.rules.count)
  }
}
