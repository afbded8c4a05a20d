/// Different texts, each kept once and known by a number from 0: an open-addressed table over one block of bytes.
///
/// Adding and finding take a time that does not depend on how many there are.
struct BytePool: Sendable {
  private struct Entry {
    let start: UInt32
    let count: UInt32
  }

  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// The upper half of a text's hash and its number plus one; 0 where nothing stands.
  private var slots: [UInt64]

  init() { slots = [UInt64](repeating: 0, count: 16) }

  var count: Int { entries.count }

  /// A text's number, for which room is made if it is new.
  mutating func intern(_ text: UnsafeRawBufferPointer) -> (number: Int, isNew: Bool) {
    if entries.count * 2 >= slots.count { grow() }
    let hash = BytePool.hash(text)
    let slot = slot(of: text, hash)
    if slots[slot] != 0 { return (number(in: slot), false) }
    slots[slot] = (hash & BytePool.upperHalf) | UInt64(entries.count + 1)
    entries.append(Entry(start: UInt32(bytes.count), count: UInt32(text.count)))
    bytes.append(contentsOf: text)
    return (entries.count - 1, true)
  }

  /// A text's number; nil if it is not among them.
  func number(of text: UnsafeRawBufferPointer) -> Int? {
    let slot = slot(of: text, BytePool.hash(text))
    return slots[slot] == 0 ? nil : number(in: slot)
  }

  /// The text of a number.
  func text(_ number: Int) -> String {
    let entry = entries[number]
    let start = Int(entry.start)
    return String(decoding: bytes[start..<start + Int(entry.count)], as: UTF8.self)
  }

  /// Gives back what was reserved for more.
  mutating func reserve(_ count: Int, byteCount: Int) {
    entries.reserveCapacity(count)
    bytes.reserveCapacity(byteCount)
    while slots.count < 2 * count { grow() }
  }

  // MARK: Slots

  private static let upperHalf: UInt64 = 0xFFFF_FFFF_0000_0000

  private func number(in slot: Int) -> Int { Int(slots[slot] & 0xFFFF_FFFF) - 1 }

  /// The slot in which the text stands, or the empty one in which it would.
  private func slot(of text: UnsafeRawBufferPointer, _ hash: UInt64) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      if slots[slot] & BytePool.upperHalf == hash & BytePool.upperHalf,
        isEqual(entries[number(in: slot)], text)
      {
        return slot
      }
      slot = (slot + 1) & mask
    }
    return slot
  }

  private func isEqual(_ entry: Entry, _ text: UnsafeRawBufferPointer) -> Bool {
    guard Int(entry.count) == text.count else { return false }
    return bytes.withUnsafeBytes { bytes in
      let start = Int(entry.start)
      for index in 0..<text.count where bytes[start + index] != text[index] { return false }
      return true
    }
  }

  private mutating func grow() {
    var wider = [UInt64](repeating: 0, count: slots.count * 4)
    let mask = wider.count - 1
    bytes.withUnsafeBytes { bytes in
      for (number, entry) in entries.enumerated() {
        let start = Int(entry.start)
        let hash = BytePool.hash(
          UnsafeRawBufferPointer(rebasing: bytes[start..<start + Int(entry.count)]))
        var slot = Int(truncatingIfNeeded: hash) & mask
        while wider[slot] != 0 { slot = (slot + 1) & mask }
        wider[slot] = (hash & BytePool.upperHalf) | UInt64(number + 1)
      }
    }
    slots = wider
  }

  /// Source: FNV-1a by G. Fowler, L. C. Noll and K.-P. Vo, with the bits mixed once more at the end.
  private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    hash ^= hash >> 32
    return hash &* 0x9e37_79b9_7f4a_7c15
  }
}
