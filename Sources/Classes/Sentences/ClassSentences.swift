package import Model
import Syntax
import Values

/// Says in a policy's own sentences what all messages of a class have in common.
///
/// A class is given by its properties; what comes back are sentences to be joined by `and`, as
/// short as they can be without saying anything else: bounds of one fact become one range, values
/// that are left become one list. Each can be put into a rule as it stands, and all of them
/// together are true of exactly the messages that have the properties: complete ones whose values
/// are declared and in range. Only what the language has no sentence for is put in words that no
/// rule may hold: which day it is, days that are reckoned from today in a way that no ending says,
/// texts of several lines. Linear in the vocabulary to set up; quadratic in the properties of one
/// fact.
package struct ClassSentences: Sendable {
  package let vocabulary: Vocabulary
  /// Phrases, positive and negative, that more than one fact or definition has.
  private let sharedPhrases: Set<String>
  /// Words of a phrase of the vocabulary, whole: values that begin so are quoted.
  let phraseKeys: Set<String>

  package init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    var keys: Set<String> = []
    var shared: Set<String> = []
    let positive = vocabulary.facts.map(\.phrase) + vocabulary.definitions.map(\.phrase)
    let negative =
      vocabulary.facts.compactMap(\.negative) + vocabulary.definitions.compactMap(\.negative)
    for phrase in positive + negative {
      let key = ClassSentences.key(phrase)
      if !keys.insert(key).inserted { shared.insert(key) }
    }
    phraseKeys = keys
    sharedPhrases = shared
  }

  /// The sentences that say the same as the properties, in the order of the vocabulary; what is
  /// said about today and the outcome comes last. Properties that no message can have together give
  /// sentences that contradict each other.
  package func sentences(_ properties: [(Property, Bool)]) -> [String] {
    var literals: [FactID: [(Property, Bool)]] = [:]
    var others: [(Property, Bool)] = []
    for (property, isSo) in properties {
      if let fact = property.fact {
        literals[fact, default: []].append((property, isSo))
      } else {
        others.append((property, isSo))
      }
    }
    let facts = literals.keys.sorted().flatMap { fact in
      sentences(FactClass(vocabulary[fact], literals[fact, default: []], negative: negative(fact)))
    }
    return facts + todaySentences(others) + outcomeSentences(others)
  }

  /// The negative phrase of a fact, if it can be told apart from every other phrase.
  private func negative(_ fact: FactID) -> String? {
    vocabulary[fact].negative.flatMap { phrase in
      sharedPhrases.contains(ClassSentences.key(phrase)) ? nil : phrase
    }
  }

  private func sentences(_ about: FactClass) -> [String] {
    if about.isUnrecorded { return [about.notRecorded] }
    let sayings =
      switch about.fact.kind {
      case .choice: choice(about)
      case .set: set(about)
      case .yesOrNo: flag(about)
      case .number(let isWhole, let unit, let low, let high):
        NumberSentences(about, isWhole: isWhole, unit: unit, low: low, high: high).sayings
      case .date: DateSentences(about).sayings
      case .text: TextSentences(about).sayings
      }
    let mustBeSaid = about.absence == .excluded && sayings.allSatisfy(\.holdsWhereAbsent)
    return (mustBeSaid ? [about.recorded] : []) + sayings.map(\.text)
  }

  /// A phrase as sentences are read: without regard to case and articles.
  static func key(_ phrase: String) -> String {
    WordTable.lowercased(phrase).split(separator: " ")
      .filter { !["a", "an", "the"].contains($0) }.joined(separator: " ")
  }
}

/// One sentence about a fact.
struct Saying {
  let text: String
  /// Whether it is also true of a message in which nothing is recorded of the fact.
  let holdsWhereAbsent: Bool

  static func positive(_ text: String) -> Saying { Saying(text: text, holdsWhereAbsent: false) }
  static func negative(_ text: String) -> Saying { Saying(text: text, holdsWhereAbsent: true) }
}

/// What a class says about one fact.
struct FactClass {
  enum Absence {
    /// The fact always has a value.
    case impossible
    /// Nothing need be recorded of the fact, but in this class something is.
    case excluded
    /// In messages of this class there may be nothing recorded, so that every sentence must hold
    /// there too.
    case included
  }

  let fact: Fact
  /// What is asked of its value, and whether the answer is yes.
  let literals: [(property: Property, isSo: Bool)]
  let absence: Absence
  /// Whether the class is that nothing is recorded.
  let isUnrecorded: Bool
  let negative: String?

  /// `negative` is the fact's negative phrase, if it can be used.
  init(_ fact: Fact, _ literals: [(Property, Bool)], negative: String?) {
    self.fact = fact
    self.negative = negative
    let isOptional = fact.presence == .optional
    absence = !isOptional ? .impossible : literals.contains(where: \.1) ? .excluded : .included
    isUnrecorded = isOptional && literals.contains { $0.0 == .isRecorded(fact.id) && !$0.1 }
    self.literals = literals.filter { $0.0 != .isRecorded(fact.id) }
      .map { (property: $0.0, isSo: $0.1) }
  }

  var phrase: String { fact.phrase }

  /// The phrase with an ending.
  func yes(_ ending: String) -> Saying {
    .positive("\(phrase) \(ending)")
  }

  /// The negation of the phrase with an ending, said by the negative phrase where there is one.
  func no(_ ending: String) -> Saying {
    negative.map { .negative("\($0) \(ending)") } ?? inBrackets(ending)
  }

  /// The negation in brackets: for endings that the negative phrase does not take.
  func inBrackets(_ ending: String) -> Saying {
    .negative("not (\(phrase) \(ending))")
  }

  // MARK: Whether it is recorded

  /// `the deadline is recorded`, `it is recorded what recipient prefers`.
  var recorded: String { recorded(not: "") }

  var notRecorded: String { recorded(not: "not ") }

  private func recorded(not: String) -> String {
    let be = ["is", "are", "was"]
    if let last = phrase.split(separator: " ").last, be.contains(WordTable.lowercased(last)) {
      return "\(phrase) \(not)recorded"
    }
    let question =
      switch fact.kind {
      case .date: "when"
      case .yesOrNo: "whether"
      case .choice, .set, .number, .text: "what"
      }
    return "it is \(not)recorded \(question) \(phrase)"
  }
}
