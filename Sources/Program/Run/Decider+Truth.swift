import Model

extension Decider {
  /// What is known of the condition of a row's rule.
  func truth(
    ofRow row: Int, _ matrix: UnsafePointer<MatrixRecord>, outcome: UInt32
  ) -> Truth {
    let position = Int(program.rows.base[Int(matrix.pointee.firstRow) + row])
    let rule = Int(program.positions.base[Int(matrix.pointee.firstPosition) + position])
    return truth(of: Int(program.rules.base[rule].condition), outcome: outcome)
  }

  /// What is known of the condition whose nodes begin there. O(its nodes and those of definitions that have not
  /// been looked at for this message).
  func truth(of node: Int, outcome: UInt32) -> Truth {
    var next = node
    return truth(at: &next, outcome: outcome)
  }

  /// What is known of a condition; `node` is moved behind it.
  private func truth(at node: inout Int, outcome: UInt32) -> Truth {
    let own = Node(bits: program.nodes.base[node])
    node += 1
    switch own.kind {
    case Node.Kind.literal.rawValue: return truth(ofLiteral: own.number, outcome: outcome)
    case Node.Kind.and.rawValue, Node.Kind.or.rawValue:
      let isAnd = own.kind == Node.Kind.and.rawValue
      let (end, settling) = (node + own.number, isAnd ? Truth.no : Truth.yes)
      var result = isAnd ? Truth.yes : Truth.no
      while node < end {
        let part = truth(at: &node, outcome: outcome)
        if part == settling {
          node = end
          return settling
        }
        if part == .unknown { result = .unknown }
      }
      return result
    case Node.Kind.not.rawValue: return truth(at: &node, outcome: outcome).negated
    case Node.Kind.definition.rawValue: return truth(ofDefinition: own.number)
    default: return .yes
    }
  }

  private func truth(ofLiteral number: Int, outcome: UInt32) -> Truth {
    let literal = program.literals.base[number]
    let value: UInt32
    if literal.column < 0 {
      guard outcome != .max else { return .no }
      value = outcome
    } else {
      value = message.values[Int(literal.column)]
      if value == program.columns.base[Int(literal.column)].known { return .unknown }
    }
    let word = program.literalValues.base[Int(literal.values) + Int(value >> 6)]
    return Truth(word >> UInt64(value & 63) & 1 == 1)
  }

  /// What is known of a definition, worked out once a message: it never looks at the outcome.
  private func truth(ofDefinition number: Int) -> Truth {
    if !hasDefinitions {
      knownDefinitions.update(repeating: 0, count: program.definitions.count)
      hasDefinitions = true
    }
    switch knownDefinitions[number] {
    case 1: return .yes
    case 2: return .no
    case 3: return .unknown
    default: break
    }
    let truth = truth(of: Int(program.definitions.base[number]), outcome: .max)
    knownDefinitions[number] = truth == .yes ? 1 : truth == .no ? 2 : 3
    return truth
  }

  // MARK: - Missing facts

  /// Adds the facts of the literals that are unknown and stand in parts of a condition that are all unknown.
  /// Definitions are looked into once as long as `seen` is not cleared.
  func collectMissing(
    in node: Int, outcome: UInt32, facts: PositionSet, seen: PositionSet
  ) {
    var next = node
    collectMissing(at: &next, outcome: outcome, facts: facts, seen: seen)
  }

  private func collectMissing(
    at node: inout Int, outcome: UInt32, facts: PositionSet, seen: PositionSet
  ) {
    let start = node
    var end = node
    let truth = truth(at: &end, outcome: outcome)
    defer { node = self.end(of: start) }
    guard truth == .unknown else { return }
    let own = Node(bits: program.nodes.base[start])
    switch own.kind {
    case Node.Kind.literal.rawValue:
      let column = Int(program.literals.base[own.number].column)
      if column >= 0 { facts.insert(Int(program.columns.base[column].fact)) }
    case Node.Kind.not.rawValue:
      var part = start + 1
      collectMissing(at: &part, outcome: outcome, facts: facts, seen: seen)
    case Node.Kind.and.rawValue, Node.Kind.or.rawValue:
      var part = start + 1
      while part < start + 1 + own.number {
        collectMissing(at: &part, outcome: outcome, facts: facts, seen: seen)
      }
    case Node.Kind.definition.rawValue:
      guard !seen.contains(own.number) else { return }
      seen.insert(own.number)
      var part = Int(program.definitions.base[own.number])
      collectMissing(at: &part, outcome: .max, facts: facts, seen: seen)
    default: break
    }
  }

  /// Where the nodes of a condition end.
  private func end(of node: Int) -> Int {
    var node = node
    while true {
      let own = Node(bits: program.nodes.base[node])
      switch own.kind {
      case Node.Kind.not.rawValue: node += 1
      case Node.Kind.and.rawValue, Node.Kind.or.rawValue: return node + 1 + own.number
      default: return node + 1
      }
    }
  }
}
