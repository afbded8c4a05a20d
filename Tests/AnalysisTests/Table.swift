import Model
import Syntax
import Values

/// Every message to a policy, as far as its tests can tell messages apart: all combinations of values,
/// chosen in the plainest way, on every today that matters.
struct Table {
  /// A value of a fact, and which of its tests it meets.
  struct Choice {
    let state: FactState
    let truths: [Bool]
  }

  /// The messages of one today.
  struct Block {
    let today: Day
    /// By fact, one choice for every set of its tests that some value meets.
    let choices: [[Choice]]
    /// By fact, the choice that a message makes which does not mention it; nil if it is required.
    let unsaid: [Int?]
    var start = 0
    var count: Int { choices.reduce(1) { $0 * $1.count } }

    /// The number of a message within the block.
    func number(_ picks: [Int]) -> Int {
      zip(picks, choices).reduce(0) { $0 * $1.1.count + $1.0 }
    }

    func picks(_ number: Int) -> [Int] {
      var (rest, picks): (Int, [Int]) = (number, [])
      for list in choices.reversed() {
        picks.append(rest % list.count)
        rest /= list.count
      }
      return picks.reversed()
    }

    func message(_ number: Int) -> Message {
      Message(values: zip(picks(number), choices).map { $1[$0].state }, today: today)
    }
  }

  let policy: Policy
  /// By fact, the tests of it.
  let tests: [[Predicate]]
  private(set) var blocks: [Block]
  let count: Int

  init(_ policy: Policy, _ tests: [[Predicate]], _ blocks: [Block]) {
    (self.policy, self.tests) = (policy, tests)
    self.blocks = blocks
    var count = 0
    for index in blocks.indices {
      self.blocks[index].start = count
      count += blocks[index].count
    }
    self.count = count
  }

  /// All messages; nil if there are more than so many.
  init?(_ policy: Policy, _ values: Samples, atMost most: Int) {
    let tests = policy.testsByFact
    var todays: [Day] = []
    var seen: Set<[Int]> = []
    for today in values.days.todays where seen.insert(policy.view(of: today, tests)).inserted {
      todays.append(today)
    }
    var blocks: [Block] = []
    var known: Set<[[[Bool]]]> = []
    let fixed = values.choices(policy, tests, isDated: false, today: todays[0])
    for today in todays {
      let dated = values.choices(policy, tests, isDated: true, today: today)
      let choices = zip(fixed, dated).map { $0 ?? $1 ?? [] }
      let block = Block(policy, tests, today, choices)
      let inForce = policy.inForce(on: today) + [policy.calendar.isWorkingDay(today)]
      var key = [[inForce]]
      for (index, choices) in dated.enumerated() {
        guard let truths = choices?.map(\.truths) else { continue }
        key.append(truths.sorted { $0.code < $1.code })
        key.append(block.unsaid[index].map { [truths[$0]] } ?? [])
      }
      guard known.insert(key).inserted else { continue }
      blocks.append(block)
      guard blocks.reduce(0, { $0 + $1.count }) <= most else { return nil }
    }
    self.init(policy, tests, blocks)
  }

  /// All messages of one day, some of them with given values.
  init(_ policy: Policy, _ values: Samples, on today: Day, _ given: [FactState]) {
    let tests = policy.testsByFact
    let fixed = values.choices(policy, tests, isDated: false, today: today, given)
    let dated = values.choices(policy, tests, isDated: true, today: today, given)
    let choices = zip(fixed, dated).map { $0 ?? $1 ?? [] }
    self.init(policy, tests, [Block(policy, tests, today, choices)])
  }

  func message(_ number: Int) -> Message {
    guard let block = blocks.last(where: { $0.start <= number }) else {
      preconditionFailure("every message is in a block")
    }
    return block.message(number - block.start)
  }

  /// The messages for which a test is met.
  func column(_ test: Test) -> Column {
    var column = Column(count)
    for block in blocks {
      switch test.subject {
      case .outcome: preconditionFailure("the outcome is no part of the message")
      case .today:
        guard policy.calendar.isWorkingDay(block.today) else { continue }
        for number in 0..<block.count { column.insert(block.start + number) }
      case .fact(let fact):
        guard let test = tests[fact.index].firstIndex(of: test.predicate) else { continue }
        let truths = block.choices[fact.index].map { $0.truths[test] }
        let below = block.choices[(fact.index + 1)...].reduce(1) { $0 * $1.count }
        for number in 0..<block.count where truths[number / below % truths.count] {
          column.insert(block.start + number)
        }
      }
    }
    return column
  }

  /// The messages of days on which something is in force.
  func column(from: Day?, until: Day?) -> Column {
    guard from != nil || until != nil else { return Column(count, all: true) }
    var column = Column(count)
    for block in blocks {
      if let from, block.today < from { continue }
      if let until, block.today > until { continue }
      for number in 0..<block.count { column.insert(block.start + number) }
    }
    return column
  }
}

extension Table.Block {
  init(_ policy: Policy, _ tests: [[Predicate]], _ today: Day, _ choices: [[Table.Choice]]) {
    (self.today, self.choices) = (today, choices)
    unsaid = policy.vocabulary.facts.map { fact in
      let state: FactState
      switch fact.presence {
      case .required: return nil
      case .optional: state = .absent
      case .defaulted(let value): state = .value(value)
      }
      let truths = tests[fact.id.index].map {
        $0.truth(of: state, today: today, policy.calendar) == .yes
      }
      return choices[fact.id.index].firstIndex { $0.truths == truths }
    }
  }
}

extension [Bool] {
  fileprivate var code: Int { reduce(1) { $0 * 2 + ($1 ? 1 : 0) } }
}

extension Policy {
  /// By fact, the different tests of it anywhere.
  fileprivate var testsByFact: [[Predicate]] {
    var tests: [[Predicate]] = vocabulary.facts.map { _ in [] }
    for test in allConditions.flatMap(\.allTests) {
      guard case .fact(let fact) = test.subject else { continue }
      if !tests[fact.index].contains(test.predicate) { tests[fact.index].append(test.predicate) }
    }
    return tests
  }

  var allConditions: [Condition] {
    rules.map(\.condition) + promises.map(\.condition) + vocabulary.definitions.map(\.condition)
  }

  fileprivate func inForce(on day: Day) -> [Bool] {
    let periods = rules.map { ($0.from, $0.until) } + promises.map { ($0.from, $0.until) }
    return periods.map { from, until in
      from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
    }
  }

  /// What a today can mean to the policy: todays of which it is the same are alike.
  fileprivate func view(of today: Day, _ tests: [[Predicate]]) -> [Int] {
    let inForce = self.inForce(on: today).map { $0 ? 1 : 0 }
    let isWorkingDay = calendar.isWorkingDay(today) ? 1 : 0
    var bounds: [DayBound] = []
    for case .isDated(let ranges) in tests.joined() {
      for range in ranges { bounds += [range.first, range.last].compactMap { $0 } }
    }
    for case .defaulted(.day(let day)) in vocabulary.facts.map(\.presence) {
      bounds.append(DayBound(.day(day)))
    }
    return inForce + [isWorkingDay]
      + (bounds.isEmpty ? [] : DayPool.order(of: bounds, today, calendar))
  }
}

extension Condition {
  var allTests: [Test] {
    switch self {
    case .always, .definition: []
    case .test(let test): [test]
    case .not(let part): part.allTests
    case .and(let parts), .or(let parts): parts.flatMap(\.allTests)
    }
  }

  var asksOutcome: Bool { allTests.contains { $0.subject == .outcome } }
}
