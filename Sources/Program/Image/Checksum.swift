/// Tells whether an image is the one that was written.
///
/// Four lanes of 64 bits, each word of the image multiplied into one of them; every step can be undone, so that
/// no change of one word goes unnoticed. It does not protect against somebody who means to deceive.
/// Source: the mixing of xxHash64, Y. Collet, 2012.
enum Checksum {
  /// Where the checksum itself stands; it counts as zero.
  static let place = 24

  private static let first: UInt64 = 0x9e37_79b1_85eb_ca87
  private static let second: UInt64 = 0xc2b2_ae3d_27d4_eb4f

  /// The checksum of an image whose size is a multiple of 32 bytes. Linear time.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var lanes: SIMD4<UInt64> = [1, 2, 3, 4]
    var offset = 0
    while offset + 32 <= bytes.count {
      for lane in 0..<4 {
        let place = offset + lane * 8
        let word =
          place == Checksum.place ? 0 : bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
        lanes[lane] = mixed(lanes[lane], word)
      }
      offset += 32
    }
    var sum = UInt64(bytes.count)
    for lane in 0..<4 { sum = mixed(sum, lanes[lane]) }
    return sum ^ sum >> 29
  }

  @inline(__always)
  private static func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (sum ^ word &* second) &* first
    return mixed << 31 | mixed >> 33
  }
}
