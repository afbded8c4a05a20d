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

  enum Answer {
    case found(MessageClasses.Witness)
    /// No message on any day is like that.
    case none
    /// The bound on work was reached.
    case notProved
  }

  init(_ classes: MessageClasses, _ circuit: Circuit, workLimit: Int) {
    (self.classes, self.circuit) = (classes, circuit)
    prover = Prover(circuit: circuit)
    self.workLimit = workLimit
    prover.solver.workLimit = workLimit
    for property in classes.properties {
      _ = prover.solver.addVariable(phase: property.isUsual)
    }
    for _ in 0..<classes.placeCount { _ = prover.solver.addVariable(phase: false) }
    for (first, second) in classes.implications { prover.solver.addImplication(first, second) }
  }

  /// A variable of a place's own, which no test looks at: that a message has to give the fact.
  func given(_ place: MessageClasses.Place) -> Variable {
    Variable(Int32(classes.properties.count + place.index))
  }

  /// A message for which all of these wires are on; `share` of the bound on work may go into it.
  func message(where wires: [Wire], share: Int = 1) -> Answer {
    begin(where: wires, share: share)
    return next()
  }

  /// Begins a question; `next` answers it, as often as something was added to it.
  func begin(where wires: some Sequence<Wire>, share: Int = 1) {
    prover.solver.workLimit = workLimit / share
    prover.begin()
    for wire in wires { prover.require(wire) }
  }

  /// A message for what is asked since the last beginning.
  func next(assuming assumptions: [Literal] = []) -> Answer {
    while true {
      addDateClauses()
      switch prover.solve(assuming: assumptions) {
      case .contradiction: return .none
      case .workLimitReached: return .notProved
      case .satisfiable: break
      }
      switch classes.witness({ [solver = prover.solver] in solver.value($0) }) {
      case .found(let witness): return .found(witness)
      case .impossible(let clause): prover.solver.addClause(clause)
      }
    }
  }

  /// The clauses that tie dates to today, as far as the question speaks of them.
  private func addDateClauses() {
    for clauses in classes.clauses {
      for clause in clauses {
        let isAsked = clause.allSatisfy { literal in
          let index = Int(literal.variable.index)
          return classes.placeOfVariable[index] == nil
            || prover.solver.isMentioned(literal.variable)
        }
        if isAsked { prover.solver.addClause(clause) }
      }
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
