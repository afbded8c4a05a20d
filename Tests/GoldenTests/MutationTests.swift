import Analysis
import Findings
import Foundation
import Syntax
import Testing
import Values

/// Half-written sentences: what an editor shows while an officer types.
@Suite("Half-written rules")
struct MutationTests {
  /// How many variants of each fixture are tried; `RULEC_MUTATIONS` gives more for a long run.
  private static let count =
    ProcessInfo.processInfo.environment["RULEC_MUTATIONS"].flatMap { Int($0) } ?? 2

  @Test("Words left out, doubled or exchanged are answered, never a crash", arguments: Fixtures.all)
  func answers(_ fixture: Fixture) throws {
    var random = SeededRandom(seed: fixture.path.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var policy = FixturePolicy(fixture)
    if !policy.hasVocabulary { policy.addSharedVocabulary() }
    for _ in 0..<MutationTests.count {
      let changed = policy.text.mutated(&random)
      let result = check(changed, today: policy.today, workLimit: 100_000)
      for finding in result.findings {
        #expect(!finding.message.isEmpty)
        for edit in finding.fixes.flatMap(\.edits) {
          #expect(Int(edit.span.end) <= result.files[edit.span.file].bytes.count)
        }
      }
      _ = changed.formatted
    }
  }
}

/// Numbers that are the same in every run.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension PolicyText {
  /// The text with a few words of one file left out, doubled or exchanged.
  fileprivate func mutated(_ random: inout SeededRandom) -> PolicyText {
    guard let file = ruleFiles.randomElement(using: &random) else { return self }
    var parts: [[UInt8]] = [[]]
    for byte in file.bytes {
      let isBreak = byte == 0x20 || byte == 0x0A
      if isBreak { parts.append([byte]) } else { parts[parts.count - 1].append(byte) }
    }
    for _ in 0..<Int.random(in: 1...3, using: &random) where parts.count > 1 {
      let index = parts.indices.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<3, using: &random) {
      case 0: parts.remove(at: index)
      case 1: parts.insert(parts[index], at: index)
      default: parts.swapAt(index, parts.indices.randomElement(using: &random) ?? index)
      }
    }
    return replacing([file.path: parts.flatMap(\.self)])
  }
}
