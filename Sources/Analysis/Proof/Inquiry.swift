import Classes
import Logic
import Model
import Values

/// Asks whether there is a message, on a day, for which some wires of a circuit are on.
///
/// The question goes to a solver of Boolean formulas; what it finds is made a message, and where no
/// message is like that (no text matches so, no day lies so) the solver is told and goes on. It is told
/// only true things, so that "there is none" is exact; and a message is a message.
/// Source of the idea: lazy satisfiability modulo theories (L. de Moura, H. Rueß, 2002).
final class Inquiry {
  let classes: MessageClasses
  let circuit: Circuit
  let prover: Prover
  private let workLimit: Int
  private let dateClauses: [[Literal]]
  /// By clause, the question that it was last added to.
  private var questionOfClause: [Int]
  private var question = 0
  /// The steps that are left for all questions together.
  private var budget: Int

  enum Answer {
    case found(MessageClasses.Witness)
    /// No message on any day is like that.
    case none
    /// The bound on work was reached.
    case notProved
  }

  init(
    _ classes: MessageClasses, _ circuit: Circuit, workLimit: Int,
    _ cancellation: Cancellation? = nil
  ) {
    (self.classes, self.circuit) = (classes, circuit)
    prover = Prover(circuit: circuit)
    self.workLimit = workLimit
    budget = Inquiry.budget(workLimit)
    dateClauses = Array(classes.clauses.joined())
    questionOfClause = Array(repeating: 0, count: dateClauses.count)
    prover.solver.workLimit = workLimit
    prover.solver.cancellation = cancellation
    for property in classes.properties {
      _ = prover.solver.addVariable(phase: property.isUsual)
    }
    for _ in 0..<classes.placeCount { _ = prover.solver.addVariable(phase: false) }
    for (first, second) in classes.implications { prover.solver.addImplication(first, second) }
  }

  /// All questions together may take as much as so many hard ones; after that only easy ones are answered.
  private static func budget(_ workLimit: Int) -> Int {
    workLimit.multipliedReportingOverflow(by: 4).overflow ? .max : workLimit * 4
  }

  /// A variable of a place's own, which no test looks at: that a message has to give the fact.
  func given(_ place: MessageClasses.Place) -> Variable {
    Inquiry.given(place, classes)
  }

  /// The same variable, whoever asks.
  static func given(_ place: MessageClasses.Place, _ classes: MessageClasses) -> Variable {
    Variable(Int32(classes.properties.count + place.index))
  }

  /// A message for which all of these wires are on; `share` of the bound on work may go into it.
  func message(where wires: [Wire], share: Int = 1) -> Answer {
    begin(where: wires, share: share)
    return next()
  }

  /// Begins a question; `next` answers it, as often as something was added to it.
  func begin(where wires: some Sequence<Wire>, share: Int = 1) {
    budget = max(0, budget - prover.solver.work)
    question += 1
    prover.solver.workLimit = min(workLimit / share, max(budget, workLimit / 10_000))
    prover.begin()
    for wire in wires { prover.require(wire) }
  }

  /// Whether there is a message for which all of these wires are on; nil if the bound was reached.
  func isPossible(_ wires: [Wire], share: Int = 1) -> Bool? {
    begin(where: wires, share: share)
    return solve(assuming: [])
  }

  /// A message for what is asked since the last beginning.
  func next(assuming assumptions: [Literal] = []) -> Answer {
    switch solve(assuming: assumptions) {
    case false?: return .none
    case nil: return .notProved
    case true?:
      guard case .found(let witness) = classes.witness(value) else {
        preconditionFailure("what is possible can be shown")
      }
      return .found(witness)
    }
  }

  /// A message for what is asked since the last beginning, as if nothing had been done for it yet; at
  /// most so much work may go into it.
  func nextAfresh(assuming assumptions: [Literal] = [], atMost work: Int = .max) -> Answer {
    let done = prover.solver.work
    let most = min(work, workLimit, max(budget - done, workLimit / 10_000))
    prover.solver.workLimit = done + most
    return next(assuming: assumptions)
  }

  /// Goes on until the solver's example is a message.
  private func solve(assuming assumptions: [Literal]) -> Bool? {
    while true {
      addDateClauses()
      switch prover.solve(assuming: assumptions) {
      case .contradiction: return false
      case .workLimitReached: return nil
      case .satisfiable: break
      }
      guard let clause = classes.impossibility(value) else { return true }
      prover.solver.addClause(clause)
    }
  }

  private func value(_ variable: Variable) -> Bool? { prover.solver.value(variable) }

  /// The clauses that tie dates to today, as far as the question speaks of them.
  private func addDateClauses() {
    for (index, clause) in dateClauses.enumerated() where questionOfClause[index] != question {
      let isAsked = clause.allSatisfy { literal in
        classes.placeOfVariable[Int(literal.variable.index)] == nil
          || prover.solver.isMentioned(literal.variable)
      }
      guard isAsked else { continue }
      questionOfClause[index] = question
      prover.solver.addClause(clause)
    }
  }
}

extension Property {
  /// Whether it is tried first that a message has it: nothing is recorded, sets are empty, numbers are
  /// small.
  fileprivate var isUsual: Bool {
    switch self {
    case .todayIsWorkingDay: true
    case .todayIsFrom(let day): day <= .usual
    case .isRecorded, .isOneOf, .holds, .isTrue, .isAtLeast, .isFrom, .matches, .isNoLater,
      .outcomeIs:
      false
    }
  }
}
