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

  // Everything is behind this one property, since a check of its use at every step of the search would
  // cost more than the step. No function of the search calls back, so that none can overlap another.
  @exclusivity(unchecked) private var search = Search()

  package init() {}

  deinit {
    search.free()
  }

  /// Adds a permanent variable, at any time; they are numbered from 0 on. `phase` is tried first.
  package func addVariable(phase: Bool) -> Variable { search.addVariable(phase: phase) }

  /// Says, for good, that if the first is true so is the second.
  package func addImplication(_ condition: Literal, _ consequence: Literal) {
    search.addImplication(condition, consequence)
  }
}

/// Asking a question.
extension Solver {
  /// Forgets the question before: its clauses and what was learnt, temporary variables and values.
  package func beginQuestion() { search.beginQuestion() }

  /// Adds a variable for this question only: a gate. It is never decided on.
  package func addTemporaryVariable() -> Variable { search.addTemporaryVariable() }

  /// Begins a clause, and takes back the decisions of the solving before.
  package func beginClause() { search.beginClause() }

  /// Adds a literal to the clause that was begun.
  package func add(_ literal: Literal) { search.add(literal) }

  /// Ends the clause that was begun; from now on it has to be true.
  package func endClause() { search.endClause() }

  /// Whether the clause that was begun is true already, whatever else is added to it.
  var openClauseIsTrue: Bool { search.openClauseIsTrue }

  /// Adds a clause: one of the literals has to be true.
  package func addClause(_ literals: [Literal]) {
    search.beginClause()
    for literal in literals { search.add(literal) }
    search.endClause()
  }

  /// Says that the literal is true in this question.
  package func assert(_ literal: Literal) {
    search.beginClause()
    search.add(literal)
    search.endClause()
  }

  /// Answers the question as it stands, with the assumptions true besides its clauses.
  ///
  /// Clauses may be added afterwards, and the question solved again.
  package func solve(assuming assumptions: [Literal] = []) -> Answer {
    search.solve(assuming: assumptions)
  }
}

/// What the solver tells.
extension Solver {
  /// The clauses contradict each other, whatever is assumed.
  package var isContradictory: Bool { search.isContradiction }

  /// The assumptions that cannot hold together, after a contradiction; none if it does not need any.
  package var core: [Literal] { search.core }

  /// The variable's value in the example found; nil if it does not matter.
  ///
  /// To be read before the next clause, question or solving. Variables without a value can be given
  /// any that the implications between them allow.
  package func value(_ variable: Variable) -> Bool? {
    let value = search.values[variable.index << 1]
    return value == 0 ? nil : value > 0
  }

  /// Whether a clause or an assumption of this question speaks of a permanent variable.
  package func isMentioned(_ variable: Variable) -> Bool {
    search.flags[variable.index].contains(.isDecidable)
  }

  /// The literal's value if the clauses so far settle it without any assumption.
  package func knownValue(_ literal: Literal) -> Bool? { search.knownValue(literal) }

  /// The work that one question may cost: literals made true, and clauses and literals looked at.
  package var workLimit: Int {
    get { search.workLimit }
    set { search.workLimit = newValue }
  }

  /// A question that nobody wants answered any more ends as if its work had reached the limit.
  package var cancellation: Cancellation? {
    get { search.cancellation }
    set { search.cancellation = newValue }
  }

  /// The bytes that the clauses of one question may take.
  package var memoryLimit: Int {
    get { search.memoryLimit }
    set { search.memoryLimit = newValue }
  }

  /// The work done for this question.
  package var work: Int { search.work }

  /// The work done for all questions so far.
  package var totalWork: Int { search.workBefore + search.work }
}
