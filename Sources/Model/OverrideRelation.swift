import Syntax

/// Who overrides whom, laid out flat for following from many rules at once.
///
/// Nodes are those of the policy's `OverrideGraph`: its rules, and behind them its groups.
package struct OverrideRelation: Sendable {
  private let ruleCount: Int
  private let forward: Edges
  private let backward: Edges
  /// All nodes, each behind those that override it.
  package let order: [Int32]
  /// Edges that do not count.
  private var skipped: Set<Edge> = []

  /// An edge from one node to another.
  package struct Edge: Hashable, Sendable {
    package let from: Int32
    package let to: Int32

    package init(from: Int32, to: Int32) {
      self.from = from
      self.to = to
    }
  }

  /// The relation without some of its edges. O(1).
  package func skipping(_ edges: Set<Edge>) -> OverrideRelation {
    var relation = self
    relation.skipped = edges
    return relation
  }

  package init(_ graph: OverrideGraph) {
    ruleCount = graph.ruleCount
    let lists = OverrideRelation.withoutReturning(graph)
    forward = Edges(lists)
    backward = Edges(lists).reversed
    order = OverrideRelation.order(forward, backward)
  }

  /// How many nodes there are: rules first, then groups.
  package var nodeCount: Int { forward.count }

  /// Of each node, whether a way leads to it from one of these rules. O(nodes + edges).
  package func reached(from rules: some Sequence<RuleID>) -> [Bool] {
    reached(from: rules, forward) { Edge(from: $0, to: $1) }
  }

  /// The nodes to which an edge leads from this one.
  package func overridden(by node: Int32) -> [Int32] {
    forward.range(from: node).map { forward.targets[$0] }
      .filter { skipped.isEmpty || !skipped.contains(Edge(from: node, to: $0)) }
  }

  /// Whether nothing overrides anything.
  package var isEmpty: Bool { forward.isEmpty }

  /// The nodes from which an edge leads to this one.
  package func overriders(of node: Int32) -> ArraySlice<Int32> {
    guard !skipped.isEmpty else { return backward[node] }
    return ArraySlice(backward[node].filter { !skipped.contains(Edge(from: $0, to: node)) })
  }

  /// The edges that one edge of the graph stands for: from a rule to its own group it leads to every
  /// other rule of the group.
  package func edges(of edge: (from: Int32, to: Int32), in graph: OverrideGraph) -> [Edge] {
    if edge.to < graph.ruleCount { return [Edge(from: edge.from, to: edge.to)] }
    let members = graph.successors[Int(edge.to)]
    guard members.contains(edge.from) else { return [Edge(from: edge.from, to: edge.to)] }
    return members.filter { $0 != edge.from }.map { Edge(from: edge.from, to: $0) }
  }

  /// O(nodes + edges).
  private static func order(_ forward: Edges, _ backward: Edges) -> [Int32] {
    guard !forward.isEmpty else { return [] }
    var open = (0..<Int32(forward.count)).map { backward.range(from: $0).count }
    var order = (0..<Int32(forward.count)).filter { open[Int($0)] == 0 }
    var head = 0
    while head < order.count {
      for place in forward.range(from: order[head]) {
        let next = forward.targets[place]
        open[Int(next)] -= 1
        if open[Int(next)] == 0 { order.append(next) }
      }
      head += 1
    }
    return order
  }

  /// The edges of the graph, save that no rule leads to itself: one that overrides the group to
  /// which it belongs overrides every other rule of it. At most one rule of a group can do so
  /// without a circle, so that this adds no more edges than there are.
  private static func withoutReturning(_ graph: OverrideGraph) -> [[Int32]] {
    var lists = graph.successors
    for rule in 0..<graph.ruleCount {
      let own = Int32(rule)
      let returning = lists[rule].filter { node in
        node == own || node >= graph.ruleCount && graph.successors[Int(node)].contains(own)
      }
      guard !returning.isEmpty else { continue }
      lists[rule].removeAll(where: returning.contains)
      for node in returning where node != own {
        lists[rule] += graph.successors[Int(node)].filter { $0 != own }
      }
    }
    return lists
  }

  /// Of each rule, whether one of these overrides it, directly or through others. O(nodes + edges).
  package func overridden(by rules: some Sequence<RuleID>) -> [Bool] {
    reached(from: rules, forward) { Edge(from: $0, to: $1) }
  }

  /// Of each rule, whether it overrides this one, directly or through others. O(nodes + edges).
  package func overriding(_ rule: RuleID) -> [Bool] {
    reached(from: CollectionOfOne(rule), backward) { Edge(from: $1, to: $0) }
  }

  /// Those of the applying rules that no other of them overrides, in their order.
  ///
  /// A rule that is itself set aside still sets others aside. O(nodes + edges).
  package func winners(among applying: [RuleID]) -> [RuleID] {
    guard applying.count > 1, !forward.isEmpty else { return applying }
    let isOverridden = overridden(by: applying)
    return applying.filter { !isOverridden[$0.index] }
  }

  /// The rules on a shortest way from one of these rules to one that it overrides, both ends
  /// included; nil if none of them overrides it. O(nodes + edges).
  package func way(from rules: Set<RuleID>, to rule: RuleID) -> [RuleID]? {
    let end = Int32(rule.index)
    var next: [Int32: Int32] = [:]
    var queue = [end]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for above in backward[node] where above != end && next[above] == nil {
        next[above] = node
        if rules.contains(RuleID(Int(above))) { return way(from: above, to: end, next) }
        queue.append(above)
      }
    }
    return nil
  }

  private func way(from start: Int32, to end: Int32, _ next: [Int32: Int32]) -> [RuleID] {
    var nodes = [start]
    while let last = nodes.last, last != end, let node = next[last] { nodes.append(node) }
    return nodes.filter { $0 < ruleCount }.map { RuleID(Int($0)) }
  }

  private func reached(
    from rules: some Sequence<RuleID>, _ edges: Edges, edge: (Int32, Int32) -> Edge
  ) -> [Bool] {
    var isReached = [Bool](repeating: false, count: edges.count)
    var stack = rules.map { Int32($0.index) }
    var isStart = [Bool](repeating: false, count: edges.count)
    for node in stack { isStart[Int(node)] = true }
    while let node = stack.popLast() {
      for place in edges.range(from: node) where !isReached[Int(edges.targets[place])] {
        let next = edges.targets[place]
        if !skipped.isEmpty, skipped.contains(edge(node, next)) { continue }
        isReached[Int(next)] = true
        // From where the search started it goes on anyway.
        if !isStart[Int(next)] { stack.append(next) }
      }
    }
    return isReached
  }
}

/// The edges of a graph, one list of successors after the other.
private struct Edges: Sendable {
  /// Where each node's successors start, and where the last one's end.
  private let starts: [Int32]
  let targets: [Int32]

  init(_ lists: [[Int32]]) {
    var starts: [Int32] = [0]
    for list in lists { starts.append((starts.last ?? 0) + Int32(list.count)) }
    self.starts = starts
    targets = Array(lists.joined())
  }

  var isEmpty: Bool { targets.isEmpty }

  /// How many nodes there are.
  var count: Int { starts.count - 1 }

  subscript(node: Int32) -> ArraySlice<Int32> {
    targets[range(from: node)]
  }

  /// Where in `targets` the successors of a node stand.
  func range(from node: Int32) -> Range<Int> {
    Int(starts[Int(node)])..<Int(starts[Int(node) + 1])
  }

  /// The same edges, each the other way round.
  var reversed: Edges {
    var lists = [[Int32]](repeating: [], count: count)
    for node in 0..<Int32(count) {
      for next in self[node] { lists[Int(next)].append(node) }
    }
    return Edges(lists)
  }
}
