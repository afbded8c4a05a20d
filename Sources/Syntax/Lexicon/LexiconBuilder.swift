import Findings

/// Gathers the declarations of all files into a lexicon, and reports those that cannot be told apart.
struct LexiconBuilder {
  var lexicon: Lexicon
  var words: WordTable
  var findings: [Finding] = []
  private var phrasePlaces: [[Word]: Span] = [:]

  init(_ words: WordTable) {
    self.words = words
    lexicon = Lexicon(&self.words)
  }

  mutating func add(_ declarations: [StatementSyntax.Kind]) {
    for declaration in declarations {
      switch declaration {
      case .fact(let fact): add(fact)
      case .outcome(let outcome): add(outcome)
      case .note(let note): add(note)
      case .list(let list): add(list)
      case .define(let definition): add(definition)
      case .section, .rule, .otherwise, .whenUnsure, .promise, .scenario, .table, .unreadable: break
      }
    }
  }

  // MARK: Facts and definitions

  private mutating func add(_ syntax: FactSyntax) {
    let id = FactID(lexicon.facts.count)
    let path = syntax.path.map { $0.text.split(separator: ".").map(String.init) }
    var fact = DeclaredFact(
      phrase: syntax.phrase, type: factType(syntax.type), presence: presence(syntax.presence),
      path: path ?? [field(of: syntax.phrase)], pathSpan: syntax.path?.span)
    if case .oneOf(let values)? = syntax.type { addValues(values, &fact) }
    if case .anyOf(let values)? = syntax.type { addValues(values, &fact) }
    lexicon.factIDs[syntax.phrase.span] = id
    insert(.fact(id), syntax.phrase, isNegative: false)
    fact.negativeText = addNegative(.fact(id), of: syntax.phrase, given: syntax.negative)
    for words in recordedForms(syntax.phrase.words) { lexicon.recordedPhrases.insert(words, id) }
    if fact.type == .text { addTextEndings(id, syntax.phrase.words) }
    lexicon.facts.append(fact)
  }

  private func factType(_ type: TypeSyntax?) -> FactType {
    switch type {
    case .oneOf: .choice
    case .anyOf: .set
    case .yesOrNo, nil: .yesOrNo
    case .number(let number): .number(number)
    case .date: .date
    case .text: .text
    }
  }

  private func presence(_ presence: PresenceSyntax) -> DeclaredFact.Presence {
    switch presence {
    case .required: .required
    case .ifRecorded: .optional
    case .ifAbsent: .defaulted
    }
  }

  /// The field that a fact is read from where `from` does not say it.
  private func field(of phrase: PhraseSyntax) -> String {
    let be = [Word(.is), Word(.are), Word(.was)]
    let endsInBe = phrase.words.count > 1 && (phrase.words.last.map(be.contains) ?? false)
    let counted = endsInBe ? phrase.words.dropLast() : phrase.words[...]
    return counted.map { words.text($0) }.joined(separator: "_")
  }

  private mutating func addValues(_ values: [NameSyntax], _ fact: inout DeclaredFact) {
    for value in values {
      fact.valuePlaces.append(value)
      if let earlier = fact.values.add(value.text, isQuoted: value.isQuoted, &words) {
        findings.append(
          .declaredTwice("value", value.text, value.span, first: fact.valuePlaces[earlier].span))
      }
    }
  }

  private func recordedForms(_ phrase: [Word]) -> [[Word]] {
    let be = [Word(.is), Word(.are), Word(.was)]
    guard phrase.count > 1, let last = phrase.last, be.contains(last) else { return [phrase] }
    return [phrase, Array(phrase.dropLast())]
  }

  mutating func addUnreadable(_ phrases: Set<Word>) {
    lexicon.unreadablePhrases.formUnion(phrases)
  }

  private mutating func addTextEndings(_ id: FactID, _ phrase: [Word]) {
    guard phrase.count > 1, phrase.last == Word(.is) else { return }
    let base = Array(phrase.dropLast())
    let forms: [(TextEndingWord, [String], [String])] = [
      (.startsWith, ["starts", "with"], ["start", "with"]),
      (.startsWith, ["begins", "with"], ["begin", "with"]),
      (.endsWith, ["ends", "with"], ["end", "with"]), (.contains, ["contains"], ["contain"]),
    ]
    let alsoRead: [(TextEndingWord, [String], [String])] = [
      (.startsWith, ["begins", "with"], ["begin", "with"]),
      (.endsWith, ["ends", "in"], ["end", "in"]),
      (.contains, ["includes"], ["include"]),
    ]
    for (ending, positive, negative) in forms + alsoRead {
      let verb = positive.map { words.intern($0) }
      let bare = negative.map { words.intern($0) }
      lexicon.phrases.insert(
        base + verb, PhraseMeaning(.textEnding(id, ending), isNegative: false))
      lexicon.phrases.insert(
        base + [Word(.does), Word(.not)] + bare,
        PhraseMeaning(.textEnding(id, ending), isNegative: true))
    }
  }

  private mutating func add(_ syntax: DefinitionSyntax) {
    let id = DefinitionID(lexicon.definitions.count)
    var definition = DeclaredDefinition(phrase: syntax.phrase)
    lexicon.definitionIDs[syntax.phrase.span] = id
    insert(.definition(id), syntax.phrase, isNegative: false)
    definition.negativeText = addNegative(
      .definition(id), of: syntax.phrase, given: syntax.negative)
    lexicon.definitions.append(definition)
  }

  /// Enters the negative of a phrase, given or derived; answers how it is spelled.
  private mutating func addNegative(
    _ sense: PhraseMeaning.Sense, of phrase: PhraseSyntax, given: PhraseSyntax?
  ) -> String? {
    if let given {
      insert(sense, given, isNegative: true)
      return given.text
    }
    guard let negation = Negation(of: phrase.words, words) else { return nil }
    let spelled = negation.applied(to: phrase.words.map { words.text($0) })
    let negative = spelled.map { words.intern(lowercased: $0) }
    if phrasePlaces[negative] == nil {
      lexicon.phrases.insert(negative, PhraseMeaning(sense, isNegative: true))
    }
    return negation.applied(to: spelledWords(of: phrase)) { isArticle($0) }
      .joined(separator: " ")
  }

  /// A phrase's words as written, articles and all, if the others are as many as its words.
  private func spelledWords(of phrase: PhraseSyntax) -> [String] {
    let spelled = phrase.text.spacedWords
    let count = spelled.count { !isArticle($0) }
    return count == phrase.words.count ? spelled : phrase.words.map { words.text($0) }
  }

  private func isArticle(_ word: String) -> Bool {
    ["a", "an", "the"].contains(WordTable.lowercased(word))
  }

  private mutating func insert(
    _ sense: PhraseMeaning.Sense, _ phrase: PhraseSyntax, isNegative: Bool
  ) {
    if phrase.words.starts(with: [Word(.today), Word(.is)]) {
      findings.append(.reservedSentence("today is", phrase.span))
    } else if phrase.words.starts(with: [words.intern("outcome"), Word(.is)]) {
      findings.append(.reservedSentence("the outcome is", phrase.span))
    } else if let earlier = phrasePlaces[phrase.words] {
      findings.append(.declaredTwice("phrase", phrase.text, phrase.span, first: earlier))
      return
    }
    phrasePlaces[phrase.words] = phrase.span
    lexicon.phrases.insert(phrase.words, PhraseMeaning(sense, isNegative: isNegative))
  }

  // MARK: Names

  private mutating func add(_ syntax: OutcomeSyntax) {
    lexicon.outcomePlaces.append(syntax.name)
    if let earlier = lexicon.outcomes.add(
      syntax.name.text, isQuoted: syntax.name.isQuoted, &words)
    {
      findings.append(
        .declaredTwice(
          "outcome", syntax.name.text, syntax.name.span, first: lexicon.outcomePlaces[earlier].span)
      )
    }
  }

  private mutating func add(_ syntax: NoteSyntax) {
    lexicon.notePlaces.append(syntax.name)
    lexicon.noteTexts.append(syntax.text)
    if let earlier = lexicon.notes.add(syntax.name.text, isQuoted: syntax.name.isQuoted, &words) {
      findings.append(
        .declaredTwice(
          "note", syntax.name.text, syntax.name.span, first: lexicon.notePlaces[earlier].span))
    }
  }

  private mutating func add(_ syntax: ListSyntax) {
    lexicon.declaredLists.append(syntax)
    if let earlier = lexicon.lists.add(syntax.name.text, isQuoted: syntax.name.isQuoted, &words) {
      findings.append(
        .declaredTwice(
          "list", syntax.name.text, syntax.name.span,
          first: lexicon.declaredLists[earlier].name.span))
    }
  }

  // MARK: What cannot be told apart

  /// The checks that need all declarations.
  mutating func finish() {
    checkListNames()
    checkPaths()
  }

  private mutating func checkListNames() {
    for (index, list) in lexicon.declaredLists.enumerated() {
      let key = NameTable.key(of: list.name.text)
      guard lexicon.lists.number(ofKey: key) == index else { continue }
      for fact in lexicon.facts {
        guard let value = fact.values.number(ofKey: key) else { continue }
        findings.append(
          .nameOfTwoThings(
            list.name.text, "a value of `\(fact.phrase.text)`", list.name.span,
            other: fact.valuePlaces[value].span))
      }
      if let outcome = lexicon.outcomes.number(ofKey: key) {
        findings.append(
          .nameOfTwoThings(
            list.name.text, "an outcome", list.name.span,
            other: lexicon.outcomePlaces[outcome].span))
      }
    }
  }

  private mutating func checkPaths() {
    var owners: [[String]: FactID] = [:]
    for (index, fact) in lexicon.facts.enumerated() {
      let place = fact.pathSpan ?? fact.phrase.span
      if let first = fact.path.first, ["id", "on", "sent", "unknown"].contains(first) {
        findings.append(.reservedField(first, place))
      } else if let owner = owners[fact.path], lexicon[owner].phrase.words != fact.phrase.words {
        findings.append(.sameField(fact.path, place, first: lexicon[owner].phrase))
      } else {
        owners[fact.path] = FactID(index)
      }
    }
    for (index, fact) in lexicon.facts.enumerated() {
      for length in 1..<max(1, fact.path.count) {
        if let owner = owners[Array(fact.path.prefix(length))], owner.index != index {
          let place = fact.pathSpan ?? fact.phrase.span
          findings.append(
            .fieldInsideField(fact.path, lexicon[owner].path, place, lexicon[owner].phrase))
        }
      }
    }
  }
}

// MARK: Words

extension Finding {
  static func declaredTwice(_ what: String, _ name: String, _ span: Span, first: Span) -> Finding {
    Finding(
      .duplicate, "the \(what) `\(name)` is declared twice", at: span,
      related: [RelatedPlace("it is declared here first", at: first)],
      help: "delete one of the two, or give it another name")
  }

  static func reservedSentence(_ start: String, _ span: Span) -> Finding {
    Finding(
      .ambiguous, "a phrase may not begin with `\(start)`: the language has that sentence itself",
      at: span, help: "say it in other words")
  }

  static func nameOfTwoThings(_ name: String, _ other: String, _ span: Span, other place: Span)
    -> Finding
  {
    Finding(
      .ambiguous, "`\(name)` is the name of a list and of \(other)", at: span,
      related: [RelatedPlace("it is declared here too", at: place)],
      help: "give the list another name")
  }

  static func apartFrom(_ phrase: String, _ shorter: String, _ span: Span, other: Span) -> Finding {
    Finding(
      .ambiguous, "`\(phrase)` can also be read as a sentence that begins with `\(shorter)`",
      at: span, related: [RelatedPlace("the other phrase", at: other)],
      help: "say one of the two in other words")
  }

  static func reservedField(_ field: String, _ span: Span) -> Finding {
    Finding(
      .duplicate, "no fact may be read from the field `\(field)`: messages use it otherwise",
      at: span,
      help: "give another field with `from …`")
  }

  static func sameField(_ path: [String], _ span: Span, first: PhraseSyntax) -> Finding {
    Finding(
      .duplicate, "two facts are read from the field `\(path.joined(separator: "."))`", at: span,
      related: [RelatedPlace("the other fact is `\(first.text)`", at: first.span)],
      help: "give one of them another field with `from …`")
  }

  static func fieldInsideField(
    _ path: [String], _ outer: [String], _ span: Span, _ phrase: PhraseSyntax
  ) -> Finding {
    Finding(
      .duplicate,
      "the field `\(path.joined(separator: "."))` lies inside `\(outer.joined(separator: "."))`, "
        + "which another fact is read from", at: span,
      related: [RelatedPlace("the other fact is `\(phrase.text)`", at: phrase.span)],
      help: "give one of them another field with `from …`")
  }
}
