import Engine
import Logic
import Model
import Syntax

/// What a policy decides on one day about messages that may lack facts, as wires: what `Deliberation` works out
/// of one message, of all.
struct OpenDecision {
  /// By `OutcomeID`: the decision is sure, and this is its outcome.
  let outcomes: [Wire]
  /// By `NoteID`: the decision is sure, and this is among its notes.
  let notes: [Wire]

  /// The circuits of policies that would take more than so many wires are not built.
  static let mostEffort = 40_000_000

  /// Nil if the policy is too large for messages that lack facts. O(outcomes × (rules + overrides)) for
  /// messages that lack none.
  init?(_ truth: TruthCircuit, _ relation: OverrideRelation) {
    let view = truth.view
    guard truth.known.allSatisfy({ $0 == .yes }) else {
      guard ContestCircuit.effort(view.policy, relation) <= OpenDecision.mostEffort else {
        return nil
      }
      let courses = Courses(truth, relation)
      let isSure = courses.isSure
      outcomes = courses.outcomes.map { view.circuit.and($0, isSure) }
      notes = courses.broughtNotes.map { view.circuit.and($0, isSure) }
      return
    }
    let isInForce = view.policy.rules.map { truth.applies($0.id.index, after: nil) != .no }
    let decision = DecisionCircuit(view, relation) { number in
      // What looks at the outcome may apply after some outcome.
      isInForce[number] || view.consequences[number].testsOutcome
    }
    (outcomes, notes) = (decision.outcomes, decision.notes)
  }

  /// Two decisions are not the same: one is sure, or has an outcome or a note, and the other one has not.
  func differs(from other: OpenDecision, _ circuit: Circuit) -> Wire {
    circuit.or(
      zip(outcomes + notes, other.outcomes + other.notes).map { circuit.differ($0, $1) })
  }
}

/// The ways in which a decision can come about, as wires.
private struct Courses {
  /// How the outcome can come about, as `Deliberation.Course`.
  private struct Course {
    let outcome: OutcomeID
    /// It is possible.
    let isOpen: Wire
    let canBring: (NoteID) -> Wire
    let canLack: (NoteID) -> Wire
  }

  private let policy: Policy
  private let circuit: Circuit
  private var courses: [Course] = []
  /// By `OutcomeID`: some course ends in it.
  private var isPossible: [Wire]
  /// By `OutcomeID`, the note rules after it; of outcomes that are possible.
  private var noteRules: [ContestCircuit?]
  /// By `NoteID`: a course or a note rule can bring it, or need not.
  private(set) var broughtNotes: [Wire]
  private var lackedNotes: [Wire]

  init(_ truth: TruthCircuit, _ relation: OverrideRelation) {
    policy = truth.view.policy
    circuit = truth.view.circuit
    isPossible = Array(repeating: .no, count: policy.vocabulary.outcomes.count)
    noteRules = Array(repeating: nil, count: isPossible.count)
    broughtNotes = Array(repeating: .no, count: policy.vocabulary.notes.count)
    lackedNotes = broughtNotes
    addCourses(truth, relation)
    for outcome in policy.vocabulary.outcomes {
      isPossible[outcome.id.index] = circuit.or(
        courses.filter { $0.outcome == outcome.id }.map(\.isOpen))
      if isPossible[outcome.id.index] != .no {
        noteRules[outcome.id.index] = ContestCircuit(.note, after: outcome.id, truth, relation)
      }
    }
    for note in policy.vocabulary.notes { settle(note.id) }
  }

  private mutating func addCourses(_ truth: TruthCircuit, _ relation: OverrideRelation) {
    let decisionRules = ContestCircuit(.decision, after: nil, truth, relation)
    var firsts: [Course] = []
    for outcome in decisionRules.outcomes {
      firsts.append(
        Course(
          outcome: outcome, isOpen: decisionRules.isPossible(outcome),
          canBring: { decisionRules.canBring($0, to: outcome) },
          canLack: { decisionRules.canLack($0, to: outcome) }))
    }
    if let otherwise = policy.otherwise {
      firsts.append(
        Course(
          outcome: otherwise.outcome, isOpen: decisionRules.nobodySurely,
          canBring: { otherwise.notes.contains($0) ? .yes : .no },
          canLack: { otherwise.notes.contains($0) ? .no : .yes }))
    }
    var guardsAfter: [OutcomeID: ContestCircuit] = [:]
    for first in firsts where first.isOpen != .no {
      let guards =
        guardsAfter[first.outcome]
        ?? ContestCircuit(.guard, after: first.outcome, truth, relation)
      guardsAfter[first.outcome] = guards
      courses.append(
        Course(
          outcome: first.outcome, isOpen: circuit.and(first.isOpen, guards.nobodySurely),
          canBring: first.canBring, canLack: first.canLack))
      for outcome in guards.outcomes {
        courses.append(
          Course(
            outcome: outcome, isOpen: circuit.and(first.isOpen, guards.isPossible(outcome)),
            canBring: { guards.canBring($0, to: outcome) },
            canLack: { guards.canLack($0, to: outcome) }))
      }
    }
    courses.removeAll { $0.isOpen == .no }
  }

  /// How a note can be brought, and how it can be missing.
  private mutating func settle(_ note: NoteID) {
    var (brought, lackedByCourses, lackedByRules): ([Wire], [Wire], [Wire]) = ([], [], [])
    for course in courses {
      brought.append(circuit.and(course.isOpen, course.canBring(note)))
      lackedByCourses.append(circuit.and(course.isOpen, course.canLack(note)))
    }
    for (outcome, rules) in zip(isPossible, noteRules) {
      guard let rules else { continue }
      brought.append(circuit.and(outcome, rules.canBring(note, to: nil)))
      lackedByRules.append(circuit.and(outcome, rules.canLack(note, to: nil)))
    }
    broughtNotes[note.index] = circuit.or(brought)
    lackedNotes[note.index] = circuit.and(
      circuit.or(lackedByCourses), circuit.or(lackedByRules))
  }

  /// By `OutcomeID`: it is the only one that is possible.
  var outcomes: [Wire] {
    isPossible.indices.map { index in
      let others = isPossible.indices.filter { $0 != index }
      return circuit.and([isPossible[index]] + others.map { !isPossible[$0] })
    }
  }

  /// One outcome is possible, and every note comes in all ways to it or in none.
  var isSure: Wire {
    let isSettled = zip(broughtNotes, lackedNotes).map { !circuit.and($0, $1) }
    return circuit.and([circuit.or(outcomes)] + isSettled)
  }
}
