/// What a wire comes from.
package enum WireSource {
  case input(Variable, isNegated: Bool)
  /// On where all of these are; off there, if it is negated. The constants are an "and" of nothing.
  case and([Wire], isNegated: Bool)
}

extension Circuit {
  package func source(of wire: Wire) -> WireSource {
    let gate = gates[wire.gate]
    if gate.isInput { return .input(Variable(gate.start), isNegated: wire.isNegated) }
    let parts = (0..<Int(gate.count)).map { Wire(code: wires[Int(gate.start) + $0]) }
    return .and(parts, isNegated: wire.isNegated)
  }
}
