import Logic
import Testing

/// Clauses over few variables, and what they are for every assignment.
struct Formula {
  let variableCount: Int
  private(set) var clauses: [[Literal]] = []
  private(set) var table: TruthTable

  init(variableCount: Int) {
    self.variableCount = variableCount
    table = TruthTable(true, variableCount: variableCount)
  }

  init(
    variableCount: Int, clauseCount: Int, using random: inout some RandomNumberGenerator
  ) {
    self.init(variableCount: variableCount)
    for _ in 0..<clauseCount {
      // Mostly three literals, which may be the same or each other's negation.
      let length = [1, 2, 2, 3, 3, 3, 3, 3, 4, 6].randomElement(using: &random) ?? 3
      add(literals(length, using: &random))
    }
  }

  func literals(_ count: Int, using random: inout some RandomNumberGenerator) -> [Literal] {
    (0..<count).map { _ in
      Literal(code: Int32.random(in: 0..<Int32(2 * variableCount), using: &random))
    }
  }

  mutating func add(_ clause: [Literal]) {
    clauses.append(clause)
    table =
      table
      & clause.reduce(TruthTable(false, variableCount: variableCount)) {
        $0 | TruthTable($1, variableCount: variableCount)
      }
  }

  func add(to solver: Solver) {
    for clause in clauses { solver.addClause(clause) }
  }

  func isSatisfiable(assuming assumed: [Literal]) -> Bool {
    assumed.reduce(table) { $0 & TruthTable($1, variableCount: variableCount) }.isSatisfiable
  }
}

/// The answer is as by trying everything; the example makes all true; the core is to blame.
func expectRightAnswer(
  _ solver: Solver, _ formula: Formula, assuming assumed: [Literal],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let answer = solver.solve(assuming: assumed)
  guard formula.isSatisfiable(assuming: assumed) else {
    #expect(answer == .contradiction, sourceLocation: sourceLocation)
    let core = solver.core
    #expect(Set(core).isSubset(of: assumed), sourceLocation: sourceLocation)
    #expect(!formula.isSatisfiable(assuming: core), sourceLocation: sourceLocation)
    return
  }
  #expect(answer == .satisfiable, sourceLocation: sourceLocation)
  let known = values(in: solver, of: formula.variableCount)
  #expect(Set(assumed).isSubset(of: known), sourceLocation: sourceLocation)
  #expect(formula.isSatisfiable(assuming: known), sourceLocation: sourceLocation)
}

/// The literals over the first so many variables that are true in the example found.
func values(in solver: Solver, of variableCount: Int) -> [Literal] {
  (0..<Int32(variableCount)).compactMap { index in
    solver.value(Variable(index)).map { Literal(Variable(index), isNegated: !$0) }
  }
}

/// More pigeons than holes: a contradiction that is hard to find.
struct Pigeons {
  private var clauses: [[Literal]] = []

  init(pigeons: Int, holes: Int, in solver: Solver) {
    let sits = (0..<pigeons).map { _ in
      (0..<holes).map { _ in Literal(solver.addVariable(phase: true)) }
    }
    clauses += sits
    for hole in 0..<holes {
      for first in 0..<pigeons {
        for second in 0..<first { clauses.append([!sits[first][hole], !sits[second][hole]]) }
      }
    }
  }

  func add(to solver: Solver) {
    for clause in clauses { solver.addClause(clause) }
  }
}
