/// What a decider says about a message.
package struct Verdict: Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    case decided
    /// The facts that are missing let the decision come out in several ways: outcome and notes are those of
    /// `when unsure`.
    case unsure
    /// Winners disagree, or nobody decides. Never in a checked policy.
    case conflict, gap
  }

  package var kind: Kind
  /// The outcome's number in the vocabulary; -1 of a conflict or gap.
  package var outcome: Int
  /// Whether `otherwise` gave the first outcome.
  package var isByOtherwise: Bool

  package init(_ kind: Kind, outcome: Int, isByOtherwise: Bool = false) {
    self.kind = kind
    self.outcome = outcome
    self.isByOtherwise = isByOtherwise
  }
}
