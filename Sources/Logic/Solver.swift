/// Decides whether clauses can all be true, by learning from every contradiction it runs into.
///
/// Conflict-driven clause learning after N. Eén, N. Sörensson, "An extensible SAT-solver", 2003 (MiniSat):
/// first unique implication points (J. Marques-Silva, K. Sakallah, "GRASP", 1996), two watched literals
/// and activities (Moskewicz et al., "Chaff", 2001), saved phases (K. Pipatsrisawat, A. Darwiche, 2007),
/// restarts after M. Luby, A. Sinclair, D. Zuckerman, 1993, and learnt clauses kept by the number of
/// levels they speak of (G. Audemard, L. Simon, "Predicting learnt clauses quality", 2009).
///
/// One solver answers many questions. Variables and implications are permanent; clauses, what was learnt
/// from them and temporary variables are of one question, and forgetting them costs no more than making
/// them did. Only permanent variables that a clause or an assumption of the question mentions are ever
/// decided on; all others are left to propagation. The answer is right if
/// - every value of the mentioned permanent variables settles the temporary ones, or leaves them open
///   where either value will do, as definitions of gates do; and
/// - the implications alone do not contradict each other.
package final class Solver {
  /// What came out of a question.
  package enum Answer: Sendable {
    /// All clauses and assumptions can be true; `value` says how.
    case satisfiable
    /// They cannot; `core` says which assumptions are to blame.
    case contradiction
    /// The question was too hard for `workLimit` or `memoryLimit`.
    case workLimitReached
  }

  /// The literals to propagate and watches to visit that one question may cost.
  package var workLimit = Int.max
  /// The bytes that the clauses of one question may take.
  package var memoryLimit = 64 << 20

  // Values and why they are so. Literals are their codes.

  /// Of each literal: 1 if it is true, -1 if it is false, 0 if neither.
  @exclusivity(unchecked) var values = TwoWayRow<Int8>(below: 128, above: 128, blank: 0)
  @exclusivity(unchecked) var assignments = TwoWayRow<Assignment>(
    below: 64, above: 64, blank: Assignment())
  @exclusivity(unchecked) var flags = TwoWayRow<VariableFlags>(below: 64, above: 64, blank: [])
  /// The true literals in the order in which they became true.
  @exclusivity(unchecked) var trail = Row<Int32>(capacity: 128)
  /// How many of them are propagated.
  @exclusivity(unchecked) var propagatedCount = 0
  /// Of each decision the length of the trail before it.
  @exclusivity(unchecked) var levels = Row<Int32>()
  /// Level 0 must be propagated once more, since there are new implications.
  @exclusivity(unchecked) var hasNewImplications = false

  // Clauses.

  /// All clauses of three literals and more, one after the other: a header, then its literals. The first
  /// two are watched. Place 0 is never a clause.
  @exclusivity(unchecked) var arena = Row<Int32>(capacity: 1024)
  /// Places of the clauses that were learnt.
  @exclusivity(unchecked) var learntClauses = Row<Int32>()
  /// Of each literal the clauses to look at once it is false.
  @exclusivity(unchecked) var watchLists = TwoWayRow<ListPlace>(
    below: 128, above: 128, blank: ListPlace())
  @exclusivity(unchecked) var watches = Row<Watch>(capacity: 512)
  /// Of each literal the literals that are true if it is.
  @exclusivity(unchecked) var implicationLists = TwoWayRow<ListPlace>(
    below: 128, above: 128, blank: ListPlace())
  @exclusivity(unchecked) var implications = Row<Int32>(capacity: 256)
  /// The clause that is being added.
  @exclusivity(unchecked) var openClause = Row<Int32>()
  @exclusivity(unchecked) var openClauseIsTrue = false
  /// The literals of the open clause.
  @exclusivity(unchecked) var isInOpenClause = TwoWayRow<Bool>(below: 128, above: 128, blank: false)

  // The question.

  /// The variables of which something is to be forgotten when the question is over.
  @exclusivity(unchecked) var touched = Row<Int32>()
  @exclusivity(unchecked) var order = VariableOrder()
  @exclusivity(unchecked) var assumptions = Row<Int32>()
  @exclusivity(unchecked) var coreLiterals: [Literal] = []
  @exclusivity(unchecked) var isContradiction = false
  /// Clauses were left out because there was no room for them.
  @exclusivity(unchecked) var isOverfull = false
  @exclusivity(unchecked) var workDone = 0
  @exclusivity(unchecked) var workBefore = 0

  // Learning: scratch space, and the clause that came out.

  @exclusivity(unchecked) var conflict = Conflict.none
  @exclusivity(unchecked) var learnt = Row<Int32>()
  @exclusivity(unchecked) var marked = Row<Int32>()
  @exclusivity(unchecked) var pending = Row<Int32>()
  /// Of each level the number of the clause that was measured last with a literal of it.
  @exclusivity(unchecked) var levelMarks = Row<Int32>()
  @exclusivity(unchecked) var levelMark: Int32 = 0
  @exclusivity(unchecked) var conflictsSinceReduction = 0
  @exclusivity(unchecked) var reductions = 0

  @exclusivity(unchecked) private var permanentCount = 0
  @exclusivity(unchecked) private var permanentRoom = 64
  @exclusivity(unchecked) private var temporaryCount = 0
  @exclusivity(unchecked) private var temporaryRoom = 64

  package init() {
    arena.append(0)
  }

  deinit {
    values.free()
    assignments.free()
    flags.free()
    trail.free()
    levels.free()
    arena.free()
    learntClauses.free()
    watchLists.free()
    watches.free()
    implicationLists.free()
    implications.free()
    openClause.free()
    isInOpenClause.free()
    touched.free()
    order.free()
    assumptions.free()
    learnt.free()
    marked.free()
    pending.free()
    levelMarks.free()
  }
}

/// What the solver answers and tells.
extension Solver {
  /// The clauses contradict each other, whatever is assumed.
  package var isContradictory: Bool { isContradiction }

  /// The assumptions that cannot hold together, after a contradiction; none if it does not need any.
  package var core: [Literal] { coreLiterals }

  /// The work done for this question.
  package var work: Int { workDone }

  /// The work done for all questions so far.
  package var totalWork: Int { workBefore + workDone }

  /// The variable's value in the example found; nil if it does not matter.
  ///
  /// To be read before the next clause, question or solving.
  package func value(_ variable: Variable) -> Bool? {
    let value = values[variable.index << 1]
    return value == 0 ? nil : value > 0
  }

  /// The literal's value if the clauses so far settle it without any assumption.
  package func knownValue(_ literal: Literal) -> Bool? {
    let value = values[literal.code]
    guard value != 0, assignments[literal.code >> 1].level == 0 else { return nil }
    return value > 0
  }
}

/// Variables and implications.
extension Solver {
  /// Adds a permanent variable, at any time; they are numbered from 0 on. `phase` is tried first.
  package func addVariable(phase: Bool) -> Variable {
    if permanentCount == permanentRoom {
      permanentRoom *= 2
      makeRoom()
    }
    let variable = Variable(Int32(permanentCount))
    permanentCount += 1
    flags[variable.index] = phase ? [.isTriedTrue] : []
    order.addVariable()
    return variable
  }

  /// Adds a variable for this question only: a gate. It is never decided on.
  package func addTemporaryVariable() -> Variable {
    if temporaryCount == temporaryRoom {
      temporaryRoom *= 2
      makeRoom()
    }
    temporaryCount += 1
    return Variable(Int32(-temporaryCount))
  }

  /// Says, for good, that if the first is true so is the second.
  package func addImplication(_ condition: Literal, _ consequence: Literal) {
    precondition(
      condition.code >= 0 && consequence.code >= 0, "Implications are between permanent variables.")
    guard condition != consequence else { return }
    implications.append(consequence.code, to: implicationLists.zero + Int(condition.code))
    if condition != !consequence {
      implications.append((!condition).code, to: implicationLists.zero + Int((!consequence).code))
    }
    hasNewImplications = true
  }

  /// Forgets the question before: its clauses and what was learnt, temporary variables and values.
  package func beginQuestion() {
    forgetValues()
    for place in 0..<touched.count {
      let variable = touched[place]
      flags[variable].formIntersection([.isTriedTrue])
      watchLists[variable << 1] = ListPlace()
      watchLists[variable << 1 | 1] = ListPlace()
    }
    touched.truncate(to: 0)
    watches.truncate(to: 0)
    arena.truncate(to: 1)
    learntClauses.truncate(to: 0)
    order.removeAll()
    temporaryCount = 0
    coreLiterals = []
    isContradiction = false
    isOverfull = false
    workBefore += workDone
    workDone = 0
    conflictsSinceReduction = 0
    reductions = 0
  }

  private func makeRoom() {
    values.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    watchLists.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    implicationLists.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    isInOpenClause.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    assignments.grow(below: temporaryRoom, above: permanentRoom)
    flags.grow(below: temporaryRoom, above: permanentRoom)
    // A trail never holds more than all variables.
    trail.reserve(temporaryRoom + permanentRoom)
  }
}
