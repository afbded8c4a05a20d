import Model

/// The rules of one kind in an order in which each stands behind those that override it, and of each the
/// ones that it overrides, as stretches of that order.
///
/// The order is that of a depth-first search, which puts what one rule overrides side by side, so that as a
/// rule a few stretches say it all.
/// Source: R. Agrawal, A. Borgida and H. V. Jagadish, "Efficient management of transitive relationships in
/// large data and knowledge bases", 1989.
struct RuleOrder {
  /// By position, the rule.
  let rules: [RuleID]
  /// By position, the positions that the rule overrides, directly or through others.
  let overridden: [[Range<Int32>]]

  /// O(nodes + edges + stretches).
  init(_ kind: Rule.Kind, _ policy: Policy, _ relation: OverrideRelation) {
    let nodes = RuleOrder.depthFirstOrder(relation)
    let kinds = policy.rules.map(\.kind)
    let rules = nodes.filter { $0 < kinds.count && kinds[Int($0)] == kind }
    var position = [Int32](repeating: -1, count: relation.nodeCount)
    for (index, rule) in rules.enumerated() { position[Int(rule)] = Int32(index) }
    var below = [[Range<Int32>]](repeating: [], count: relation.nodeCount)
    for node in nodes.reversed() {
      var parts: [Range<Int32>] = []
      for next in relation.overridden(by: node) {
        let place = position[Int(next)]
        if place >= 0 { parts.append(place..<place + 1) }
        parts += below[Int(next)]
      }
      below[Int(node)] = RuleOrder.merged(parts)
    }
    self.rules = rules.map { RuleID(Int($0)) }
    overridden = rules.map { below[Int($0)] }
  }

  /// The nodes, each behind those from which an edge leads to it.
  private static func depthFirstOrder(_ relation: OverrideRelation) -> [Int32] {
    let count = relation.nodeCount
    guard !relation.isEmpty else { return (0..<Int32(count)).map { $0 } }
    var isSeen = [Bool](repeating: false, count: count)
    var finished: [Int32] = []
    finished.reserveCapacity(count)
    var stack: [(node: Int32, next: Int, successors: [Int32])] = []
    for start in (0..<Int32(count)).reversed() where !isSeen[Int(start)] {
      isSeen[Int(start)] = true
      stack.append((start, 0, relation.overridden(by: start).reversed()))
      while let top = stack.last {
        guard top.next < top.successors.count else {
          finished.append(top.node)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let node = top.successors[top.next]
        guard !isSeen[Int(node)] else { continue }
        isSeen[Int(node)] = true
        stack.append((node, 0, relation.overridden(by: node).reversed()))
      }
    }
    return finished.reversed()
  }

  /// The same numbers in as few stretches as can be, in order.
  private static func merged(_ parts: [Range<Int32>]) -> [Range<Int32>] {
    guard parts.count > 1 else { return parts }
    var result: [Range<Int32>] = []
    for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, part.lowerBound <= last.upperBound {
        let end = max(last.upperBound, part.upperBound)
        result[result.count - 1] = last.lowerBound..<end
      } else {
        result.append(part)
      }
    }
    return result
  }
}
