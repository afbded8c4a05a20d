import Logic
import TestSupport
import Testing

/// What the prover says of circuits agrees with their truth tables.
@Suite struct ProverTests {
  @Test func requiredWiresAreSatisfiableIfTheirTablesAre() {
    var random = SeededRandom(state: 21)
    for _ in 0..<60 {
      var world = World(using: &random)
      for _ in 0..<40 {
        world.prover.begin()
        world.required = world.always
        for _ in 0..<Int.random(in: 0...5, using: &random) { world.require(using: &random) }
        world.expectRightAnswer(using: &random)
        // More may be required after solving.
        world.require(using: &random)
        world.expectRightAnswer(using: &random)
      }
      world.grow(using: &random)
    }
  }

  @Test func implicationsHoldInEveryQuestion() {
    let prover = Prover()
    let atLeast = (0..<50).map { _ in prover.solver.addVariable(phase: false) }
    for (lower, higher) in zip(atLeast, atLeast.dropFirst()) {
      prover.solver.addImplication(Literal(higher), Literal(lower))
    }
    let cuts = atLeast.map(prover.circuit.input)
    for _ in 0..<2 {
      prover.begin()
      prover.require(prover.circuit.and(cuts[40], !cuts[41]))
      #expect(prover.solve() == .satisfiable)
      #expect(prover.solver.value(atLeast[3]) == true)
      #expect(prover.solver.value(atLeast[49]) == false)
      prover.begin()
      prover.require(prover.circuit.and(cuts[40], !cuts[7]))
      #expect(prover.solve() == .contradiction)
      #expect(prover.core.isEmpty)
    }
  }

  @Test func aNegatedAndIsAClauseWithoutGates() {
    let prover = Prover()
    let variables = (0..<4).map { _ in prover.solver.addVariable(phase: true) }
    let inputs = variables.map(prover.circuit.input)
    prover.begin()
    prover.require(!prover.circuit.and(inputs))
    prover.require(!prover.circuit.and(prover.circuit.and(inputs[0], inputs[1]), inputs[2]))
    // The first temporary variable is still to be had.
    #expect(prover.solver.addTemporaryVariable() == Variable(-1))
    #expect(prover.solve() == .satisfiable)
  }

  @Test func theValueTriedFirstIsThePhaseInEveryQuestion() {
    let prover = Prover()
    let yes = prover.solver.addVariable(phase: true)
    let no = prover.solver.addVariable(phase: false)
    let either = prover.circuit.or(prover.circuit.input(yes), prover.circuit.input(no))
    for _ in 0..<2 {
      prover.begin()
      prover.require(either)
      #expect(prover.solve() == .satisfiable)
      #expect(prover.solver.value(yes) == true)
      #expect(prover.solver.value(no) != true)
      prover.begin()
      prover.require(either)
      #expect(prover.solve(assuming: [!Literal(yes)]) == .satisfiable)
      #expect(prover.solver.value(no) == true)
    }
  }

  @Test func aQuestionThatTakesTooMuchMemoryEndsAndTheNextIsAnswered() {
    let prover = Prover()
    var random = SeededRandom(state: 22)
    for _ in 0..<100 { _ = prover.solver.addVariable(phase: false) }
    prover.solver.memoryLimit = 10_000
    prover.begin()
    for _ in 0..<2000 {
      prover.solver.addClause(
        (0..<5).map { _ in Literal(code: Int32.random(in: 0..<200, using: &random)) })
    }
    #expect(prover.solve() == .workLimitReached)
    prover.begin()
    prover.solver.addClause([Literal(code: 0), Literal(code: 2)])
    #expect(prover.solve() == .satisfiable)
  }
}

/// A prover, a circuit built at random in it, and what is required of it.
private struct World {
  let prover = Prover()
  private var built: RandomCircuit
  /// What the implications say.
  private(set) var always: TruthTable
  var required: TruthTable

  init(using random: inout SeededRandom) {
    let count = Int.random(in: 2...8, using: &random)
    for _ in 0..<count { _ = prover.solver.addVariable(phase: Bool.random(using: &random)) }
    built = RandomCircuit(variableCount: count, in: prover.circuit)
    always = TruthTable(true, variableCount: count)
    for lower in 0..<Int32(count - 1) where Int.random(in: 0...3, using: &random) == 0 {
      let (first, second) = (Literal(Variable(lower)), Literal(Variable(lower + 1)))
      prover.solver.addImplication(first, second)
      always =
        always
        & (TruthTable(!first, variableCount: count) | TruthTable(second, variableCount: count))
    }
    required = always
    built.grow(prover.circuit, by: 30, using: &random)
  }

  mutating func grow(using random: inout SeededRandom) {
    built.grow(prover.circuit, by: 10, using: &random)
  }

  mutating func require(using random: inout SeededRandom) {
    let (wire, table) = built.pick(using: &random)
    prover.require(wire)
    required = required & table
  }

  /// Assumes some wires and compares with the tables.
  func expectRightAnswer(using random: inout SeededRandom) {
    let picks = (0..<Int.random(in: 0...3, using: &random)).map { _ in built.pick(using: &random) }
    let assumed = picks.map { prover.literal(for: $0.wire) }
    let all = picks.reduce(required) { $0 & $1.table }
    let answer = prover.solve(assuming: assumed)
    if all.isSatisfiable {
      #expect(answer == .satisfiable)
      let known = values(in: prover.solver, of: built.variableCount)
      let example = known.reduce(always) {
        $0 & TruthTable($1, variableCount: built.variableCount)
      }
      // Whatever the others are, as long as the implications hold.
      #expect(example.isSatisfiable)
      #expect(!(example & !all).isSatisfiable)
    } else {
      #expect(answer == .contradiction)
      let core = prover.core
      #expect(Set(core).isSubset(of: assumed))
      let blamed = zip(picks, assumed).filter { core.contains($0.1) }
      #expect(!blamed.reduce(required) { $0 & $1.0.table }.isSatisfiable)
    }
  }
}
