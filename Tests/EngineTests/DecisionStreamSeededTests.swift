import Engine
import JSON
import Model
import Reports
import Syntax
import TestSupport
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
      let stream = DecisionStream(policy, options: options, defaultDay: random.today)
      for number in 1...10 {
        let line = line(&random)
        let output = stream.record(of: line, number: number)
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

  @Test func `writes what the evaluator decides, value by value`() {
    for seed in 0..<600 * effort {
      var random = RandomPolicy(seed: seed &+ 1 << 32)
      let policy = random.policy()
      var options = DecisionStream.Options(texts: seed % 3 == 1)
      if seed % 3 == 2 { options.explain = { $0.write(to: &$1) } }
      let stream = DecisionStream(policy, options: options, defaultDay: random.today)
      let reference = ReferenceStream(policy, options: options, defaultDay: random.today)
      for number in 1...10 {
        let line = number % 3 == 0 ? line(&random) : plausibleMessage(&random)
        let record = text(stream.record(of: line, number: number))
        let wanted = text(reference.record(of: line, number: number))
        #expect(
          record.utf8.elementsEqual(wanted.utf8), "\(seed), \(text(line)): \(record), \(wanted)")
      }
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// An object in which most facts have a value that they may have.
  private func plausibleMessage(_ random: inout RandomPolicy) -> [UInt8] {
    let values: [[String]] = [
      ["\"a\"", "\"b\"", "\"c\""], ["[]", "\"a\"", "[\"b\",\"c\"]"], ["true", "false"],
      ["0", "1", "-3.5", "2e1"], ["\"2026-03-01\"", "\"2026-03-02\"", "\"2026-03-09\""],
      ["\"a\"", "\"gov.uk\"", "\"\\u00e9\""],
    ]
    var members = ["\"id\":\(random.number(0...99))", "\"x\":{}", "\"on\":\"2026-03-01\""]
      .filter { _ in random.chance(40) }
    for (index, values) in values.enumerated() where random.chance(80) {
      members.append("\"fact_\(index)\":\(values[random.number(0...values.count - 1)])")
    }
    return Array("{\(members.joined(separator: ", "))}".utf8)
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
      let stream = DecisionStream(policy, options: .init(texts: true), defaultDay: random.today)
      return lines.enumerated().flatMap { stream.record(of: $1, number: $0 + 1) }
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
      let record = try JSONReader.read(stream.record(of: Array(line.utf8), number: 1))
      #expect(record["sure"] == .bool(isSure))
      #expect(record["outcome"] == .string(isSure ? "outcome 1" : "outcome 2"))
    }
  }
}
