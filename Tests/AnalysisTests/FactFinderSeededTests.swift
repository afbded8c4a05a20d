@testable import Analysis
import Engine
import Model
import Program
import Syntax
import TestSupport
import Testing
import Values

#if canImport(Glibc)
  import Glibc
#endif

private let effort = getenv("RULEC_SEEDED").flatMap { UInt64(String(cString: $0)) } ?? 1

/// All ways in which the open facts of a message can turn out.
private struct Completions {
  let evaluator: Evaluator
  let message: Message
  let open: [FactID]
  /// By open fact, its states.
  let states: [[FactState]]
  var count: Int { states.reduce(1) { $0 * $1.count } }

  init(_ policy: Policy, _ message: Message, _ open: [FactID], _ samples: Samples) {
    (self.message, self.open) = (message, open)
    evaluator = Evaluator(policy)
    let given = message.values.enumerated().map { index, state in
      state == .missing ? policy.vocabulary.facts[index].anyState : state
    }
    let choices = Table(policy, samples, on: message.today, given).blocks[0].choices
    states = open.map { choices[$0.index].map(\.state) }
  }

  private func ending(_ picks: [Int]) -> Decision? {
    var message = message
    for (fact, (pick, states)) in zip(open, zip(picks, states)) {
      message.values[fact.index] = states[pick]
    }
    guard let decision = try? evaluator.decide(message).get() else { return nil }
    // What is decided, and not by whom.
    return Decision(
      outcome: decision.outcome, notes: decision.notes, isSure: decision.isSure, missing: [],
      winners: [], inDoubt: [], madeByOtherwise: false)
  }

  /// The open facts of which two values, with all others the same, are decided differently; and whether some way
  /// ends in nothing being decided.
  func relevant() -> (facts: Set<FactID>, hasFailures: Bool) {
    var relevant: Set<FactID> = []
    var hasFailures = false
    var endings: [Decision?] = []
    var picks = [Int](repeating: 0, count: open.count)
    for _ in 0..<count {
      endings.append(ending(picks))
      if endings.last == .some(nil) { hasFailures = true }
      for place in picks.indices.reversed() {
        picks[place] += 1
        if picks[place] < states[place].count { break }
        picks[place] = 0
      }
    }
    var step = 1
    for place in open.indices.reversed() {
      let size = states[place].count
      for start in endings.indices where start / step % size == 0 {
        for other in 1..<max(size, 1) where endings[start + other * step] != endings[start] {
          relevant.insert(open[place])
        }
      }
      step *= size
    }
    return (relevant, hasFailures)
  }
}

@Suite struct `The facts that are still to be found out` {
  @Test func `are those that can still change the decision`() throws {
    var counts: [String: Int] = [:]
    let samples = Samples(days: DayPool(seed: 0), texts: TextPool(seed: 0))
    for seed in 0..<200 * effort {
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      let policy = author.policy()
      guard var message = author.message(to: policy, samples, missing: 60) else { continue }
      let decider = Decider(Program(policy))
      let finder = FactFinder(Evaluator(policy), decider, on: message.today)
      let lacking = policy.vocabulary.facts.map(\.id).filter { message[$0] == .missing }
      let givenUp = Set(lacking.filter { _ in author.chance(20) })
      // One finder answers as more and more becomes known.
      for _ in 0..<3 {
        check(finder, policy, message, givenUp, samples, "seed \(seed)", &counts)
        guard let next = finder.needed(message, besides: givenUp).first else { break }
        let states = Completions(policy, message, [next], samples).states[0]
        message.values[next.index] = author.pick(states)
      }
    }
    for kind in ["some", "none", "fewer than the rules ask for", "for want of logic"] {
      #expect(counts[kind, default: 0] > 10, "\(kind): \(counts)")
    }
  }

  private func check(
    _ finder: FactFinder, _ policy: Policy, _ message: Message, _ givenUp: Set<FactID>,
    _ samples: Samples, _ seed: String, _ counts: inout [String: Int]
  ) {
    let open = finder.testedFacts.filter { message[$0] == .missing && !givenUp.contains($0) }
    let completions = Completions(policy, message, open, samples)
    guard completions.count <= 4_000 else { return }
    let (relevant, hasFailures) = completions.relevant()
    guard !hasFailures, case .success(let decision) = completions.evaluator.decide(message) else {
      return
    }
    let found = finder.needed(message, besides: givenUp)
    let context = "\(seed): \(message), given up \(givenUp)\n\(policy.listing)"
    #expect(Set(found).count == found.count)
    counts[found.isEmpty ? "none" : "some", default: 0] += 1
    if found.count < decision.missing.count {
      counts["fewer than the rules ask for", default: 0] += 1
    }
    guard relevant.isEmpty, !found.isEmpty else {
      #expect(Set(found) == relevant, "\(context)")
      return
    }
    // All ways come out the same, but the rules do not show it as long as these are missing.
    counts["for want of logic", default: 0] += 1
    #expect(!decision.isSure && Set(found).isSubset(of: decision.missing), "\(context)")
  }

  @Test func `lead to a decision that nothing else can change, and never twice to one fact`() throws
  {
    let samples = Samples(days: DayPool(seed: 0), texts: TextPool(seed: 0))
    var sound = 0
    for seed in 0..<150 * effort {
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      let policy = author.policy()
      guard var message = author.message(to: policy, samples, missing: 100) else { continue }
      let all = Completions(policy, message, policy.vocabulary.facts.map(\.id), samples)
      guard all.count <= 4_000, !all.relevant().hasFailures else { continue }
      sound += 1
      let finder = FactFinder(Evaluator(policy), Decider(Program(policy)), on: message.today)
      let fresh = FactFinder(Evaluator(policy), Decider(Program(policy)), on: message.today)
      var asked: Set<FactID> = []
      while let next = finder.needed(message).first {
        // What a finder remembers makes no difference.
        #expect(
          FactFinder(Evaluator(policy), Decider(Program(policy)), on: message.today)
            .needed(message).first == next)
        #expect(asked.insert(next).inserted)
        let states = Completions(policy, message, [next], samples).states[0]
        message.values[next.index] = author.pick(states)
      }
      #expect(fresh.needed(message) == [])
      guard case .success(let decision) = Evaluator(policy).decide(message) else { continue }
      #expect(decision.isSure, "seed \(seed): \(policy.listing)")
    }
    #expect(sound > 30)
  }
}
