import Model
import Syntax

/// The steps of one decision: which outcomes are possible, by whom, and what follows from that.
struct Deliberation {
  /// Who gives the first outcome.
  enum Origin: Hashable {
    case rules, otherwise
  }

  /// How the outcome can come about.
  struct Course: Hashable {
    let origin: Origin
    let firstOutcome: OutcomeID
    /// The outcome that guards put in its place; nil where no guard wins.
    let guardOutcome: OutcomeID?

    var outcome: OutcomeID { guardOutcome ?? firstOutcome }
  }

  let evaluator: Evaluator
  private(set) var reading: Reading
  /// The decision rules.
  let decisionRules: Contest
  /// The guards, for each first outcome that the decision rules leave possible.
  private(set) var guards: [OutcomeID: Contest] = [:]
  /// The note rules, for each outcome that the guards leave possible.
  private(set) var noteRules: [OutcomeID: Contest] = [:]
  /// Every course that is possible.
  private(set) var courses: [Course] = []

  var policy: Policy { evaluator.policy }

  /// Goes through the steps of a decision with one message.
  init(_ message: Message, _ evaluator: Evaluator) {
    self.evaluator = evaluator
    reading = Reading(message, evaluator)
    decisionRules = evaluator.contest(.decision, &reading, outcome: nil)
    for outcome in decisionRules.outcomes {
      addCourses(.rules, outcome)
    }
    if decisionRules.sure.isEmpty, let otherwise = policy.otherwise {
      addCourses(.otherwise, otherwise.outcome)
    }
    for outcome in courses.map(\.outcome) where noteRules[outcome] == nil {
      noteRules[outcome] = evaluator.contest(.note, &reading, outcome: outcome)
    }
  }

  private mutating func addCourses(_ origin: Origin, _ first: OutcomeID) {
    let contest = guards[first] ?? evaluator.contest(.guard, &reading, outcome: first)
    guards[first] = contest
    if contest.sure.isEmpty {
      courses.append(Course(origin: origin, firstOutcome: first, guardOutcome: nil))
    }
    for outcome in contest.outcomes {
      courses.append(Course(origin: origin, firstOutcome: first, guardOutcome: outcome))
    }
  }

  /// What comes of it: a sure decision if every course ends in the same outcome and notes.
  var decision: Result<Decision, Disagreement> {
    if let outcome = courses.first?.outcome, courses.allSatisfy({ $0.outcome == outcome }),
      let notes = constantNotes(outcome)
    {
      return .success(sureDecision(outcome, notes))
    }
    if courses.isEmpty, let disagreement { return .failure(disagreement) }
    return unsureDecision
  }

  // MARK: - Sure decisions

  /// The notes of the decision, if they are the same however the outcome comes about.
  private func constantNotes(_ outcome: OutcomeID) -> Set<NoteID>? {
    let contest = noteRules[outcome]
    let adders = contest?.possibleWinners(outcome: nil) ?? []
    var notes = Set(adders.flatMap { policy[$0].notes })
    for course in courses { notes.formUnion(possibleNotes(of: course)) }
    guard hasDoubts else { return notes }
    let isConstant = notes.allSatisfy { note in
      contest?.canLack(note, outcome: nil) == false || !courses.contains { canLack(note, $0) }
    }
    return isConstant ? notes : nil
  }

  /// The notes that those who decide can bring along.
  private func possibleNotes(of course: Course) -> Set<NoteID> {
    if let outcome = course.guardOutcome {
      let winners = guards[course.firstOutcome]?.possibleWinners(outcome: outcome) ?? []
      return Set(winners.flatMap { policy[$0].notes })
    }
    switch course.origin {
    case .rules:
      let winners = decisionRules.possibleWinners(outcome: course.firstOutcome)
      return Set(winners.flatMap { policy[$0].notes })
    case .otherwise: return Set(policy.otherwise?.notes ?? [])
    }
  }

  /// Whether those who decide can do so without bringing a note along.
  private func canLack(_ note: NoteID, _ course: Course) -> Bool {
    if let outcome = course.guardOutcome {
      return guards[course.firstOutcome]?.canLack(note, outcome: outcome) ?? true
    }
    switch course.origin {
    case .rules: return decisionRules.canLack(note, outcome: course.firstOutcome)
    case .otherwise: return policy.otherwise?.notes.contains(note) != true
    }
  }

  private func sureDecision(_ outcome: OutcomeID, _ notes: Set<NoteID>) -> Decision {
    var winners = Set(noteRules[outcome]?.possibleWinners(outcome: nil) ?? [])
    for course in courses {
      if course.origin == .rules {
        winners.formUnion(decisionRules.possibleWinners(outcome: course.firstOutcome))
      }
      if let replaced = course.guardOutcome, let contest = guards[course.firstOutcome] {
        winners.formUnion(contest.possibleWinners(outcome: replaced))
      }
    }
    return Decision(
      outcome: outcome, notes: notes.sorted(), isSure: true, missing: [],
      winners: winners.sorted(), inDoubt: [],
      madeByOtherwise: courses.contains { $0.origin == .otherwise })
  }

  // MARK: - Doubt and disagreement

  private var hasDoubts: Bool {
    !decisionRules.doubtful.isEmpty || guards.values.contains { !$0.doubtful.isEmpty }
      || noteRules.values.contains { !$0.doubtful.isEmpty }
  }

  /// Why nothing is decided although nothing is in doubt; nil if something is.
  private var disagreement: Disagreement? {
    guard decisionRules.doubtful.isEmpty else { return nil }
    // Without doubt there is at most one first outcome, and its guards then disagree.
    let losers = guards.values.first ?? decisionRules
    guard losers.doubtful.isEmpty else { return nil }
    let winners = losers.sureWinners
    return winners.isEmpty ? .gap : .conflict(winners)
  }

  private var unsureDecision: Result<Decision, Disagreement> {
    guard let whenUnsure = policy.whenUnsure else { return .failure(.gap) }
    var reading = reading
    var missing = MissingFacts()
    for (rule, outcome) in doubts {
      reading.collectMissing(in: evaluator.conditions[rule], outcome: outcome, into: &missing)
    }
    return .success(
      Decision(
        outcome: whenUnsure.outcome, notes: Set(whenUnsure.notes).sorted(), isSure: false,
        missing: missing.facts.sorted(), winners: [], inDoubt: Set(doubts.map(\.rule)).sorted(),
        madeByOtherwise: false))
  }

  /// The rules in doubt, each with the outcome that it looks at: of guards every possible first
  /// outcome, of note rules every possible outcome.
  var doubts: [(rule: RuleID, outcome: OutcomeID?)] {
    var doubts = decisionRules.inDoubt.map { (rule: $0, outcome: OutcomeID?.none) }
    for (outcome, contest) in guards where isPossible(first: outcome) {
      doubts += contest.inDoubt.map { ($0, outcome) }
    }
    for (outcome, contest) in noteRules {
      doubts += contest.inDoubt.map { ($0, outcome) }
    }
    return doubts
  }

  /// Whether a first outcome is possible, the guards considered; if they leave none possible, all
  /// count that the decision rules do.
  func isPossible(first outcome: OutcomeID) -> Bool {
    courses.isEmpty || courses.contains { $0.firstOutcome == outcome }
  }
}
