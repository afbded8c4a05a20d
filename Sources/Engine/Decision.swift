package import Model
package import Syntax

/// What a policy decides about one message.
package struct Decision: Hashable, Sendable {
  package var outcome: OutcomeID
  /// In the order of the vocabulary.
  package var notes: [NoteID]
  /// Whether the decision is the same whatever the missing facts are. If not, outcome and notes are
  /// those of `when unsure`.
  package var isSure: Bool
  /// The missing facts that the rules in doubt ask for, in the order of the vocabulary; none of a
  /// sure decision.
  package var missing: [FactID]
  /// The decision rules, guards and note rules that win, in at least one of the ways in which the
  /// rules in doubt could apply; in the order of file and line. None of an unsure decision.
  package var winners: [RuleID]
  /// The rules that may apply and keep the decision from being sure, in the order of file and line;
  /// none of a sure decision.
  package var inDoubt: [RuleID]
  /// Whether `otherwise` gave the first outcome. False for an unsure decision.
  package var madeByOtherwise: Bool

  package init(
    outcome: OutcomeID, notes: [NoteID], isSure: Bool, missing: [FactID], winners: [RuleID],
    inDoubt: [RuleID], madeByOtherwise: Bool
  ) {
    self.outcome = outcome
    self.notes = notes
    self.isSure = isSure
    self.missing = missing
    self.winners = winners
    self.inDoubt = inDoubt
    self.madeByOtherwise = madeByOtherwise
  }

  /// The rules that are shown with the decision: the winners, or those in doubt.
  package var rules: [RuleID] {
    isSure ? winners : inDoubt
  }

  /// Their names in the order of file and line, with `otherwise` in its place.
  package func ruleNames(in policy: Policy) -> [String] {
    var names = rules.map { policy[$0].name }
    if madeByOtherwise, let otherwise = policy.otherwise {
      let place = rules.firstIndex { policy[$0].span > otherwise.span }
      names.insert("otherwise", at: place ?? names.count)
    }
    return names
  }
}

/// Why there is no decision about a message. Never in a policy that the checker proved.
package enum Disagreement: Error, Hashable, Sendable {
  /// These winners, in the order of file and line, give different outcomes.
  case conflict([RuleID])
  /// No rule decides, and there is no `otherwise`; or the message lacks facts and there is no
  /// `when unsure`.
  case gap

  /// The rules that disagree.
  package var rules: [RuleID] {
    switch self {
    case .conflict(let rules): rules
    case .gap: []
    }
  }
}
