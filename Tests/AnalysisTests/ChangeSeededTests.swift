@testable import Analysis
import Engine
import Model
import Syntax
import TestSupport
import Testing
import Values

#if canImport(Glibc)
  import Glibc
#endif

private let effort = getenv("RULEC_SEEDED").flatMap { UInt64(String(cString: $0)) } ?? 1

/// All messages of one day that differ from one, by trying every value of every fact that any test tells apart.
private struct Neighbours {
  let policy: Policy
  let evaluator: Evaluator
  let message: Message
  /// By fact, other states than the message's, one for each set of its tests.
  let others: [[FactState]]

  init?(_ policy: Policy, _ message: Message, _ samples: Samples, atMost most: Int) {
    (self.policy, self.message) = (policy, message)
    evaluator = Evaluator(policy)
    let given = message.values.enumerated().map { index, state in
      state == .missing ? policy.vocabulary.facts[index].anyState : state
    }
    let table = Table(policy, samples, on: message.today, given)
    others = table.blocks[0].choices.enumerated().map { index, choices in
      let states = choices.map(\.state)
      return message.values[index] == .missing ? states : Array(states.dropFirst())
    }
    guard others.reduce(1, { $0 * ($1.count + 1) }) <= most else { return nil }
  }

  /// By set of facts, the sure outcomes to which changes of exactly these facts lead.
  func outcomes(of facts: [FactID]) -> Set<OutcomeID> {
    var reached: Set<OutcomeID> = []
    func go(_ place: Int, _ message: Message) {
      guard place < facts.count else {
        if case .success(let decision) = evaluator.decide(message), decision.isSure {
          reached.insert(decision.outcome)
        }
        return
      }
      for state in others[facts[place].index] {
        var changed = message
        changed.values[facts[place].index] = state
        go(place + 1, changed)
      }
    }
    go(0, message)
    return reached
  }

  /// The sets of facts that lead to one of some outcomes and contain no smaller such set.
  func smallest(of open: [FactID], to wanted: Set<OutcomeID>) -> [[FactID]: Set<OutcomeID>] {
    var found: [[FactID]: Set<OutcomeID>] = [:]
    for size in 1...max(open.count, 1) {
      for set in open.subsets(of: size) {
        guard !found.keys.contains(where: { Set($0).isSubset(of: set) }) else { continue }
        let reached = outcomes(of: set).intersection(wanted)
        if !reached.isEmpty { found[set] = reached }
      }
    }
    return found
  }
}

extension Fact {
  /// Some value of the fact.
  var anyState: FactState {
    switch kind {
    case .choice: .value(.choice(ValueID(0)))
    case .set: .value(.set([]))
    case .yesOrNo: .value(.flag(false))
    case .number(_, _, let low, let high):
      .value(
        .number(
          low.map { max($0, Decimal6(0)) } ?? high.map { min($0, Decimal6(0)) } ?? Decimal6(0)))
    case .date: .value(.day(Day(clamping: 20_000)))
    case .text: .value(.text(""))
    }
  }
}

extension [FactID] {
  fileprivate func subsets(of size: Int) -> [[FactID]] {
    guard size > 0 else { return [[]] }
    return indices.flatMap { index in
      Array(self[(index + 1)...]).subsets(of: size - 1).map { [self[index]] + $0 }
    }
  }
}

@Suite struct `The smallest changes to a message` {
  @Test func `are those that are found by trying every message`() {
    var counts: [String: Int] = [:]
    let samples = Samples(days: DayPool(seed: 0), texts: TextPool(seed: 0))
    for seed in 0..<300 * effort {
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      let policy = author.policy()
      for _ in 0..<3 {
        guard
          let message = author.message(
            to: policy, samples, missing: [0, 0, 30][author.number(0...2)]),
          let neighbours = Neighbours(policy, message, samples, atMost: 3_000)
        else { continue }
        compare(neighbours, seed, &counts)
      }
    }
    for kind in ["sure", "unsure", "one", "several", "none", "missing but sure"] {
      #expect(counts[kind, default: 0] > 20, "\(kind): \(counts)")
    }
  }

  private func compare(
    _ neighbours: Neighbours, _ seed: UInt64, _ counts: inout [String: Int]
  ) {
    let (policy, message) = (neighbours.policy, neighbours.message)
    guard case .success(let present) = neighbours.evaluator.decide(message) else { return }
    let search = ChangeSearch(message, neighbours.evaluator)
    let all = policy.vocabulary.facts.map(\.id)
    let outcomes = Set(policy.vocabulary.outcomes.map(\.id))
    counts[present.isSure ? "sure" : "unsure", default: 0] += 1
    if present.isSure, message.values.contains(.missing) {
      counts["missing but sure", default: 0] += 1
    }
    var expected: [[FactID]: Set<OutcomeID>] = [:]
    if present.isSure {
      expected = neighbours.smallest(of: all, to: outcomes.subtracting([present.outcome]))
    } else {
      let missing = all.filter { message[$0] == .missing }
      for outcome in outcomes {
        expected.merge(neighbours.smallest(of: missing, to: [outcome])) { $0.union($1) }
      }
    }
    let changes = search.changes(atMost: 1000)
    let context = "seed \(seed): \(message)\n\(policy.listing)"
    check(changes, expected, neighbours, context)
    counts[
      expected.isEmpty ? "none" : expected.keys.contains { $0.count > 1 } ? "several" : "one",
      default: 0] += 1
    for outcome in outcomes where !present.isSure || outcome != present.outcome {
      check(
        search.changes(to: outcome, atMost: 1000), neighbours.smallest(of: all, to: [outcome]),
        neighbours, "to \(outcome) \(context)")
    }
  }

  /// Of numbers and dates no value that leads to the same outcome lies nearer to the message's.
  private func checkNearest(
    _ change: MessageChange, _ neighbours: Neighbours, _ context: String
  ) {
    let fact = change.facts[0]
    guard let number = neighbours.message[fact].number else { return }
    for outcome in Set(change.endings.map(\.decision.outcome)) {
      func nearest(_ states: [FactState]) -> Int64? {
        states.compactMap { state -> Int64? in
          var changed = neighbours.message
          changed.values[fact.index] = state
          let decision = try? neighbours.evaluator.decide(changed).get()
          guard decision?.isSure == true, decision?.outcome == outcome else { return nil }
          return state.number.map { abs($0 - number) }
        }.min()
      }
      let found = nearest(change.endings.flatMap { $0.ways.map { $0[0].state } })
      let possible = nearest(neighbours.others[fact.index])
      if let possible { #expect(found.map { $0 <= possible } ?? false, "\(context)") }
    }
  }

  private func check(
    _ changes: Changes, _ expected: [[FactID]: Set<OutcomeID>], _ neighbours: Neighbours,
    _ context: String
  ) {
    #expect(changes.rest == .none, "\(context)")
    var found: [[FactID]: Set<OutcomeID>] = [:]
    for change in changes.changes {
      found[change.facts] = Set(change.endings.map(\.decision.outcome))
      for ending in change.endings {
        for way in ending.ways {
          #expect(way.map(\.fact) == change.facts)
          var changed = neighbours.message
          for supposed in way { changed.values[supposed.fact.index] = supposed.state }
          let decision = try? neighbours.evaluator.decide(changed).get()
          #expect(
            decision?.outcome == ending.decision.outcome && decision?.isSure == true, "\(context)")
          #expect(
            way.allSatisfy { $0.state.isPossible(neighbours.policy.vocabulary[$0.fact]) },
            "\(context)")
        }
      }
    }
    for change in changes.changes where change.facts.count == 1 {
      checkNearest(change, neighbours, context)
    }
    #expect(found == expected, "\(context)")
    #expect(changes.changes.map(\.facts.count) == changes.changes.map(\.facts.count).sorted())
  }
}

extension FactState {
  /// Of a number its millionths, of a date its day.
  fileprivate var number: Int64? {
    switch self {
    case .value(.number(let number)): number.millionths
    case .value(.day(let day)): Int64(day.number)
    case .value, .absent, .missing: nil
    }
  }

  /// Whether a message can say that of a fact.
  fileprivate func isPossible(_ fact: Fact) -> Bool {
    switch self {
    case .missing: return false
    case .absent: return fact.presence == .optional
    case .value(.number(let number)):
      guard case .number(let isWhole, _, let low, let high) = fact.kind else { return false }
      return (!isWhole || number.isWhole) && low.map { $0 <= number } ?? true
        && high.map { number <= $0 } ?? true
    case .value(.day(let day)): return day.year >= 1900
    case .value: return true
    }
  }
}
