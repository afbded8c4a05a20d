@testable import Analysis
import Engine
import Findings
import Model
import Syntax
import TestSupport
import Testing
import Values

@Suite struct `What is said of the scenarios of policies at random` {
  @Test func `is what comes out when messages are tried`() {
    var counts: [String: Int] = [:]
    let samples = Samples(days: DayPool(seed: 4), texts: TextPool(seed: 4))
    for seed in 0..<90 * (environment("RULEC_SEEDED") ?? 1) {
      guard let policy = soundPolicy(seed, samples) else { continue }
      var trial = CoverageTrial(policy, samples)
      trial.run()
      counts.merge(trial.counts) { $0 + $1 }
      for complaint in trial.complaints.prefix(3) {
        Issue.record("seed \(seed): \(complaint)\n\(policy.listing)")
      }
    }
    for kind in [
      "noticedByScenario", "noticedByPromise", "stoppedByCheck", "unnoticed", "changesNothing",
      "side exercised", "side missing", "side impossible", "draft", "draft like another",
    ] {
      #expect(counts[kind, default: 0] > 5, "\(kind): \(counts)")
    }
  }

  /// A policy without contradictions and gaps, with the promises that it keeps and some scenarios that pass.
  private func soundPolicy(_ seed: UInt64, _ samples: Samples) -> Policy? {
    var author = TinyPolicy(seed: seed, samples.days, samples.texts)
    var policy = author.policy()
    policy.promises = policy.promises.filter { promise in
      var alone = policy
      alone.promises = [promise]
      return prove(alone, workLimit: defaultWorkLimit).provedCount == 1
    }
    let errors = prove(policy, workLimit: defaultWorkLimit).findings
      .filter { $0.severity == .error && $0.code != .neverApplies }
    guard errors.isEmpty, let table = Table(policy, samples, atMost: 20_000) else { return nil }
    let evaluator = Evaluator(policy)
    policy.scenarios = (0..<author.number(0...5)).map { number in
      var message = table.message(author.number(0...table.count - 1))
      for index in message.values.indices where author.chance(15) {
        message.values[index] = .missing
      }
      return scenario(number, message, evaluator, &author)
    }
    return policy
  }

  private func scenario(
    _ number: Int, _ message: Message, _ evaluator: Evaluator, _ author: inout TinyPolicy
  ) -> Scenario {
    let span = Span(file: FileID(0), start: UInt32(number), end: UInt32(number))
    var expectations: [(Scenario.Expectation, Span)] = []
    if case .success(let decision) = evaluator.decide(message) {
      expectations =
        decision.isSure
        ? [(.outcome(decision.outcome, notes: author.chance(70) ? Set(decision.notes) : nil), span)]
        : [(.unsure, span)]
      if decision.isSure, author.chance(40) {
        expectations.append(
          decision.winners.isEmpty
            ? (.byOtherwise, span) : (.by([decision.winners[0]], name: "a rule"), span))
      }
    }
    var given: [FactID: Scenario.Given] = [:]
    for fact in evaluator.policy.vocabulary.facts {
      switch message[fact.id] {
      case .value(let value): given[fact.id] = .value(value)
      case .absent: given[fact.id] = .absent
      case .missing: given[fact.id] = .unknown
      }
    }
    return Scenario(
      name: "scenario \(number)", like: nil, given: given, day: message.today,
      expectations: expectations, span: span, end: span)
  }
}
