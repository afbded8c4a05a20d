import Findings
package import Syntax

/// Walks through the tree of a policy and says where something is named.
package struct OccurrenceFinder {
  let syntax: PolicySyntax
  private let resolution: Resolution
  /// The names of tables, to recognise `TABLE, row 3`.
  private let tables: Set<String>
  private let uses: [ListID: [ListUse]]

  var lexicon: Lexicon { syntax.lexicon }

  package init(_ syntax: PolicySyntax, _ resolution: Resolution) {
    self.syntax = syntax
    self.resolution = resolution
    var tables: Set<String> = []
    for document in syntax.documents {
      for case .table(let table) in document.statements.lazy.map(\.kind) {
        tables.insert(Resolver.key(table.name.text))
      }
    }
    self.tables = tables
    uses = Dictionary(grouping: resolution.listUses, by: \.list)
  }

  /// The places in one file, in their order.
  package func occurrences(in document: DocumentSyntax) -> [Occurrence] {
    var found = Found(source: syntax.files[document.file])
    for statement in document.statements { add(statement.kind, document, &found) }
    return found.sorted
  }

  /// The places in the files that hold lists.
  func occurrencesInListFiles() -> [Occurrence] {
    var isSeen: Set<Span> = []
    var all: [Occurrence] = []
    for (list, items) in resolution.listItems.sorted(by: { $0.key < $1.key })
    where lexicon[list].path != nil {
      var found = Found(source: nil)
      for item in items { add(item, of: list, &found) }
      all += found.sorted.filter { isSeen.insert($0.span).inserted || $0.symbol.isValue }
    }
    return all.sorted { $0.span < $1.span }
  }

  /// What was found so far in one file.
  struct Found {
    /// Nil for files that hold a list.
    let source: SourceFile?
    private var all: [Occurrence] = []

    init(source: SourceFile?) { self.source = source }

    mutating func add(
      _ symbol: Symbol, _ span: Span, isDeclaration: Bool = false,
      _ form: Occurrence.Form = .plain
    ) {
      guard span.end > span.start else { return }
      all.append(
        Occurrence(symbol: symbol, span: span, isDeclaration: isDeclaration, form: form))
    }

    var sorted: [Occurrence] { all.sorted { $0.span < $1.span } }
  }

  // MARK: Statements

  private func add(
    _ statement: StatementSyntax.Kind, _ document: DocumentSyntax, _ found: inout Found
  ) {
    switch statement {
    case .fact(let fact): add(fact, &found)
    case .outcome(let outcome):
      if let number = lexicon.outcomes.number(of: outcome.name.text) {
        found.add(.outcome(OutcomeID(number)), outcome.name.span, isDeclaration: true)
      }
    case .note(let note): add(note, &found)
    case .list(let list): add(list, &found)
    case .define(let definition): add(definition, &found)
    case .section(let section):
      let key = Resolver.key(section.name.text)
      found.add(.section(key), section.name.span, isDeclaration: true)
      add(section.clauses, &found)
    case .rule(let rule):
      if let name = rule.name {
        found.add(.rule(Resolver.key(name.text)), name.span, isDeclaration: true)
      }
      add(rule.condition, &found)
      add(rule.clauses, &found)
    case .otherwise(let standard), .whenUnsure(let standard):
      add(standard.consequent, &found)
    case .promise(let promise):
      let key = Resolver.key(promise.name.text)
      found.add(.promise(key), promise.name.span, isDeclaration: true)
      add(promise.condition, &found)
      add(promise.clauses, &found)
    case .scenario(let scenario):
      let key = Resolver.key(scenario.name.text)
      found.add(.scenario(key), scenario.name.span, isDeclaration: true)
      add(scenario.clauses, &found)
    case .table(let table): add(table, document, &found)
    case .unreadable: break
    }
  }

  // MARK: Vocabulary

  private func add(_ fact: FactSyntax, _ found: inout Found) {
    guard let id = lexicon.factIDs[fact.phrase.span] else { return }
    found.add(.fact(id), fact.phrase.span, isDeclaration: true)
    if let negative = fact.negative { found.add(.fact(id), negative.span, .negative) }
    switch fact.type {
    case .oneOf(let values)?, .anyOf(let values)?:
      for value in values {
        guard let number = lexicon[id].values.number(of: value.text) else { continue }
        found.add(.value(id, ValueID(number)), value.span, isDeclaration: true)
      }
    case .yesOrNo?, .number?, .date?, .text?, nil: break
    }
    if case .ifAbsent(_, let ending?, _) = fact.presence { add(ending, of: id, &found) }
  }

  private func add(_ definition: DefinitionSyntax, _ found: inout Found) {
    guard let id = lexicon.definitionIDs[definition.phrase.span] else { return }
    found.add(.definition(id), definition.phrase.span, isDeclaration: true)
    if let negative = definition.negative { found.add(.definition(id), negative.span, .negative) }
    add(definition.condition, &found)
  }

  private func add(_ note: NoteSyntax, _ found: inout Found) {
    guard let number = lexicon.notes.number(of: note.name.text) else { return }
    found.add(.note(NoteID(number)), note.name.span, isDeclaration: true)
    guard let text = note.text, let source = found.source else { return }
    for place in BracedPlaces(text.span, source) {
      if let fact = syntax.fact(named: source.text(place)) {
        found.add(.fact(fact), place, .reference)
      }
    }
  }

  private func add(_ list: ListSyntax, _ found: inout Found) {
    guard let number = lexicon.lists.number(of: list.name.text) else { return }
    found.add(.list(ListID(number)), list.name.span, isDeclaration: true)
    for item in list.items { add(item, of: ListID(number), &found) }
  }

  /// The item of a list is what the uses of the list take it for.
  private func add(_ item: ListItemSyntax, of list: ListID, _ found: inout Found) {
    guard item.day == nil else { return }
    let text = item.name.text
    var symbols: [Symbol] = []
    for use in uses[list] ?? [] {
      switch use {
      case .values(_, let fact):
        if let number = lexicon[fact].values.number(of: text) {
          symbols.append(.value(fact, ValueID(number)))
        }
      case .outcomes:
        if let number = lexicon.outcomes.number(of: text) {
          symbols.append(.outcome(OutcomeID(number)))
        }
      case .days, .texts: break
      }
    }
    if symbols.isEmpty, !item.name.isQuoted, lexicon[list].path == nil,
      let other = lexicon.lists.number(of: text)
    {
      symbols = [.list(ListID(other))]
    }
    for symbol in symbols { found.add(symbol, item.name.span) }
  }

  // MARK: Names of rules

  /// Names a rule, table or row.
  func addRule(_ name: NameSyntax, _ found: inout Found) {
    let key = Resolver.key(name.text)
    if !tables.isEmpty, let row = name.text.range(ofLast: ", row "), let source = found.source {
      let table = Resolver.key(String(name.text[..<row]))
      let bytes = source.bytes[Int(name.span.start)..<Int(name.span.end)]
      if tables.contains(table), let comma = bytes.lastIndex(of: UInt8(ascii: ",")) {
        let span = Span(file: name.span.file, start: name.span.start, end: UInt32(comma))
        return found.add(.rule(table), span, .part)
      }
    }
    if key != "otherwise" { found.add(.rule(key), name.span) }
  }
}

extension Symbol {
  fileprivate var isValue: Bool {
    if case .value = self { true } else { false }
  }
}

extension String {
  /// Where the last occurrence of a piece begins.
  fileprivate func range(ofLast piece: String) -> String.Index? {
    var index = endIndex
    while index > startIndex {
      index = self.index(before: index)
      if self[index...].hasPrefix(piece) { return index }
    }
    return nil
  }
}

/// The stretches between `{` and `}` in the text of a note, as it stands in the file.
private struct BracedPlaces: Sequence, IteratorProtocol {
  private let file: FileID
  private let bytes: [UInt8]
  private var position: Int
  private let end: Int

  init(_ span: Span, _ source: SourceFile) {
    (file, bytes) = (span.file, source.bytes)
    (position, end) = (Int(span.start), Swift.min(Int(span.end), source.bytes.count))
  }

  mutating func next() -> Span? {
    guard let open = bytes[position..<end].firstIndex(of: UInt8(ascii: "{")),
      let close = bytes[open..<end].firstIndex(of: UInt8(ascii: "}"))
    else { return nil }
    position = close + 1
    return Span(file: file, start: UInt32(open + 1), end: UInt32(close))
  }
}
