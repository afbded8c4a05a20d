@testable import Analysis
import Findings
import Model
import Syntax
import Values

extension Reference {
  /// What there is to find, one line each; and what may be found or not, because the policy has errors
  /// that leave it open.
  func verdicts() -> (expected: Set<String>, open: Set<String>) {
    var (expected, open): (Set<String>, Set<String>) = ([], [])
    let never = Set(policy.rules.filter(neverApplies).map(\.id.index))
    expected.formUnion(never.map { "never-applies rule \($0)" })
    for definition in policy.vocabulary.definitions where column(definition.condition).isEmpty {
      expected.insert("never-applies definition \(definition.id.index)")
    }
    for (one, two) in conflicts() { expected.insert("conflict \(one) \(two)") }
    if !whole.gap.isEmpty { expected.insert("gap") }
    for (index, promise) in policy.promises.enumerated() where isEver(promise.from, promise.until) {
      if meant(promise).isEmpty {
        expected.insert("never-applies promise \(index)")
      } else if !isKept(promise) {
        expected.insert("broken-promise \(index)")
      }
    }
    addRulesWithoutEffect(never, &expected, &open)
    for line in needlessLines() { expected.insert("needless-override \(line)") }
    for rule in policy.rules where !never.contains(rule.id.index) && isEver(rule.from, rule.until) {
      for part in needlessParts(of: rule) { expected.insert(part) }
    }
    expected.formUnion(indistinctValues())
    return (expected, open)
  }

  var provedCount: Int {
    policy.promises.count {
      isEver($0.from, $0.until) && !meant($0).isEmpty && isKept($0)
    }
  }

  func isEver(_ from: Day?, _ until: Day?) -> Bool {
    (from ?? .first) <= .lastProved && (until ?? .last) >= .firstProved
  }

  // MARK: - Rules

  private func neverApplies(_ rule: Rule) -> Bool {
    guard isEver(rule.from, rule.until) else { return false }
    let applies = whole.applies[rule.id.index]
    guard rule.condition.asksOutcome else { return applies.isEmpty }
    return (applies & seen(by: rule)).isEmpty
  }

  func bothWin(_ rule: Rule, _ other: Rule) -> Column {
    let both = whole.wins[rule.id.index] & whole.wins[other.id.index]
    return rule.kind == .decision ? both : both & whole.firstDecided
  }

  private func conflicts() -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    for rule in policy.rules where rule.kind != .note {
      for other in policy.rules where other.id > rule.id && other.kind == rule.kind {
        if rule.outcome == other.outcome || bothWin(rule, other).isEmpty { continue }
        pairs.append((rule.id.index, other.id.index))
      }
    }
    return pairs
  }

  private func addRulesWithoutEffect(
    _ never: Set<Int>, _ expected: inout Set<String>, _ open: inout Set<String>
  ) {
    let overrides = overriding(without: [])
    var gone: Set<Int> = []
    for rule in policy.rules.reversed()
    where !never.contains(rule.id.index) && isEver(rule.from, rule.until) {
      let index = rule.id.index
      let (all, decided) = (whole.wins[index], whole.wins[index] & seen(by: rule))
      if all.isEmpty != decided.isEmpty {
        // It gets its way only where there is no decision to change.
        open.formUnion(["always-set-aside \(index)", "no-effect \(index)"])
      }
      let asks = policy.rules.contains { other in
        (other.id == rule.id || overrides[other.id.index][index]) && other.condition.asksOutcome
      }
      let wins = asks ? decided : all
      if wins.isEmpty {
        if overrides.contains(where: { $0[index] }) { expected.insert("always-set-aside \(index)") }
        continue
      }
      if !isSound { continue }
      let hasEffect = [[], gone].contains { gone in
        let with = decisions(overrides, without: gone)
        let without = decisions(overrides, without: gone.union([index]))
        return !(with.applies[index] & with.differing(from: without)).isEmpty
      }
      if !hasEffect {
        gone.insert(index)
        expected.insert("no-effect \(index)")
      }
    }
  }

  /// The messages of which there is an outcome for a rule to look at.
  private func seen(by rule: Rule) -> Column {
    switch rule.kind {
    case .decision: all
    case .guard: whole.firstDecided
    case .note: whole.decided
    }
  }

  /// Every message is decided, and by nobody who disagrees.
  private var isSound: Bool { (~whole.decided).isEmpty }

  private func needlessLines() -> [Int] {
    guard isSound else { return [] }
    var gone: Set<Int> = []
    for line in policy.overrides.lines.indices.reversed() {
      let with = decisions(overriding(without: gone))
      let without = decisions(overriding(without: gone.union([line])))
      if with.differing(from: without).isEmpty { gone.insert(line) }
    }
    return gone.sorted()
  }

  // MARK: - Promises

  /// The messages that a promise is about.
  func meant(_ promise: Promise) -> Column {
    table.column(from: promise.from, until: promise.until)
      & column(promise.condition, whole.outcomes) & whole.decided
  }

  /// The messages that break a promise by themselves.
  func breaking(_ promise: Promise) -> Column {
    let meant = meant(promise)
    func any(_ columns: [Column]) -> Column { columns.reduce(none) { $0 | $1 } }
    return switch promise.pledge {
    case .always(let outcomes): meant & ~any(outcomes.map { whole.outcomes[$0.index] })
    case .never(let outcomes): meant & any(outcomes.map { whole.outcomes[$0.index] })
    case .alwaysAdd(let notes): meant & any(notes.map { ~whole.notes[$0.index] })
    case .neverAdd(let notes): meant & any(notes.map { whole.notes[$0.index] })
    case .neverDependsOn: none
    }
  }

  private func isKept(_ promise: Promise) -> Bool {
    guard case .neverDependsOn(let facts) = promise.pledge else { return breaking(promise).isEmpty }
    let meant = meant(promise)
    for block in table.blocks {
      var codeOfRest: [[Int]: Int] = [:]
      for number in 0..<block.count where meant[block.start + number] {
        var rest = block.picks(number)
        for fact in facts { rest[fact.index] = 0 }
        let code = codes[block.start + number]
        if let known = codeOfRest.updateValue(code, forKey: rest), known != code { return false }
      }
    }
    return true
  }

  // MARK: - Values

  /// Declared values are alike if no test of a rule notices that one takes the other's place.
  private func indistinctValues() -> [String] {
    let tests = policy.testsOfRules
    return policy.vocabulary.facts.compactMap { fact in
      let predicates = tests.filter { $0.subject == .fact(fact.id) }.map(\.predicate)
      guard predicates.contains(where: { $0 != .isRecorded }) else { return nil }
      let values = fact.values.indices.map { ValueID($0) }
      func truths(_ value: FactValue) -> [Bool] {
        predicates.map { $0.holds(of: value, today: .first, policy.calendar) }
      }
      func isAlike(_ one: ValueID, _ other: ValueID) -> Bool {
        if fact.kind == .choice { return truths(.choice(one)) == truths(.choice(other)) }
        return (0..<1 << values.count).allSatisfy { bits in
          var held = Set(values.filter { bits >> $0.index & 1 == 1 })
          let before = truths(.set(held))
          guard held.remove(one) != nil else { return true }
          held.insert(other)
          return before == truths(.set(held))
        }
      }
      var groups: [[ValueID]] = []
      for value in values {
        if let group = groups.firstIndex(where: { isAlike($0[0], value) && isAlike(value, $0[0]) })
        {
          groups[group].append(value)
        } else {
          groups.append([value])
        }
      }
      let words = groups.filter { $0.count > 1 }.map { group in
        group.map { "`\(fact.values[$0.index])`" }.joinedWithAnd
      }
      guard !words.isEmpty else { return nil }
      return "indistinct-value \(fact.phrase) \(words.joined(separator: "; nor "))"
    }
  }
}

extension Policy {
  /// The tests of all rules, also those in definitions that they use.
  fileprivate var testsOfRules: Set<Test> {
    func tests(_ condition: Condition) -> [Test] {
      switch condition {
      case .always: []
      case .test(let test): [test]
      case .not(let part): tests(part)
      case .and(let parts), .or(let parts): parts.flatMap(tests)
      case .definition(let use): tests(vocabulary[use.id].condition)
      }
    }
    return Set(rules.flatMap { tests($0.condition) })
  }
}
