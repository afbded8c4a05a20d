/// What a walk through a circuit has found out of each gate.
final class CircuitMarks {
  /// Of each gate: the walk's number, and with it what was found.
  @exclusivity(unchecked) var marks = Row<Mark>(capacity: 256)
  @exclusivity(unchecked) var walk: Int32 = 0
  @exclusivity(unchecked) var pending = Row<Step>()

  struct Mark: BitwiseCopyable {
    var walk: Int32
    var isTrue: Bool
  }

  /// A gate, and how many of its wires are seen to.
  struct Step: BitwiseCopyable {
    var gate: Int32
    var seen: Int32
  }

  deinit {
    marks.free()
    pending.free()
  }

  func begin(gateCount: Int) {
    marks.lengthen(to: gateCount, with: Mark(walk: 0, isTrue: false))
    if walk == .max {
      for gate in 0..<marks.count { marks[gate] = Mark(walk: 0, isTrue: false) }
      walk = 0
    }
    walk += 1
    pending.truncate(to: 0)
  }

  func isMarked(_ gate: Int) -> Bool { marks[gate].walk == walk }

  func mark(_ gate: Int, _ isTrue: Bool = true) { marks[gate] = Mark(walk: walk, isTrue: isTrue) }
}

/// Walks keep their own stack: a circuit may be deeper than the machine's.
extension Circuit {
  /// Whether the wire is true where the variables have these values.
  ///
  /// Looks at every gate at most once, and at none that does not matter.
  package func value(of wire: Wire, where isTrue: (Variable) -> Bool) -> Bool {
    withMarks { marks in evaluate(wire, marks, isTrue) }
  }

  /// Whether each wire is true where the variables have these values.
  package func values(of wires: [Wire], where isTrue: (Variable) -> Bool) -> [Bool] {
    withMarks { marks in wires.map { evaluate($0, marks, isTrue) } }
  }

  /// The variables that the wire is made of, in their order.
  package func inputs(of wire: Wire) -> [Variable] { inputs(of: [wire]) }

  /// The variables that the wires are made of, in their order.
  package func inputs(of wires: [Wire]) -> [Variable] {
    var found: [Variable] = []
    withMarks { marks in
      for wire in wires {
        marks.pending.append(CircuitMarks.Step(gate: Int32(wire.gate), seen: 0))
      }
      while marks.pending.count > 0 {
        let number = Int(marks.pending.removeLast().gate)
        if marks.isMarked(number) { continue }
        marks.mark(number)
        let gate = gates[number]
        if gate.isInput {
          found.append(Variable(gate.start))
          continue
        }
        for place in 0..<Int(gate.count) {
          let below = Wire(code: self.wires[Int(gate.start) + place]).gate
          if !marks.isMarked(below) {
            marks.pending.append(CircuitMarks.Step(gate: Int32(below), seen: 0))
          }
        }
      }
    }
    return found.sorted { $0.index < $1.index }
  }

  /// A walk within a walk, when a caller's closure asks for one, has marks of its own.
  private func withMarks<Result>(_ walk: (CircuitMarks) -> Result) -> Result {
    let marks = idleMarks ?? CircuitMarks()
    idleMarks = nil
    marks.begin(gateCount: gates.count)
    let result = walk(marks)
    idleMarks = marks
    return result
  }

  private func evaluate(_ wire: Wire, _ marks: CircuitMarks, _ isTrue: (Variable) -> Bool) -> Bool {
    if !marks.isMarked(wire.gate) {
      marks.pending.append(CircuitMarks.Step(gate: Int32(wire.gate), seen: 0))
    }
    while marks.pending.count > 0 {
      let step = marks.pending.removeLast()
      let number = Int(step.gate)
      let gate = gates[number]
      if gate.isInput {
        marks.mark(number, isTrue(Variable(gate.start)))
      } else if let open = firstOpen(gate, from: step.seen, marks, number) {
        marks.pending.append(CircuitMarks.Step(gate: step.gate, seen: open))
        let below = Wire(code: wires[Int(gate.start + open)]).gate
        marks.pending.append(CircuitMarks.Step(gate: Int32(below), seen: 0))
      }
    }
    return marks.marks[wire.gate].isTrue != wire.isNegated
  }

  /// The first wire that is not known yet; nil if the gate is known now.
  private func firstOpen(_ gate: Gate, from seen: Int32, _ marks: CircuitMarks, _ number: Int)
    -> Int32?
  {
    for place in seen..<gate.count {
      let wire = Wire(code: wires[Int(gate.start + place)])
      guard marks.isMarked(wire.gate) else { return place }
      if marks.marks[wire.gate].isTrue == wire.isNegated {
        marks.mark(number, false)
        return nil
      }
    }
    marks.mark(number, true)
    return nil
  }
}
