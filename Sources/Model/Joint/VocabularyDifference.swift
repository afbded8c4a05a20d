import Syntax
import Values

/// One of two policies that are compared.
package enum PolicyVersion: Hashable, Sendable {
  case old, new

  package var other: PolicyVersion { self == .old ? .new : .old }
}

/// Something in which the vocabularies of two policies differ.
///
/// Phrases are the new policy's, where it has the fact.
package enum VocabularyDifference: Hashable, Sendable {
  /// Only one policy looks at the field.
  case fact(String, onlyIn: PolicyVersion)
  /// A fact of one policy is read from inside a field of the other, or around one.
  case nestedField(String, field: String, of: PolicyVersion)
  /// Facts of one phrase that are read from different fields.
  case field(String, old: String, new: String)
  /// Facts of different phrases that are read from one field.
  case phrase(old: String, new: String, field: String)
  /// The values are of different kinds; compared are those that are of both kinds, if that can be.
  case kind(String, old: Fact.Kind, new: Fact.Kind, isCompared: Bool)
  /// There is no value that both policies accept.
  case nothingInCommon(String)
  case value(String, of: String, isSet: Bool, onlyIn: PolicyVersion)
  /// Numbers have other bounds, or must be whole.
  case range(String, old: Fact.Kind, new: Fact.Kind)
  /// Numbers count something else.
  case unit(String, old: String?, new: String?)
  /// What holds in a message that does not give the fact, in words; such messages may be left out.
  case presence(String, old: String, new: String, areLeftOut: Bool)
  case outcome(String, onlyIn: PolicyVersion)
  case note(String, onlyIn: PolicyVersion)
  /// A note's text.
  case noteText(String)

  /// Whether messages are not compared because of it: one of the policies rejects them, or needs
  /// what they do not give.
  package var leavesOutMessages: Bool {
    switch self {
    case .nestedField, .kind, .nothingInCommon, .value, .range: true
    case .presence(_, _, _, let areLeftOut): areLeftOut
    case .fact, .field, .phrase, .unit, .outcome, .note, .noteText: false
    }
  }
}

// MARK: - Words

extension VocabularyDifference {
  /// The difference as a sentence, without a full stop, that also says which messages are left out.
  package var words: String {
    switch self {
    case .fact(let phrase, .new): "`\(phrase)` is new: the old policy does not look at it"
    case .fact(let phrase, .old): "`\(phrase)` is gone: the new policy does not look at it"
    case .nestedField(let phrase, let field, let version):
      "the \(version) policy reads `\(phrase)` from the field `\(field)`, which for the "
        + "\(version.other) one lies inside another field or holds others: messages that give it "
        + "are left out"
    case .field(let phrase, let old, let new):
      "`\(phrase)` is read from the field `\(new)` in the new policy, and from `\(old)` in the old "
        + "one: they are compared as two facts"
    case .phrase(let old, let new, let field):
      "what is read from the field `\(field)` is called `\(new)` in the new policy, and `\(old)` "
        + "in the old one"
    case .kind(let phrase, let old, let new, let isCompared):
      "`\(phrase)` is \(new.words) in the new policy, and \(old.words) in the old one: messages "
        + (isCompared ? "that do not give it as one text that both accept" : "that give it")
        + " are left out"
    case .nothingInCommon(let phrase):
      "no value of `\(phrase)` is accepted by both policies: messages that give it are left out"
    case .value(let value, let phrase, let isSet, let version):
      "`\(phrase)` \(version == .new ? "has a new" : "no longer has the") value `\(value)`: "
        + "messages \(isSet ? "that hold it" : "with it") are rejected by the \(version.other) "
        + "policy and are left out"
    case .range(let phrase, let old, let new):
      "`\(phrase)` takes \(new.numbersInWords) in the new policy, and \(old.numbersInWords) in the "
        + "old one: messages with numbers that one of them rejects are left out"
    case .unit(let phrase, let old, let new):
      "`\(phrase)` counts \(new ?? "no unit") in the new policy, and \(old ?? "no unit") in the "
        + "old one: the numbers are compared as they stand"
    case .presence(let phrase, let old, let new, let areLeftOut):
      "where a message does not give `\(phrase)`, \(new) in the new policy, and \(old) in the old "
        + "one" + (areLeftOut ? ": such messages are left out" : "")
    case .outcome(let name, .new): "the outcome `\(name)` is new"
    case .outcome(let name, .old): "the outcome `\(name)` is gone"
    case .note(let name, .new): "the note `\(name)` is new"
    case .note(let name, .old): "the note `\(name)` is gone"
    case .noteText(let name): "the note `\(name)` has another text"
    }
  }
}

extension Fact {
  /// What holds where a message does not give the fact.
  var presenceInWords: String {
    switch presence {
    case .required: "it is missing"
    case .optional: "nothing is recorded"
    case .defaulted(let value): "it counts as `\(words(value))`"
    }
  }

  private func words(_ value: FactValue) -> String {
    switch value {
    case .choice(let value): values[value.index]
    case .set(let held):
      held.isEmpty ? "nothing" : held.sorted().map { values[$0.index] }.joined(separator: ", ")
    case .flag(let flag): flag ? "yes" : "no"
    case .number(let number): number.description
    case .day(let day): day.words
    case .text(let text): text
    }
  }
}

extension Fact.Kind {
  fileprivate var words: String {
    switch self {
    case .choice: "one of some values"
    case .set: "any of some values"
    case .yesOrNo: "yes or no"
    case .number: "a number"
    case .date: "a date"
    case .text: "a text"
    }
  }

  fileprivate var numbersInWords: String {
    guard case .number(let isWhole, _, let low, let high) = self else { return words }
    return (isWhole ? "whole numbers" : "numbers") + Fact.Kind.rangeInWords(low, high)
  }
}
