import Engine
import Findings
import Model
import Values

/// A fact that messages to a policy tell, looked up once by its name and then told as often as need be.
///
/// It belongs to the policy that gave it, and is refused by every other.
public struct PolicyFact: Hashable, Sendable {
  /// What a fact can be told as.
  public enum Kind: Hashable, Sendable {
    /// One of the declared values.
    case choice
    /// Any number of the declared values.
    case set
    case yesOrNo, number, date, text
  }

  package let core: PolicyCore
  package let number: Int

  private var fact: Model.Fact { core.words.vocabulary.facts[number] }

  /// The field of a JSON message that it is read from, with dots between levels.
  public var name: String { fact.field }

  /// How sentences about it begin: `recipient prefers`.
  public var phrase: String { fact.phrase }

  /// What it can be told as.
  public var kind: Kind {
    switch fact.kind {
    case .choice: .choice
    case .set: .set
    case .yesOrNo: .yesOrNo
    case .number: .number
    case .date: .date
    case .text: .text
    }
  }

  /// Whether a message that does not tell it lacks something.
  public var isRequired: Bool { fact.presence == .required }

  /// The declared values of a choice or set; a value's number is its place here.
  public var values: [String] { fact.values }

  /// What it takes, to stand in a sentence.
  var allowed: String {
    let other = isRequired ? ", and needs one" : ""
    switch fact.kind {
    case .choice, .set, .yesOrNo: return kind.inWords + other
    case .date: return "a day from 1 January 1900 on that exists" + other
    case .text: return "a text in UTF-8 of at most 1 MiB" + other
    case .number(let isWhole, let unit, let low, let high):
      return (isWhole ? "a whole number" : "a number") + (unit.map { " of \($0)" } ?? "")
        + Model.Fact.Kind.rangeInWords(low, high) + other
    }
  }

  /// Looks up one of the declared values; throws if there is none of that name.
  public func value(_ name: String) throws(FactError) -> PolicyValue {
    let bytes = Array(name.utf8)
    if let value = fact.values.firstIndex(where: { $0.utf8.elementsEqual(bytes) }) {
      return PolicyValue(fact: self, number: value)
    }
    switch fact.kind {
    case .choice, .set:
      throw FactError(
        .unknownValue,
        "`\(self.name)` has no value `\(name)`"
          + FactError.suggestion(for: name, among: fact.values))
    case .yesOrNo, .number, .date, .text:
      throw FactError(
        .wrongKind, "`\(self.name)` has no declared values: it takes \(kind.inWords)")
    }
  }

  /// Whether two are the same fact of the same policy.
  public static func == (a: PolicyFact, b: PolicyFact) -> Bool {
    a.core === b.core && a.number == b.number
  }

  /// Hashes the fact and the policy that it belongs to.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(ObjectIdentifier(core))
    hasher.combine(number)
  }
}

/// One of the declared values of a choice or set.
public struct PolicyValue: Hashable, Sendable {
  /// The fact that takes it.
  public let fact: PolicyFact
  package let number: Int

  /// As the vocabulary declares it.
  public var name: String { fact.values[number] }
}

extension Policy {
  /// All facts that messages may tell, in the order of the vocabulary.
  public var facts: [PolicyFact] {
    core.words.vocabulary.facts.indices.map { PolicyFact(core: core, number: $0) }
  }

  /// Looks up a fact by the field that JSON messages tell it in, with dots between levels; throws if there is
  /// none of that name.
  public func fact(_ name: String) throws(FactError) -> PolicyFact {
    if let number = core.words.factsByField[Array(name.utf8)] {
      return PolicyFact(core: core, number: number)
    }
    let known = core.words.vocabulary.facts.map(\.field)
    throw FactError(
      .unknownName,
      "the policy reads no fact from `\(name)`" + FactError.suggestion(for: name, among: known))
  }
}

/// Why a fact cannot be looked up, or cannot be told this way.
public struct FactError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What can go wrong.
  public enum Kind: Hashable, Sendable {
    /// No fact, or no value of the fact, has that name.
    case unknownName, unknownValue
    /// The fact is of another kind: a number where it takes one of its values.
    case wrongKind
    /// A value of the right kind that the fact does not take: a number out of its range, a day that does not
    /// exist, a text that is too long, nothing recorded of a fact that needs a value.
    case notAllowed
    /// The fact, the value or the message belongs to another policy.
    case otherPolicy
  }

  /// What went wrong.
  public let kind: Kind
  /// One sentence: what is wrong, and what would be right.
  public let message: String

  /// The sentence alone.
  public var description: String { message }

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  /// The place of a name among some of which each stands for a thing of that kind.
  package static func place(
    of name: String, among names: [String], _ what: String
  ) throws(FactError) -> Int {
    if let place = names.firstIndex(where: { $0.utf8.elementsEqual(name.utf8) }) { return place }
    throw FactError(
      .unknownName,
      "the policy has no \(what) `\(name)`" + suggestion(for: name, among: names))
  }

  fileprivate static func suggestion(for written: String, among known: [String]) -> String {
    Spelling.nearest(written, in: known).map { "; did you mean `\($0)`?" } ?? ""
  }
}

extension PolicyFact.Kind {
  /// What a fact of this kind takes, to stand in a sentence.
  var inWords: String {
    switch self {
    case .choice: "one of its declared values"
    case .set: "any number of its declared values"
    case .yesOrNo: "true or false"
    case .number: "a number"
    case .date: "a day"
    case .text: "a text"
    }
  }
}
