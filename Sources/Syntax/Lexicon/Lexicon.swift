package import Findings
/// Every word that the vocabulary declares, as far as reading sentences needs it.
package struct Lexicon: Sendable {
  package var facts: [DeclaredFact] = []
  package var definitions: [DeclaredDefinition] = []
  /// Which fact or definition a phrase at its declaration belongs to.
  package var factIDs: [Span: FactID] = [:]
  package var definitionIDs: [Span: DefinitionID] = [:]
  package var outcomes = NameTable()
  package var outcomePlaces: [NameSyntax] = []
  package var notes = NameTable()
  package var notePlaces: [NameSyntax] = []
  package var noteTexts: [NameSyntax?] = []
  package var lists = NameTable()
  package var declaredLists: [ListSyntax] = []
  /// All phrases with which a sentence may begin.
  package var phrases = WordTrie<PhraseMeaning>()
  /// The phrases of facts after `it is recorded what`.
  package var recordedPhrases = WordTrie<FactID>()
  /// The first words of phrases whose declaration could not be read, and says so.
  package var unreadablePhrases: Set<Word> = []
  package let contractions: Contractions

  package init(_ words: inout WordTable) {
    contractions = Contractions(&words)
    let outcomeIs = [words.intern("outcome"), Word(.is)]
    phrases.insert(outcomeIs, PhraseMeaning(.outcome, isNegative: false))
    phrases.insert(outcomeIs + [Word(.not)], PhraseMeaning(.outcome, isNegative: true))
    let workingDay = [Word(.working), Word(.day)]
    let today = [Word(.today), Word(.is)]
    phrases.insert(today + workingDay, PhraseMeaning(.workingDay, isNegative: false))
    phrases.insert(
      today + [Word(.not)] + workingDay, PhraseMeaning(.workingDay, isNegative: true))
  }

  package subscript(id: FactID) -> DeclaredFact { facts[id.index] }
  package subscript(id: DefinitionID) -> DeclaredDefinition { definitions[id.index] }
  package subscript(id: ListID) -> ListSyntax { declaredLists[id.index] }
  package func name(_ id: OutcomeID) -> String { outcomes.names[id.index] }
  package func name(_ id: NoteID) -> String { notes.names[id.index] }
  package func name(_ id: ListID) -> String { lists.names[id.index] }
}

/// A fact as its sentences need it.
package struct DeclaredFact: Sendable {
  package let phrase: PhraseSyntax
  package let type: FactType
  package var presence: Presence
  /// The field of the message, and where `from` names it.
  package let path: [String]
  package let pathSpan: Span?
  package var negativeText: String?
  /// The values of a `one of` or `any of` fact.
  package var values = NameTable()
  package var valuePlaces: [NameSyntax] = []

  package enum Presence: Hashable, Sendable {
    case required, optional, defaulted
  }

  package var isSet: Bool { type == .set }

  /// `subject starts with` and its like, made from the text fact `subject is`.
  var textEndings: [String] {
    guard type == .text, phrase.words.count > 1, phrase.words.last == Word(.is) else { return [] }
    let stem = phrase.text.split(separator: " ").dropLast().joined(separator: " ")
    return ["starts with", "ends with", "contains"].map { "\(stem) \($0)" }
      + ["start with", "end with", "contain"].map { "\(stem) does not \($0)" }
  }

  /// Whether the first auxiliary of the phrase is `was` or `were`.
  var saysWas: Bool {
    let auxiliary = phrase.words.dropFirst().first { word in
      word.keyword.map(Keyword.auxiliaries.contains) ?? false
    }
    return auxiliary == Word(.was) || auxiliary == Word(.were)
  }

  /// Whether the phrase ends in `is`, `are` or `was`.
  package var endsInBe: Bool {
    phrase.words.last.map { [Word(.is), Word(.are), Word(.was)].contains($0) } ?? false
  }
}

/// The kind of values that a fact has.
package enum FactType: Hashable, Sendable {
  case choice
  case set
  case yesOrNo
  case number(NumberTypeSyntax)
  case date
  case text
}

/// A definition as its sentences need it.
package struct DeclaredDefinition: Sendable {
  package let phrase: PhraseSyntax
  package var negativeText: String?
}

// MARK: Suggestions

extension Lexicon {
  struct SpelledPhrase {
    let text: String
    let wordCount: Int
    let isNegative: Bool
    /// Nil for definitions and for phrases such as `subject starts with`.
    let fact: FactID?
    let isTextEnding: Bool
  }

  /// The phrases with which sentences may begin, for suggestions.
  var allPhrases: [SpelledPhrase] {
    func spelled(
      _ text: String?, _ isNegative: Bool, _ fact: FactID?, isTextEnding: Bool = false
    ) -> SpelledPhrase? {
      text.map { text in
        SpelledPhrase(
          text: WordTable.lowercased(text), wordCount: text.split(separator: " ").count,
          isNegative: isNegative, fact: fact, isTextEnding: isTextEnding)
      }
    }
    var phrases: [SpelledPhrase?] = []
    for (index, fact) in facts.enumerated() {
      phrases.append(spelled(fact.phrase.text, false, FactID(index)))
      phrases.append(spelled(fact.negativeText, true, FactID(index)))
      phrases += fact.textEndings.map { spelled($0, false, nil, isTextEnding: true) }
    }
    for definition in definitions {
      phrases.append(spelled(definition.phrase.text, false, nil))
      phrases.append(spelled(definition.negativeText, true, nil))
    }
    return phrases.compactMap { $0 }
  }

  /// The outcome that a mistyped name means: by spelling, or by the words they share.
  func nearestOutcome(_ text: String) -> String? {
    nearest(text, in: outcomes.names)
  }

  /// The note that a mistyped name means.
  func nearestNote(_ text: String) -> String? {
    nearest(text, in: notes.names)
  }

  private func nearest(_ text: String, in names: [String]) -> String? {
    if let nearest = Spelling.nearest(text, in: names) { return nearest }
    let common: Set<String> = ["send", "by", "for", "to", "hold", "the", "of", "a", "note", "copy"]
    let written = Set(NameTable.words(of: text)).subtracting(common)
    let sharing = names.filter { name in
      !written.isDisjoint(with: NameTable.words(of: name)) && !Spelling.saysOpposite(text, name)
    }
    return sharing.count == 1 ? sharing[0] : nil
  }

  /// A list whose name holds the words of a text.
  func similarList(_ text: String) -> String? {
    similar(text, textLists)
  }

  /// The lists that may hold texts.
  var textLists: [String] {
    declaredLists.filter { list in
      list.path != nil || list.items.allSatisfy { $0.looksLikeText || $0.name.isQuoted }
    }.map(\.name.text)
  }

  func similarDefinition(_ text: String) -> String? {
    similar(text, definitions.map { $0.phrase.text })
  }

  private func similar(_ text: String, _ names: [String]) -> String? {
    let written = NameTable.words(of: text)
    return names.first { name in
      NameTable.words(of: name).contains { word in
        written.contains { $0 == word || $0 == word + "s" || $0 + "s" == word }
      }
    }
  }
}
