import Findings
import Model
import Syntax
import Values

/// Puts a policy together by hand, and writes a source text for it so that every part has a place.
struct PolicyBuilder {
  private(set) var vocabulary = Vocabulary()
  private(set) var rules: [Rule] = []
  private var edges: [(from: RuleID, to: RuleID)] = []
  private var groups: [(from: [RuleID], to: [RuleID])] = []
  private var lineCount = 0
  private var text: [UInt8] = []
  var otherwise: Standard?
  var whenUnsure: Standard?
  var holidays: Set<Day> = []

  static let file = FileID(0)

  /// Writes a piece of source text on a line of its own and gives its place.
  mutating func write(_ piece: String) -> Span {
    let start = UInt32(text.count)
    text += Array(piece.utf8)
    let span = Span(file: PolicyBuilder.file, start: start, end: UInt32(text.count))
    text.append(0x0A)
    lineCount += 1
    return span
  }

  var policy: Policy {
    var graph = OverrideGraph(ruleCount: rules.count)
    for edge in edges { graph.add(edge.from, overrides: edge.to) }
    for group in groups {
      let node = graph.addGroup(group.to)
      for rule in group.from { graph.add(rule, overridesGroup: node) }
    }
    return Policy(
      files: SourceFiles([SourceFile(path: "a.rules", bytes: text)]), hash: "5e9d",
      vocabulary: vocabulary, rules: rules, overrides: graph, otherwise: otherwise,
      whenUnsure: whenUnsure, promises: [], scenarios: [],
      calendar: WorkingCalendar(holidays: holidays))
  }

  // MARK: - Vocabulary

  mutating func fact(
    _ phrase: String, _ kind: Fact.Kind, _ presence: Fact.Presence = .required,
    values: [String] = [], path: [String]? = nil, negative: String? = nil
  ) -> FactID {
    let id = FactID(vocabulary.facts.count)
    let field = phrase.split(separator: " ").filter { $0 != "is" }.joined(separator: "_")
    vocabulary.facts.append(
      Fact(
        id: id, phrase: phrase, negative: negative, kind: kind, presence: presence,
        values: values, path: path ?? [field], span: write("fact \(phrase)")))
    return id
  }

  mutating func outcome(_ name: String) -> OutcomeID {
    let id = OutcomeID(vocabulary.outcomes.count)
    vocabulary.outcomes.append(Outcome(id: id, name: name, span: write("outcome \(name)")))
    return id
  }

  mutating func note(_ name: String, _ text: [Note.Piece] = []) -> NoteID {
    let id = NoteID(vocabulary.notes.count)
    vocabulary.notes.append(Note(id: id, name: name, text: text, span: write("note \(name)")))
    return id
  }

  mutating func definition(_ phrase: String, _ condition: Condition) -> Condition {
    let id = DefinitionID(vocabulary.definitions.count)
    let span = write("define \(phrase)")
    vocabulary.definitions.append(
      Definition(
        id: id, phrase: phrase, negative: nil, condition: condition,
        span: span))
    return .definition(DefinitionUse(id, at: span))
  }

  // MARK: - Rules

  /// A test with its source text.
  mutating func test(_ text: String, _ fact: FactID, _ predicate: Predicate) -> Condition {
    .test(Test(.fact(fact), predicate, at: write(text)))
  }

  mutating func test(_ text: String, outcome: OutcomeID) -> Condition {
    .test(Test(.outcome, .isOutcome([outcome]), at: write(text)))
  }

  @discardableResult
  mutating func rule(
    _ name: String?, _ kind: Rule.Kind = .decision, if condition: Condition,
    then outcome: OutcomeID? = nil, with notes: [NoteID] = [], overrides: [RuleID] = [],
    from: Day? = nil, until: Day? = nil, because: [String] = [], see: [String] = []
  ) -> RuleID {
    let id = RuleID(rules.count)
    let span = write(name ?? "if")
    rules.append(
      Rule(
        id: id, kind: kind, name: name ?? "a.rules:\(lineCount)", isNamed: name != nil,
        section: nil,
        condition: condition, outcome: outcome, notes: notes, from: from, until: until,
        reasons: because, authorities: see, span: span, wholeSpan: span))
    edges += overrides.map { (id, $0) }
    return id
  }

  /// Has rules override all rules of a section, to which one of them may belong itself.
  mutating func override(_ rules: [RuleID], group: [RuleID]) {
    groups.append((rules, group))
  }

  mutating func standard(
    _ word: String, _ outcome: OutcomeID, with notes: [NoteID] = [], because: [String] = []
  ) -> Standard {
    Standard(
      outcome: outcome, notes: notes, reasons: because, authorities: [], span: write(word))
  }
}

/// A day that is known to exist.
func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
  Day(year: year, month: month, day: day) ?? .first
}

extension Policy {
  /// A message that gives some of the facts, as scenarios do.
  func message(
    _ given: [FactID: Scenario.Given], on today: Day = day(2026, 3, 2)
  ) -> Message {
    Message(vocabulary, given: given, today: today)
  }
}
