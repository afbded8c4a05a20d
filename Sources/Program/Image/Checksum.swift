/// Tells whether an image is the one that was written.
///
/// Four lanes of 64 bits, each word of the image multiplied into one of them; every step can be undone, so that
/// no change of one word goes unnoticed. It does not protect against somebody who means to deceive.
/// Source: the mixing of xxHash64, Y. Collet, 2012.
struct Checksum {
  /// Where the checksum itself stands; it counts as zero.
  static let place = 24
  /// Bytes are added by so many.
  static let step = 32

  // Variables of their own, because vectors of four have no multiplication of 64 bits on every processor.
  private var (a, b, c, d): (UInt64, UInt64, UInt64, UInt64) = (1, 2, 3, 4)
  private var count = 0

  private static let first: UInt64 = 0x9e37_79b1_85eb_ca87
  private static let second: UInt64 = 0xc2b2_ae3d_27d4_eb4f

  init() {}

  /// The checksum of a whole image.
  static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var checksum = Checksum()
    checksum.add(bytes)
    return checksum.value
  }

  /// Adds bytes, at an address that is a multiple of 8; what is less than a step at their end is left out. Linear
  /// time.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Checksum.step, let base = bytes.baseAddress else { return }
    let words = base.assumingMemoryBound(to: UInt64.self)
    let isBeginning = count == 0
    var lanes = (
      Checksum.mixed(a, words[0]), Checksum.mixed(b, words[1]), Checksum.mixed(c, words[2]),
      Checksum.mixed(d, isBeginning ? 0 : words[3])
    )
    let steps = bytes.count / Checksum.step
    for step in 1..<max(steps, 1) {
      let word = step &* 4
      lanes.0 = Checksum.mixed(lanes.0, words[word])
      lanes.1 = Checksum.mixed(lanes.1, words[word &+ 1])
      lanes.2 = Checksum.mixed(lanes.2, words[word &+ 2])
      lanes.3 = Checksum.mixed(lanes.3, words[word &+ 3])
    }
    (a, b, c, d) = lanes
    count += steps * Checksum.step
  }

  /// The checksum of what has been added.
  var value: UInt64 {
    let sum = [a, b, c, d].reduce(UInt64(count), Checksum.mixed)
    return sum ^ sum >> 29
  }

  @inline(__always)
  private static func mixed(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (sum ^ word &* second) &* first
    return mixed << 31 | mixed >> 33
  }
}
