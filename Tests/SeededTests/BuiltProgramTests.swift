import Engine
import Findings
import Model
@testable import Program
import Syntax
import TestSupport
import Testing
import Values

@Suite struct `A built policy` {
  @Test func `is refused with any byte changed`() throws {
    let file = try BuiltFile(smallText)
    for place in 0..<file.count {
      for pattern: UInt8 in [1 << UInt8(place % 8), 0x80, 0xFF] {
        #expect(file.isRefused { $0[place] ^= pattern }, "byte \(place) by \(pattern)")
      }
    }
  }

  @Test func `is refused with bytes missing or added at its end`() throws {
    let file = try BuiltFile(smallText)
    for count in 0..<file.count { #expect(file.error(count: count) != nil, "\(count) bytes") }
    for count in [1, 32, 64, 4096] { #expect(file.error(count: file.count + count) == .tooLong) }
    #expect(file.error(count: file.count) == nil)
  }

  @Test func `is refused if what is not kept of it has changed`() throws {
    let file = try BuiltFile(smallText)
    let kept = file.withBytes { Program.countWithoutSources($0) }
    #expect(kept < file.count)
    #expect(file.error(count: file.count, kept: kept) == nil)
    for place in stride(from: 0, to: file.count, by: 7) {
      #expect(file.isRefused(kept: kept) { $0[place] ^= 0x10 }, "byte \(place)")
    }
    for count in kept..<file.count { #expect(file.error(count: count, kept: kept) != nil) }
  }

  @Test func `of another version says so`() throws {
    let file = try BuiltFile(smallText)
    #expect(file.error { $0[14] = UInt8(ascii: "9") } == .otherVersion)
    #expect(file.error { $0[Image.layoutPlace] ^= 1 } == .altered)
    let other = file.error { bytes in
      bytes[Image.layoutPlace] ^= 1
      BuiltFile.seal(bytes)
    }
    #expect(other == .otherVersion)
  }

  @Test func `holds the text that it was built from`() throws {
    for seed in seeds(30) {
      let text = authored(seed, 1)
      let program = try BuiltFile(text).program()
      let source = try #require(program.source)
      #expect(source.ruleFiles.map(\.path) == text.ruleFiles.map(\.path))
      #expect(source.ruleFiles.map(\.bytes) == text.ruleFiles.map(\.bytes))
      #expect(resolved(source).resolution.policy?.hash == program.hash)
    }
  }

  @Test func `reads messages as the policy itself does`() throws {
    for seed in seeds(60) {
      let policy = try #require(resolved(authored(seed, 1)).resolution.policy)
      let vocabulary = try BuiltFile(Program(policy)).program().vocabulary
      let (own, other) = (MessageDecoder(policy.vocabulary), MessageDecoder(vocabulary))
      var messages = RandomMessages(seed: seed)
      var mutation = Mutation(seed: seed)
      for round in 0..<12 {
        var line = Array(messages.line(for: policy.vocabulary, missing: 20).utf8)
        if round % 2 == 1 { line = mutation.spoiled(line) }
        let (expected, found) = line.withUnsafeBytes { (own.decode($0), other.decode($0)) }
        switch (expected, found) {
        case (.success(let a), .success(let b)):
          #expect(a.values == b.values && a.id == b.id && a.day == b.day, "seed \(seed)")
          #expect(a.ignoredFieldCount == b.ignoredFieldCount, "seed \(seed)")
          let message = a.message(today: today)
          #expect(
            policy.vocabulary.notes.map { $0.text(for: message, policy.vocabulary) }
              == vocabulary.notes.map { $0.text(for: message, vocabulary) }, "seed \(seed)")
        case (.failure(let a), .failure(let b)): #expect(a == b, "seed \(seed)")
        default: Issue.record("seed \(seed): \(String(decoding: line, as: UTF8.self))")
        }
      }
      #expect(policy.vocabulary.facts.map(\.phrase) == vocabulary.facts.map(\.phrase))
      #expect(policy.vocabulary.outcomes.map(\.name) == vocabulary.outcomes.map(\.name))
      #expect(policy.vocabulary.notes.map(\.name) == vocabulary.notes.map(\.name))
    }
  }

  @Test func `decides as the policy itself does`() throws {
    for text in (0..<20).map({ authored($0, 1) }) + [manyRules(count: 1800)] {
      let policy = try #require(resolved(text).resolution.policy)
      let (own, other) = (Decider(Program(policy)), Decider(try BuiltFile(text).program()))
      var random = SeededRandom(state: 7)
      for _ in 0..<10 {
        let message = Message(
          values: states(of: policy.vocabulary, &random), today: today)
        #expect(own.answer(to: message) == other.answer(to: message))
      }
    }
  }

  // MARK: - Spoiled records

  @Test func `with spoiled records is refused or decides without harm`() throws {
    var (loaded, refused) = (0, 0)
    for seed in seeds(150) {
      let file = try BuiltFile(authored(seed, 1))
      spoil(file, seed: seed, rounds: 60, &loaded, &refused)
    }
    #expect(loaded > 500 && refused > 500)
  }

  @Test func `of many rules with spoiled records is refused or decides without harm`() throws {
    var (loaded, refused) = (0, 0)
    let file = try BuiltFile(manyRules(count: 1800))
    for seed in seeds(4) { spoil(file, seed: seed, rounds: 100, &loaded, &refused) }
    #expect(loaded > 20 && refused > 20)
  }

  private func spoil(
    _ file: BuiltFile, seed: UInt64, rounds: Int, _ loaded: inout Int, _ refused: inout Int
  ) {
    var random = SeededRandom(state: seed &+ 99)
    var messages = RandomMessages(seed: seed)
    guard let own = try? file.program().vocabulary else { return }
    for _ in 0..<rounds {
      let spoiled = file.copy()
      for _ in 0..<Int.random(in: 1...3, using: &random) { spoiled.spoilRecord(&random) }
      spoiled.withMutableBytes { BuiltFile.seal($0) }
      guard let program = try? spoiled.program() else {
        refused += 1
        continue
      }
      loaded += 1
      let vocabulary = program.vocabulary
      let decider = Decider(program)
      for day in [today, .firstProved, .lastProved] {
        let message = Message(values: states(of: vocabulary, &random), today: day)
        let answer = decider.answer(to: message)
        #expect(answer != .tooManyDoubts)
      }
      let line = Array(messages.line(for: own, missing: 5).utf8)
      let reader = MessageReader(LineFormat(program))
      if line.withUnsafeBytes({ reader.read($0, into: decider.message) }) {
        _ = decider.decide(today: today.number)
      }
    }
  }

  /// A message to a vocabulary, facts in it missing or not mentioned now and then.
  private func states(
    of vocabulary: Vocabulary, _ random: inout SeededRandom
  ) -> [FactState] {
    let often = Int.random(in: 0...2, using: &random)
    return vocabulary.facts.map { fact in
      switch Int.random(in: 0..<(often == 0 ? 1000 : 12), using: &random) {
      case 0: .missing
      case 1: fact.presence.unsaid
      default: value(of: fact, &random).map { .value($0) } ?? .missing
      }
    }
  }

  private func value(of fact: Fact, _ random: inout SeededRandom) -> FactValue? {
    switch fact.kind {
    case .choice:
      return fact.values.indices.randomElement(using: &random).map { .choice(ValueID($0)) }
    case .set:
      return .set(
        Set(fact.values.indices.filter { _ in Bool.random(using: &random) }.map(ValueID.init)))
    case .yesOrNo: return .flag(Bool.random(using: &random))
    case .number: return .number(Decimal6(Int.random(in: -3...600, using: &random)))
    case .date: return .day(Day(clamping: Int.random(in: 15_000...25_000, using: &random)))
    case .text:
      return ["gov.uk", "pat@a.GOV.uk", "", "Say \"hi\" now"].randomElement(using: &random).map {
        .text($0)
      }
    }
  }
}

/// A policy of few words.
private let smallText = PolicyText(ruleFiles: [
  SourceFile(
    path: "a.rules",
    bytes: Array(
      """
      fact recipient prefers: one of plain, encrypted, if recorded
      outcome send plain
      outcome send encrypted

      if recipient prefers plain then send plain

      otherwise send encrypted
      when unsure send encrypted
      """.utf8))
])

/// So many rules that lines of bits have summaries.
private func manyRules(count: Int) -> PolicyText {
  var lines = [
    "fact area is: one of " + (0..<500).map { "a\($0)" }.joined(separator: ", "),
    "fact weight is: number from 0 to 600",
    "fact message is urgent: yes or no, if recorded",
    "fact message contains: any of " + (0..<70).map { "m\($0)" }.joined(separator: ", "),
    "fact address is: text, if recorded", "outcome send", "outcome hold", "",
    "otherwise send", "when unsure hold", "",
  ]
  for rule in 0..<count {
    lines += ["rule R\(rule)", "  if area is a\(rule % 500)"]
    lines.append("    and weight is over \(rule % 7 * 50)")
    if rule % 4 == 0 { lines.append("    and message contains m\(rule % 70)") }
    if rule % 9 == 0 { lines.append("    and address is in the domain \"d\(rule % 90).org\"") }
    lines.append("  then \(rule % 3 == 0 ? "hold" : "send")")
    if rule >= 500 { lines.append("  overrides R\(rule % 500)") }
    lines.append("")
  }
  let text = lines.joined(separator: "\n")
  return PolicyText(ruleFiles: [SourceFile(path: "a.rules", bytes: Array(text.utf8))])
}
