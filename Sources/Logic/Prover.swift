/// Decides whether wires of a circuit can be true, one question after the other.
///
/// Gates become clauses only in the direction in which they are needed (D. Plaisted, S. Greenbaum, "A
/// structure-preserving clause form translation", 1986), and only those that a question asks for. The
/// cost of a question is that of the gates below its wires, however large the circuit is.
package final class Prover {
  package let circuit: Circuit
  package let solver: Solver

  /// What became of a gate in the question in which it was looked at last.
  private struct Encoding: BitwiseCopyable {
    var question: Int32 = 0
    /// Its temporary variable, or 0 if it has none yet.
    var variable: Int32 = 0
    /// It is required itself.
    var isRequired = false
    /// Clauses say what follows if it is true, or if it is false.
    var isDefinedIfTrue = false
    var isDefinedIfFalse = false
  }

  @exclusivity(unchecked) private var encodings = Row<Encoding>(capacity: 256)
  @exclusivity(unchecked) private var question: Int32 = 1
  /// Wires of which the literals are used already, but what follows from them is not said yet.
  @exclusivity(unchecked) private var undefined = Row<Int32>()
  /// Wires that are still to be required, or to be put into the open clause.
  @exclusivity(unchecked) private var pending = Row<Int32>()
  /// Wires in the open clause that need a gate.
  @exclusivity(unchecked) private var needingGates = Row<Int32>()

  package init(circuit: Circuit = Circuit(), solver: Solver = Solver()) {
    self.circuit = circuit
    self.solver = solver
  }

  deinit {
    encodings.free()
    undefined.free()
    pending.free()
    needingGates.free()
  }

  /// Begins a question, and forgets the one before.
  package func begin() {
    solver.beginQuestion()
    question += 1
  }

  /// Says that the wire is true in this question.
  package func require(_ wire: Wire) {
    makeRoom()
    pending.append(wire.code)
    while pending.count > 0 {
      let wire = Wire(code: pending.removeLast())
      let gate = circuit.gates[wire.gate]
      if gate.isInput {
        solver.assert(Literal(code: gate.start << 1 | wire.code & 1))
      } else if wire.isNegated {
        beginClause()
        addChildren(of: wire.gate)
        endClause()
      } else {
        requireChildren(of: wire.gate)
      }
    }
    defineGates()
  }

  /// A literal that implies the wire, for assumptions and for clauses of one's own.
  ///
  /// Its negation says nothing about the wire.
  package func literal(for wire: Wire) -> Literal {
    makeRoom()
    let gate = circuit.gates[wire.gate]
    if gate.isInput { return Literal(code: gate.start << 1 | wire.code & 1) }
    let literal = gateLiteral(wire)
    defineGates()
    return literal
  }

  /// Answers the question as it stands.
  package func solve(assuming assumptions: [Literal] = []) -> Solver.Answer {
    solver.solve(assuming: assumptions)
  }

  /// The assumptions that cannot hold together, after a contradiction.
  package var core: [Literal] { solver.core }

  private func makeRoom() {
    encodings.lengthen(to: circuit.gateCount, with: Encoding())
  }

  private func requireChildren(of gate: Int) {
    var encoding = encoding(gate)
    if encoding.isRequired { return }
    encoding.isRequired = true
    encodings[gate] = encoding
    let place = circuit.gates[gate]
    for child in 0..<Int(place.count) {
      pending.append(circuit.wires[Int(place.start) + child])
    }
  }

  private func encoding(_ gate: Int) -> Encoding {
    let encoding = encodings[gate]
    return encoding.question == question ? encoding : Encoding(question: question)
  }

  /// The literal of an "and" or its negation; what follows from it is to be said by `defineGates`.
  private func gateLiteral(_ wire: Wire) -> Literal {
    var encoding = encoding(wire.gate)
    if encoding.variable == 0 { encoding.variable = solver.addTemporaryVariable().index }
    if !(wire.isNegated ? encoding.isDefinedIfFalse : encoding.isDefinedIfTrue) {
      if wire.isNegated {
        encoding.isDefinedIfFalse = true
      } else {
        encoding.isDefinedIfTrue = true
      }
      undefined.append(wire.code)
    }
    encodings[wire.gate] = encoding
    return Literal(Variable(encoding.variable), isNegated: wire.isNegated)
  }

  private func defineGates() {
    while undefined.count > 0 {
      let wire = Wire(code: undefined.removeLast())
      let literal = Literal(
        Variable(encodings[wire.gate].variable), isNegated: wire.isNegated)
      // A gate that is known to be false has nothing to imply.
      if solver.knownValue(literal) == false { continue }
      if wire.isNegated {
        beginClause()
        solver.add(!literal)
        addChildren(of: wire.gate)
        endClause()
      } else {
        defineChildren(of: wire.gate, if: literal)
      }
    }
  }
}

/// Clauses.
extension Prover {
  /// An "and" within an "and" is taken apart up to so many wires, rather than given a variable.
  private static let mostFlattened = 8

  private func beginClause() {
    solver.beginClause()
    needingGates.truncate(to: 0)
  }

  /// Adds to the open clause that one of the gate's wires is false.
  private func addChildren(of gate: Int) {
    let place = circuit.gates[gate]
    for child in 0..<Int(place.count) {
      addToClause(!Wire(code: circuit.wires[Int(place.start) + child]), mayFlatten: true)
    }
  }

  private func addToClause(_ wire: Wire, mayFlatten: Bool) {
    let gate = circuit.gates[wire.gate]
    if gate.isInput {
      solver.add(Literal(code: gate.start << 1 | wire.code & 1))
      return
    }
    let encoding = encoding(wire.gate)
    if wire.isNegated ? encoding.isDefinedIfFalse : encoding.isDefinedIfTrue {
      solver.add(Literal(Variable(encoding.variable), isNegated: wire.isNegated))
    } else if mayFlatten, wire.isNegated, gate.count <= Self.mostFlattened {
      for child in 0..<Int(gate.count) {
        let below = Wire(code: circuit.wires[Int(gate.start) + child])
        addToClause(!below, mayFlatten: false)
      }
    } else {
      needingGates.append(wire.code)
    }
  }

  /// Ends the open clause; gates are made only if it is not true already.
  private func endClause() {
    if !solver.openClauseIsTrue {
      for place in 0..<needingGates.count {
        solver.add(gateLiteral(Wire(code: needingGates[place])))
      }
    }
    solver.endClause()
  }

  /// Says that if the literal is true, so are the gate's wires.
  private func defineChildren(of gate: Int, if literal: Literal) {
    let place = circuit.gates[gate]
    for child in 0..<Int(place.count) {
      let wire = Wire(code: circuit.wires[Int(place.start) + child])
      let below = circuit.gates[wire.gate]
      if below.isInput || wire.isNegated || below.count > Self.mostFlattened
        || encoding(wire.gate).isDefinedIfTrue
      {
        addConsequence(wire, of: literal)
      } else {
        for grandchild in 0..<Int(below.count) {
          addConsequence(
            Wire(code: circuit.wires[Int(below.start) + grandchild]), of: literal)
        }
      }
    }
  }

  private func addConsequence(_ wire: Wire, of literal: Literal) {
    beginClause()
    solver.add(!literal)
    if wire.isNegated {
      // An "or": its wires go right into the clause.
      addToClause(wire, mayFlatten: true)
    } else {
      addToClause(wire, mayFlatten: false)
    }
    endClause()
  }
}
