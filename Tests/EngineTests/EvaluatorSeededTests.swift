import Engine
import Model
import Syntax
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// How many times more than usual the seeded tests try: the environment's `RULEC_SEEDED`.
private var effort: UInt64 {
  guard let text = getenv("RULEC_SEEDED") else { return 1 }
  return UInt64(String(cString: text)) ?? 1
}

/// What the engine answers, in the reference's words.
private func answer(of engine: Evaluator, to message: Message) -> Meaning.Answer {
  switch engine.decide(message) {
  case .failure(.conflict(let rules)): return .conflict(Set(rules))
  case .failure(.gap): return .gap
  case .success(let decision) where decision.isSure:
    return .decided(
      Meaning.Verdict(
        outcome: decision.outcome, notes: Set(decision.notes), winners: Set(decision.winners),
        isByOtherwise: decision.madeByOtherwise))
  case .success(let decision):
    return .unsure(
      outcome: decision.outcome, notes: Set(decision.notes), inDoubt: Set(decision.inDoubt),
      missing: Set(decision.missing))
  }
}

@Suite struct `The engine` {
  @Test func `answers as the definition says, whatever is missing`() {
    var counts: [String: Int] = [:]
    for seed in 0..<600 * effort {
      var random = RandomPolicy(seed: seed)
      let policy = random.policy()
      let (engine, meaning) = (Evaluator(policy), Meaning(policy))
      for _ in 0..<6 {
        let message = random.message(to: policy, missing: [0, 15, 40][random.number(0...2)])
        let expected = meaning.answer(to: message)
        let found = answer(of: engine, to: message)
        #expect(found == expected, "seed \(seed): \(message)")
        counts[kind(of: expected), default: 0] += 1
      }
    }
    // The policies are worth trying only if they bring about every kind of answer.
    print(counts)
    for kind in ["decided", "unsure", "conflict", "gap"] {
      #expect(counts[kind, default: 0] > 50)
    }
  }
}

private func kind(of answer: Meaning.Answer) -> String {
  switch answer {
  case .decided: "decided"
  case .unsure: "unsure"
  case .conflict: "conflict"
  case .gap: "gap"
  case .tooManyDoubts: "too many"
  }
}
