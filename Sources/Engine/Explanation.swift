package import Model
package import Syntax

/// How one decision came about: what became of every rule, and why.
package struct Explanation: Sendable {
  package let policy: Policy
  package let message: Message
  package let result: Result<Decision, Disagreement>
  /// What the decision rules or `otherwise` gave before guards looked at it, in the order of the
  /// vocabulary; several where facts are missing.
  package let firstOutcomes: [OutcomeID]
  /// Every rule in force, in the order of file and line.
  package let rules: [RuleAccount]
  /// The notes of the decision.
  package let notes: [NoteAccount]
  /// The missing facts that keep the decision from being sure.
  package let missing: [MissingAccount]
}

/// What became of one rule.
package struct RuleAccount: Sendable {
  package let rule: RuleID
  package let standing: Standing
  /// The tests that made it so, as the message answers them, in the order of the condition.
  package let reasons: [Reason]
  /// Of a rule that does not apply: facts that keep it from applying, as few as can be read off its condition. Nil
  /// if it is not for want of facts that it does not: what it asks of today or of the outcome is not so.
  package let obstacles: Set<FactID>?

  package enum Standing: Hashable, Sendable {
    /// It applies, and no rule that surely applies sets it aside.
    case applies
    /// It applies, but the first of these rules applies too and overrides it through the others;
    /// the rule itself comes last.
    case setAside([RuleID])
    /// Facts are missing, so that it may apply.
    case inDoubt
    /// It may apply, but the first of these rules surely does and overrides it.
    case setAsideEitherWay([RuleID])
    case doesNotApply
    /// A guard or note rule of which it does not matter: nothing was decided that it could look at.
    case notReached
  }
}

/// A test that settles, or leaves open, whether a condition is met.
package struct Reason: Hashable, Sendable {
  package let test: Test
  /// What is known of the test itself, whether or not it stands under a `not`.
  package let truth: Truth
  /// The definitions that lead to it, the outermost first.
  package let definitions: [Within]
  /// The outcome that it looked at, of guards and note rules.
  package let outcome: OutcomeID?

  /// A definition in which the test stands, and what is known of it.
  package struct Within: Hashable, Sendable {
    package let id: DefinitionID
    package let truth: Truth
  }
}

/// A note of the decision, and who brought it.
package struct NoteAccount: Hashable, Sendable {
  package enum Source: Hashable, Sendable {
    case rule(RuleID)
    case otherwise
    case whenUnsure
  }

  package let note: NoteID
  package let sources: [Source]
}

/// A missing fact, and the rules in doubt that ask for it.
package struct MissingAccount: Hashable, Sendable {
  package let fact: FactID
  package let rules: [RuleID]
}

extension Evaluator {
  /// How the policy comes to its decision about a message. O(rules × size of the policy) at worst.
  package func explain(_ message: Message) -> Explanation {
    Explanation(Deliberation(message, self))
  }
}
