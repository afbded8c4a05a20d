import Engine
import JSON
import Model
import Reports
import Syntax
import Testing
import Values

@Suite struct `A stream of decisions` {
  /// What lines are made of, so that many come close to being messages.
  private static let pieces = [
    "{", "}", "[", "]", ":", ",", "\"", "null", "true", "1", "-0.5e3", "1e400", "3.0", " ",
    "\"id\"", "\"on\"", "\"unknown\"", "\"to\"", "\"fact_0\"", "\"fact_1\"", "\"fact_2\"",
    "\"fact_3\"", "\"fact_4\"", "\"fact_5\"", "\"a\"", "\"b\"", "\"2026-03-02\"", "\"\\ud800\"",
    "\u{e9}", "\\u0041",
  ]

  @Test func `gives one record of JSON for whatever is not blank, and never fails`() throws {
    for seed in 0..<400 * effort {
      var random = RandomPolicy(seed: seed)
      let policy = random.policy()
      let options = DecisionStream.Options(
        each: random.chance(30) ? "to" : nil, texts: random.chance(50),
        explain: { $0.write(to: &$1) })
      var stream = DecisionStream(policy, options: options, defaultDay: random.today)
      for number in 1...10 {
        let line = line(&random)
        var output: [UInt8] = []
        line.withUnsafeBytes { stream.decide(line: $0, number: number, into: &output) }
        guard !output.isEmpty else {
          #expect(line.allSatisfy { $0 == 0x20 })
          continue
        }
        #expect(output.last == 0x0A && output.count { $0 == 0x0A } == 1)
        guard case .object = try JSONReader.read(output) else {
          Issue.record("no object: \(output)")
          continue
        }
      }
    }
  }

  private func line(_ random: inout RandomPolicy) -> [UInt8] {
    if random.chance(60) { return message(&random) }
    var line: [UInt8] = []
    for _ in 0..<random.number(0...30) {
      line += Array(Self.pieces[random.number(0...Self.pieces.count - 1)].utf8)
    }
    if random.chance(10) { line.append(0xff) }
    return line
  }

  /// An object with some of the facts, each with a value of any type.
  private func message(_ random: inout RandomPolicy) -> [UInt8] {
    let values = [
      "null", "true", "1", "2.5", "\"a\"", "\"b\"", "[\"a\",\"c\"]", "[]", "\"2026-03-01\"", "{}",
      "[{},{\"fact_0\":\"c\"},1]",
    ]
    var members: [String] = []
    for name in ["id", "on", "unknown", "to"] + (0...5).map({ "fact_\($0)" })
    where random.chance(50) {
      members.append("\"\(name)\":\(values[random.number(0...values.count - 1)])")
    }
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  @Test func `writes what another run writes`() {
    var random = RandomPolicy(seed: 7)
    let policy = random.policy()
    let lines = (0..<50).map { _ in message(&random) }
    func run() -> [UInt8] {
      var stream = DecisionStream(policy, options: .init(texts: true), defaultDay: random.today)
      var output: [UInt8] = []
      for (index, line) in lines.enumerated() {
        line.withUnsafeBytes { stream.decide(line: $0, number: index + 1, into: &output) }
      }
      return output
    }
    #expect(run() == run())
  }

  @Test func `decides by ten thousand rules`() throws {
    var builder = PolicyBuilder()
    let fact = builder.fact("grade is", .number(isWhole: true, unit: nil, low: nil, high: nil))
    let outcomes = (0..<3).map { builder.outcome("outcome \($0)") }
    builder.whenUnsure = builder.standard("when unsure", outcomes[2])
    // Two sections of rules that all apply, or may apply, the second over the first.
    var sections: [[RuleID]] = [[], []]
    for index in 0..<10_000 {
      let test = builder.test("grade is at least 0", fact, .isIn([0...1_000_000_000_000]))
      sections[index % 2].append(
        builder.rule("rule \(index)", if: test, then: outcomes[index % 2]))
    }
    builder.override(sections[1], group: sections[0])
    let stream = DecisionStream(builder.policy, options: .init(), defaultDay: day(2026, 3, 2))
    for (line, isSure) in [(#"{"grade":1}"#, true), ("{}", false)] {
      var (stream, output) = (stream, [UInt8]())
      Array(line.utf8).withUnsafeBytes { stream.decide(line: $0, number: 1, into: &output) }
      let record = try JSONReader.read(output)
      #expect(record["sure"] == .bool(isSure))
      #expect(record["outcome"] == .string(isSure ? "outcome 1" : "outcome 2"))
    }
  }
}
