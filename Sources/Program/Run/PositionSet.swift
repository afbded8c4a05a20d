/// Goes through a set, whatever it holds at each step, without allocating anything.
package struct PositionWalk: Sequence, IteratorProtocol {
  private let set: PositionSet
  private let wordCount: Int
  private var position = 0

  init(_ set: PositionSet, _ wordCount: Int) {
    self.set = set
    self.wordCount = wordCount
  }

  package mutating func next() -> Int? {
    guard let found = set.next(from: position, wordCount) else { return nil }
    position = found + 1
    return found
  }
}

/// Some positions of the rules of one kind, a bit each, in memory that is used again and again.
struct PositionSet {
  let words: UnsafeMutablePointer<UInt64>

  init(capacity: Int) {
    let count = capacity / 64 + 1
    words = .allocate(capacity: count)
    words.initialize(repeating: 0, count: count)
  }

  func deallocate() { words.deallocate() }

  @inline(__always)
  func clear(_ wordCount: Int) { words.update(repeating: 0, count: wordCount) }

  @inline(__always)
  func insert(_ position: Int) { words[position >> 6] |= 1 << UInt64(position & 63) }

  @inline(__always)
  func remove(_ position: Int) { words[position >> 6] &= ~(1 << UInt64(position & 63)) }

  @inline(__always)
  func contains(_ position: Int) -> Bool { words[position >> 6] >> UInt64(position & 63) & 1 == 1 }

  @inline(__always)
  func isEmpty(_ wordCount: Int) -> Bool {
    for word in 0..<wordCount where words[word] != 0 { return false }
    return true
  }

  @inline(__always)
  func copy(_ other: PositionSet, _ wordCount: Int) {
    words.update(from: other.words, count: wordCount)
  }

  @inline(__always)
  func subtract(_ other: PositionSet, _ wordCount: Int) {
    for word in 0..<wordCount { words[word] &= ~other.words[word] }
  }

  /// The first position in it from one on; nil if there is none.
  @inline(__always)
  func next(from position: Int, _ wordCount: Int) -> Int? {
    var word = position >> 6
    guard word < wordCount else { return nil }
    var rest = words[word] & (.max << UInt64(position & 63))
    while rest == 0 {
      word += 1
      guard word < wordCount else { return nil }
      rest = words[word]
    }
    return word << 6 + rest.trailingZeroBitCount
  }

  /// Adds the positions from `start` up to, not including, `end`.
  @inline(__always)
  func insert(_ start: Int, _ end: Int) {
    guard start < end else { return }
    let (first, last) = (start >> 6, (end - 1) >> 6)
    let head = UInt64.max << UInt64(start & 63)
    let tail = UInt64.max >> UInt64(63 - (end - 1) & 63)
    if first == last {
      words[first] |= head & tail
      return
    }
    words[first] |= head
    var word = first + 1
    while word < last {
      words[word] = .max
      word += 1
    }
    words[last] |= tail
  }
}
