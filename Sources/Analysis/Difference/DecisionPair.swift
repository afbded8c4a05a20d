import Classes
import Engine
import Logic
import Model
import Syntax

/// What two policies decide about the messages of a site, as circuits.
struct DecisionPair {
  let old: DecisionCircuit
  let new: DecisionCircuit
  let comparison: PolicyComparison
  /// What is asked of a message in every question: that it is of the site.
  let wire: Wire
  /// The same, without a look at who overrides whom.
  let siteWire: Wire
  /// Whether it is about messages to which a rule of the new policy surely applies.
  private let isNewSure: Bool

  var circuit: Circuit { comparison.circuit }

  /// All rules of both policies, for all messages.
  init(_ comparison: PolicyComparison) {
    self.comparison = comparison
    (wire, siteWire, isNewSure) = (.yes, .yes, false)
    old = DecisionCircuit(comparison.old.view, comparison.old.relation)
    new = DecisionCircuit(comparison.new.view, comparison.new.relation)
  }

  /// The rules that matter for the messages of one site.
  init(_ comparison: PolicyComparison, _ site: DifferenceSite, _ boxes: SiteBoxes) {
    self.comparison = comparison
    siteWire = site.wire
    isNewSure = !site.sure.new.isEmpty
    let box = boxes.boxes.box(around: site.wire)
    func circuit(_ side: ComparedPolicy, _ sure: [RuleID], _ boxes: [Box]) -> DecisionCircuit {
      let isBelow = sure.isEmpty ? [] : side.relation.overridden(by: sure)
      return DecisionCircuit(side.view, side.relation) { rule in
        if site.hasNoDecisionRules, side.view.consequences[rule].kind == .decision { return false }
        return (isBelow.isEmpty || !isBelow[rule]) && boxes[rule].meets(box)
      }
    }
    old = circuit(comparison.old, site.sure.old, boxes.old)
    new = circuit(comparison.new, site.sure.new, boxes.new)
    var wins: [Wire] = []
    if let rule = site.rules.old { wins.append(old.wins[rule.index]) }
    if let rule = site.rules.new { wins.append(new.wins[rule.index]) }
    let isAny = wins.isEmpty ? .yes : comparison.circuit.or(wins)
    wire = comparison.circuit.and(site.wire, isAny)
  }

  /// When the two decisions are not the same.
  var differs: Wire { old.differs(from: new, circuit) }

  // MARK: - Kinds of differences

  /// When the decisions differ in this way; `named` are the changes of notes that have groups of their
  /// own.
  func wire(_ change: DecisionChange, besides named: [DecisionChange]) -> Wire {
    switch change {
    case .result(let was, let now):
      return circuit.and(wire(was, old), wire(now, new))
    case .otherNotes:
      let others = named.map { !wire($0, besides: []) }
      return circuit.and(
        [
          staysSame,
          circuit.or(zip(old.notes, new.notes).map { circuit.differ($0, $1) }),
        ] + others)
    case .notes(let lost, let gained):
      let notes = old.notes.indices.map { index -> Wire in
        let (was, now) = (old.notes[index], new.notes[index])
        if lost.contains(NoteID(index)) { return circuit.and(was, !now) }
        if gained.contains(NoteID(index)) { return circuit.and(!was, now) }
        return circuit.equal(was, now)
      }
      return circuit.and([staysSame] + notes)
    }
  }

  /// When there is one outcome, in both policies.
  private var staysSame: Wire {
    circuit.or(zip(old.outcomes, new.outcomes).map { circuit.and($0, $1) })
  }

  private func wire(_ result: DecisionResult, _ decision: DecisionCircuit) -> Wire {
    switch result {
    case .decided(let outcome): decision.outcomes[outcome.index]
    case .conflict: decision.conflict
    case .gap: decision.gap
    }
  }

  /// How the decisions about a message differ, by the values of its properties; nil if they do not.
  func change(_ values: [Bool]) -> DecisionChange? {
    func isOn(_ wire: Wire) -> Bool {
      circuit.value(of: wire) { Int($0.index) < values.count && values[Int($0.index)] }
    }
    func result(_ decision: DecisionCircuit) -> DecisionResult {
      if isOn(decision.conflict) { return .conflict }
      let outcome = decision.outcomes.firstIndex(where: isOn)
      return outcome.map { .decided(OutcomeID($0)) } ?? .gap
    }
    func notes(_ decision: DecisionCircuit) -> Set<NoteID> {
      Set(decision.notes.indices.filter { isOn(decision.notes[$0]) }.map { NoteID($0) })
    }
    return DecisionChange(
      (result(old), notes(old)), (result(new), notes(new)))
  }

  /// Cases of which every message of the site is one: who wins first in one of the policies, of which
  /// the site does not say so.
  var cases: [Wire] {
    let (decision, view) =
      isNewSure ? (old, comparison.old.view) : (new, comparison.new.view)
    let deciders = view.consequences.indices.filter { view.consequences[$0].kind == .decision }
    let wins = deciders.map { decision.wins[$0] }.filter { $0 != .no }
    return wins + [circuit.and(deciders.map { !decision.applies[$0] })]
  }

  // MARK: - Who decides

  /// The rules that decide in one of the policies, each with when it does: those that bring the
  /// outcome or, where that stays, those that bring a note.
  func deciders(
    _ decision: DecisionCircuit, _ policy: Policy, _ change: DecisionChange, isOld: Bool
  )
    -> [(decider: DecisionMaker, wire: Wire)]
  {
    var deciders: [(DecisionMaker, Wire)] = []
    switch change {
    case .otherNotes: return []
    case .result(let was, let now):
      // Rules that disagree are not looked at by guards.
      let isFirst = decision.isFirstDecided(circuit)
      let isConflict = (isOld ? was : now) == .conflict
      for rule in policy.rules where rule.kind != .note {
        let wins = decision.wins[rule.id.index]
        let counts =
          rule.kind == .guard ? isFirst : isConflict ? !isFirst : decision.unguarded
        let wire = circuit.and(wins, counts)
        if wire != .no { deciders.append((.rule(rule.id), wire)) }
      }
      if policy.otherwise != nil {
        deciders.append((.otherwise, circuit.and(decision.otherwise, decision.unguarded)))
      }
    case .notes(let lost, let gained):
      let notes = isOld ? lost : gained
      guard !notes.isEmpty else { return [] }
      for rule in policy.rules where rule.notes.contains(where: notes.contains) {
        let wins = decision.wins[rule.id.index]
        let wire =
          rule.kind == .decision ? circuit.and(wins, decision.unguarded) : wins
        if wire != .no { deciders.append((.rule(rule.id), wire)) }
      }
      if let otherwise = policy.otherwise, otherwise.notes.contains(where: notes.contains) {
        deciders.append((.otherwise, circuit.and(decision.otherwise, decision.unguarded)))
      }
    }
    return deciders
  }
}

/// Boxes around the rules of both policies.
struct SiteBoxes {
  let boxes: Boxes
  /// By `RuleID`.
  let old: [Box]
  let new: [Box]

  /// A policy, of which the boxes are at hand, and a variant of it.
  init(_ variant: PolicyVariant, _ comparison: PolicyComparison, of base: SiteBoxes) {
    (boxes, old) = (base.boxes, base.old)
    var new = base.old
    for rule in variant.rules {
      new[rule.index] = boxes.box(around: comparison.new.conditions[rule.index])
    }
    self.new = new
  }

  /// A policy alone.
  init(_ boxes: Boxes, _ policy: ComparedPolicy) {
    self.boxes = boxes
    old = policy.conditions.map { boxes.box(around: $0) }
    new = old
  }

  init(_ comparison: PolicyComparison) {
    let boxes = Boxes(ClassAxes(comparison.classes), comparison.circuit)
    self.boxes = boxes
    old = comparison.old.conditions.map { boxes.box(around: $0) }
    new = comparison.new.conditions.map { boxes.box(around: $0) }
  }
}
