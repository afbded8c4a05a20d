package import Findings

/// Who overrides whom: the transitive relation between rules of one kind.
///
/// Nodes are the rules, numbered as in the policy, and behind them groups: a group stands for all
/// rules of one kind in one section, so that a section that overrides another costs one edge a rule
/// and not one a pair. A path from one rule to another means that the first overrides the second.
package struct OverrideGraph: Sendable {
  /// One `overrides` line, and the edges that it stands for.
  package struct Line: Sendable {
    package let span: Span
    package fileprivate(set) var edges: [(from: Int32, to: Int32)] = []
  }

  package let ruleCount: Int
  /// For each node the nodes that it overrides directly.
  package private(set) var successors: [[Int32]]
  /// In the order in which they were added.
  package private(set) var lines: [Line] = []

  package init(ruleCount: Int) {
    self.ruleCount = ruleCount
    successors = Array(repeating: [], count: ruleCount)
  }

  /// Adds a group of rules and gives its node.
  package mutating func addGroup(_ members: [RuleID]) -> Int {
    successors.append(members.map { Int32($0.index) })
    return successors.count - 1
  }

  /// Begins a line; what is added next belongs to it.
  package mutating func beginLine(at span: Span) {
    lines.append(Line(span: span))
  }

  package mutating func add(_ rule: RuleID, overrides target: RuleID) {
    add(Int32(rule.index), Int32(target.index))
  }

  package mutating func add(_ rule: RuleID, overridesGroup node: Int) {
    add(Int32(rule.index), Int32(node))
  }

  private mutating func add(_ from: Int32, _ to: Int32) {
    successors[Int(from)].append(to)
    guard !lines.isEmpty else { return }
    lines[lines.count - 1].edges.append((from, to))
  }

  /// The graph as it is without some of its lines, by their numbers.
  package func without(lines removed: Set<Int>) -> OverrideGraph {
    var graph = self
    for rule in 0..<ruleCount { graph.successors[rule] = [] }
    for (number, line) in lines.enumerated() where !removed.contains(number) {
      for edge in line.edges { graph.successors[Int(edge.from)].append(edge.to) }
    }
    return graph
  }

  /// The rules that a rule overrides, directly or through others; not itself. O(edges).
  package func overridden(by rule: RuleID) -> Set<RuleID> {
    var seen = Set<Int32>()
    var stack = successors[rule.index]
    while let node = stack.popLast() {
      guard seen.insert(node).inserted else { continue }
      stack += successors[Int(node)]
    }
    var result = Set<RuleID>()
    for node in seen where node < ruleCount && node != rule.index {
      result.insert(RuleID(Int(node)))
    }
    return result
  }

  /// Whether the first rule overrides the second, directly or through others. O(edges).
  package func overrides(_ rule: RuleID, _ other: RuleID) -> Bool {
    path(from: rule, to: other) != nil
  }

  /// The rules on a shortest way from one rule to another that it overrides, both ends included; nil
  /// if it does not override it.
  package func path(from rule: RuleID, to other: RuleID) -> [RuleID]? {
    guard rule != other else { return nil }
    var cameFrom: [Int32: Int32] = [:]
    var queue = [Int32(rule.index)]
    var head = 0
    while head < queue.count {
      let node = queue[head]
      head += 1
      for next in successors[Int(node)] where cameFrom[next] == nil && next != rule.index {
        cameFrom[next] = node
        if next == other.index { return way(to: next, cameFrom, start: Int32(rule.index)) }
        queue.append(next)
      }
    }
    return nil
  }

  private func way(to end: Int32, _ cameFrom: [Int32: Int32], start: Int32) -> [RuleID] {
    var nodes = [end]
    while let last = nodes.last, last != start, let previous = cameFrom[last] {
      nodes.append(previous)
    }
    return nodes.reversed().filter { $0 < ruleCount }.map { RuleID(Int($0)) }
  }

  /// Those of the applying rules that no other of them overrides, in order. O(edges) at most.
  package func winners(among applying: [RuleID]) -> [RuleID] {
    let isApplying = Set(applying.map { Int32($0.index) })
    var setAside = Set<Int32>()
    for rule in applying {
      for loser in overridden(by: rule) where isApplying.contains(Int32(loser.index)) {
        setAside.insert(Int32(loser.index))
      }
    }
    return applying.filter { !setAside.contains(Int32($0.index)) }.sorted()
  }
}
