extension MessageParser {
  /// Reads a string into `textStart` and `textLength`, behind which `padding` bytes may be looked at.
  mutating func readText(_ place: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer? {
    var hasEscape = false
    guard byte(place) == UInt8(ascii: "\""), let quote = stringEnd(place + 1, end, &hasEscape),
      quote < end
    else { return nil }
    textStart = place + 1
    textLength = quote - textStart
    if hasEscape { unescape() }
    return quote + 1
  }

  /// Resolves the escapes of the text read last, all of which are whole.
  private mutating func unescape() {
    unescaped.makeRoom(textLength)
    let target = unescaped.start
    let end = textStart + textLength
    var (place, length) = (textStart, 0)
    while place < end {
      let next = byte(place)
      if next != UInt8(ascii: "\\") {
        target.storeBytes(of: next, toByteOffset: length, as: UInt8.self)
        length += 1
        place += 1
      } else {
        let (scalar, behind) = escapedCharacter(place)
        for unit in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          target.storeBytes(of: unit, toByteOffset: length, as: UInt8.self)
          length += 1
        }
        place = behind
      }
    }
    textStart = UnsafeRawPointer(target)
    textLength = length
  }
}

/// Bytes with room for a text and `padding` bytes behind it. Have to be deallocated.
struct PaddedBytes {
  private(set) var start: UnsafeMutableRawPointer
  private var capacity = 1 << 12

  init() {
    start = .allocate(byteCount: capacity + padding, alignment: 64)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + padding)
  }

  func deallocate() { start.deallocate() }

  /// Makes room for a text; what is there is lost where there was too little.
  mutating func makeRoom(_ count: Int) {
    guard count > capacity else { return }
    start.deallocate()
    capacity = max(count, capacity * 2)
    start = .allocate(byteCount: capacity + padding, alignment: 64)
    start.initializeMemory(as: UInt8.self, repeating: 0, count: capacity + padding)
  }
}
