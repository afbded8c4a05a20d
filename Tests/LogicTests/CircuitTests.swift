import Logic
import TestSupport
import Testing

/// Circuits say what they are built to say.
@Suite struct CircuitTests {
  @Test func randomCircuitsHaveTheValuesOfTheirTruthTables() {
    var random = SeededRandom(state: 11)
    for _ in 0..<100 {
      let circuit = Circuit()
      let count = Int.random(in: 1...7, using: &random)
      var built = RandomCircuit(variableCount: count, in: circuit)
      built.grow(circuit, by: 40, using: &random)
      for _ in 0..<10 {
        let assignment = Int.random(in: 0..<1 << count, using: &random)
        let values = circuit.values(of: built.wires) { assignment >> Int($0.index) & 1 == 1 }
        #expect(values == built.tables.map { $0.isTrue(assignment) })
        let (wire, table) = built.pick(using: &random)
        let value = circuit.value(of: wire) { assignment >> Int($0.index) & 1 == 1 }
        #expect(value == table.isTrue(assignment))
      }
    }
  }

  @Test func whatIsBuiltTwiceIsThereOnce() {
    let circuit = Circuit()
    let inputs = (0..<200).map { circuit.input(Variable($0)) }
    for round in 0..<2 {
      var wires: [Wire] = []
      for place in 0..<199 {
        wires.append(circuit.and(inputs[place], !inputs[place + 1]))
        wires.append(circuit.differ(inputs[place], inputs[place + 1]))
      }
      wires.append(circuit.or(wires))
      wires.append(circuit.or(wires.reversed()))
      // Inputs and true, an "and" and two more of each pair ("differ" has that "and" in it), and two.
      #expect(circuit.gateCount == 201 + 199 * 4 + 2, "round \(round)")
    }
    #expect(circuit.input(Variable(7)) == inputs[7])
  }

  @Test func constantsAndRepetitionsAreLeftOut() {
    let circuit = Circuit()
    let (a, b) = (circuit.input(Variable(0)), circuit.input(Variable(1)))
    #expect(circuit.and([]) == .yes)
    #expect(circuit.or([]) == .no)
    #expect(circuit.and([a, .yes, a]) == a)
    #expect(circuit.and([a, b, .no]) == .no)
    #expect(circuit.and([a, b, !a]) == .no)
    #expect(circuit.or([a, b, !a]) == .yes)
    #expect(circuit.and([a, b, a]) == circuit.and(b, a))
    #expect(circuit.implies(a, a) == .yes)
    #expect(circuit.equal(a, .yes) == a)
    #expect(circuit.equal(a, .no) == !a)
    #expect(circuit.differ(a, !a) == .yes)
    #expect(circuit.differ(!a, b) == circuit.equal(b, a))
    #expect(circuit.choose(if: .yes, then: a, else: b) == a)
    #expect(circuit.choose(if: .no, then: a, else: b) == b)
    #expect(circuit.choose(if: a, then: b, else: b) == b)
    #expect(circuit.choose(if: a, then: b, else: !b) == circuit.equal(a, b))
  }

  @Test func aWireIsMadeOfTheVariablesBelowIt() {
    let circuit = Circuit()
    let inputs = (0..<6).map { circuit.input(Variable($0)) }
    let wire = circuit.or(circuit.and(inputs[4], !inputs[1]), circuit.differ(inputs[1], inputs[3]))
    #expect(circuit.inputs(of: wire).map(\.index) == [1, 3, 4])
    #expect(circuit.inputs(of: [!wire, inputs[0]]).map(\.index) == [0, 1, 3, 4])
    #expect(circuit.inputs(of: .yes).isEmpty)
  }

  @Test func aWalkMayAskForAnother() {
    let circuit = Circuit()
    let inputs = (0..<4).map { circuit.input(Variable($0)) }
    let inner = circuit.and(inputs[0], inputs[1])
    let outer = circuit.and([inputs[2], inner, inputs[3]])
    let value = circuit.value(of: outer) { variable in
      variable.index < 2 || circuit.value(of: circuit.or(inner, inputs[3])) { $0.index < 2 }
    }
    #expect(value)
  }

  @Test func depthIsNoLimit() {
    let prover = Prover()
    let circuit = prover.circuit
    let inputs = (0..<20_000).map { _ in
      circuit.input(prover.solver.addVariable(phase: false))
    }
    // a0 and (a1 or (a2 and …)), the other way round.
    var wire = inputs[0]
    for place in 1..<inputs.count {
      wire =
        place.isMultiple(of: 2)
        ? circuit.and(wire, inputs[place]) : circuit.or(wire, inputs[place])
    }
    #expect(circuit.value(of: wire) { $0.index == 19_999 })
    #expect(circuit.value(of: wire) { $0.index.isMultiple(of: 2) })
    #expect(!circuit.value(of: wire) { $0.index == 19_998 })
    #expect(circuit.inputs(of: wire).count == 20_000)
    for wanted in [wire, !wire] {
      prover.begin()
      prover.require(wanted)
      #expect(prover.solve() == .satisfiable)
      let value = circuit.value(of: wanted) { prover.solver.value($0) ?? false }
      #expect(value)
    }
    prover.begin()
    prover.require(wire)
    let assumed = [prover.literal(for: !wire)]
    #expect(prover.solve(assuming: assumed) == .contradiction)
    #expect(prover.core == assumed)
  }
}
