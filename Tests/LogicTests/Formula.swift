import Logic
import Testing

/// Clauses over few variables, for trying every assignment.
struct Formula {
  let variableCount: Int
  var clauses: [[Literal]] = []

  init(
    variableCount: Int, clauseCount: Int, using random: inout some RandomNumberGenerator
  ) {
    self.variableCount = variableCount
    for _ in 0..<clauseCount {
      // Mostly three literals; sometimes none of them differ.
      let length = [1, 2, 2, 3, 3, 3, 3, 3, 4, 6].randomElement(using: &random) ?? 3
      clauses.append(literals(length, using: &random))
    }
  }

  func literals(_ count: Int, using random: inout some RandomNumberGenerator) -> [Literal] {
    (0..<count).map { _ in
      Literal(code: Int32.random(in: 0..<Int32(2 * variableCount), using: &random))
    }
  }

  func add(to solver: Solver) {
    for clause in clauses { solver.addClause(clause) }
  }

  /// Bit i of `assignment` is the value of variable i.
  func isTrue(_ assignment: Int, assuming assumed: [Literal]) -> Bool {
    func holds(_ literal: Literal) -> Bool {
      (assignment >> Int(literal.variable.index) & 1 == 1) != literal.isNegated
    }
    return assumed.allSatisfy(holds) && clauses.allSatisfy { $0.contains(where: holds) }
  }

  func isSatisfiable(assuming assumed: [Literal]) -> Bool {
    (0..<1 << variableCount).contains { isTrue($0, assuming: assumed) }
  }
}

/// The answer is as by trying everything; the example makes all true; the core is to blame.
func expectRightAnswer(
  _ solver: Solver, _ formula: Formula, assuming assumed: [Literal],
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let answer = solver.solve(assuming: assumed)
  if formula.isSatisfiable(assuming: assumed) {
    #expect(answer == .satisfiable, sourceLocation: sourceLocation)
    // Variables that do not matter: those of clauses that are true anyway, and of implications alone.
    var known: [Literal] = []
    for index in 0..<Int32(formula.variableCount) {
      guard let value = solver.value(Variable(index)) else { continue }
      known.append(Literal(Variable(index), isNegated: !value))
    }
    #expect(
      formula.isSatisfiable(assuming: assumed + known), sourceLocation: sourceLocation)
    for clause in formula.clauses where clause.allSatisfy({ solver.value($0.variable) != nil }) {
      #expect(clause.contains { known.contains($0) }, sourceLocation: sourceLocation)
    }
  } else {
    #expect(answer == .contradiction, sourceLocation: sourceLocation)
    let core = solver.core
    #expect(Set(core).isSubset(of: assumed), sourceLocation: sourceLocation)
    #expect(!formula.isSatisfiable(assuming: core), sourceLocation: sourceLocation)
  }
}

/// More pigeons than holes: a contradiction that is hard to find.
struct Pigeons {
  var clauses: [[Literal]] = []

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
