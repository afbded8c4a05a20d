package import Model
package import Syntax

/// A policy that says something else than another one in a few places.
///
/// It has the same facts, outcomes and notes, the same definitions and rules in the same places, and the same
/// promises. A rule that is gone is there as one that applies to no message: its condition is `never`.
package struct PolicyVariant: Sendable {
  package let policy: Policy
  /// The rules that may apply to other messages or give something else.
  package let rules: [RuleID]
  /// The definitions that may be true of other messages.
  package let definitions: [DefinitionID]
  /// Whether rules may override others than before.
  package let changesOverrides: Bool

  package init(
    _ policy: Policy, rules: [RuleID] = [], definitions: [DefinitionID] = [],
    changesOverrides: Bool = false
  ) {
    (self.policy, self.rules, self.definitions) = (policy, rules, definitions)
    self.changesOverrides = changesOverrides
  }
}

extension Condition {
  /// No message meets it.
  package static var never: Condition { .or([]) }
}
