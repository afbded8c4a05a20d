import Logic
import TestSupport
import Testing

/// The solver agrees with trying every assignment.
@Suite struct SolverTests {
  @Test func randomQuestionsAreAnsweredAsByTryingEverything() {
    var random = SeededRandom(state: 1)
    for _ in 0..<3000 {
      let count = Int.random(in: 1...9, using: &random)
      let solver = Solver()
      for _ in 0..<count { _ = solver.addVariable(phase: Bool.random(using: &random)) }
      let formula = Formula(
        variableCount: count, clauseCount: Int.random(in: 0...6 * count, using: &random),
        using: &random)
      solver.beginQuestion()
      formula.add(to: solver)
      expectRightAnswer(solver, formula, assuming: [])
    }
  }

  @Test func manyQuestionsOnOneSolverDoNotDisturbEachOther() {
    var random = SeededRandom(state: 2)
    let solver = Solver()
    var count = 0
    var implications: [[Literal]] = []
    for round in 0..<3000 {
      if count < 3 || round.isMultiple(of: 400) && count < 10 {
        #expect(Int(solver.addVariable(phase: Bool.random(using: &random)).index) == count)
        count += 1
      }
      if round.isMultiple(of: 300) && count > 2 {
        // Only ever from a lower to a higher variable, unnegated: these never contradict each other.
        let lower = Int32.random(in: 0..<Int32(count) - 1, using: &random)
        let higher = Int32.random(in: lower + 1..<Int32(count), using: &random)
        solver.addImplication(Literal(Variable(lower)), Literal(Variable(higher)))
        implications.append([!Literal(Variable(lower)), Literal(Variable(higher))])
      }
      var formula = Formula(
        variableCount: count, clauseCount: Int.random(in: 0...5 * count, using: &random),
        using: &random)
      solver.beginQuestion()
      formula.add(to: solver)
      for implication in implications { formula.add(implication) }
      let assumed = formula.literals(Int.random(in: 0...4, using: &random), using: &random)
      expectRightAnswer(solver, formula, assuming: assumed)
    }
  }

  @Test func clausesMayBeAddedAfterSolving() {
    var random = SeededRandom(state: 3)
    let solver = Solver()
    for _ in 0..<10 { _ = solver.addVariable(phase: false) }
    for _ in 0..<200 {
      solver.beginQuestion()
      var formula = Formula(variableCount: 10)
      for _ in 0..<8 {
        let more = Formula(variableCount: 10, clauseCount: 8, using: &random)
        more.add(to: solver)
        for clause in more.clauses { formula.add(clause) }
        expectRightAnswer(solver, formula, assuming: formula.literals(3, using: &random))
        expectRightAnswer(solver, formula, assuming: [])
      }
    }
  }

  @Test func implicationsAddedWithinAQuestionHoldAtOnce() {
    let solver = Solver()
    let literals = (0..<3).map { _ in Literal(solver.addVariable(phase: false)) }
    solver.beginQuestion()
    solver.assert(literals[0])
    #expect(solver.solve() == .satisfiable)
    solver.addImplication(literals[0], literals[1])
    #expect(solver.value(literals[0].variable) == true)
    #expect(solver.solve() == .satisfiable)
    #expect(solver.value(literals[1].variable) == true)
    let late = Literal(solver.addVariable(phase: false))
    solver.addImplication(literals[1], late)
    solver.addImplication(late, literals[2])
    #expect(solver.solve(assuming: [!literals[2]]) == .contradiction)
    #expect(solver.core == [!literals[2]])
    #expect(solver.solve() == .satisfiable)
  }

  @Test func pigeonsDoNotFitIntoFewerHoles() {
    let solver = Solver()
    let pigeons = Pigeons(pigeons: 7, holes: 6, in: solver)
    solver.beginQuestion()
    pigeons.add(to: solver)
    #expect(solver.solve() == .contradiction)
    #expect(solver.core.isEmpty)
    #expect(solver.isContradictory)
  }

  @Test func afterTheWorkLimitTheNextQuestionIsAnsweredRightly() {
    let solver = Solver()
    let pigeons = Pigeons(pigeons: 11, holes: 10, in: solver)
    solver.workLimit = 100_000
    for _ in 0..<3 {
      solver.beginQuestion()
      pigeons.add(to: solver)
      #expect(solver.solve() == .workLimitReached)
      #expect(solver.solve() == .workLimitReached)
      #expect(solver.work > 100_000)
    }
    #expect(solver.totalWork > 300_000)
    var random = SeededRandom(state: 4)
    for _ in 0..<200 {
      let formula = Formula(variableCount: 10, clauseCount: 42, using: &random)
      solver.beginQuestion()
      formula.add(to: solver)
      expectRightAnswer(solver, formula, assuming: formula.literals(2, using: &random))
    }
  }

  @Test func forgettingWhatWasLearntChangesNoAnswer() {
    var random = SeededRandom(state: 5)
    let (roomy, narrow) = (Solver(), Solver())
    for _ in 0..<110 {
      _ = roomy.addVariable(phase: false)
      _ = narrow.addVariable(phase: false)
    }
    // So little room that there is a reduction after every few hundred conflicts.
    narrow.memoryLimit = 120_000
    var contradictions = 0
    for _ in 0..<12 {
      let clauses = (0..<470).map { _ in
        (0..<3).map { _ in Literal(code: Int32.random(in: 0..<220, using: &random)) }
      }
      roomy.beginQuestion()
      narrow.beginQuestion()
      for clause in clauses {
        roomy.addClause(clause)
        narrow.addClause(clause)
      }
      let answer = roomy.solve()
      #expect(answer == narrow.solve())
      guard answer == .satisfiable else {
        contradictions += 1
        continue
      }
      for solver in [roomy, narrow] {
        for clause in clauses {
          #expect(clause.contains { solver.value($0.variable) == !$0.isNegated })
        }
      }
    }
    #expect(0 < contradictions && contradictions < 12)
  }
}
