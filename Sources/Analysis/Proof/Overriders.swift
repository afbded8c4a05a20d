import Engine
import Model

/// Of each rule, the rules that override it, directly or through others: a row of bits each.
///
/// O((nodes + edges) × rules / 64) to make.
struct Overriders {
  let ruleCount: Int
  private let wordCount: Int
  /// By node; empty if nothing overrides anything.
  private var rows: [UInt64] = []

  init(_ relation: OverrideRelation, ruleCount: Int) {
    self.ruleCount = ruleCount
    wordCount = (ruleCount + 63) / 64
    guard !relation.isEmpty else { return }
    rows = Array(repeating: 0, count: relation.nodeCount * wordCount)
    for node in relation.order {
      let row = Int(node) * wordCount
      for overrider in relation.overriders(of: node) {
        let other = Int(overrider) * wordCount
        for word in 0..<wordCount { rows[row + word] |= rows[other + word] }
        if overrider < ruleCount { rows[row + Int(overrider) / 64] |= 1 << UInt64(overrider % 64) }
      }
    }
  }

  subscript(rule: RuleID) -> BitSet {
    guard !rows.isEmpty else { return BitSet(count: ruleCount) }
    let row = rule.index * wordCount
    return BitSet(words: Array(rows[row..<row + wordCount]), count: ruleCount)
  }

  /// Those of the applying rules that no other of them overrides.
  func winners(among applying: [RuleID]) -> [RuleID] {
    guard !rows.isEmpty, applying.count > 1 else { return applying }
    var isApplying = BitSet(count: ruleCount)
    for rule in applying { isApplying.insert(rule.index) }
    return applying.filter { rule in
      let row = rule.index * wordCount
      return !(0..<wordCount).contains { rows[row + $0] & isApplying.words[$0] != 0 }
    }
  }

  /// Whether the first rule overrides the second.
  func overrides(_ rule: RuleID, _ other: RuleID) -> Bool {
    guard !rows.isEmpty else { return false }
    let word = rows[other.index * wordCount + rule.index / 64]
    return word >> UInt64(rule.index % 64) & 1 == 1
  }
}
