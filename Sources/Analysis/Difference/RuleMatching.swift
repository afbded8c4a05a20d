import Logic
import Model
import Syntax

/// Which rule of one policy is which of the other.
///
/// Rules of one name that say the same are one; then rules that say the same, whatever their names
/// are, since unnamed ones are called by their lines; then rules of one name, which have changed.
struct RuleMatching {
  /// By `RuleID` of the old policy: the rule in the new one.
  private(set) var newOfOld: [RuleID?]
  /// By `RuleID` of the new policy: the rule in the old one.
  private(set) var oldOfNew: [RuleID?]

  /// By `RuleID`: the rule says something else in the other policy, or is not there.
  private(set) var isChangedInOld: [Bool]
  private(set) var isChangedInNew: [Bool]

  /// What a rule says, apart from which rules it overrides and why.
  private struct Content: Hashable {
    let kind: Rule.Kind
    let condition: Wire
    let outcome: OutcomeID?
    let notes: Set<NoteID>
  }

  private struct Name: Hashable {
    let kind: Rule.Kind
    let name: String
  }

  private struct NamedContent: Hashable {
    let name: String
    let content: Content
  }

  init(_ old: ComparedPolicy, _ new: ComparedPolicy) {
    newOfOld = Array(repeating: nil, count: old.policy.rules.count)
    oldOfNew = Array(repeating: nil, count: new.policy.rules.count)
    isChangedInOld = newOfOld.map { _ in true }
    isChangedInNew = oldOfNew.map { _ in true }
    let contents = (old: RuleMatching.contents(old), new: RuleMatching.contents(new))
    match(old.policy, new.policy) { rule, isOld in
      NamedContent(
        name: rule.name, content: (isOld ? contents.old : contents.new)[rule.id.index])
    }
    match(old.policy, new.policy) { rule, isOld in
      (isOld ? contents.old : contents.new)[rule.id.index]
    }
    for (rule, other) in newOfOld.enumerated() {
      guard let other else { continue }
      isChangedInOld[rule] = false
      isChangedInNew[other.index] = false
    }
    match(old.policy, new.policy) { rule, _ in
      rule.isNamed ? Name(kind: rule.kind, name: rule.name) : nil
    }
  }

  /// A policy and a variant of it: each rule is the one with the same number.
  init(_ variant: PolicyVariant) {
    newOfOld = variant.policy.rules.map { $0.id }
    oldOfNew = newOfOld
    isChangedInOld = newOfOld.map { _ in false }
    for rule in variant.rules { isChangedInOld[rule.index] = true }
    isChangedInNew = isChangedInOld
  }

  /// Whether every rule is the one with the same number.
  var isIdentity: Bool {
    newOfOld.count == oldOfNew.count && newOfOld.indices.allSatisfy { newOfOld[$0]?.index == $0 }
  }

  private static func contents(_ side: ComparedPolicy) -> [Content] {
    side.policy.rules.map { rule in
      Content(
        kind: rule.kind, condition: side.conditions[rule.id.index], outcome: rule.outcome,
        notes: Set(rule.notes))
    }
  }

  /// Matches rules that are left and have a key in common, in their order.
  private mutating func match<Key: Hashable>(
    _ old: Policy, _ new: Policy, _ key: (Rule, _ isOld: Bool) -> Key?
  ) {
    var open: [Key: [RuleID]] = [:]
    for rule in new.rules.reversed() where oldOfNew[rule.id.index] == nil {
      if let key = key(rule, false) { open[key, default: []].append(rule.id) }
    }
    for rule in old.rules where newOfOld[rule.id.index] == nil {
      guard let key = key(rule, true), let other = open[key]?.popLast() else { continue }
      newOfOld[rule.id.index] = other
      oldOfNew[other.index] = rule.id
    }
  }
}
