@testable import Analysis
import Classes
import Engine
import Findings
import Model
import Syntax
import TestSupport
import Testing
import Values

@Suite struct `The differences between two policies` {
  @Test func `are those that come out when all messages are tried`() {
    var counts: [String: Int] = [:]
    let samples = Samples(days: DayPool(seed: 1), texts: TextPool(seed: 1))
    for seed in 0..<UInt64(250) {
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      let old = author.policy()
      var mutation = PolicyMutation(old, seed: seed)
      let new = mutation.changed()
      let tables = [old, new].compactMap { Table($0, samples, atMost: 30_000) }
      guard tables.count == 2 else { continue }
      let difference = difference(from: old, to: new, limits: limits(seed))
      #expect(difference.isProved, "seed \(seed)")
      var trial = DifferenceTrial(difference)
      for table in tables {
        for number in stride(from: 0, to: table.count, by: max(1, table.count / 700)) {
          trial.check(table.message(number))
        }
      }
      trial.checkExamples()
      for complaint in trial.complaints.prefix(3) {
        Issue.record("seed \(seed): \(complaint)\n\(old.listing)\n->\n\(new.listing)")
      }
      counts[difference.isEqual ? "equal" : "different", default: 0] += 1
      for group in difference.groups {
        counts[group.isExact ? "exact" : "inexact", default: 0] += 1
      }
    }
    for kind in ["equal", "different", "exact", "inexact"] {
      #expect(counts[kind, default: 0] > 20, "\(counts)")
    }
  }

  /// As they are, or so narrow that small policies are treated as large ones.
  private func limits(_ seed: UInt64) -> DifferenceLimits {
    var limits = DifferenceLimits()
    guard seed % 2 == 1 else { return limits }
    limits.rulesAtOnce = 0
    limits.facts = Int(seed / 2 % 3)
    limits.conditions = Int(seed / 6 % 3) + 1
    limits.easilyRead = 1
    limits.notesGroups = Int(seed / 2 % 2)
    limits.deciders = 2
    limits.workAtOnce = seed % 3 == 0 ? 1 : 1000
    return limits
  }

  @Test func `are none between a policy and itself`() {
    let samples = Samples(days: DayPool(seed: 2), texts: TextPool(seed: 2))
    for seed in 0..<UInt64(100) {
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      let policy = author.policy()
      #expect(difference(from: policy, to: policy).isClean, "seed \(seed)")
    }
  }

  @Test func `are found where a rule no longer looks at the outcome`() throws {
    func policy(_ condition: String) throws -> Policy {
      let text = """
        fact kind is: one of small, large
        outcome x
        outcome y
        note n
        note m

        rule One
          if the kind is small
          then x

        rule Above
          if \(condition)
          then add n
          because it counts more
          overrides Below

        rule Below
          if the kind is large
          then add m

        otherwise y

        when unsure y

        """
      let file = SourceFile(path: "a.rules", bytes: Array(text.utf8))
      return try #require(
        check(PolicyText(ruleFiles: [file]), today: .firstProved, workLimit: nil).policy)
    }
    let difference = difference(
      from: try policy("the outcome is y"), to: try policy("the kind is small"))
    #expect(difference.isProved)
    let changes = Set(difference.groups.map(\.change))
    #expect(
      changes == [
        .notes(lost: [NoteID(0)], gained: [NoteID(1)]), .notes(lost: [], gained: [NoteID(0)]),
      ])
  }

  @Test func `are none where rules only change their names and places`() {
    let samples = Samples(days: DayPool(seed: 3), texts: TextPool(seed: 3))
    for seed in 0..<UInt64(100) {
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      var policy = author.policy()
      policy.overrides = OverrideGraph(ruleCount: policy.rules.count)
      var other = policy
      other.rules = policy.rules.reversed().enumerated().map { index, rule in
        Rule(
          id: RuleID(index), kind: rule.kind, name: "other \(index)", isNamed: true, section: nil,
          condition: rule.condition, outcome: rule.outcome, notes: rule.notes, from: rule.from,
          until: rule.until, reasons: [], authorities: [], span: rule.span,
          wholeSpan: rule.wholeSpan)
      }
      #expect(difference(from: policy, to: other).isClean, "seed \(seed)")
    }
  }
}

/// Compares what is said of two policies with how they decide messages.
private struct DifferenceTrial {
  private let difference: PolicyDifference
  private let old: Evaluator
  private let new: Evaluator
  private(set) var complaints: [String] = []

  init(_ difference: PolicyDifference) {
    self.difference = difference
    old = Evaluator(difference.joint.old)
    new = Evaluator(difference.joint.new)
  }

  mutating func check(_ message: Message) {
    let change = change(message)
    let calendar = difference.joint.new.calendar
    let groups = difference.groups.filter { $0.contains(change, difference) }
    if change == nil, !groups.isEmpty { complaints.append("\(message) does not differ") }
    if change != nil, groups.count != 1, !difference.hasMoreGroups {
      complaints.append("\(message) is in \(groups.count) groups")
    }
    for group in difference.groups {
      let isMet = group.conditions.contains { condition in
        condition.allSatisfy { $0.property.isSo(message, calendar) == $0.isSo }
      }
      let isOfGroup = group.contains(change, difference)
      if isOfGroup, !isMet, !group.hasMore {
        complaints.append("\(message) meets no condition of \(group.change)")
      }
      if isMet, !isOfGroup, group.isExact {
        complaints.append("\(message) is not of \(group.change)")
      }
      if isOfGroup { checkDeciders(message, group) }
    }
  }

  mutating func checkExamples() {
    for group in difference.groups {
      if !group.contains(change(group.example.message), difference) {
        complaints.append("the example of \(group.change) shows something else")
      }
    }
  }

  /// Where the outcome changes, whoever brings it about is named.
  private mutating func checkDeciders(_ message: Message, _ group: DifferenceGroup) {
    guard case .result = group.change else { return }
    for (evaluator, side) in [(old, group.old), (new, group.new)] where !side.hasMoreDeciders {
      guard case .success(let decision) = evaluator.decide(message) else { continue }
      if case .result(.decided, .decided) = group.change,
        !Set(side.notes).isSubset(of: decision.notes)
      {
        complaints.append("\(message) of \(group.change) lacks a note")
      }
      let rules = decision.winners.filter { evaluator.policy[$0].kind != .note }
      let guards = rules.filter { evaluator.policy[$0].kind == .guard }
      for rule in guards.isEmpty ? rules : guards where !side.deciders.contains(.rule(rule)) {
        complaints.append("\(rule) of \(group.change) is not named")
      }
    }
  }

  private func change(_ message: Message) -> DecisionChange? {
    func result(_ evaluator: Evaluator) -> (result: DecisionResult, notes: Set<NoteID>) {
      switch evaluator.decide(message) {
      case .success(let decision): (.decided(decision.outcome), Set(decision.notes))
      case .failure(.conflict): (.conflict, [])
      case .failure(.gap): (.gap, [])
      }
    }
    return DecisionChange(result(old), result(new))
  }
}

extension DifferenceGroup {
  fileprivate func contains(_ change: DecisionChange?, _ difference: PolicyDifference) -> Bool {
    guard let change else { return false }
    if self.change == change { return true }
    guard self.change == .otherNotes, case .notes = change else { return false }
    return !difference.groups.contains { $0.change == change }
  }
}

extension Property {
  /// Whether a message has the property, where both policies have one calendar.
  fileprivate func isSo(_ message: Message, _ calendar: WorkingCalendar) -> Bool {
    let today = message.today
    switch self {
    case .todayIsFrom(let day): return today >= day
    case .isRecorded(let fact): return message[fact] != .absent
    case .isTrue(let fact): return message[fact] == .value(.flag(true))
    case .isOneOf(let fact, let values):
      guard case .value(.choice(let value)) = message[fact] else { return false }
      return values.contains(value)
    case .holds(let fact, let values):
      guard case .value(.set(let held)) = message[fact] else { return false }
      return values.contains(where: held.contains)
    case .isAtLeast(let fact, let least):
      guard case .value(.number(let number)) = message[fact] else { return false }
      return number.millionths >= least
    case .isFrom(let fact, let bound):
      guard case .value(.day(let day)) = message[fact] else { return false }
      return Int(day.number) >= bound.number(today: today, calendar)
    case .matches(let fact, let pattern):
      guard case .value(.text(let text)) = message[fact] else { return false }
      return pattern.matches(text)
    case .todayIsWorkingDay: return calendar.isWorkingDay(today)
    case .isNoLater(let first, let second):
      return first.number(today: today, calendar) <= second.number(today: today, calendar)
    case .outcomeIs: return false
    }
  }
}
