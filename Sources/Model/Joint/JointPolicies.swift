package import Syntax

/// Two policies over one vocabulary, so that their decisions can be compared.
///
/// Compared are the messages that are complete and accepted under both policies, as the sending
/// system writes them: a field holds a value that both know, and what one of the policies needs is
/// given. The joint vocabulary has exactly these messages:
///
/// - Facts are the same if they are read from the same field; their values and numbers are those
///   that both policies know. What is one of some values in one policy, and any of some or a text
///   in the other, is one of the values. A fact of one policy alone stays as it is: the other
///   policy does not look at the field.
/// - A fact that must be given in one policy must be given. Where one policy says what holds if it
///   is not given, and the other says so differently or says that nothing is recorded, the joint
///   fact is optional, and each policy's tests are put so that it decides as it does by itself.
///   Only a date must then be given: what holds of its default depends on today.
/// - A field of which no value is accepted by both, such as one of other kinds, is never given:
///   tests of it become what they are without it, and there is no such fact. So is a field that is
///   a date in one policy and a text in the other, although there are texts that are dates.
///
/// Outcomes and notes are matched by name, as the language compares names. Where the policies say
/// one thing differently, the words are those of the new one. Places in rules, promises, conditions
/// and definitions lead to the files of the policy they came from; those of facts, outcomes and
/// notes to the new policy's, or to the old one's where it alone declares them. Scenarios are left
/// out.
///
/// Linear in the size of both.
package struct JointPolicies: Sendable {
  package let old: Policy
  package let new: Policy
  /// How the vocabularies differ, as far as it matters for messages or for what a report says:
  /// facts in the order of the joint vocabulary, then outcomes and notes.
  package let differences: [VocabularyDifference]
  /// Whether there is no message at all that is complete and accepted under both.
  package let hasNoMessages: Bool
  /// By the `FactID` of the old and of the new policy: the joint fact; nil of one that is never
  /// given.
  package let factsOfOld: [FactID?]
  package let factsOfNew: [FactID?]

  package init(_ old: Policy, _ new: Policy) {
    let joining = VocabularyJoining(old.vocabulary, new.vocabulary)
    let definitionCount = new.vocabulary.definitions.count
    let ofNew = Translation(new, joining.new, definitionsBefore: 0)
    let ofOld = Translation(old, joining.old, definitionsBefore: definitionCount)
    var vocabulary = joining.vocabulary
    vocabulary.definitions = ofNew.definitions + ofOld.definitions
    self.old = ofOld.policy(vocabulary)
    self.new = ofNew.policy(vocabulary)
    differences = joining.differences
    hasNoMessages = joining.hasNoMessages
    factsOfOld = joining.old.facts.map(\.joint)
    factsOfNew = joining.new.facts.map(\.joint)
  }
}

/// What one policy's ids are in the joint vocabulary.
struct Renumbering {
  /// What became of a fact.
  enum FactPlace {
    /// It is this joint fact. `values` are its own values' ids there, nil of values that the other
    /// policy does not know. Where nothing is recorded of the joint fact, it has the value
    /// `unsaid`. A set or text that has become a choice is one of `texts`.
    case joint(FactID, values: [ValueID?], unsaid: FactValue?, texts: [String]?)
    /// It is never given, and has its default if it has one.
    case neverGiven(FactValue?)

    var joint: FactID? {
      if case .joint(let id, _, _, _) = self { id } else { nil }
    }
  }

  var facts: [FactPlace]
  var outcomes: [OutcomeID] = []
  var notes: [NoteID] = []

  init(_ vocabulary: Vocabulary) {
    facts = vocabulary.facts.map { _ in .neverGiven(nil) }
  }
}
