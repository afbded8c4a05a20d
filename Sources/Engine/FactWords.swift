package import Model
import Syntax
import Values

extension Fact {
  /// What a message says about the fact, as it stands in a note's text: `3 May 2026`, `plain`,
  /// `child and financial`, `yes`, `not recorded`, `not known`.
  package func words(for state: FactState) -> String {
    switch state {
    case .value(let value): words(for: value)
    case .absent: "not recorded"
    case .missing: "not known"
    }
  }

  /// A value of the fact in words; a number without its unit.
  package func words(for value: FactValue) -> String {
    switch value {
    case .choice(let value): name(of: value)
    case .set(let values):
      values.isEmpty ? "nothing" : values.sorted().map(name).enumerated(with: "and")
    case .flag(let flag): flag ? "yes" : "no"
    case .number(let number): number.description
    case .day(let day): day.words
    case .text(let text): text
    }
  }

  /// What asks for the fact: `when`, `whether` or `what`, before its phrase.
  package var questionWord: String {
    switch kind {
    case .date: "when"
    case .yesOrNo: "whether"
    case .choice, .set, .number, .text: "what"
    }
  }

  private func name(of value: ValueID) -> String {
    values.indices.contains(value.index) ? values[value.index] : ""
  }
}

extension [String] {
  /// `a`, `a and b`, `a, b and c`; the last two joined by the connective.
  package func enumerated(with connective: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(connective) " + last
  }
}

extension Note {
  /// The note's text for a message, with the values of the facts that it names filled in.
  package func text(for message: Message, _ vocabulary: Vocabulary) -> String {
    text.map { piece in
      switch piece {
      case .text(let text): text
      case .fact(let fact): vocabulary[fact].words(for: message[fact])
      }
    }.joined()
  }
}
