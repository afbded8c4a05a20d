/// Declared texts and what each stands for, to be found by the bytes of a message.
///
/// Open addressing by the two words of a text; texts of more than sixteen bytes are compared as a whole. The
/// multiplier is chosen so that few texts share a place. The table has to be deallocated.
struct TextTable {
  struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    /// With `escaped` added where JSON cannot have the text as it is; `free` where there is no entry.
    var length: Int32 = free
    /// What the text stands for.
    var code: UInt32 = 0
    /// What setting it adds to the value of its group of columns.
    var addition: UInt32 = 0
    /// Where the whole text begins among the program's texts.
    var start: UInt32 = 0

    static let free: Int32 = -1
    static let escaped: Int32 = 1 << 30
  }

  /// Whether JSON cannot have a text as it is.
  static func needsEscape(_ text: UnsafeRawBufferPointer) -> Bool {
    text.contains { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
  }

  private var entries: UnsafeMutablePointer<Entry>
  private let text: UnsafeRawPointer
  private let last: Int
  private var multiplier: UInt64
  private let shift: UInt64

  /// How many multipliers are tried for each size.
  private static let tries = 48

  /// A table of these entries; of several with one text the first counts.
  ///
  /// It has at least one free place, so that every search ends. O(entries), with the tries as factor.
  init(_ given: [Entry], text: UnsafeRawPointer) {
    self.text = text
    let least = max(64 - given.count.leadingZeroBitCount, 2)
    var choice: (bits: Int, multiplier: UInt64, shared: Int)?
    var random: UInt64 = 0x9e37_79b9_7f4a_7c15
    for bits in least...least + 2 where choice.map({ $0.shared > 0 }) ?? true {
      var taken = [Int](repeating: -1, count: 1 << bits)
      for round in 0..<(given.count > 256 ? 1 : TextTable.tries) {
        random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let multiplier = random | 1
        let best = choice?.shared ?? .max
        var shared = 0
        for entry in given where shared < best {
          let place = TextTable.place(entry.low, entry.high, multiplier, UInt64(64 - bits))
          if taken[place] == round { shared += 1 }
          taken[place] = round
        }
        if shared < best { choice = (bits, multiplier, shared) }
        if shared == 0 { break }
      }
    }
    let (bits, multiplier, _) = choice ?? (least, 1, 0)
    self.multiplier = multiplier
    shift = UInt64(64 - bits)
    last = 1 << bits - 1
    entries = .allocate(capacity: 1 << bits)
    entries.initialize(repeating: Entry(), count: 1 << bits)
    for entry in given { insert(entry) }
  }

  func deallocate() { entries.deallocate() }

  private func insert(_ entry: Entry) {
    var place = TextTable.place(entry.low, entry.high, multiplier, shift)
    while entries[place].length != Entry.free {
      if isSame(entries[place], entry) { return }
      place = (place + 1) & last
    }
    entries[place] = entry
  }

  private func isSame(_ a: Entry, _ b: Entry) -> Bool {
    let length = Int(a.length & ~Entry.escaped)
    return a.length == b.length && a.low == b.low && a.high == b.high
      && (length <= 16 || equalBytes(text + Int(a.start), text + Int(b.start), length))
  }

  @inline(__always)
  private static func place(
    _ low: UInt64, _ high: UInt64, _ multiplier: UInt64, _ shift: UInt64
  ) -> Int {
    let sum = (low ^ (high &* 0x9e37_79b9_7f4a_7c15)) &* multiplier
    return Int(truncatingIfNeeded: sum &>> shift)
  }

  /// The entry of a text of at most sixteen bytes that JSON can have as it is.
  @inline(__always)
  func entry(_ words: TextWords) -> UnsafeMutablePointer<Entry>? {
    var place = TextTable.place(words.low, words.high, multiplier, shift)
    while true {
      let entry = entries + place
      let differs =
        (entry.pointee.low ^ words.low) | (entry.pointee.high ^ words.high)
        | UInt64(truncatingIfNeeded: Int(entry.pointee.length) ^ words.length)
      if differs == 0 { return entry }
      if entry.pointee.length == Entry.free { return nil }
      place = (place &+ 1) & last
    }
  }

  /// The entry of any text, behind which `padding` bytes may be looked at.
  func entry(_ place: UnsafeRawPointer, length: Int) -> UnsafeMutablePointer<Entry>? {
    let words = TextWords(place, length: length)
    let bytes = UnsafeRawBufferPointer(start: place, count: length)
    let kept = Int32(length) | (TextTable.needsEscape(bytes) ? Entry.escaped : 0)
    var slot = TextTable.place(words.low, words.high, multiplier, shift)
    while true {
      let entry = entries + slot
      if entry.pointee.length == Entry.free { return nil }
      if entry.pointee.low == words.low, entry.pointee.high == words.high,
        entry.pointee.length == kept,
        length <= 16 || equalBytes(text + Int(entry.pointee.start), place, length)
      {
        return entry
      }
      slot = (slot &+ 1) & last
    }
  }
}

/// Whether as many bytes are the same at two places.
func equalBytes(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ count: Int) -> Bool {
  var offset = 0
  while offset &+ 8 <= count {
    if eightBytes(a + offset) != eightBytes(b + offset) { return false }
    offset &+= 8
  }
  while offset < count {
    if byte(a, offset) != byte(b, offset) { return false }
    offset &+= 1
  }
  return true
}
