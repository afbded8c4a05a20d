import Findings
import Model
import Syntax
import Values
import TestSupport

/// Makes small policies, and messages to them, that bring out every corner of a decision.
struct RandomPolicy {
  var random: SeededRandom
  let today: Day

  init(seed: UInt64) {
    random = SeededRandom(state: seed)
    today = Day(year: 2026, month: 3, day: 2) ?? .first
  }

  static let span = span(at: 0)

  static func span(at offset: Int) -> Span {
    Span(file: FileID(0), start: UInt32(offset), end: UInt32(offset))
  }

  mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  /// A policy of up to a dozen rules over six facts, one of each kind. A ladder has just so many rules, each of
  /// which overrides all that come after it.
  mutating func policy(ladderOf ladderCount: Int? = nil) -> Policy {
    var vocabulary = Vocabulary()
    vocabulary.outcomes = (0..<3).map {
      Outcome(id: OutcomeID($0), name: "outcome \($0)", span: RandomPolicy.span)
    }
    vocabulary.notes = (0..<3).map {
      Note(id: NoteID($0), name: "note \($0)", text: [], span: RandomPolicy.span)
    }
    for index in 0..<6 { vocabulary.facts.append(fact(index)) }
    for index in 0..<number(0...2) {
      vocabulary.definitions.append(
        Definition(
          id: DefinitionID(index), phrase: "definition \(index)", negative: nil,
          condition: condition(depth: 2, kind: .decision, definitions: index),
          span: RandomPolicy.span))
    }
    let kinds = (0..<(ladderCount ?? number(1...6))).map { _ in Rule.Kind.decision }
    let others = (0..<(ladderCount == nil ? number(0...5) : 0)).map {
      $0 % 2 == 0 ? Rule.Kind.guard : .note
    }
    let definitionCount = vocabulary.definitions.count
    // Long ladders are climbed far only if few of their rules apply.
    let tests = min((ladderCount ?? 0) / 8, 3)
    let rules = (kinds + others).shuffled(using: &random).enumerated().map { index, kind in
      rule(index, kind, definitions: definitionCount, more: tests)
    }
    var overrides = OverrideGraph(ruleCount: rules.count)
    if ladderCount != nil {
      for rule in rules.indices.dropLast() {
        overrides.add(RuleID(rule), overrides: RuleID(rule + 1))
      }
    } else {
      overrides = self.overrides(among: rules)
    }
    return Policy(
      files: SourceFiles([SourceFile(path: "a.rules", bytes: [UInt8](repeating: 0x0A, count: 200))]
      ), hash: "hash",
      vocabulary: vocabulary, rules: rules, overrides: overrides,
      otherwise: chance(70) ? standard() : nil, whenUnsure: chance(95) ? standard() : nil,
      promises: [], scenarios: [], calendar: WorkingCalendar(holidays: [today]))
  }

  /// A message in which facts are often missing.
  mutating func message(to policy: Policy, missing percent: Int) -> Message {
    Message(
      values: policy.vocabulary.facts.map { fact in
        if chance(percent) { return .missing }
        if case .optional = fact.presence, chance(40) { return .absent }
        return .value(value(of: fact.kind))
      },
      today: Day(clamping: Int(today.number) + number(-2...2)))
  }

  // MARK: - Parts

  private mutating func fact(_ index: Int) -> Fact {
    let kinds: [Fact.Kind] = [
      .choice, .set, .yesOrNo, .number(isWhole: false, unit: nil, low: nil, high: nil), .date,
      .text,
    ]
    let kind = kinds[index]
    let presences: [Fact.Presence] = [.required, .optional, .defaulted(value(of: kind))]
    return Fact(
      id: FactID(index), phrase: "fact \(index) is", negative: nil, kind: kind,
      presence: presences[number(0...2)],
      values: index < 2 ? ["a", "b", "c"] : [], path: ["fact_\(index)"], span: RandomPolicy.span)
  }

  private mutating func standard() -> Standard {
    Standard(
      outcome: OutcomeID(number(0...2)), notes: notes(atMost: 2), reasons: [], authorities: [],
      span: RandomPolicy.span(at: number(0...11) * 10 + 5))
  }

  private mutating func notes(atMost count: Int) -> [NoteID] {
    (0..<number(0...count)).map { _ in NoteID(number(0...2)) }
  }

  private mutating func rule(
    _ index: Int, _ kind: Rule.Kind, definitions: Int, more: Int
  ) -> Rule {
    var condition = condition(depth: 2, kind: kind, definitions: definitions)
    if more > 0 {
      let parts = (0..<more).map { _ in
        self.condition(depth: 1, kind: kind, definitions: definitions)
      }
      condition = .and([condition] + parts)
    }
    // Outcomes near each other in the file agree more often, so that many messages get decisions.
    let outcome: OutcomeID? = kind == .note ? nil : OutcomeID(chance(60) ? 0 : number(0...2))
    return Rule(
      id: RuleID(index), kind: kind, name: "rule \(index)", isNamed: true, section: nil,
      condition: condition, outcome: outcome,
      notes: kind == .note ? [NoteID(number(0...2))] + notes(atMost: 1) : notes(atMost: 1),
      from: chance(10) ? Day(clamping: Int(today.number) + number(-2...2)) : nil,
      until: chance(10) ? Day(clamping: Int(today.number) + number(-2...2)) : nil,
      reasons: [], authorities: [], span: RandomPolicy.span(at: index * 10),
      wholeSpan: RandomPolicy.span(at: index * 10))
  }

  /// Overrides without a circle: every rule has a rank, and only higher ones override lower ones.
  private mutating func overrides(among rules: [Rule]) -> OverrideGraph {
    var graph = OverrideGraph(ruleCount: rules.count)
    let percent = [0, 20, 50][number(0...2)]
    for kind in Rule.Kind.allCases {
      let ranked = rules.filter { $0.kind == kind }.map(\.id).shuffled(using: &random)
      for (rank, rule) in ranked.enumerated() {
        for target in ranked[..<rank] where chance(percent) {
          graph.add(rule, overrides: target)
        }
        if rank > 0, chance(percent / 2) {
          // A group of lower rules, to which the rule itself may belong.
          let group = Array(ranked[number(0...rank - 1)...(chance(50) ? rank : rank - 1)])
          graph.add(rule, overridesGroup: graph.addGroup(group))
        }
      }
    }
    return graph
  }

  private mutating func condition(depth: Int, kind: Rule.Kind, definitions: Int) -> Condition {
    let choice = number(0...9)
    if depth > 0, choice < 5 {
      if choice == 0 {
        return .not(condition(depth: depth - 1, kind: kind, definitions: definitions))
      }
      let parts = (0..<number(1...3)).map { _ in
        condition(depth: depth - 1, kind: kind, definitions: definitions)
      }
      return choice < 3 ? .and(parts) : .or(parts)
    }
    if choice == 5, chance(20) { return .always }
    if choice == 6, definitions > 0 {
      return .definition(
        DefinitionUse(DefinitionID(number(0...definitions - 1)), at: RandomPolicy.span))
    }
    if choice == 7, kind != .decision {
      let outcomes = Set((0..<number(1...2)).map { _ in OutcomeID(number(0...2)) })
      return .test(Test(.outcome, .isOutcome(outcomes), at: RandomPolicy.span))
    }
    if choice == 8, chance(20) { return .test(Test(.today, .isWorkingDay, at: RandomPolicy.span)) }
    let fact = number(0...5)
    return .test(Test(.fact(FactID(fact)), predicate(of: fact), at: RandomPolicy.span))
  }
}

// MARK: - Values and questions

extension RandomPolicy {
  private static let texts = ["", "gov.uk", "pat@a.GOV.uk", "notgov.uk", "Pat"]

  mutating func value(of kind: Fact.Kind) -> FactValue {
    switch kind {
    case .choice: .choice(ValueID(number(0...2)))
    case .set: .set(values(0...3))
    case .yesOrNo: .flag(chance(50))
    case .number: .number(Decimal6(number(0...5)))
    case .date: .day(Day(clamping: Int(today.number) + number(-3...3)))
    case .text: .text(RandomPolicy.texts[number(0...4)])
    }
  }

  private mutating func values(_ count: ClosedRange<Int>) -> Set<ValueID> {
    Set((0..<number(count)).map { _ in ValueID(number(0...2)) })
  }

  private mutating func predicate(of fact: Int) -> Predicate {
    if chance(10) { return .isRecorded }
    switch fact {
    case 0: return .isOneOf(values(1...2))
    case 1: return setPredicate()
    case 2: return .isTrue
    case 3:
      let low = Int64(number(0...5)) * 1_000_000
      return .isIn([low...low + Int64(number(0...2)) * 1_000_000])
    case 4: return .isDated([DayRange(first: bound(), last: bound())])
    default:
      let match = TextMatch.allCases[number(0...4)]
      return .matches([TextPattern(match, Array(["gov.uk", "pat", "uk"][number(0...2)].utf8))])
    }
  }

  private mutating func setPredicate() -> Predicate {
    switch number(0...4) {
    case 0: .holdsAny(values(1...2))
    case 1: .holdsAll(values(1...2))
    case 2: .holdsNone(values(1...2))
    case 3: .isEmpty
    default: .isNotEmpty
    }
  }

  private mutating func bound() -> DayBound? {
    switch number(0...3) {
    case 0: nil
    case 1: DayBound(.day(Day(clamping: Int(today.number) + number(-2...2))))
    case 2: DayBound(.todayPlus(DayDuration(count: number(0...2), unit: .workingDays)))
    default: DayBound(.todayMinus(DayDuration(count: number(0...2), unit: .days)), offset: 1)
    }
  }
}
