// Bytes of a text taken eight at a time, the first in the lowest bits.
//
// Marks are words in which the highest bit of a byte says something about that byte. Only the lowest mark of
// a word is to be trusted: carries may set others above it.
// Source: H. S. Warren, "Hacker's Delight", 2nd edition, 6-1; D. Lemire, "Quickly checking whether a string
// needs escaping", 2024.

/// In every byte 1.
private let ones: UInt64 = 0x0101_0101_0101_0101
/// In every byte the highest bit.
private let highBits: UInt64 = 0x8080_8080_8080_8080

/// How many bytes behind a text the functions of this folder may look at.
let padding = MessageReader.padding

@inline(__always)
func byte(_ place: UnsafeRawPointer) -> UInt8 { place.load(as: UInt8.self) }

@inline(__always)
func byte(_ place: UnsafeRawPointer, _ offset: Int) -> UInt8 {
  place.load(fromByteOffset: offset, as: UInt8.self)
}

/// The eight bytes that begin at a place.
@inline(__always)
func eightBytes(_ place: UnsafeRawPointer) -> UInt64 {
  UInt64(littleEndian: place.loadUnaligned(as: UInt64.self))
}

/// Marks double quotes.
@inline(__always)
func quoteMarks(_ bytes: UInt64) -> UInt64 {
  let bytes = bytes ^ 0x2222_2222_2222_2222
  return (bytes &- ones) & ~bytes & highBits
}

/// Marks what does not simply stand for itself in a JSON string: double quotes, backslashes, control
/// characters, and bytes of characters beyond ASCII.
@inline(__always)
func specialMarks(_ bytes: UInt64) -> UInt64 {
  let quotesAndControls = (bytes ^ 0x0202_0202_0202_0202) &- 0x2121_2121_2121_2121
  let backslashes = (bytes ^ 0x5c5c_5c5c_5c5c_5c5c) &- ones
  return (quotesAndControls | backslashes | bytes) & highBits
}

/// Marks what is no digit.
@inline(__always)
func nonDigitMarks(_ bytes: UInt64) -> UInt64 {
  ((bytes &+ 0x4646_4646_4646_4646) | (bytes &- 0x3030_3030_3030_3030)) & highBits
}

/// Before which byte, from 0, the first mark stands; 8 without one.
@inline(__always)
func firstMark(_ marks: UInt64) -> Int { marks.trailingZeroBitCount &>> 3 }

/// The first bytes of eight; `count` is 0 to 8.
@inline(__always)
func mask(bytes count: Int) -> UInt64 {
  // Two shifts, of up to 32 bits each, because a shift by 64 is none.
  let half = UInt64(truncatingIfNeeded: count &* 4)
  return ~((~0 &<< half) &<< half)
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

/// The number that eight digits write.
///
/// Source: D. Lemire, "Quickly parsing eight digits", 2018.
@inline(__always)
func number(ofEightDigits digits: UInt64) -> UInt64 {
  var number = digits & 0x0f0f_0f0f_0f0f_0f0f
  number = number &* 10 &+ number &>> 8
  let lower = (number & 0x0000_00ff_0000_00ff) &* (100 + 1_000_000 << 32)
  let upper = (number &>> 16 & 0x0000_00ff_0000_00ff) &* (1 + 10_000 << 32)
  return (lower &+ upper) &>> 32
}

/// The bytes up to and with the first mark; all eight without one.
@inline(__always)
func mask(upTo marks: UInt64) -> UInt64 { marks ^ (marks &- 1) }

/// The bytes of a text of less than sixteen and a double quote behind them, as two words; of a longer text its
/// first and its last eight bytes.
///
/// Of two texts of one length below sixteen the words differ. A text that JSON cannot have as it is has words that
/// no bytes of a message up to the next double quote have.
struct TextWords {
  var low: UInt64
  var high: UInt64

  /// The length of the shortest text whose words do not tell all.
  static let shortest = 16

  @inline(__always)
  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// A text behind which `padding` bytes may be looked at.
  init(_ place: UnsafeRawPointer, length: Int) {
    guard length < TextWords.shortest else {
      (low, high) = (eightBytes(place), eightBytes(place + (length - 8)))
      return
    }
    low = eightBytes(place) & mask(bytes: min(length, 8))
    high = eightBytes(place + 8) & mask(bytes: max(length - 8, 0))
    let quote = UInt64(UInt8(ascii: "\"")) << UInt64(length % 8 * 8)
    if length < 8 { low |= quote } else { high |= quote }
    let text = UnsafeRawBufferPointer(start: place, count: length)
    if text.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5c }) { high ^= highBits }
  }

  /// A text behind which nothing may be looked at.
  init(of bytes: UnsafeRawBufferPointer) {
    var padded = PaddedBytes()
    padded.makeRoom(bytes.count)
    UnsafeMutableRawBufferPointer(start: padded.start, count: bytes.count).copyMemory(from: bytes)
    self.init(UnsafeRawPointer(padded.start), length: bytes.count)
    padded.deallocate()
  }
}
