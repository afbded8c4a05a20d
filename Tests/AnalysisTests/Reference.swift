import Model
import Syntax

/// The decisions about all messages of a table, worked out as the language defines them.
struct Decisions {
  var applies: [Column]
  var wins: [Column]
  var first: [Column]
  var outcomes: [Column]
  var notes: [Column]
  var firstDecided: Column
  var decided: Column
  var conflict: Column
  var gap: Column

  /// The messages that come out differently.
  func differing(from other: Decisions) -> Column {
    zip(
      outcomes + notes + [conflict, gap],
      other.outcomes + other.notes + [other.conflict, other.gap]
    )
    .reduce(Column(gap.count)) { $0 | ($1.0 ^ $1.1) }
  }
}

/// Answers every question about a policy by looking at all messages.
final class Reference {
  let table: Table
  let policy: Policy
  private var columns: [Test: Column] = [:]
  let none: Column
  let all: Column
  lazy var whole = decisions(overriding(without: []))

  init(_ table: Table) {
    (self.table, policy) = (table, table.policy)
    none = Column(table.count)
    all = Column(table.count, all: true)
  }

  func column(_ condition: Condition, _ outcomes: [Column] = []) -> Column {
    switch condition {
    case .always: return all
    case .not(let part): return ~column(part, outcomes)
    case .and(let parts): return parts.reduce(all) { $0 & column($1, outcomes) }
    case .or(let parts): return parts.reduce(none) { $0 | column($1, outcomes) }
    case .definition(let use): return column(policy.vocabulary[use.id].condition, outcomes)
    case .test(let test):
      if case .isOutcome(let tested) = test.predicate {
        return tested.reduce(none) { $0 | (outcomes.isEmpty ? none : outcomes[$1.index]) }
      }
      if let known = columns[test] { return known }
      let column = table.column(test)
      columns[test] = column
      return column
    }
  }

  func column(_ rule: Rule, _ outcomes: [Column] = []) -> Column {
    table.column(from: rule.from, until: rule.until) & column(rule.condition, outcomes)
  }

  // MARK: - Who overrides whom

  /// By two rules whether the first overrides the second, if some lines are gone.
  func overriding(without gone: Set<Int>) -> [[Bool]] {
    let count = policy.rules.count
    var nodes = policy.overrides.successors
    for rule in 0..<count { nodes[rule] = [] }
    for (number, line) in policy.overrides.lines.enumerated() where !gone.contains(number) {
      for edge in line.edges { nodes[Int(edge.from)].append(edge.to) }
    }
    return (0..<count).map { rule in
      var isReached = [Bool](repeating: false, count: nodes.count)
      var open = nodes[rule]
      while let node = open.popLast() {
        if isReached[Int(node)] { continue }
        isReached[Int(node)] = true
        open += nodes[Int(node)]
      }
      isReached[rule] = false
      return Array(isReached[..<count])
    }
  }

  // MARK: - Decisions

  /// Decides every message, some rules taken as not applying.
  func decisions(_ overrides: [[Bool]], without gone: Set<Int> = []) -> Decisions {
    let count = policy.rules.count
    let no = { [none] in Array(repeating: none, count: $0) }
    var result = Decisions(
      applies: no(count), wins: no(count), first: no(policy.vocabulary.outcomes.count),
      outcomes: [],
      notes: no(policy.vocabulary.notes.count), firstDecided: none, decided: none, conflict: none,
      gap: none)
    func settle(_ kind: Rule.Kind, after outcomes: [Column]) {
      let rules = policy.rules.filter { $0.kind == kind && !gone.contains($0.id.index) }
      for rule in rules { result.applies[rule.id.index] = column(rule, outcomes) }
      for rule in rules {
        result.wins[rule.id.index] = rules.reduce(result.applies[rule.id.index]) { wins, other in
          overrides[other.id.index][rule.id.index] ? wins & ~result.applies[other.id.index] : wins
        }
      }
    }
    /// By outcome the messages whose winners give it, and those whose winners disagree.
    func given(_ kind: Rule.Kind) -> (outcomes: [Column], conflict: Column, nobody: Column) {
      var given = result.first.map { _ in none }
      for rule in policy.rules where rule.kind == kind {
        if let outcome = rule.outcome?.index {
          given[outcome] = given[outcome] | result.wins[rule.id.index]
        }
      }
      var (conflict, somebody) = (none, none)
      for column in given {
        conflict = conflict | (somebody & column)
        somebody = somebody | column
      }
      return (given.map { $0 & ~conflict }, conflict, ~somebody)
    }

    settle(.decision, after: [])
    let deciders = given(.decision)
    result.conflict = deciders.conflict
    result.first = deciders.outcomes
    if let standard = policy.otherwise {
      result.first[standard.outcome.index] = result.first[standard.outcome.index] | deciders.nobody
    } else {
      result.gap = deciders.nobody
    }
    result.firstDecided = ~(result.conflict | result.gap)

    settle(.guard, after: result.first)
    let guards = given(.guard)
    result.conflict = result.conflict | (result.firstDecided & guards.conflict)
    result.decided = ~(result.conflict | result.gap)
    result.outcomes = zip(result.first, guards.outcomes).map { [decided = result.decided] in
      decided & (($0 & guards.nobody) | $1)
    }

    settle(.note, after: result.outcomes)
    for rule in policy.rules {
      var wins = result.decided & result.wins[rule.id.index]
      if rule.kind == .decision { wins = wins & guards.nobody }
      for note in rule.notes { result.notes[note.index] = result.notes[note.index] | wins }
    }
    for note in policy.otherwise?.notes ?? [] {
      result.notes[note.index] =
        result.notes[note.index] | (result.decided & deciders.nobody & guards.nobody)
    }
    return result
  }

  /// For each message a number that says how it is decided.
  lazy var codes: [Int] = (0..<table.count).map { message in
    if whole.conflict[message] { return -1 }
    if whole.gap[message] { return -2 }
    let outcome = whole.outcomes.firstIndex { $0[message] } ?? 0
    return whole.notes.reduce(outcome + 1) { $0 * 2 + ($1[message] ? 1 : 0) }
  }
}
