@testable import Analysis
import Findings
import Model
import Syntax
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

func environment(_ name: String) -> UInt64? {
  getenv(name).flatMap { UInt64(String(cString: $0)) }
}

@Suite struct `What is proved about policies at random` {
  @Test func `ends early, and well, where little work is allowed`() {
    let samples = Samples(days: DayPool(seed: 9), texts: TextPool(seed: 9))
    for seed in 0..<UInt64(60) {
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      let policy = author.policy()
      for limit in [1, 10, 100, 300, 1000, 3000, 10_000] {
        _ = prove(policy, workLimit: limit)
      }
    }
  }

  @Test func `is what comes out when all messages are tried`() {
    let first = environment("RULEC_SEEDED_FIRST") ?? 0
    let count = 300 * (environment("RULEC_SEEDED") ?? 1)
    var found: [String: Int] = [:]
    var (tried, skipped, failures) = (0, 0, 0)
    var samples = Samples(days: DayPool(seed: first / 1000), texts: TextPool(seed: first / 1000))
    for seed in first..<first + count {
      if seed % 1000 == 0 {
        samples = Samples(days: DayPool(seed: seed / 1000), texts: TextPool(seed: seed / 1000))
      }
      var author = TinyPolicy(seed: seed, samples.days, samples.texts)
      let policy = author.policy()
      guard let table = Table(policy, samples, atMost: 30_000) else {
        skipped += 1
        continue
      }
      tried += 1
      let comparison = Comparison(Reference(table), samples, seed: seed)
      for code in comparison.codes { found[code, default: 0] += 1 }
      guard !comparison.complaints.isEmpty else { continue }
      failures += 1
      let complaints = comparison.complaints.joined(separator: "\n")
      Issue.record("seed \(seed):\n\(complaints)\n\(policy.listing)")
      if failures == 10 { break }
    }
    #expect(tried >= count * 9 / 10 || failures == 10)
    if getenv("RULEC_SEEDED") != nil {
      print("tried \(tried), skipped \(skipped), found \(found.sorted { $0.key < $1.key })")
    }
    let codes = [
      "conflict", "gap", "never-applies", "always-set-aside", "broken-promise", "no-effect",
      "needless-override", "needless-condition", "indistinct-value", "proved",
    ]
    for code in codes { #expect(found[code, default: 0] > 0, "no policy shows \(code)") }
  }
}
