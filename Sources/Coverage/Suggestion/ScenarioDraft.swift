import Classes
package import Engine
package import Model
package import Syntax
package import Values

/// A scenario that is not written yet: a message in few words, and what becomes of it today.
package struct ScenarioDraft: Sendable {
  /// The scenario that it is like.
  package let base: String?
  /// What is given besides, each a sentence of the language.
  package let given: [String]
  /// Its day, if that needs to be said.
  package let day: Day?
  package let message: Message
  package let outcome: OutcomeID
  package let notes: [NoteID]

  /// The statement, in the language but not yet in its layout.
  func text(named name: String, _ vocabulary: Vocabulary) -> String {
    func written(_ name: String) -> String { NameTable.written(name) }
    let notes = notes.map { written(vocabulary[$0].name) }
    var lines = ["scenario \(name)"]
    if let base { lines.append("  like \(base)") }
    lines += given.map { "  given \($0)" }
    if let day { lines.append("  on \(day.words)") }
    let with = notes.isEmpty ? "no notes" : notes.enumerated(with: "and")
    lines.append("  expect \(written(vocabulary[outcome].name)) with \(with)")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Whether a decision is what the scenario will expect.
  func isMet(by result: Result<Decision, Disagreement>) -> Bool {
    guard case .success(let decision) = result else { return false }
    return decision.outcome == outcome && decision.notes == notes
  }
}

/// A scenario in the language: what was told of a message and what nobody knows, and what became of it.
package func scenarioText(
  named name: String, told: [FactID], unknown: [FactID], _ explanation: Explanation
) -> String {
  let (vocabulary, message) = (explanation.policy.vocabulary, explanation.message)
  let sentences = GivenSentences(vocabulary)
  var lines = ["scenario \(name)"]
  for fact in (told + unknown).sorted() {
    let sentence =
      unknown.contains(fact)
      ? sentences.unknown(fact) : sentences.sentence(fact, message[fact])
    lines.append(
      sentence.map { "  given \($0)" }
        ?? "  # No sentence says what was told of: \(vocabulary[fact].phrase)")
  }
  lines.append("  on \(message.today.words)")
  if case .success(let decision) = explanation.result {
    let notes = decision.notes.map { NameTable.written(vocabulary[$0].name) }
    let with = notes.isEmpty ? "no notes" : notes.enumerated(with: "and")
    let outcome = NameTable.written(vocabulary[decision.outcome].name)
    lines.append(decision.isSure ? "  expect \(outcome) with \(with)" : "  expect unsure")
  }
  return lines.joined(separator: "\n") + "\n"
}

/// Says in sentences what a message gives.
struct GivenSentences {
  private let vocabulary: Vocabulary
  private let sentences: ClassSentences

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    sentences = ClassSentences(vocabulary)
  }

  /// The sentence that nobody knows what a fact is.
  func unknown(_ fact: FactID) -> String { "it is unknown what \(vocabulary[fact].phrase)" }

  /// The sentence that gives a fact this state; nil if the language has none.
  func sentence(_ id: FactID, _ state: FactState) -> String? {
    let fact = vocabulary[id]
    switch state {
    case .missing: return "it is unknown \(fact.questionWord) \(fact.phrase)"
    case .absent: return sentences.sentences([(.isRecorded(id), false)]).first
    case .value(let value):
      if case .set(let values) = value { return set(values, fact) }
      let said = sentences.sentences(recorded(fact) + properties(of: value, fact))
      // A phrase without a negative cannot be denied in a scenario.
      return said.count == 1 && !said[0].hasPrefix("not (") ? said[0] : nil
    }
  }

  private func recorded(_ fact: Fact) -> [(Property, Bool)] {
    fact.presence == .optional ? [(.isRecorded(fact.id), true)] : []
  }

  private func set(_ values: Set<ValueID>, _ fact: Fact) -> String {
    let names = values.sorted().map { sentences.written(fact.values[$0.index]) }
    return "\(fact.phrase) \(names.isEmpty ? "nothing" : names.enumerated(with: "and"))"
  }

  private func properties(of value: FactValue, _ fact: Fact) -> [(Property, Bool)] {
    switch value {
    case .choice(let value): [(.isOneOf(fact.id, [value]), true)]
    case .set: []
    case .flag(let isTrue): [(.isTrue(fact.id), isTrue)]
    case .number(let number):
      [
        (.isAtLeast(fact.id, number.millionths), true),
        (.isAtLeast(fact.id, number.millionths + 1), false),
      ]
    case .day(let day):
      [
        (.isFrom(fact.id, DayBound(.day(day))), true),
        (.isFrom(fact.id, DayBound(.day(day), offset: 1)), false),
      ]
    case .text(let text): [(.matches(fact.id, TextPattern(.equals, Array(text.utf8))), true)]
    }
  }
}
