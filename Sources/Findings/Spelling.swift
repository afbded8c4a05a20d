/// Finds the known name that a mistyped one probably means.
///
/// The distance is Damerau's in its restricted form (insertion, deletion, replacement, exchange of
/// two neighbours), without regard to ASCII case; hyphens and spaces count as the same character.
package enum Spelling {
  /// The nearest of `candidates`, or nil if none is near: of the words in which two names differ, at
  /// most a third of the letters may. A name that says the opposite (`encrypted` of `unencrypted`) is
  /// never near. O(candidates × length²) with short names.
  package static func nearest(_ written: String, in candidates: some Sequence<String>) -> String? {
    let word = folded(written)
    guard !word.isEmpty, word.count <= 80 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != written {
      let other = folded(candidate)
      let bound = min(best.map { $0.distance - 1 } ?? .max, slips(word, other))
      guard !saysOpposite(word, other) else { continue }
      guard abs(other.count - word.count) <= bound, other.count <= 100 else { continue }
      let distance = distance(word, other)
      guard distance <= bound else { continue }
      best = (candidate, distance)
      if distance == 0 { break }
    }
    return best?.name
  }

  /// How many slips two names may lie apart: a third of the letters of the words that differ.
  private static func slips(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var (x, y) = (a.split(separator: hyphen)[...], b.split(separator: hyphen)[...])
    while let first = x.first, first == y.first {
      x.removeFirst()
      y.removeFirst()
    }
    while let last = x.last, last == y.last {
      x.removeLast()
      y.removeLast()
    }
    let letters = max(x.map(\.count).reduce(0, +), y.map(\.count).reduce(0, +))
    return max(1, (letters + 1) / 3)
  }

  /// Whether one of two names negates what the other says: `unencrypted` and `encrypted`, `is` and
  /// `is not`. `unverified` and `not verified` say the same.
  package static func saysOpposite(_ a: String, _ b: String) -> Bool {
    saysOpposite(folded(a), folded(b))
  }

  private static func saysOpposite(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    let (x, y) = (a.split(separator: hyphen), b.split(separator: hyphen))
    return negations(in: x, comparedWith: y) % 2 != negations(in: y, comparedWith: x) % 2
  }

  private static let negativeWords = ["not", "non", "no", "never", "without", "cannot"]
  private static let negativePrefixes = ["un", "non", "in", "im", "ir", "il", "dis", "mis"]

  /// How many words of one name negate: words such as `not`, and words of the other with a prefix.
  private static func negations(
    in words: [[UInt8].SubSequence], comparedWith others: [[UInt8].SubSequence]
  ) -> Int {
    words.count { word in
      if negativeWords.contains(where: { word.elementsEqual($0.utf8) }) { return true }
      if word.count > 3, word.suffix(3).elementsEqual("n't".utf8) { return true }
      return negativePrefixes.contains { prefix in
        word.starts(with: prefix.utf8)
          && others.contains { $0.elementsEqual(word.dropFirst(prefix.utf8.count)) }
      }
    }
  }

  private static let hyphen = UInt8(ascii: "-")

  /// The number of single-letter slips between two words.
  package static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var twoBack = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var row = previous
    for i in 0..<a.count {
      row[0] = i + 1
      for j in 0..<b.count {
        let change = previous[j] + (a[i] == b[j] ? 0 : 1)
        row[j + 1] = min(change, previous[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          row[j + 1] = min(row[j + 1], twoBack[j - 1] + 1)
        }
      }
      (twoBack, previous, row) = (previous, row, twoBack)
    }
    return previous[b.count]
  }

  /// The distance between two words as people type them. What is far too long for a word is not
  /// compared: every letter counts as a slip.
  package static func distance(_ a: String, _ b: String) -> Int {
    let longest = max(a.utf8.count, b.utf8.count)
    guard longest <= 200 else { return a == b ? 0 : longest }
    return distance(folded(a), folded(b))
  }

  private static func folded(_ text: String) -> [UInt8] {
    text.utf8.map { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
      case UInt8(ascii: " "), UInt8(ascii: "_"): UInt8(ascii: "-")
      default: byte
      }
    }
  }
}
