@testable import Program
import TestSupport
import Testing
import Values

@Suite struct `Many patterns` {
  /// The members of which a pattern matches, in words.
  private func members(of matcher: TextMatcher, _ text: [UInt8], words: Int) -> [UInt64] {
    var members = [UInt64](repeating: 0, count: words)
    members.withUnsafeMutableBufferPointer { members in
      guard let base = members.baseAddress else { return }
      text.withUnsafeBytes { matcher.match($0, into: base) }
    }
    return members
  }

  @Test func `match a text as each does by itself`() {
    var random = SeededRandom(state: 11)
    func bytes(_ letters: String, _ count: ClosedRange<Int>) -> [UInt8] {
      let letters = Array(letters.utf8)
      return (0..<Int.random(in: count, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? 0
      }
    }
    var matches: [TextMatch: Int] = [:]
    for round in 0..<400 {
      let letters = ["aB", "ab.@", "abAB.@é", "a.", "@."][round % 5]
      let words = round % 3 + 1
      let patterns = (0..<Int.random(in: 0...90, using: &random)).map { _ in
        TextMatcher.Pattern(
          match: TextMatch.allCases.randomElement(using: &random) ?? .equals,
          bytes: bytes(letters, 0...5), member: Int.random(in: 0..<64 * words, using: &random))
      }
      let matcher = TextMatcher(patterns, words: words)
      for _ in 0..<25 {
        let text = bytes(letters, 0...9)
        var expected = [UInt64](repeating: 0, count: words)
        for pattern in patterns where pattern.match.matches(text, pattern.bytes) {
          expected[pattern.member / 64] |= 1 << UInt64(pattern.member % 64)
          matches[pattern.match, default: 0] += 1
        }
        #expect(members(of: matcher, text, words: words) == expected, "\(patterns) \(text)")
      }
    }
    for match in TextMatch.allCases { #expect(matches[match, default: 0] > 100) }
  }

  @Test func `are compared with a long text of one piece in one pass`() {
    let letters = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20)
    let patterns = (1...300).flatMap { count in
      TextMatch.allCases.map { match in
        TextMatcher.Pattern(
          match: match, bytes: Array(letters.prefix(count)) + (count % 2 == 0 ? [0x62] : []),
          member: count % 64)
      }
    }
    let found = members(of: TextMatcher(patterns, words: 1), letters, words: 1)
    #expect(found == [0xaaaa_aaaa_aaaa_aaaa])
  }
}
