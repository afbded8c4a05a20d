import Findings
import Model
import Syntax

/// Which words of a policy lead where, and from where each of them is used.
struct Links {
  let anchors: Anchors
  private(set) var marks: [FileID: [Mark]] = [:]
  private(set) var uses: [String: [Use]] = [:]
  /// What stands at a place: its kind as a word, and its name.
  private(set) var titles: [String: (kind: String, name: String)] = [:]
  /// By the span of its statement or row.
  let rulesBySpan: [Span: RuleID]
  /// The places of names, for sentences that mention them.
  private var named: [String: String] = [:]
  /// What is on each list, in the order of the vocabulary.
  let listItems: [[ListItemSyntax]]
  /// By list, the facts that it is compared with.
  private(set) var factsOfLists: [ListID: [FactID]] = [:]

  init(_ syntax: PolicySyntax, _ policy: Policy, _ files: SourceFiles) {
    anchors = Anchors(syntax, policy)
    rulesBySpan = Dictionary(
      policy.rules.map { ($0.wholeSpan, $0.id) }, uniquingKeysWith: { first, _ in first })
    listItems = Links.listItems(syntax, files)
    addTitles(policy, syntax)
    var collector = MarkCollector(syntax, anchors, rulesBySpan)
    collector.collect()
    uses = collector.uses
    factsOfLists = collector.factsOfLists
    collector.collectLists(listItems, factsOfLists)
    marks = Dictionary(grouping: collector.marks, by: \.span.file)
      .mapValues { $0.sorted { $0.span < $1.span } }
    uses = collector.uses
    addNoteUses(policy)
  }

  /// The mark that begins at a place of the text; the longest, if there are several.
  func mark(at start: UInt32, in file: FileID) -> Mark? {
    guard let marks = marks[file] else { return nil }
    var (low, high) = (0, marks.count)
    while low < high {
      let middle = (low + high) / 2
      if marks[middle].span.start <= start { low = middle + 1 } else { high = middle }
    }
    return low > 0 && marks[low - 1].span.start == start ? marks[low - 1] : nil
  }

  /// The place of a name that a sentence mentions: of a rule, outcome, note, promise or scenario, or of a
  /// phrase.
  func target(named name: String) -> String? {
    named[Anchors.key(name)]
  }

  // MARK: Building

  private static func listItems(
    _ syntax: PolicySyntax, _ files: SourceFiles
  ) -> [[ListItemSyntax]] {
    syntax.lexicon.declaredLists.map { list in
      guard let path = list.path else { return list.items }
      let ruleFile = files[list.name.span.file].path
      let location = ListFile.location(of: path.text, namedIn: ruleFile)
      let index = files.files.lastIndex { $0.path == location }
      guard let index, location != nil else { return [] }
      return ListFile.items(of: files.files[index], file: FileID(index)).0
    }
  }

  private mutating func addTitles(_ policy: Policy, _ syntax: PolicySyntax) {
    func add(_ anchor: String, _ kind: String, _ name: String, _ links: inout Links) {
      links.titles[anchor] = (kind, name)
      if links.named[Anchors.key(name)] == nil { links.named[Anchors.key(name)] = anchor }
    }
    for rule in policy.rules { add(anchors.rules[rule.id.index], rule.kind.word, rule.name, &self) }
    add(anchors.otherwise, "", "otherwise", &self)
    add(anchors.whenUnsure, "", "when unsure", &self)
    for outcome in policy.vocabulary.outcomes {
      add(anchors.outcomes[outcome.id.index], "outcome", outcome.name, &self)
    }
    for note in policy.vocabulary.notes {
      add(anchors.notes[note.id.index], "note", note.name, &self)
    }
    for definition in policy.vocabulary.definitions {
      add(anchors.definitions[definition.id.index], "definition", definition.phrase, &self)
    }
    for fact in policy.vocabulary.facts {
      add(anchors.facts[fact.id.index], "fact", fact.phrase, &self)
      named[Anchors.key(fact.field)] =
        named[Anchors.key(fact.field)] ?? anchors.facts[fact.id.index]
    }
    for (index, name) in syntax.lexicon.lists.names.enumerated() {
      add(anchors.lists[index], "list", name, &self)
    }
    for promise in policy.promises {
      if let anchor = anchors.promises[promise.span] { add(anchor, "promise", promise.name, &self) }
    }
    for scenario in policy.scenarios {
      if let anchor = anchors.scenarios[scenario.span] {
        add(anchor, "scenario", scenario.name, &self)
      }
    }
    for statement in syntax.documents.flatMap(\.statements) {
      if case .table(let table) = statement.kind,
        let anchor = anchors.tables[Anchors.key(table.name.text)]
      {
        add(anchor, "table", table.name.text, &self)
      }
      if case .section(let section) = statement.kind,
        let anchor = anchors.sections[Anchors.key(section.name.text)], titles[anchor] == nil
      {
        titles[anchor] = ("section", section.name.text)
      }
    }
  }

  /// Notes name facts in their texts.
  private mutating func addNoteUses(_ policy: Policy) {
    for note in policy.vocabulary.notes {
      for piece in note.text {
        guard case .fact(let fact) = piece else { continue }
        let use = Use(user: anchors.notes[note.id.index], manner: .named)
        let anchor = anchors.facts[fact.index]
        if uses[anchor]?.contains(use) != true { uses[anchor, default: []].append(use) }
      }
    }
  }
}

extension Rule.Kind {
  var word: String {
    switch self {
    case .decision: "rule"
    case .guard: "guard"
    case .note: "note rule"
    }
  }
}
