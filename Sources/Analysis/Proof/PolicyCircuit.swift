import Classes
import Logic
package import Model
import Syntax
import Values

/// The conditions of a policy as circuits over the properties of messages.
final class PolicyCircuit {
  let policy: Policy
  let classes: MessageClasses
  let circuit: Circuit
  /// The number of the calendar that the policy counts by.
  let calendar: Int
  /// Where each fact stands: in its own place or, for the second of two messages, in a copy's.
  let places: [MessageClasses.Place]
  private var tests: [Test: Wire] = [:]
  private var definitions: [Wire?]
  /// By `RuleID`: when it applies, if it does not look at the outcome and was asked for.
  private var applying: [Wire?]
  /// The same of rules that look at the outcome, by rule and outcome.
  private var applyingAfter: [Int: Wire] = [:]
  /// By `RuleID`: what it does where it wins.
  let consequences: [Consequence]

  /// What of a rule matters to whoever wins; a rule as a whole would be copied again and again.
  struct Consequence {
    let kind: Rule.Kind
    let outcome: OutcomeID?
    let notes: [NoteID]
    let testsOutcome: Bool

    init(_ rule: Rule) {
      (kind, outcome, notes) = (rule.kind, rule.outcome, rule.notes)
      testsOutcome = rule.condition.testsOutcome
    }

    /// Whether two rules do the same.
    func isSame(as other: Consequence) -> Bool {
      outcome == other.outcome && notes == other.notes
    }
  }

  /// What tests of the outcome look at, by `OutcomeID`.
  typealias Outcomes = [Wire]

  init(
    _ policy: Policy, _ classes: MessageClasses, _ circuit: Circuit, calendar: Int = 0,
    copied: Set<FactID> = []
  ) {
    (self.policy, self.classes, self.circuit, self.calendar) = (policy, classes, circuit, calendar)
    places = policy.vocabulary.facts.map { fact in
      copied.contains(fact.id) ? classes.copies[fact.id] ?? .init(fact.id) : .init(fact.id)
    }
    definitions = Array(repeating: nil, count: policy.vocabulary.definitions.count)
    applying = Array(repeating: nil, count: policy.rules.count)
    consequences = policy.rules.map(Consequence.init)
  }

  /// A variant of a policy; what it shares with the policy is not worked out again.
  init(_ variant: PolicyVariant, of base: PolicyCircuit) {
    policy = variant.policy
    (classes, circuit, calendar) = (base.classes, base.circuit, base.calendar)
    (places, tests) = (base.places, base.tests)
    (definitions, applying, applyingAfter) = (base.definitions, base.applying, base.applyingAfter)
    var consequences = base.consequences
    for rule in variant.rules { consequences[rule.index] = Consequence(variant.policy[rule]) }
    self.consequences = consequences
    for definition in variant.definitions { definitions[definition.index] = nil }
    for rule in variant.rules {
      applying[rule.index] = nil
      for outcome in policy.vocabulary.outcomes { applyingAfter[key(rule.index, outcome.id)] = nil }
    }
  }

  /// When a rule applies: it is in force and its condition is met.
  func applies(_ number: Int, _ outcomes: Outcomes = []) -> Wire {
    if let known = applying[number] { return known }
    let rule = policy.rules[number]
    let condition = wire(rule.condition, outcomes)
    let isInForce = classes.wire(from: rule.from, until: rule.until, circuit)
    let wire = isInForce == .yes ? condition : circuit.and([condition, isInForce])
    if !consequences[number].testsOutcome { applying[number] = wire }
    return wire
  }

  /// When a rule applies to messages that get an outcome, whichever rules give it.
  func applies(_ number: Int, after outcome: OutcomeID) -> Wire {
    let key = key(number, outcome)
    if let known = applyingAfter[key] { return known }
    var outcomes = [Wire](repeating: .no, count: policy.vocabulary.outcomes.count)
    outcomes[outcome.index] = .yes
    let wire = applies(number, outcomes)
    applyingAfter[key] = wire
    return wire
  }

  private func key(_ number: Int, _ outcome: OutcomeID) -> Int {
    number * policy.vocabulary.outcomes.count + outcome.index
  }

  /// When a promise is about a message.
  func applies(_ promise: Promise, _ outcomes: Outcomes) -> Wire {
    circuit.and([
      wire(promise.condition, outcomes),
      classes.wire(from: promise.from, until: promise.until, circuit),
    ])
  }

  /// When a condition is met. Recursion is as deep as brackets and definitions may be nested.
  func wire(_ condition: Condition, _ outcomes: Outcomes = []) -> Wire {
    switch condition {
    case .always: return .yes
    case .test(let test): return wire(test, outcomes)
    case .not(let part): return !wire(part, outcomes)
    case .and(let parts): return circuit.and(parts.map { wire($0, outcomes) })
    case .or(let parts): return circuit.or(parts.map { wire($0, outcomes) })
    case .definition(let use):
      let id = use.id
      if let known = definitions[id.index] { return known }
      let wire = wire(policy.vocabulary[id].condition)
      definitions[id.index] = wire
      return wire
    }
  }

  /// When a test of a fact or of today is met.
  func wire(of test: Test) -> Wire { wire(test, []) }

  private func wire(_ test: Test, _ outcomes: Outcomes) -> Wire {
    if case .isOutcome(let tested) = test.predicate {
      return circuit.or(
        tested.sorted().map { $0.index < outcomes.count ? outcomes[$0.index] : .no })
    }
    if let known = tests[test] { return known }
    let wire =
      switch test.subject {
      case .fact(let fact):
        classes.wire(test.predicate, at: places[fact.index], calendar: calendar, circuit)
      case .today: classes.wire(ofToday: test.predicate, calendar: calendar, circuit)
      case .outcome: Wire.no
      }
    tests[test] = wire
    return wire
  }
}

extension Condition {
  /// All tests in it, definitions not looked into.
  var tests: [Test] {
    switch self {
    case .always, .definition: []
    case .test(let test): [test]
    case .not(let part): part.tests
    case .and(let parts), .or(let parts): parts.flatMap(\.tests)
    }
  }

  /// Whether it looks at the outcome.
  package var testsOutcome: Bool {
    switch self {
    case .always, .definition: false
    case .test(let test): test.subject == .outcome
    case .not(let part): part.testsOutcome
    case .and(let parts), .or(let parts): parts.contains(where: \.testsOutcome)
    }
  }
}

extension Policy {
  /// All conditions of rules, promises and definitions.
  var conditions: [Condition] {
    rules.map(\.condition) + promises.map(\.condition) + vocabulary.definitions.map(\.condition)
  }

  /// The tests that decide messages: those of rules, and of the definitions that they use. In an order
  /// that is the same in every run.
  package var testsOfRules: [Test] {
    var tests: [Test] = []
    var seenTests: Set<Test> = []
    var seen: Set<DefinitionID> = []
    var open: [Condition] = rules.reversed().map(\.condition)
    while let condition = open.popLast() {
      for test in condition.tests where seenTests.insert(test).inserted { tests.append(test) }
      for definition in condition.definitions.sorted(by: { $0.index < $1.index })
      where seen.insert(definition).inserted {
        open.append(vocabulary[definition].condition)
      }
    }
    return tests
  }

  /// The first days on which a rule or promise comes into force or is no longer so.
  var turningDays: Set<Day> {
    var days: Set<Day> = []
    for rule in rules { days.formUnion(rule.turningDays) }
    for promise in promises { days.formUnion(turns(promise.from, promise.until)) }
    return days
  }
}

extension Rule {
  /// The first days on which it comes into force or is no longer so.
  var turningDays: [Day] { turns(from, until) }
}

private func turns(_ from: Day?, _ until: Day?) -> [Day] {
  [from, until.map { Day(clamping: Int($0.number) + 1) }].compactMap { $0 }
}
