import Analysis
import Audit
import Engine
import JSON
import Model
import Program
import Syntax
import TestSupport
import Testing

@Suite struct `What was sent, at random` {
  /// Every message is held against the outcome that the reference gives, and against one drawn at random.
  @Test func `is judged as the reference decides`() {
    var seen: [AuditFinding.Verdict: Int] = [:]
    var broken = 0
    for seed in seeds(150) {
      guard let policy = resolved(authored(seed, 1)).resolution.policy else { continue }
      let (auditor, meaning) = (Auditor(policy), Meaning(policy))
      let decoder = SentMessageDecoder(policy.vocabulary, today: today)
      var messages = RandomMessages(seed: seed)
      for round in 0..<8 {
        let line = messages.line(for: policy.vocabulary, missing: [0, 10][round % 2])
        let outcome = policy.vocabulary.outcomes.randomElement(using: &messages.random)
        guard let outcome, let sent = sent(line, as: outcome.name, decoder) else {
          Issue.record("seed \(seed): \(line)")
          continue
        }
        let finding = auditor.judge(sent)
        switch meaning.answer(to: sent.message) {
        case .decided(let verdict):
          #expect(
            finding.verdict == (verdict.outcome == outcome.id ? .asDecided : .otherwise),
            "seed \(seed): \(line)")
        case .unsure, .conflict, .gap: #expect(finding.verdict == .unsure, "seed \(seed): \(line)")
        case .tooManyDoubts: continue
        }
        let expected = policy.promises.indices.filter {
          isBroken(policy.promises[$0], sent, meaning)
        }
        #expect(finding.broken == expected, "seed \(seed): \(line)")
        seen[finding.verdict, default: 0] += 1
        broken += expected.count
      }
    }
    for verdict in [AuditFinding.Verdict.asDecided, .otherwise, .unsure] {
      #expect(seen[verdict, default: 0] > 50)
    }
    #expect(broken > 20)
  }

  /// Of the shipped policy, which is proved: what is passed over broke nothing, and all else is looked at.
  @Test func `is passed over quickly only if there is nothing to say of it`() throws {
    let policy = try #require(check(try shippedPolicy(), today: today).flawless)
    let program = Program(policy)
    let (auditor, quick) = (Auditor(policy), QuickCheck(LineFormat(program), program, today: today))
    let decoder = SentMessageDecoder(policy.vocabulary, today: today)
    var counts = (quick: AuditCounts(), slow: AuditCounts())
    var passedOver = 0
    for seed in seeds(150) {
      var messages = RandomMessages(seed: seed)
      for round in 0..<8 {
        let line = messages.line(for: policy.vocabulary, missing: [0, 10][round % 2])
        for outcome in policy.vocabulary.outcomes {
          let field = #"{"sent":"\#(outcome.name)""#
          let text = field + (line == "{}" ? "}" : "," + line.dropFirst())
          let members = try Array(text.utf8).withUnsafeBytes { try MessageDecoder.members(of: $0) }
          let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: MessageReader.padding)
          let isQuick = bytes.withUnsafeBytes {
            quick.take(padded: UnsafeRawBufferPointer(rebasing: $0[..<text.utf8.count]))
          }
          guard let sent = try? decoder.decode(members).get() else {
            #expect(!isQuick, "\(text)")
            continue
          }
          let finding = auditor.judge(sent)
          counts.slow.add(finding)
          if isQuick {
            passedOver += 1
            #expect(finding.verdict == .asDecided && finding.broken.isEmpty, "\(text)")
          } else {
            let isOrdinary = !text.contains("unknown")
            #expect(finding.verdict != .asDecided || !isOrdinary, "\(text)")
            counts.quick.add(finding)
          }
        }
      }
    }
    for group in quick.takeGroups() { counts.quick.add(group) }
    #expect(counts.quick.all == counts.slow.all)
    #expect(counts.quick.byMonth == counts.slow.byMonth)
    #expect(counts.quick.undated == counts.slow.undated)
    #expect(counts.quick.byPromise == counts.slow.byPromise)
    #expect(passedOver > 50)
  }

  /// By hand, with no regard to how the auditor does it.
  private func isBroken(_ promise: Promise, _ sent: SentMessage, _ meaning: Meaning) -> Bool {
    let day = sent.message.today
    if let from = promise.from, day < from { return false }
    if let until = promise.until, day > until { return false }
    let applies = meaning.truth(of: promise.condition, sent.message, outcome: sent.outcome)
    guard applies == .yes else { return false }
    switch promise.pledge {
    case .always(let outcomes): return !outcomes.contains(sent.outcome)
    case .never(let outcomes): return outcomes.contains(sent.outcome)
    case .alwaysAdd, .neverAdd, .neverDependsOn: return false
    }
  }

  private func sent(
    _ line: String, as outcome: String, _ decoder: SentMessageDecoder
  ) -> SentMessage? {
    let members = Array(line.utf8).withUnsafeBytes { try? MessageDecoder.members(of: $0) }
    let sent = JSONValue.Member(name: "sent", value: .string(outcome))
    return members.flatMap { try? decoder.decode($0 + [sent]).get() }
  }
}
