import Engine
import Findings
import Model
import Program
import Syntax
import TestSupport
import Testing

@Suite struct `A policy at random` {
  @Test func `reads without errors, however it is written`() {
    for seed in seeds(300) {
      for style in [nil, 1, 2] as [UInt64?] {
        let text = authored(seed, style)
        let errors = resolved(text).resolution.errors
        #expect(errors.isEmpty, "seed \(seed), style \(String(describing: style)): \(errors[0])")
        if !errors.isEmpty { break }
      }
    }
  }

  @Test func `means the same in other words and another layout`() {
    for seed in seeds(300) {
      guard let plain = resolved(authored(seed, nil)).resolution.policy else { continue }
      for style in [1, 2, 3] as [UInt64] {
        let text = authored(seed, style)
        guard let other = resolved(text).resolution.policy else { continue }
        let (a, b) = (Essence(plain), Essence(other))
        let (lost, new) = (a.lines.subtracting(b.lines), b.lines.subtracting(a.lines))
        #expect(
          a == b,
          "seed \(seed), style \(style):\n\(lost.sorted().first ?? "")\n\(new.sorted().first ?? "")"
        )
        if a != b { break }
      }
    }
  }

  @Test func `is decided by the engine as its definition says`() {
    var counts: [String: Int] = [:]
    for seed in seeds(200) {
      guard let policy = resolved(authored(seed, 1)).resolution.policy else { continue }
      let (engine, meaning) = (Evaluator(policy), Meaning(policy))
      let decider = Decider(Program(policy))
      var messages = RandomMessages(seed: seed)
      let decoder = MessageDecoder(policy.vocabulary)
      for round in 0..<8 {
        let line = messages.line(for: policy.vocabulary, missing: [0, 10, 40][round % 3])
        guard let message = decoded(line, decoder) else {
          Issue.record("seed \(seed): \(line)")
          continue
        }
        let expected = meaning.answer(to: message)
        guard expected != .tooManyDoubts else { continue }
        let found = answer(of: engine, to: message)
        #expect(found == expected, "seed \(seed): \(line)")
        #expect(decider.answer(to: message) == expected, "seed \(seed): \(line)")
        counts[kind(of: expected), default: 0] += 1
      }
    }
    for kind in ["decided", "unsure"] { #expect(counts[kind, default: 0] > 50) }
  }
}

/// The text of one policy, laid out as its style wants it.
func authored(_ seed: UInt64, _ style: UInt64?, namesEverything: Bool = false) -> PolicyText {
  var author = Author(seed: seed, style: style, namesEverything: namesEverything)
  let policy = author.policy()
  return policy.text { author.laidOut($0) }
}

/// The message that a line holds; nil if it is rejected.
func decoded(_ line: String, _ decoder: MessageDecoder) -> Message? {
  Array(line.utf8).withUnsafeBytes { bytes in
    guard case .success(let decoded) = decoder.decode(bytes) else { return nil }
    return decoded.message(today: today)
  }
}

/// What the engine answers, in the reference's words.
private func answer(of engine: Evaluator, to message: Message) -> Meaning.Answer {
  switch engine.decide(message) {
  case .failure(.conflict(let rules)): .conflict(Set(rules))
  case .failure(.gap): .gap
  case .success(let decision) where decision.isSure:
    .decided(
      Meaning.Verdict(
        outcome: decision.outcome, notes: Set(decision.notes), winners: Set(decision.winners),
        isByOtherwise: decision.madeByOtherwise))
  case .success(let decision):
    .unsure(
      outcome: decision.outcome, notes: Set(decision.notes), inDoubt: Set(decision.inDoubt),
      missing: Set(decision.missing))
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
