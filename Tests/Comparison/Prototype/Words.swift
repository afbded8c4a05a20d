#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@inline(__always) func word(_ place: UnsafeRawPointer) -> UInt64 {
  place.loadUnaligned(as: UInt64.self)
}

@inline(__always) func byte(_ place: UnsafeRawPointer, _ offset: Int = 0) -> Int32 {
  Int32(place.load(fromByteOffset: offset, as: UInt8.self))
}

/// The top bit of each byte that is a quotation mark, up to the first one at least.
@inline(__always) func quotes(_ word: UInt64) -> UInt64 { zeros(word ^ 0x2222_2222_2222_2222) }
@inline(__always) func backslashes(_ word: UInt64) -> UInt64 { zeros(word ^ 0x5c5c_5c5c_5c5c_5c5c) }
@inline(__always) private func zeros(_ word: UInt64) -> UInt64 {
  (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
}

/// A mask of the lowest `count` bytes.
@inline(__always) func lowest(_ count: Int) -> UInt64 {
  count >= 8 ? ~0 : (1 &<< UInt64(truncatingIfNeeded: count &* 8)) &- 1
}

/// Finds the code of a word of at most 16 bytes, by a hash without collisions.
struct WordTable {
  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var count: Int32 = -1
    var code: Int32 = -1
  }

  private let entries: UnsafeMutablePointer<Entry>
  private var factor: UInt64 = 0
  private var shift: UInt64 = 0

  init(_ words: [Substring]) {
    let wanted = words.enumerated().map { Self.entry($1, code: $0) }
    entries = .allocate(capacity: 256)
    entries.initialize(repeating: Entry(), count: 256)
    var random: UInt64 = 0x9E37_79B9_7F4A_7C15
    for bits in 2...8 where 1 << bits >= words.count {
      for _ in 0..<20000 {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        factor = random | 1
        shift = UInt64(64 - bits)
        guard Set(wanted.map { place($0.low, $0.high) }).count == wanted.count else { continue }
        for entry in wanted { entries[place(entry.low, entry.high)] = entry }
        return
      }
    }
    if !words.isEmpty { fatalError("no hash without collisions for \(words)") }
  }

  private static func entry(_ word: Substring, code: Int) -> Entry {
    var entry = Entry(count: Int32(word.utf8.count), code: Int32(code))
    for (index, byte) in word.utf8.enumerated() {
      if index < 8 {
        entry.low |= UInt64(byte) << UInt64(index * 8)
      } else {
        entry.high |= UInt64(byte) << UInt64(index * 8 - 64)
      }
    }
    return entry
  }

  @inline(__always) private func place(_ low: UInt64, _ high: UInt64) -> Int {
    Int(truncatingIfNeeded: ((low ^ (high &* 0x9E37_79B9_7F4A_7C15)) &* factor) &>> shift)
  }

  /// The code of the word that begins here and ends before a quotation mark, or -1; and its length.
  @inline(__always) func find(_ start: UnsafeRawPointer) -> (code: Int32, count: Int) {
    var low = word(start)
    var high: UInt64 = 0
    let count: Int
    let ends = quotes(low)
    if ends != 0 {
      count = ends.trailingZeroBitCount &>> 3
      low &= lowest(count)
    } else {
      high = word(start + 8)
      let ends = quotes(high)
      guard ends != 0 else { return (-1, 16) }
      let further = ends.trailingZeroBitCount &>> 3
      high &= lowest(further)
      count = further &+ 8
    }
    let entry = entries + place(low, high)
    let isFound =
      entry.pointee.low == low && entry.pointee.high == high && Int(entry.pointee.count) == count
    return (isFound ? entry.pointee.code : -1, count)
  }
}
