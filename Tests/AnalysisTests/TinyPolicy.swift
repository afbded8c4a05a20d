import Findings
import Model
import Syntax
import TestSupport
import Values

/// Writes small policies at random: so few different tests that rules often meet, repeat, exclude or
/// imply each other.
struct TinyPolicy {
  var random: SeededRandom
  let days: DayPool
  let texts: TextPool
  private(set) var vocabulary = Vocabulary()
  private(set) var atoms: [(subject: Test.Subject, predicate: Predicate)] = []
  private var text: [UInt8] = []

  init(seed: UInt64, _ days: DayPool, _ texts: TextPool) {
    random = SeededRandom(state: seed &* 0x1357 &+ 11)
    (self.days, self.texts) = (days, texts)
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func pick<Item>(_ items: [Item]) -> Item { items[number(0...items.count - 1)] }

  /// A place of its own for every part, so that findings tell which one they mean.
  private mutating func place() -> Span {
    let start = UInt32(text.count + 1)
    text += Array("\npart".utf8)
    return Span(file: FileID(0), start: start, end: start + 4)
  }

  mutating func policy() -> Policy {
    for index in 0..<number(2...3) {
      vocabulary.outcomes.append(
        Outcome(id: OutcomeID(index), name: "outcome \(index)", span: place()))
    }
    for index in 0..<number(1...2) {
      vocabulary.notes.append(
        Note(id: NoteID(index), name: "note \(index)", text: [], span: place()))
    }
    for index in 0..<number(2...4) { vocabulary.facts.append(fact(index)) }
    for _ in 0..<number(3...7) { atoms.append(atom()) }
    for index in 0..<number(0...2) {
      vocabulary.definitions.append(
        Definition(
          id: DefinitionID(index), phrase: "definition \(index)", negative: nil,
          condition: condition(depth: 1, .decision), span: place()))
    }
    let kinds =
      Array(repeating: Rule.Kind.decision, count: number(2...5))
      + Array(repeating: .guard, count: number(0...2))
      + Array(repeating: .note, count: number(0...2))
    let rules = kinds.shuffled(using: &random).enumerated().map { rule($0, $1) }
    let otherwise = chance(75) ? standard() : nil
    let promises = (0..<number(0...3)).map { promise($0) }
    let overrides = overrides(rules)
    let whenUnsure = standard()
    return Policy(
      files: SourceFiles([SourceFile(path: "a.rules", bytes: text)]), hash: "hash",
      vocabulary: vocabulary, rules: rules, overrides: overrides, otherwise: otherwise,
      whenUnsure: whenUnsure, promises: promises, scenarios: [], calendar: days.calendar)
  }

  // MARK: - Statements

  private mutating func standard() -> Standard {
    Standard(
      outcome: outcome(), notes: notes(chance(30) ? 1 : 0), reasons: [], authorities: [],
      span: place())
  }

  private mutating func outcome() -> OutcomeID {
    OutcomeID(number(0...vocabulary.outcomes.count - 1))
  }
  private mutating func notes(_ count: Int) -> [NoteID] {
    (0..<count).map { _ in NoteID(number(0...vocabulary.notes.count - 1)) }
  }

  private mutating func rule(_ index: Int, _ kind: Rule.Kind) -> Rule {
    let span = place()
    let period = period()
    return Rule(
      id: RuleID(index), kind: kind, name: "rule \(index)", isNamed: true, section: nil,
      condition: chance(4) ? .always : condition(depth: 2, kind),
      outcome: kind == .note ? nil : outcome(),
      notes: notes(kind == .note ? number(1...2) : chance(25) ? 1 : 0), from: period.from,
      until: period.until, reasons: [], authorities: [], span: span, wholeSpan: span)
  }

  private mutating func period() -> (from: Day?, until: Day?) {
    guard chance(20) else { return (nil, nil) }
    let (one, two) = (pick(days.turningDays), pick(days.turningDays))
    switch number(0...2) {
    case 0: return (one, nil)
    case 1: return (nil, one)
    default: return (min(one, two), max(one, two))
    }
  }

  private mutating func promise(_ index: Int) -> Promise {
    let outcomes = Set((0..<number(1...2)).map { _ in outcome() })
    let pledges: [Promise.Pledge] = [
      .always(outcomes), .never(outcomes), .alwaysAdd(Set(notes(number(1...2)))),
      .neverAdd(Set(notes(number(1...2)))),
      .neverDependsOn(
        Set((0..<number(1...2)).map { _ in FactID(number(0...vocabulary.facts.count - 1)) })),
    ]
    let period = period()
    return Promise(
      name: "promise \(index)", condition: chance(30) ? .always : condition(depth: 1, .note),
      pledge: pick(pledges), from: period.from, until: period.until, reasons: [], authorities: [],
      span: place())
  }

  /// Lines without a circle: every rule has a rank, and only higher ones override lower ones.
  private mutating func overrides(_ rules: [Rule]) -> OverrideGraph {
    var graph = OverrideGraph(ruleCount: rules.count)
    let percent = pick([0, 25, 60])
    let isOrdered = chance(50)
    var lines: [(from: [RuleID], to: [RuleID], isGroup: Bool)] = []
    for kind in Rule.Kind.allCases {
      let ranked = rules.filter { $0.kind == kind }.map(\.id).shuffled(using: &random)
      // One above the other, so that no two disagree.
      for rank in ranked.indices.dropFirst() where isOrdered {
        lines.append(([ranked[rank]], [ranked[rank - 1]], false))
      }
      for rank in ranked.indices.dropFirst() where chance(percent) {
        let others = Array(ranked[number(0...rank - 1)..<rank])
        switch number(0...3) {
        case 0, 1: lines.append(([ranked[rank]], [pick(others)], false))
        case 2:
          // A section to which the rule itself may belong.
          lines.append(([ranked[rank]], others + (chance(40) ? [ranked[rank]] : []), true))
        default:
          // A section's or table's line, for several rules at once.
          lines.append((Array(ranked[rank...].prefix(number(1...2))), others, chance(50)))
        }
      }
    }
    if chance(5) { lines.append(([], [], false)) }
    if let line = lines.first, chance(10) { lines.append(line) }
    let groups = lines.map { $0.isGroup ? graph.addGroup($0.to) : nil }
    for (line, group) in zip(lines, groups).shuffled(using: &random) {
      graph.beginLine(at: place())
      for rule in line.from {
        if let group {
          graph.add(rule, overridesGroup: group)
        } else {
          for other in line.to { graph.add(rule, overrides: other) }
        }
      }
    }
    return graph
  }

  // MARK: - Conditions

  private mutating func condition(depth: Int, _ kind: Rule.Kind) -> Condition {
    let choice = number(0...9)
    if depth > 0, choice < 5 {
      if choice == 0 { return .not(condition(depth: depth - 1, kind)) }
      let parts = (0..<number(2...3)).map { _ in condition(depth: depth - 1, kind) }
      return choice < 3 ? .and(parts) : .or(parts)
    }
    if choice == 5, !vocabulary.definitions.isEmpty {
      return .definition(
        DefinitionUse(DefinitionID(number(0...vocabulary.definitions.count - 1)), at: place()))
    }
    if choice >= 8, kind != .decision {
      let outcomes = Set((0..<number(1...2)).map { _ in outcome() })
      return .test(Test(.outcome, .isOutcome(outcomes), at: place()))
    }
    let atom = pick(atoms)
    let test = Condition.test(Test(atom.subject, atom.predicate, at: place()))
    return chance(20) ? .not(test) : test
  }

  private mutating func atom() -> (Test.Subject, Predicate) {
    if chance(5) { return (.today, .isWorkingDay) }
    let fact = pick(vocabulary.facts)
    if fact.presence == .optional, chance(15) { return (.fact(fact.id), .isRecorded) }
    return (.fact(fact.id), predicate(of: fact))
  }
}
