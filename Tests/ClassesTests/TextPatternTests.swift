import Classes
import Model
import Syntax
import TestSupport
import Testing
import Values

@Suite struct `A text for patterns` {
  /// All texts of up to five signs out of five, the last of which stands in no pattern.
  private static let texts: [String] = {
    var (texts, last) = ([""], [""])
    for _ in 0..<5 {
      last = last.flatMap { text in ["a", "b", ".", "@", "z"].map { text + $0 } }
      texts += last
    }
    return texts
  }()

  /// Of the texts that a pattern matches, one bit each.
  private static func matched(_ pattern: TextPattern) -> [UInt64] {
    var bits = [UInt64](repeating: 0, count: (texts.count + 63) / 64)
    for (index, text) in texts.enumerated() where pattern.matches(text) {
      bits[index / 64] |= 1 << UInt64(index % 64)
    }
    return bits
  }

  @Test func `is found if there is any`() {
    var random = SeededRandom(state: 7)
    var known: [TextPattern: [UInt64]] = [:]
    func pattern() -> TextPattern {
      let length = Int.random(in: 1...3, using: &random)
      let signs = (0..<length).map { _ in Array("ab.@".utf8)[Int.random(in: 0...3, using: &random)]
      }
      return TextPattern(
        TextMatch.allCases[Int.random(in: 0..<TextMatch.allCases.count, using: &random)], signs)
    }
    let patterns = (0..<60).map { _ in pattern() }
    for pattern in patterns { known[pattern] = Self.matched(pattern) }
    var counts = (found: 0, none: 0)
    for _ in 0..<6_000 {
      let drawn = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        patterns[Int.random(in: 0..<patterns.count, using: &random)]
      }
      let split = Int.random(in: 0...drawn.count, using: &random)
      let (wanted, unwanted) = (Array(drawn[..<split]), Array(drawn[split...]))
      var bits = [UInt64](repeating: .max, count: (Self.texts.count + 63) / 64)
      bits[bits.count - 1] = 1 << UInt64(Self.texts.count % 64) - 1
      for index in bits.indices {
        for pattern in wanted { bits[index] &= known[pattern]?[index] ?? 0 }
        for pattern in unwanted { bits[index] &= ~(known[pattern]?[index] ?? 0) }
      }
      let short = bits.enumerated().first { $1 != 0 }.map {
        Self.texts[$0.offset * 64 + $0.element.trailingZeroBitCount]
      }
      let text = TextPattern.text(matching: wanted, not: unwanted)
      if let text {
        counts.found += 1
        let isSo =
          wanted.allSatisfy { $0.matches(text) } && !unwanted.contains { $0.matches(text) }
        #expect(isSo, "\(text): \(words(wanted)), not \(words(unwanted))")
      } else {
        counts.none += 1
        #expect(short == nil, "\(short ?? ""): \(words(wanted)), not \(words(unwanted))")
      }
    }
    #expect(counts.found > 1_000 && counts.none > 500)
  }

  private func words(_ patterns: [TextPattern]) -> String {
    patterns.map { "\($0.match) \(String(decoding: $0.pattern, as: UTF8.self))" }
      .joined(separator: ", ")
  }
}
