import Findings
package import Syntax
import Values

extension Resolver {
  /// The words that the vocabulary declares.
  mutating func resolveVocabulary() {
    readListFiles()
    resolveHolidays()
    resolveFacts()
    for (index, place) in lexicon.outcomePlaces.enumerated() {
      vocabulary.outcomes.append(
        Outcome(id: OutcomeID(index), name: place.text, span: place.span))
    }
    for (index, place) in lexicon.notePlaces.enumerated() {
      let pieces = lexicon.noteTexts[index].map { notePieces($0) } ?? []
      vocabulary.notes.append(
        Note(id: NoteID(index), name: place.text, text: pieces, span: place.span))
    }
    resolveDefinitions()
  }

  private mutating func resolveFacts() {
    var defaults: [FactID: FactValue] = [:]
    for document in syntax.documents {
      for statement in document.statements {
        guard case .fact(let fact) = statement.kind, let id = lexicon.factIDs[fact.phrase.span],
          case .ifAbsent(let span, let ending?, _) = fact.presence
        else { continue }
        if case .success(let given) = givenValue(of: id, ending, isNegated: false),
          case .given(.value(let value)) = given
        {
          defaults[id] = value
        } else {
          report(.defaultIsNoValue(lexicon[id].phrase.text, span))
        }
      }
    }
    for (index, declared) in lexicon.facts.enumerated() {
      let id = FactID(index)
      vocabulary.facts.append(
        Fact(
          id: id, phrase: declared.phrase.text, negative: declared.negativeText,
          kind: factKind(declared.type), presence: presence(declared.presence, defaults[id]),
          values: declared.values.names, path: declared.path, span: declared.phrase.span))
    }
  }

  private func factKind(_ type: FactType) -> Fact.Kind {
    switch type {
    case .choice: .choice
    case .set: .set
    case .yesOrNo: .yesOrNo
    case .number(let number):
      .number(
        isWhole: number.isWhole, unit: number.unit?.text, low: number.low, high: number.high)
    case .date: .date
    case .text: .text
    }
  }

  private func presence(_ presence: DeclaredFact.Presence, _ value: FactValue?) -> Fact.Presence {
    switch presence {
    case .required: .required
    case .optional: .optional
    case .defaulted: value.map { .defaulted($0) } ?? .required
    }
  }

  // MARK: Note texts

  /// A note's text with its `{PHRASE}` places.
  private mutating func notePieces(_ text: NameSyntax) -> [Note.Piece] {
    guard text.text.utf8.contains(UInt8(ascii: "{")) else {
      return text.text.isEmpty ? [] : [.text(text.text)]
    }
    var pieces: [Note.Piece] = []
    var rest = text.text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
      let phrase = String(rest[rest.index(after: open)..<close])
      if let fact = syntax.fact(named: phrase) {
        usage.facts.insert(fact)
        pieces.append(.fact(fact))
      } else {
        let nearest = Spelling.nearest(phrase, in: lexicon.facts.map(\.phrase.text))
        report(.unknownFactInNote(phrase, nearest: nearest, text.span))
      }
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { pieces.append(.text(String(rest))) }
    return pieces
  }

  // MARK: Definitions

  private mutating func resolveDefinitions() {
    for (index, declared) in lexicon.definitions.enumerated() {
      vocabulary.definitions.append(
        Definition(
          id: DefinitionID(index), phrase: declared.phrase.text, negative: declared.negativeText,
          condition: .always, span: declared.phrase.span))
    }
    for document in syntax.documents {
      for statement in document.statements {
        guard case .define(let definition) = statement.kind,
          let id = lexicon.definitionIDs[definition.phrase.span],
          let condition = definition.condition
        else { continue }
        vocabulary.definitions[id.index].condition = resolve(condition, in: .definition(id))
      }
    }
    checkDefinitionCircles()
  }

  private mutating func checkDefinitionCircles() {
    var state = [Int](repeating: 0, count: vocabulary.definitions.count)
    var depths = [Int](repeating: 0, count: vocabulary.definitions.count)
    for index in vocabulary.definitions.indices where state[index] == 0 {
      visitDefinition(index, &state, &depths, path: [])
    }
    definitionDepths = depths
  }

  /// Depth-first search; the path is bounded by the number of definitions, and cut where it is deeper
  /// than definitions may nest.
  private mutating func visitDefinition(
    _ index: Int, _ state: inout [Int], _ depths: inout [Int], path: [Int]
  ) {
    state[index] = 1
    let definition = vocabulary.definitions[index]
    var deepest = 0
    for next in definition.condition.definitions.sorted() {
      if state[next.index] == 1 {
        let start = path.firstIndex(of: next.index) ?? path.count
        let circle = (path[start...] + [index]).map { vocabulary.definitions[$0].phrase }
        report(.definitionCircle(circle, definition.span))
        continue
      }
      if state[next.index] == 0, path.count < 400 {
        visitDefinition(next.index, &state, &depths, path: path + [index])
      }
      deepest = max(deepest, depths[next.index])
    }
    depths[index] = deepest + 1
    state[index] = 2
    if depths[index] == Parser.deepest + 1 { report(.definitionsTooDeep(definition.span)) }
  }
}

extension PolicySyntax {
  /// The fact whose phrase, whole or without its last `is`, `are` or `was`, is written here.
  package func fact(named phrase: String) -> FactID? {
    let written = phrase.split(whereSeparator: \.isWhitespace)
      .filter { !["a", "an", "the"].contains(WordTable.lowercased($0)) }
    let words = written.map { self.words.word($0) }
    guard !words.isEmpty, !words.contains(nil) else { return nil }
    return lexicon.recordedPhrases.payload(words.compactMap { $0 }).first
  }
}

extension Condition {
  /// The definitions that the condition names itself.
  package var definitions: Set<DefinitionID> {
    switch self {
    case .always, .test: []
    case .not(let condition): condition.definitions
    case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.definitions) }
    case .definition(let use): [use.id]
    }
  }
}
