/// Declared texts and what each stands for, to be found by the bytes of a message.
///
/// Open addressing by the two words of a text; texts of more than sixteen bytes are compared as a whole. The
/// multiplier is chosen so that few texts share a place. The table has to be deallocated.
struct TextTable {
  /// A text that stands for something.
  struct Given {
    let words: TextWords
    let length: Int
    /// What the text stands for.
    let code: UInt32
    /// Where the text begins among the program's texts.
    let start: UInt32

    init(_ bytes: UnsafeRawBufferPointer, start: UInt32, code: UInt32) {
      words = TextWords(of: bytes)
      length = bytes.count
      self.code = code
      self.start = start
    }
  }

  struct Entry {
    var words = TextWords(low: 0, high: 0)
    /// `free` where there is no entry.
    var length: Int32 = free
    var code: UInt32 = 0

    static let free: Int32 = -1
  }

  private let entries: UnsafeMutablePointer<Entry>
  private let text: UnsafeRawPointer
  private let last: Int
  private let multiplier: UInt64

  /// How many multipliers are tried for each size.
  private static let tries = 48

  /// A table of these entries; of several with one text the first counts.
  ///
  /// It has at least one free place, so that every search ends. O(entries), with the tries as factor.
  init(_ given: [Given], text: UnsafeRawPointer) {
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
          let place = TextTable.place(entry.words, multiplier, 1 << bits - 1)
          if taken[place] == round { shared += 1 }
          taken[place] = round
        }
        if shared < best { choice = (bits, multiplier, shared) }
        if shared == 0 { break }
      }
    }
    let (bits, multiplier, _) = choice ?? (least, 1, 0)
    self.multiplier = multiplier
    last = 1 << bits - 1
    entries = .allocate(capacity: 1 << bits)
    entries.initialize(repeating: Entry(), count: 1 << bits)
    for entry in given { insert(entry) }
  }

  func deallocate() { entries.deallocate() }

  private func insert(_ given: Given) {
    var place = TextTable.place(given.words, multiplier, last)
    while entries[place].length != Entry.free {
      if isSame(entries[place], given.words, given.length, text + Int(given.start)) { return }
      place = (place + 1) & last
    }
    var words = given.words
    if given.length >= TextWords.shortest { words.high = UInt64(given.start) }
    entries[place] = Entry(words: words, length: Int32(given.length), code: given.code)
  }

  @inline(__always)
  private static func place(_ words: TextWords, _ multiplier: UInt64, _ last: Int) -> Int {
    let sum = (words.low ^ (words.high &* 0x9e37_79b9_7f4a_7c15)) &* multiplier
    return Int(truncatingIfNeeded: sum &>> 40) & last
  }

  /// Whether an entry is that of a text, of which these are the words.
  private func isSame(
    _ entry: Entry, _ words: TextWords, _ length: Int, _ bytes: UnsafeRawPointer
  ) -> Bool {
    guard entry.words.low == words.low, Int(entry.length) == length else { return false }
    // Of a long text the entry has the place in place of the last bytes.
    guard length >= TextWords.shortest else { return entry.words.high == words.high }
    return equalBytes(text + Int(truncatingIfNeeded: entry.words.high), bytes, length)
  }

  /// The entry of the string that begins with the quote at a place, and the length of what is between its quotes;
  /// nil if there is none, or if it is not as simple as that. No text with a backslash or a control character is
  /// found this way.
  @inline(__always)
  func entry(
    ofStringAt place: UnsafeRawPointer
  ) -> (entry: UnsafeMutablePointer<Entry>, length: Int)? {
    let (low, high) = (eightBytes(place + 1), eightBytes(place + 9))
    let (lowMarks, highMarks) = (quoteMarks(low), quoteMarks(high))
    let inLow = firstMark(lowMarks)
    // All bits if the first word has no quote; nothing of the second word counts if it has.
    let goesOn = 0 &- inLow &>> 3
    let length = inLow &+ firstMark(highMarks) & goesOn
    let words = TextWords(
      low: low & mask(upTo: lowMarks),
      high: high & mask(upTo: highMarks) & UInt64(bitPattern: Int64(goesOn)))
    guard length < 16, let entry = entry(words) else { return nil }
    return (entry, length)
  }

  /// The entry of a text of less than sixteen bytes that stands in a message as it is.
  @inline(__always)
  func entry(_ words: TextWords) -> UnsafeMutablePointer<Entry>? {
    var place = TextTable.place(words, multiplier, last)
    while true {
      let entry = entries + place
      let differs =
        (entry.pointee.words.low ^ words.low) | (entry.pointee.words.high ^ words.high)
      if differs == 0 { return entry }
      if entry.pointee.length == Entry.free { return nil }
      place = (place &+ 1) & last
    }
  }

  /// The entry of any text, behind which `padding` bytes may be looked at.
  func entry(_ bytes: UnsafeRawPointer, length: Int) -> UnsafeMutablePointer<Entry>? {
    let words = TextWords(bytes, length: length)
    var place = TextTable.place(words, multiplier, last)
    while true {
      let entry = entries + place
      if entry.pointee.length == Entry.free { return nil }
      if isSame(entry.pointee, words, length, bytes) { return entry }
      place = (place &+ 1) & last
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
