/// Patterns of one kind, folded, to be found by the hash of as many bytes at one end of a text.
///
/// The hash of a text is made byte by byte, so that one pass makes those of all beginnings, or from the other
/// side of all ends. A pattern is compared at most once with a text, whatever the text.
struct PatternTable {
  /// How many bytes the longest pattern has; -1 without patterns.
  private(set) var longest = -1
  private var slots: [Slot]
  private let last: Int
  private var patterns: [[UInt8]] = []
  private var hasLength: [Bool] = []

  private struct Slot {
    var hash: UInt64 = 0
    /// The number of the pattern; -1 where there is none.
    var pattern: Int32 = -1
    var mask: Int32 = 0
  }

  private static let base: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// Different patterns, each with the number of its mask.
  init(_ given: [(pattern: [UInt8], mask: Int)], fromEnd: Bool) {
    let size = 1 << (64 - (given.count * 2).leadingZeroBitCount)
    slots = Array(repeating: Slot(), count: size)
    last = size - 1
    for (pattern, mask) in given {
      let hash = (fromEnd ? pattern.reversed() : pattern).reduce(0) { PatternTable.hash($0, $1) }
      var place = self.place(hash, pattern.count)
      while slots[place].pattern >= 0 { place = (place + 1) & last }
      slots[place] = Slot(hash: hash, pattern: Int32(patterns.count), mask: Int32(mask))
      patterns.append(pattern)
      longest = max(longest, pattern.count)
    }
    hasLength = Array(repeating: false, count: longest + 1)
    for pattern in patterns { hasLength[pattern.count] = true }
  }

  /// The hash of a text and one byte more, which is folded.
  @inline(__always)
  static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 { hash &* base &+ UInt64(byte) &+ 1 }

  private func place(_ hash: UInt64, _ count: Int) -> Int {
    let mixed = (hash ^ UInt64(count)) &* PatternTable.base
    return Int(truncatingIfNeeded: mixed >> 32) & last
  }

  /// The mask of the pattern that is the same as this part of a text, of which this is the hash; nil without one.
  func mask(_ hash: UInt64, _ part: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard part.count <= longest, hasLength[part.count] else { return nil }
    var place = self.place(hash, part.count)
    while slots[place].pattern >= 0 {
      let slot = slots[place]
      if slot.hash == hash, isSame(patterns[Int(slot.pattern)], part) { return Int(slot.mask) }
      place = (place + 1) & last
    }
    return nil
  }

  private func isSame(_ pattern: [UInt8], _ part: Slice<UnsafeRawBufferPointer>) -> Bool {
    pattern.count == part.count && zip(pattern, part).allSatisfy { $0 == folded($1) }
  }
}

/// A byte with A to Z made a to z.
@inline(__always)
func folded(_ byte: UInt8) -> UInt8 {
  byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
}
