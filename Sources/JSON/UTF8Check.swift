/// Finds where bytes stop being UTF-8.
///
/// Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
package enum UTF8Check {
  /// The offset of the first byte of the first character that is broken; nothing if all are well.
  ///
  /// Linear time, eight bytes at a step where all of them are ASCII.
  package static func firstError(in bytes: UnsafeRawBufferPointer) -> Int? {
    var offset = 0
    while offset < bytes.count {
      if isASCII(eightBytesFrom: offset, of: bytes) {
        offset += 8
      } else if let length = characterLength(at: offset, in: bytes) {
        offset += length
      } else {
        return offset
      }
    }
    return nil
  }

  /// Whether there are eight more bytes and all are ASCII: most of what is ever read.
  private static func isASCII(
    eightBytesFrom offset: Int, of bytes: UnsafeRawBufferPointer
  ) -> Bool {
    guard bytes.count - offset >= 8 else { return false }
    let eight = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    return eight & 0x8080_8080_8080_8080 == 0
  }

  /// How many bytes the character at an offset has; nothing if it is not well-formed.
  private static func characterLength(at offset: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
    let (length, second): (Int, ClosedRange<UInt8>)
    switch bytes[offset] {
    case 0x00...0x7f: return 1
    case 0xc2...0xdf: (length, second) = (2, 0x80...0xbf)
    case 0xe0: (length, second) = (3, 0xa0...0xbf)
    case 0xe1...0xec, 0xee...0xef: (length, second) = (3, 0x80...0xbf)
    case 0xed: (length, second) = (3, 0x80...0x9f)
    case 0xf0: (length, second) = (4, 0x90...0xbf)
    case 0xf1...0xf3: (length, second) = (4, 0x80...0xbf)
    case 0xf4: (length, second) = (4, 0x80...0x8f)
    default: return nil
    }
    guard bytes.count - offset >= length, second.contains(bytes[offset + 1]) else { return nil }
    for index in offset + 2..<offset + length where bytes[index] & 0xc0 != 0x80 {
      return nil
    }
    return length
  }
}
