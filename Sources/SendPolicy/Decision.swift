import Engine
import Model

/// How a message is to be sent, and why.
public struct Decision: Hashable, Sendable {
  /// The outcome's name, as the vocabulary declares it.
  public let outcome: String
  /// The notes' names, in the order of the vocabulary.
  public let notes: [String]
  /// The notes' texts with the message's facts filled in, in the order of `notes`.
  public let texts: [String]
  /// Whether the decision is the same whatever the missing facts are. If not, outcome and notes are
  /// those of `when unsure`.
  public let isSure: Bool
  /// The fields of the missing facts that kept the decision from being sure.
  public let missing: [String]
  /// The rules that made the decision, by name or place, in the order of file and line; of an unsure
  /// decision those in doubt.
  public let rules: [String]
  /// The SHA-256 that names the version of the policy.
  public let policy: String

  init(_ decision: Engine.Decision, _ message: Message, _ policy: Model.Policy) {
    let vocabulary = policy.vocabulary
    outcome = vocabulary[decision.outcome].name
    notes = decision.notes.map { vocabulary[$0].name }
    texts = decision.notes.map { vocabulary[$0].text(for: message, vocabulary) }
    isSure = decision.isSure
    missing = decision.missing.map { vocabulary[$0].field }
    rules = decision.ruleNames(in: policy)
    self.policy = policy.hash
  }
}
