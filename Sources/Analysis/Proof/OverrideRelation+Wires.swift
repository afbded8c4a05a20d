import Engine
import Logic
import Model

extension OverrideRelation {
  /// By rule: one of some rules applies that overrides it. What of other rules is said means nothing.
  ///
  /// Who is set aside is said once for each node, by what reaches it along the overrides. O(nodes + edges).
  func isOverridden(
    byAnyOf rules: [Int], where applies: (Int) -> Wire, _ circuit: Circuit
  ) -> [Wire] {
    var isReached = [Wire](repeating: .no, count: nodeCount)
    guard !isEmpty, rules.count > 1 else { return isReached }
    var isAsked = [Bool](repeating: false, count: nodeCount)
    for rule in rules { isAsked[rule] = true }
    var above: [Wire] = []
    for node in order {
      above.removeAll(keepingCapacity: true)
      for overrider in overriders(of: node) {
        let index = Int(overrider)
        if isAsked[index] { above.append(applies(index)) }
        if isReached[index] != .no { above.append(isReached[index]) }
      }
      if !above.isEmpty { isReached[Int(node)] = circuit.or(above) }
    }
    return isReached
  }
}
