package import Model
package import Syntax

/// The facts of a vocabulary by the names that tables of other programs have for them.
package struct FactNames: Sendable {
  private var facts: [String: FactID] = [:]
  /// How the facts' sentences begin.
  package let phrases: [String]

  /// The last words of a phrase that a name may leave out: `purpose` is `purpose is`.
  private static let endings = ["is", "are", "was", "were"]

  package init(_ vocabulary: Vocabulary) {
    phrases = vocabulary.facts.map(\.phrase)
    // What is named in full comes first.
    for fact in vocabulary.facts.reversed() {
      let words = NameTable.words(of: fact.phrase)
      if let last = words.last, words.count > 1, FactNames.endings.contains(last) {
        facts[words.dropLast().joined(separator: " ")] = fact.id
      }
    }
    for fact in vocabulary.facts.reversed() {
      facts[fact.field.lowercased()] = fact.id
      facts[NameTable.words(of: fact.phrase).joined(separator: " ")] = fact.id
    }
  }

  /// The fact of a name: its phrase, with or without articles and the `is` at its end, or its field in messages.
  package func fact(named name: String) -> FactID? {
    facts[NameTable.words(of: name).joined(separator: " ")] ?? facts[name.lowercased()]
  }
}
