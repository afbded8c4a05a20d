import Findings
import Model
import Syntax

/// Walks through a policy's tree and gathers the words that lead somewhere.
struct MarkCollector {
  private let syntax: PolicySyntax
  private let anchors: Anchors
  private let rulesBySpan: [Span: RuleID]
  private let rulesByName: [String: String]
  private(set) var marks: [Mark] = []
  private(set) var uses: [String: [Use]] = [:]
  private(set) var factsOfLists: [ListID: [FactID]] = [:]
  private var known: Set<UseKey> = []
  /// The place of the statement under way.
  private var user = ""

  private struct UseKey: Hashable {
    let anchor: String
    let use: Use
  }

  init(_ syntax: PolicySyntax, _ anchors: Anchors, _ rulesBySpan: [Span: RuleID]) {
    self.syntax = syntax
    self.anchors = anchors
    self.rulesBySpan = rulesBySpan
    rulesByName = MarkCollector.ruleNames(syntax, anchors, rulesBySpan)
  }

  /// The places of rules, tables and rows by the names that `overrides` and `by` take.
  private static func ruleNames(
    _ syntax: PolicySyntax, _ anchors: Anchors, _ rulesBySpan: [Span: RuleID]
  ) -> [String: String] {
    var names = anchors.tables
    for document in syntax.documents {
      for statement in document.statements {
        switch statement.kind {
        case .rule(let rule):
          guard let name = rule.name else { continue }
          let id = rulesBySpan[document.tokens.span(statement.range)]
          names[Anchors.key(name.text)] = id.map { anchors.rules[$0.index] }
        case .table(let table):
          for row in table.rows {
            guard let id = rulesBySpan[document.tokens.span(row.range)] else { continue }
            let numbered = "\(table.name.text), row \(row.number)"
            for name in [numbered, row.name?.text].compactMap({ $0 }) {
              names[Anchors.key(name)] = anchors.rules[id.index]
            }
          }
        case .fact, .outcome, .note, .list, .define, .section, .otherwise, .whenUnsure, .promise,
          .scenario, .unreadable:
          continue
        }
      }
    }
    return names
  }

  mutating func collect() {
    for document in syntax.documents {
      for statement in document.statements { collect(statement, in: document) }
    }
  }

  private mutating func collect(_ statement: StatementSyntax, in document: DocumentSyntax) {
    switch statement.kind {
    case .fact, .outcome, .note, .list, .unreadable: break
    case .define(let definition):
      let id = syntax.lexicon.definitionIDs[definition.phrase.span]
      user = id.map { anchors.definitions[$0.index] } ?? ""
      if let condition = definition.condition { collect(condition) }
    case .section(let section):
      user = anchors.sections[Anchors.key(section.name.text)] ?? ""
      collect(section.clauses)
    case .rule(let rule):
      user = place(ofRule: document.tokens.span(statement.range))
      if let condition = rule.condition { collect(condition) }
      collect(rule.clauses)
    case .table(let table): collect(table, in: document)
    case .otherwise(let standard):
      user = anchors.otherwise
      collect(standard)
    case .whenUnsure(let standard):
      user = anchors.whenUnsure
      collect(standard)
    case .promise(let promise):
      user = anchors.promises[promise.name.span] ?? ""
      if let condition = promise.condition { collect(condition) }
      collect(promise.clauses)
    case .scenario(let scenario):
      user = anchors.scenarios[scenario.name.span] ?? ""
      collect(scenario.clauses)
    }
  }

  private func place(ofRule span: Span) -> String {
    rulesBySpan[span].map { anchors.rules[$0.index] } ?? ""
  }

  private mutating func collect(_ table: TableSyntax, in document: DocumentSyntax) {
    user = anchors.tables[Anchors.key(table.name.text)] ?? ""
    for heading in table.headings {
      let span = document.tokens.span(heading.range)
      switch heading.kind {
      case .fact(let fact): mark(span, .fact, anchors.facts[fact.index])
      case .definition(let id): mark(span, .definition, anchors.definitions[id.index])
      case .then, .because, .from, .until, .name, .unreadable: break
      }
    }
    collect(table.clauses)
    for row in table.rows {
      user = place(ofRule: document.tokens.span(row.range))
      for condition in row.conditions { collect(condition) }
      if let consequent = row.consequent { collect(consequent) }
    }
  }

  private mutating func collect(_ standard: DefaultSyntax) {
    if let consequent = standard.consequent { collect(consequent) }
    collect(standard.clauses)
  }

  // MARK: Marks

  mutating func mark(
    _ span: Span, _ role: Mark.Role, _ anchor: String, _ manner: Use.Manner = .named
  ) {
    if span.start < span.end { marks.append(Mark(span: span, role: role, anchor: anchor)) }
    let use = Use(user: user, manner: manner)
    guard !user.isEmpty, user != anchor else { return }
    if known.insert(UseKey(anchor: anchor, use: use)).inserted {
      uses[anchor, default: []].append(use)
    }
  }

  mutating func mark(_ fact: FactID, _ span: Span) {
    mark(span, .fact, anchors.facts[fact.index])
  }

  mutating func mark(_ definition: DefinitionID, _ span: Span) {
    mark(span, .definition, anchors.definitions[definition.index])
  }

  mutating func mark(_ outcome: OutcomeID, _ span: Span) {
    mark(span, .outcome, anchors.outcomes[outcome.index])
  }

  mutating func mark(_ notes: [NoteReference]) {
    for note in notes { mark(note.span, .note, anchors.notes[note.note.index]) }
  }

  mutating func mark(_ value: ValueID, of fact: FactID, _ span: Span) {
    let anchors = anchors.values[fact.index]
    if anchors.indices.contains(value.index) { mark(span, .value, anchors[value.index]) }
  }

  mutating func mark(_ list: ListID, of fact: FactID?, _ span: Span) {
    mark(span, .list, anchors.lists[list.index])
    guard let fact, factsOfLists[list]?.contains(fact) != true else { return }
    factsOfLists[list, default: []].append(fact)
  }

  mutating func mark(rule name: NameSyntax, _ manner: Use.Manner) {
    if let anchor = rulesByName[Anchors.key(name.text)] {
      mark(name.span, .rule, anchor, manner)
    } else if Anchors.key(name.text) == "otherwise" {
      mark(name.span, .rule, anchors.otherwise, manner)
    }
  }

  mutating func mark(section name: NameSyntax) {
    if let anchor = anchors.sections[Anchors.key(name.text)] {
      mark(name.span, .section, anchor, .overridden)
    }
  }

  mutating func mark(scenario name: NameSyntax) {
    let key = Anchors.key(name.text)
    let found = scenarioPlaces[key]
    if let found { mark(name.span, .scenario, found, .takenOver) }
  }

  private lazy var scenarioPlaces: [String: String] = {
    var places: [String: String] = [:]
    for statement in syntax.documents.flatMap(\.statements) {
      guard case .scenario(let scenario) = statement.kind else { continue }
      places[Anchors.key(scenario.name.text)] = anchors.scenarios[scenario.name.span]
    }
    return places
  }()

  // MARK: Lists

  /// The items of lists: other lists, outcomes, or values of a fact that the list is compared with.
  mutating func collectLists(
    _ items: [[ListItemSyntax]], _ factsOfLists: [ListID: [FactID]]
  ) {
    for (index, items) in items.enumerated() {
      user = anchors.lists[index]
      for item in items where item.day == nil { collect(item, of: ListID(index)) }
    }
  }

  private mutating func collect(_ item: ListItemSyntax, of list: ListID) {
    let name = item.name
    let isInFile = syntax.lexicon[list].path != nil
    if !isInFile, !name.isQuoted, let other = syntax.lexicon.lists.number(of: name.text) {
      mark(name.span, .list, anchors.lists[other])
      return
    }
    for fact in facts(comparedWith: list) {
      if let value = syntax.lexicon[fact].values.number(of: name.text) {
        mark(ValueID(value), of: fact, name.span)
        return
      }
    }
    if !isInFile, let outcome = syntax.lexicon.outcomes.number(of: name.text) {
      mark(OutcomeID(outcome), name.span)
    }
  }

  /// The facts that a list is compared with, itself or within another list.
  private func facts(comparedWith list: ListID) -> [FactID] {
    var (found, seen, open) = ([FactID](), Set([list]), [list])
    while let next = open.popLast() {
      for fact in factsOfLists[next] ?? [] where !found.contains(fact) { found.append(fact) }
      for (index, other) in syntax.lexicon.declaredLists.enumerated() {
        let holds = other.items.contains {
          syntax.lexicon.lists.number(of: $0.name.text) == next.index
        }
        if holds, seen.insert(ListID(index)).inserted { open.append(ListID(index)) }
      }
    }
    return found
  }
}
