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
      let end = node + own.number
      var result: Truth = isAnd ? .yes : .no
      while node < end {
        switch truth(at: &node, outcome: outcome) {
        case .unknown: result = .unknown
        case .yes where isAnd, .no where !isAnd: break
        case .yes, .no:
          node = end
          return isAnd ? .no : .yes
        }
      }
      return result
    case Node.Kind.not.rawValue:
      switch truth(at: &node, outcome: outcome) {
      case .yes: return .no
      case .no: return .yes
      case .unknown: return .unknown
      }
    case Node.Kind.definition.rawValue: return truth(ofDefinition: own.number)
    default: return .yes
    }
  }

  private func truth(ofLiteral number: Int, outcome: UInt32) -> Truth {
    let literal = program.literals.base[number]
    let value: UInt32
    switch literal.kind {
    case LiteralRecord.Kind.outcome.rawValue:
      guard outcome != .max else { return .no }
      value = outcome
    case LiteralRecord.Kind.column.rawValue:
      value = message.values[Int(literal.place)]
      if value == program.columns.base[Int(literal.place)].known { return .unknown }
    default:
      let column = Int(literal.values)
      if message.values[column] == program.columns.base[column].known { return .unknown }
      let isHeld = message.members[Int(literal.place >> 6)] >> UInt64(literal.place & 63) & 1 == 1
      return isHeld == (literal.kind == LiteralRecord.Kind.held.rawValue) ? .yes : .no
    }
    let word = program.literalValues.base[Int(literal.values) + Int(value >> 6)]
    return word >> UInt64(value & 63) & 1 == 1 ? .yes : .no
  }

  /// What is known of a definition, worked out once a message: it never looks at the outcome.
  private func truth(ofDefinition number: Int) -> Truth {
    if !state.pointee.hasDefinitions {
      knownDefinitions.update(repeating: 0, count: program.definitions.count)
      state.pointee.hasDefinitions = true
    }
    switch knownDefinitions[number] {
    case 1: return .yes
    case 2: return .no
    case 3: return .unknown
    default: break
    }
    let truth = truth(of: Int(program.definitions.base[number]), outcome: .max)
    switch truth {
    case .yes: knownDefinitions[number] = 1
    case .no: knownDefinitions[number] = 2
    case .unknown: knownDefinitions[number] = 3
    }
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
    guard case .unknown = truth else { return }
    let own = Node(bits: program.nodes.base[start])
    switch own.kind {
    case Node.Kind.literal.rawValue:
      let literal = program.literals.base[own.number]
      switch literal.kind {
      case LiteralRecord.Kind.outcome.rawValue: break
      case LiteralRecord.Kind.column.rawValue:
        facts.insert(Int(program.columns.base[Int(literal.place)].fact))
      default: facts.insert(Int(program.columns.base[Int(literal.values)].fact))
      }
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
