import Model
import TestSupport
import Values

/// Patterns for tests of texts, and of all texts made of their pieces one for every set of patterns that
/// match together.
struct TextPool {
  let patterns: [TextPattern]
  private(set) var texts: [String] = []

  private static let words = [
    "a", "b", "ab", "b.a", ".a", "a@b", "@a", "a.", "ba", "aba", "A.b", "bb", ".", "@",
  ]

  init(seed: UInt64) {
    var random = SeededRandom(state: seed &* 91 &+ 3)
    patterns = (0..<8).map { index in
      let word = TextPool.words[Int.random(in: 0..<TextPool.words.count, using: &random)]
      let match = TextMatch.allCases[
        index < 5 ? index : Int.random(in: 0..<TextMatch.allCases.count, using: &random)]
      return TextPattern(match, Array(word.utf8))
    }
    texts = representatives()
  }

  private func representatives() -> [String] {
    let words = Set(patterns.map { String(decoding: $0.pattern, as: UTF8.self) })
    let pieces = words.union(["a", "b", ".", "@", "z"]).sorted()
    var seen: Set<[Bool]> = []
    var result: [String] = []
    func look(at text: String) {
      if seen.insert(patterns.map { $0.matches(text) }).inserted { result.append(text) }
    }
    var level = [""]
    look(at: "")
    for _ in 0..<3 {
      level = level.flatMap { text in pieces.map { text + $0 } }
      level.forEach(look)
    }
    for one in words {
      for two in words {
        for three in words {
          for (first, second) in [("z", "z"), ("z", "z."), ("z", "z@"), ("", "z@"), ("z", ".")] {
            look(at: one + first + two + second + three)
            look(at: one + first + two + second + three + ".")
            look(at: one + first + two + "z" + three + "z")
          }
        }
      }
    }
    return result
  }
}
