import Analysis
import Engine
import JSON
import Model
import Reports
import Syntax
import TestSupport
import Testing

@Suite struct `A spoiled message` {
  @Test func `gives one record of JSON, whatever is asked for`() throws {
    let policy = try #require(check(try shippedPolicy(), today: today).policy)
    let explain: DecisionSetup.ExplanationWriter = { $0.write(to: &$1) }
    let streams = [
      DecisionStream.Options(), DecisionStream.Options(each: "recipients", texts: true),
      DecisionStream.Options(texts: true, explain: explain),
    ]
    for (number, options) in streams.enumerated() {
      let stream = DecisionStream(policy, options: options, defaultDay: today)
      for seed in seeds(number == 2 ? 20 : 100) {
        var messages = RandomMessages(seed: seed)
        var mutation = Mutation(seed: seed)
        var line = messages.line(for: policy.vocabulary, missing: 20)
        if number == 1 { line = line.dropLast() + ",\"recipients\":[\(line),{\"id\":3},null]}" }
        let bytes = mutation.spoiled(Array(line.utf8)).filter { $0 != 0x0A }
        let output = stream.record(of: bytes, number: 2)
        let isBlank = bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        #expect(output.isEmpty == isBlank, "seed \(seed)")
        guard !isBlank else { continue }
        #expect(output.count { $0 == 0x0A } == 1 && output.last == 0x0A, "seed \(seed)")
        #expect(isJSONObject(String(decoding: output.dropLast(), as: UTF8.self)), "seed \(seed)")
      }
    }
  }
}
