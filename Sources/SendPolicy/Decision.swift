import Engine
import Model
import Program
import Values

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
  /// The fields of the missing facts that kept the decision from being sure, in the order of the vocabulary.
  ///
  /// These are what an interview would ask, one after the other and each time of the new decision: on any other
  /// fact the rules in doubt do not depend.
  public let missing: [String]
  /// The rules that made the decision, by name or place, in the order of file and line; of an unsure
  /// decision those in doubt.
  public let rules: [String]
  /// The SHA-256 that names the version of the policy.
  public let policy: String

  /// What a decider has decided; the message is needed only where a note tells a fact.
  init(
    _ verdict: Verdict, _ decider: Decider, _ noteNumbers: [Int], _ message: Message?,
    _ words: PolicyWords
  ) {
    let vocabulary = words.vocabulary
    let told = message ?? Message(values: [], today: .firstProved)
    outcome = words.outcomes[verdict.outcome]
    notes = noteNumbers.map { words.notes[$0] }
    texts = noteNumbers.map { vocabulary.notes[$0].text(for: told, vocabulary) }
    isSure = verdict.kind == .decided
    missing = isSure ? [] : decider.missing.map { vocabulary.facts[$0].field }
    rules = words.names(ofRules: decider.ruleNumbers, withOtherwise: verdict.isByOtherwise)
    policy = words.hash
  }
}
