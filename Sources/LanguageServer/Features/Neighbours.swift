import Model

/// Which rules a rule overrides, and which override it, by the `overrides` lines themselves: what follows from them
/// through other rules is left aside.
struct Neighbours {
  private let graph: OverrideGraph
  /// By node, the nodes that override it directly.
  private var above: [[Int32]]

  /// O(rules + edges).
  init(_ graph: OverrideGraph) {
    self.graph = graph
    above = Array(repeating: [], count: graph.successors.count)
    for (node, below) in graph.successors.enumerated() {
      for other in below { above[Int(other)].append(Int32(node)) }
    }
  }

  func overridden(by rule: RuleID) -> [RuleID] {
    rules(graph.successors[rule.index]) { graph.successors[$0] }
  }

  func overriders(of rule: RuleID) -> [RuleID] {
    rules(above[rule.index]) { above[$0] }
  }

  /// The rules that override a rule by its own name.
  func overridersByName(of rule: RuleID) -> [RuleID] {
    rules(above[rule.index].filter { $0 < graph.ruleCount }) { _ in [] }
  }

  /// The rules among some nodes, and in place of a group those on its other side.
  private func rules(_ nodes: [Int32], beyond: (Int) -> [Int32]) -> [RuleID] {
    var numbers: Set<Int> = []
    for node in nodes.map(Int.init) {
      if node < graph.ruleCount {
        numbers.insert(node)
      } else {
        numbers.formUnion(beyond(node).map(Int.init).filter { $0 < graph.ruleCount })
      }
    }
    return numbers.sorted().map { RuleID($0) }
  }
}
