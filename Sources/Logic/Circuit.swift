/// A point of a circuit, or its negation.
package struct Wire: Hashable, Sendable {
  /// Twice the number of the gate, and one more where it is negated.
  let code: Int32

  package static let yes = Wire(code: 0)
  package static let no = Wire(code: 1)

  var gate: Int { Int(code >> 1) }
  var isNegated: Bool { code & 1 == 1 }
  var isConstant: Bool { code < 2 }

  package static prefix func ! (wire: Wire) -> Wire { Wire(code: wire.code ^ 1) }
}

/// Conditions over variables, made of "and" and "not"; what is built twice is there once.
///
/// An and-inverter graph (A. Kuehlmann, F. Krohm, "Equivalence checking using cuts and heaps", 1997) of
/// which the gates have any number of inputs. Every wire stays valid as long as the circuit does, and a
/// gate stands after all that it is made of.
package final class Circuit {
  /// A constant, an input or an "and".
  struct Gate: BitwiseCopyable {
    /// Where its wires begin; of an input the number of the variable.
    var start: Int32
    /// How many wires it has; of an input -1.
    var count: Int32

    var isInput: Bool { count < 0 }
  }

  @exclusivity(unchecked) var gates = Row<Gate>(capacity: 256)
  /// The wires of all gates, as codes.
  @exclusivity(unchecked) var wires = Row<Int32>(capacity: 1024)
  /// Of each variable the gate that is its input, or -1.
  @exclusivity(unchecked) private var inputGates = Row<Int32>()
  /// The "and" gates by the hash of their wires, or -1. Open addressing; at most half full.
  @exclusivity(unchecked) private var table: Row<Int32>
  @exclusivity(unchecked) private var tableCount = 0
  @exclusivity(unchecked) private var scratch = Row<Int32>()
  /// Marks for walks; taken by the walk that is under way.
  @exclusivity(unchecked) var idleMarks: CircuitMarks?

  package init() {
    table = Self.emptyTable(1024)
    // Gate 0 is true: an "and" of nothing.
    gates.append(Gate(start: 0, count: 0))
  }

  deinit {
    gates.free()
    wires.free()
    inputGates.free()
    table.free()
    scratch.free()
  }

  /// How many wires have been put together so far, whether or not that made a gate.
  @exclusivity(unchecked) package private(set) var work = 0

  /// The number of gates so far, inputs among them.
  package var gateCount: Int { gates.count }

  /// The wire that is true where the permanent variable is.
  package func input(_ variable: Variable) -> Wire {
    let number = Int(variable.index)
    precondition(number >= 0, "The inputs of a circuit are permanent variables.")
    inputGates.lengthen(to: number + 1, with: -1)
    if inputGates[number] < 0 {
      inputGates[number] = Int32(gates.count)
      gates.append(Gate(start: variable.index, count: -1))
    }
    return Wire(code: inputGates[number] << 1)
  }

  /// True where all wires are.
  ///
  /// Constants and repetitions are left out, and a wire together with its negation gives no.
  package func and(_ wires: [Wire]) -> Wire {
    scratch.truncate(to: 0)
    for wire in wires { scratch.append(wire.code) }
    return andOfScratch()
  }

  package func and(_ first: Wire, _ second: Wire) -> Wire {
    scratch.truncate(to: 0)
    scratch.append(first.code)
    scratch.append(second.code)
    return andOfScratch()
  }

  /// True where one of the wires is.
  package func or(_ wires: [Wire]) -> Wire {
    scratch.truncate(to: 0)
    for wire in wires { scratch.append(wire.code ^ 1) }
    return !andOfScratch()
  }

  package func or(_ first: Wire, _ second: Wire) -> Wire {
    !and(!first, !second)
  }

  private func andOfScratch() -> Wire {
    work += scratch.count
    sortScratch()
    var kept = 0
    for place in 0..<scratch.count {
      let code = scratch[place]
      if code == Wire.yes.code { continue }
      if code == Wire.no.code { return .no }
      if kept > 0 {
        if scratch[kept - 1] == code { continue }
        if scratch[kept - 1] == code ^ 1 { return .no }
      }
      scratch[kept] = code
      kept += 1
    }
    scratch.truncate(to: kept)
    switch kept {
    case 0: return .yes
    case 1: return Wire(code: scratch[0])
    default: return Wire(code: gateOfScratch() << 1)
    }
  }

  private func sortScratch() {
    if scratch.count > 24 {
      var codes = UnsafeMutableBufferPointer(start: scratch.base, count: scratch.count)
      codes.sort()
      return
    }
    for place in 1..<max(1, scratch.count) {
      let code = scratch[place]
      var hole = place
      while hole > 0, scratch[hole - 1] > code {
        scratch[hole] = scratch[hole - 1]
        hole -= 1
      }
      scratch[hole] = code
    }
  }

  /// The gate of these wires, from the table or new.
  private func gateOfScratch() -> Int32 {
    let mask = table.count - 1
    var place = hash(scratch.base, scratch.count) & mask
    while table[place] >= 0 {
      if isScratch(gates[Int(table[place])]) { return table[place] }
      place = (place + 1) & mask
    }
    let gate = Int32(gates.count)
    gates.append(Gate(start: Int32(wires.count), count: Int32(scratch.count)))
    for place in 0..<scratch.count { wires.append(scratch[place]) }
    table[place] = gate
    tableCount += 1
    if 2 * tableCount > table.count { enlargeTable() }
    return gate
  }

  private func isScratch(_ gate: Gate) -> Bool {
    guard Int(gate.count) == scratch.count else { return false }
    for place in 0..<scratch.count where wires[Int(gate.start) + place] != scratch[place] {
      return false
    }
    return true
  }

  private func hash(_ codes: UnsafeMutablePointer<Int32>, _ count: Int) -> Int {
    var mixed = UInt64(truncatingIfNeeded: count)
    for place in 0..<count {
      mixed = (mixed ^ UInt64(truncatingIfNeeded: codes[place])) &* 0x9e37_79b9_7f4a_7c15
      mixed ^= mixed >> 29
    }
    return Int(truncatingIfNeeded: mixed >> 2)
  }

  private static func emptyTable(_ count: Int) -> Row<Int32> {
    var table = Row<Int32>(capacity: count)
    table.lengthen(to: count, with: -1)
    return table
  }

  private func enlargeTable() {
    let old = table
    table = Self.emptyTable(2 * old.count)
    let mask = table.count - 1
    for oldPlace in 0..<old.count where old[oldPlace] >= 0 {
      let gate = gates[Int(old[oldPlace])]
      var place = hash(wires.base + Int(gate.start), Int(gate.count)) & mask
      while table[place] >= 0 { place = (place + 1) & mask }
      table[place] = old[oldPlace]
    }
    old.free()
  }
}

/// What is built of "and" and "not".
extension Circuit {
  package func implies(_ condition: Wire, _ consequence: Wire) -> Wire {
    !and(condition, !consequence)
  }

  package func equal(_ first: Wire, _ second: Wire) -> Wire {
    !differ(first, second)
  }

  package func differ(_ first: Wire, _ second: Wire) -> Wire {
    if first == second { return .no }
    if first == !second { return .yes }
    // Negations are taken out, so that the same pair makes the same gates.
    let one = first.isNegated ? !first : first
    let other = second.isNegated ? !second : second
    let differs = and(!and(one, other), !and(!one, !other))
    return first.isNegated == second.isNegated ? differs : !differs
  }

  package func choose(if condition: Wire, then first: Wire, else second: Wire) -> Wire {
    if first == second { return first }
    if first == !second { return equal(condition, first) }
    return !and(!and(condition, first), !and(!condition, second))
  }
}
