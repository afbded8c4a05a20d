import Logic

/// A circuit built at random, with the truth table of each of its wires.
struct RandomCircuit {
  let variableCount: Int
  private(set) var wires: [Wire]
  private(set) var tables: [TruthTable]

  /// The circuit's first inputs are those of the first variables.
  init(variableCount: Int, in circuit: Circuit) {
    self.variableCount = variableCount
    wires = [.yes, .no]
    tables = [
      TruthTable(true, variableCount: variableCount),
      TruthTable(false, variableCount: variableCount),
    ]
    for index in 0..<Int32(variableCount) {
      wires.append(circuit.input(Variable(index)))
      tables.append(TruthTable(Variable(index), variableCount: variableCount))
    }
  }

  mutating func grow(
    _ circuit: Circuit, by count: Int, using random: inout some RandomNumberGenerator
  ) {
    for _ in 0..<count {
      let picks = (0..<Int.random(in: 2...5, using: &random)).map { _ in
        pick(using: &random)
      }
      let (wire, table) = combine(circuit, picks, Int.random(in: 0...9, using: &random))
      wires.append(wire)
      tables.append(table)
    }
  }

  /// A wire or its negation, the newer the likelier.
  func pick(using random: inout some RandomNumberGenerator) -> (wire: Wire, table: TruthTable) {
    let place = max(
      Int.random(in: 0..<wires.count, using: &random),
      Int.random(in: 0..<wires.count, using: &random))
    return Bool.random(using: &random)
      ? (wires[place], tables[place]) : (!wires[place], !tables[place])
  }

  private func combine(
    _ circuit: Circuit, _ picks: [(wire: Wire, table: TruthTable)], _ kind: Int
  ) -> (Wire, TruthTable) {
    let (first, one) = picks[0]
    let (second, other) = picks[1]
    let (third, last) = picks[picks.count - 1]
    switch kind {
    case 0...2:
      return (circuit.and(picks.map(\.wire)), picks.dropFirst().reduce(one) { $0 & $1.table })
    case 3...5:
      return (circuit.or(picks.map(\.wire)), picks.dropFirst().reduce(one) { $0 | $1.table })
    case 6: return (circuit.implies(first, second), !one | other)
    case 7: return (circuit.equal(first, second), (one & other) | (!one & !other))
    case 8: return (circuit.differ(first, second), (one & !other) | (!one & other))
    default:
      return (
        circuit.choose(if: first, then: second, else: third), (one & other) | (!one & last)
      )
    }
  }
}
