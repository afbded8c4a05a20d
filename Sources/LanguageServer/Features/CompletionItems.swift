import Model
import Findings
import Syntax

/// The words that meet what the parser expects, the likeliest first.
struct CompletionItems {
  private(set) var all: [CompletionItem] = []
  private let lexicon: Lexicon
  private let names: RuleNames?
  /// What the lists in files hold, as far as it is known.
  private let listItems: [ListID: [ListItemSyntax]]
  private let isFirstOnLine: Bool
  private let isGiven: Bool

  init(
    _ expectations: [Expectation], _ lexicon: Lexicon, _ view: PolicyView?, isFirstOnLine: Bool
  ) {
    (self.lexicon, self.isFirstOnLine) = (lexicon, isFirstOnLine)
    names = view?.names
    listItems = view?.resolution.listItems ?? [:]
    isGiven = expectations.contains { $0.kind == .sentence(isGiven: true) }
    let mayGoOn = expectations.contains { $0.kind.goesOnLine }
    // What begins last goes on from the most that is written.
    let inOrder = expectations.enumerated().sorted {
      ($1.element.start, $0.element.kind.rank, $0.offset)
        < ($0.element.start, $1.element.kind.rank, $1.offset)
    }
    for expectation in inOrder.map(\.element) {
      if case .clause = expectation.kind, !isFirstOnLine, !mayGoOn { continue }
      add(expectation.kind, expectation.start)
    }
  }

  private mutating func add(_ kind: Expectation.Kind, _ at: Int) {
    switch kind {
    case .statement: all += Statements.candidates(lexicon, at)
    case .clause(let owner, let consequentSeen): addClauses(owner, consequentSeen, at)
    case .if: word("if", at)
    case .sentence(let isGiven): addSentences(isGiven: isGiven, at)
    case .ending(let fact, let isNegative, let place): addEndings(fact, isNegative, place, at)
    case .value(let kind): addValues(kind, at)
    case .connective(let isGiven):
      for connective in isGiven ? ["and"] : ["and", "or", "unless"] { word(connective, at) }
    case .consequent(let allowsAdd):
      addOutcomes(at)
      if allowsAdd, !lexicon.notes.names.isEmpty { word("add", at) }
    case .outcome: addOutcomes(at)
    case .with: if !lexicon.notes.names.isEmpty { word("with", at) }
    case .note: addNotes(at)
    case .expectation:
      addOutcomes(at)
      word("unsure", at)
    case .pledge(let isNever):
      addOutcomes(at)
      word("add", at)
      if isNever { word("depends on", at) }
    case .overridden: addOverridden(at)
    case .winner:
      addNames(names?.rules, "rule", at)
      word("otherwise", at)
    case .sectionName: addNames(names?.sections, "section", at)
    case .scenarioName: addNames(names?.scenarios, "scenario", at)
    case .factReference, .factInNote:
      for fact in lexicon.facts { all.append(candidate(fact, at)) }
    case .type: all += Statements.types.map { Statements.candidate($0, .keyword, at) }
    case .presence: all += Statements.presences.map { Statements.candidate($0, .keyword, at) }
    case .heading:
      for fact in lexicon.facts { all.append(candidate(fact, at)) }
      for definition in lexicon.definitions {
        all.append(CompletionItem(definition.phrase.text, .function, at: at, detail: "definition"))
      }
      for heading in ["then", "because", "from", "until", "name"] { word(heading, at) }
    case .listItem: addListItems(at)
    case .date: word("today", at)
    case .yesOrNo:
      word("yes", at)
      word("no", at)
    }
  }

  private mutating func word(_ text: String, _ at: Int) {
    all.append(CompletionItem(text, .keyword, at: at))
  }

  private mutating func addNames(_ names: [String]?, _ what: String, _ at: Int) {
    all += (names ?? []).map { CompletionItem($0, .reference, at: at, detail: what) }
  }

  private mutating func addOverridden(_ at: Int) {
    addNames(names?.rules, "rule", at)
    addNames(names?.sections.map { "section \($0)" }, "section", at)
  }

  private mutating func addClauses(_ owner: ClauseOwner, _ consequentSeen: Bool, _ at: Int) {
    for keyword in owner.clauses {
      if consequentSeen, [.then, .always, .never].contains(keyword) { continue }
      let isInline = [.then, .because, .unless].contains(keyword)
      if isFirstOnLine || isInline { word(keyword.text, at) }
    }
    if isFirstOnLine, owner.clauses.contains(.overrides) { word("overrides section", at) }
  }

  // MARK: Sentences

  private func candidate(_ fact: DeclaredFact, _ at: Int) -> CompletionItem {
    CompletionItem(
      fact.phrase.text, .field, at: at, detail: FactWords.type(of: fact))
  }

  private mutating func addSentences(isGiven: Bool, _ at: Int) {
    for fact in lexicon.facts { all.append(candidate(fact, at)) }
    if !isGiven {
      for definition in lexicon.definitions {
        all.append(CompletionItem(definition.phrase.text, .function, at: at, detail: "definition"))
      }
    }
    for fact in lexicon.facts where !isGiven || fact.type == .yesOrNo {
      guard let negative = fact.negativeText else { continue }
      all.append(
        CompletionItem(negative, .field, at: at, detail: "the negative of `\(fact.phrase.text)`"))
    }
    if isGiven {
      for question in ["it is unknown what", "it is not recorded what"] { word(question, at) }
      return
    }
    for definition in lexicon.definitions {
      guard let negative = definition.negativeText else { continue }
      all.append(
        CompletionItem(
          negative, .function, at: at, detail: "the negative of `\(definition.phrase.text)`"))
    }
    for start in ["today is a working day", "the outcome is"] { word(start, at) }
    for start in ["not", "all of:", "any of:", "none of:", "either", "both", "neither"] {
      word(start, at)
    }
  }

  private mutating func addEndings(
    _ fact: FactID, _ isNegative: Bool, _ place: EndingPlace, _ at: Int
  ) {
    let declared = lexicon[fact]
    if declared.type == .yesOrNo, place == .cell {
      word("yes", at)
      word("no", at)
    }
    for form in EndingForm.forms(of: declared, isNegative: isNegative, in: place) {
      var snippet = Template()
      for piece in form.pieces {
        switch piece {
        case .words(let words): snippet.words(words)
        case .value:
          snippet.place("value", choices: declared.values.names.map(NameTable.written))
        case .text: snippet.place("\"text\"")
        case .number: snippet.place(FactWords.number(of: declared))
        case .bareNumber: snippet.place("1")
        case .date: snippet.place("1 January 2027")
        case .duration: snippet.place("10 days")
        }
      }
      all.append(
        CompletionItem(
          snippet.label, .keyword, at: at, detail: declared.phrase.text, text: snippet.plain,
          snippet: snippet.text))
    }
  }

  private mutating func addValues(_ kind: ValueKind, _ at: Int) {
    switch kind {
    case .values(let fact, _):
      let declared = lexicon[fact]
      for name in declared.values.names {
        all.append(
          CompletionItem(
            NameTable.written(name), .value, at: at, detail: declared.phrase.text))
      }
      addLists(at) { item in declared.values.number(of: item.name.text) != nil }
    case .outcome:
      addOutcomes(at)
      addLists(at) { [lexicon] item in lexicon.outcomes.number(of: item.name.text) != nil }
    case .date:
      word("today", at)
      addLists(at) { $0.day != nil }
    case .text: addLists(at) { $0.name.isQuoted || $0.looksLikeText }
    case .number: break
    }
  }

  /// The lists that hold what is wanted.
  private mutating func addLists(_ at: Int, _ fits: (ListItemSyntax) -> Bool) {
    // In a scenario a fact has one value.
    guard !isGiven else { return }
    for (index, list) in lexicon.declaredLists.enumerated() {
      guard (listItems[ListID(index)] ?? list.items).contains(where: fits) else { continue }
      all.append(CompletionItem(list.name.text, .list, at: at, detail: "list"))
    }
  }

  private mutating func addOutcomes(_ at: Int) {
    all += lexicon.outcomes.names.map {
      CompletionItem(NameTable.written($0), .outcome, at: at, detail: "outcome")
    }
  }

  private mutating func addNotes(_ at: Int) {
    for (index, name) in lexicon.notes.names.enumerated() {
      let text = lexicon.noteTexts[index]?.text
      all.append(
        CompletionItem(NameTable.written(name), .text, at: at, detail: text.map(FactWords.short)))
    }
  }

  private mutating func addListItems(_ at: Int) {
    for fact in lexicon.facts {
      for name in fact.values.names {
        all.append(
          CompletionItem(NameTable.written(name), .value, at: at, detail: fact.phrase.text))
      }
    }
    addOutcomes(at)
    all += lexicon.declaredLists.map {
      CompletionItem($0.name.text, .list, at: at, detail: "list")
    }
  }
}

extension Expectation.Kind {
  /// Of what begins at one place, values come first: the rest are ways to say several.
  fileprivate var rank: Int {
    if case .value = self { 0 } else { 1 }
  }

  /// Whether something whole stands before it, behind which a clause may follow on the same line.
  fileprivate var goesOnLine: Bool {
    switch self {
    case .connective, .with: true
    default: false
    }
  }
}
