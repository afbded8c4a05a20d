extension Soundness {
  /// How deep the parts of a condition may lie in each other, definitions included. What people write nests
  /// `Parser.deepest` deep, and a test is a few parts.
  static let deepest = 256

  /// The conditions are trees that follow each other, and definitions use only those that stand before them.
  var areConditionsSound: Bool {
    guard program.literals.all(isSound), program.definitions.all({ $0 < program.nodes.count })
    else { return false }
    var walk = NodeWalk(program.nodes, program.definitions, literalCount: program.literals.count)
    defer { walk.deallocate() }
    while walk.hasMore {
      guard walk.step() else { return false }
    }
    return walk.isComplete
  }

  private func isSound(_ literal: LiteralRecord) -> Bool {
    switch LiteralRecord.Kind(rawValue: literal.kind) {
    case .column:
      return literal.place < program.columns.count
        && holds(literal.values, Int(program.columns[literal.place].known))
    case .outcome: return holds(literal.values, program.outcomes.count)
    case .held, .notHeld:
      return literal.place / 64 < program.unsaidMembers.count
        && literal.values < program.columns.count && program.columns[literal.values].fact >= 0
    case nil: return false
    }
  }

  /// Whether a bit for each of so many values stands there.
  private func holds(_ first: UInt32, _ count: Int) -> Bool {
    program.literalValues.holds(first, max((count + 63) / 64, 1))
  }
}

/// The way through nodes that stand in the order of a depth-first walk.
private struct NodeWalk {
  private let nodes: Table<UInt32>
  private let definitions: Table<UInt32>
  private let literalCount: Int

  private var place = 0
  /// Where the condition begins that the walk is in.
  private var start = 0
  /// How many `not` stand before the next node.
  private var negations = 0
  /// Where the parts of the innermost node that has parts end, and how deep that node lies; at first all nodes.
  private var (end, depth): (Int, Int)
  /// The same of the nodes around it.
  private let around: UnsafeMutablePointer<(end: Int, depth: Int)>
  private var aroundCount = 0
  /// By node with which a condition begins, how deep the condition is.
  private let depths: UnsafeMutablePointer<UInt16>

  init(_ nodes: Table<UInt32>, _ definitions: Table<UInt32>, literalCount: Int) {
    self.nodes = nodes
    self.definitions = definitions
    self.literalCount = literalCount
    (end, depth) = (nodes.count, 0)
    around = .allocate(capacity: Soundness.deepest + 1)
    depths = .allocate(capacity: nodes.count)
    depths.initialize(repeating: 0, count: nodes.count)
  }

  func deallocate() {
    around.deallocate()
    depths.deallocate()
  }

  var hasMore: Bool { place < nodes.count }

  /// Whether no part is missing at the end.
  var isComplete: Bool { negations == 0 }

  /// Goes on by one node; false if it does not fit in its place.
  @inline(__always)
  mutating func step() -> Bool {
    while place == end {
      // The part of a `not` lies where the `not` does.
      guard negations == 0 else { return false }
      aroundCount &-= 1
      (end, depth) = around[aroundCount]
    }
    if aroundCount == 0, negations == 0 { start = place }
    let node = Node(bits: nodes[place])
    place &+= 1
    var own = depth + negations + 1
    switch node.kind {
    case Node.Kind.literal.rawValue:
      guard node.number < literalCount else { return false }
      negations = 0
    case Node.Kind.and.rawValue, Node.Kind.or.rawValue:
      guard own <= Soundness.deepest, place + node.number <= end else { return false }
      around[aroundCount] = (end, depth)
      aroundCount &+= 1
      (end, depth, negations) = (place + node.number, own, 0)
    case Node.Kind.not.rawValue: negations += 1
    case Node.Kind.definition.rawValue:
      guard node.number < definitions.count else { return false }
      let definition = Int(definitions[node.number])
      guard definition < start, depths[definition] > 0 else { return false }
      own += Int(depths[definition])
      negations = 0
    case Node.Kind.always.rawValue: negations = 0
    default: return false
    }
    guard own <= Soundness.deepest else { return false }
    if own > depths[start] { depths[start] = UInt16(own) }
    return true
  }
}
