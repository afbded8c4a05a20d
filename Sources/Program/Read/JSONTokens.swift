// Tokens of JSON (RFC 8259) in a text of which `end` is the end and behind which `padding` bytes may be
// looked at.
//
// Each function is given the place of a token and gives the place behind it; nil if there is none that is whole.
// From a place behind the end no function looks further than 12 bytes, and none moves on by more. A token may be
// taken to reach into the padding; whoever has read a whole text sees that by standing behind its end.

@inline(__always)
func skipWhiteSpace(_ place: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer {
  byte(place) > UInt8(ascii: " ") ? place : skipMoreWhiteSpace(place, end)
}

@inline(never)
private func skipMoreWhiteSpace(
  _ start: UnsafeRawPointer, _ end: UnsafeRawPointer
) -> UnsafeRawPointer {
  var place = start
  while place < end, isWhiteSpace(byte(place)) { place += 1 }
  return place
}

@inline(__always)
private func isWhiteSpace(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
}

/// From behind the opening quote of a string to its closing quote; whether it has escapes.
@inline(__always)
func stringEnd(
  _ start: UnsafeRawPointer, _ end: UnsafeRawPointer, _ hasEscape: inout Bool
) -> UnsafeRawPointer? {
  var place = start
  while place < end {
    let marks = specialMarks(eightBytes(place))
    if marks == 0 {
      place += 8
      continue
    }
    place += firstMark(marks)
    let next = byte(place)
    if next == UInt8(ascii: "\"") { return place }
    if next == UInt8(ascii: "\\") {
      hasEscape = true
      guard let behind = escapeEnd(place) else { return nil }
      place = behind
    } else {
      let length = characterLength(place)
      if length == 0 { return nil }
      place += length
    }
  }
  return nil
}

/// How many bytes a character beyond ASCII has; 0 if it is not well-formed UTF-8.
///
/// Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
@inline(__always)
func characterLength(_ place: UnsafeRawPointer) -> Int {
  let bytes = UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
  if bytes & 0xc0e0 == 0x80c0 { return bytes & 0x1e != 0 ? 2 : 0 }
  if bytes & 0xc0_c0f0 == 0x80_80e0 {
    // Neither in more bytes than needed nor a surrogate.
    let telling = bytes & 0x200f
    return telling != 0 && telling != 0x200d ? 3 : 0
  }
  if bytes & 0xc0c0_c0f8 == 0x8080_80f0 {
    // From U+10000 to U+10FFFF.
    let telling = (bytes & 0x07) << 2 | (bytes >> 12) & 0x03
    return (1...16).contains(telling) ? 4 : 0
  }
  return 0
}

/// From the backslash of an escape to behind it; both halves of a surrogate pair are one escape.
func escapeEnd(_ place: UnsafeRawPointer) -> UnsafeRawPointer? {
  switch byte(place, 1) {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
    UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
    return place + 2
  case UInt8(ascii: "u"):
    guard let unit = codeUnit(place + 2) else { return nil }
    guard 0xd800...0xdfff ~= unit else { return place + 6 }
    guard unit < 0xdc00, byte(place, 6) == UInt8(ascii: "\\"), byte(place, 7) == UInt8(ascii: "u"),
      let second = codeUnit(place + 8), 0xdc00...0xdfff ~= second
    else { return nil }
    return place + 12
  default: return nil
  }
}

/// The character that a whole escape stands for, and the place behind it.
func escapedCharacter(_ place: UnsafeRawPointer) -> (Unicode.Scalar, UnsafeRawPointer) {
  switch byte(place, 1) {
  case UInt8(ascii: "b"): return ("\u{8}", place + 2)
  case UInt8(ascii: "f"): return ("\u{c}", place + 2)
  case UInt8(ascii: "n"): return ("\n", place + 2)
  case UInt8(ascii: "r"): return ("\r", place + 2)
  case UInt8(ascii: "t"): return ("\t", place + 2)
  case UInt8(ascii: "u"):
    let unit = codeUnit(place + 2) ?? 0
    if let scalar = Unicode.Scalar(unit) { return (scalar, place + 6) }
    let second = codeUnit(place + 8) ?? 0
    let combined = 0x1_0000 &+ (unit &- 0xd800) << 10 &+ (second &- 0xdc00)
    return (Unicode.Scalar(combined) ?? "\u{fffd}", place + 12)
  default: return (Unicode.Scalar(byte(place, 1)), place + 2)
  }
}

/// The number that four hexadecimal digits write.
func codeUnit(_ place: UnsafeRawPointer) -> UInt32? {
  var unit: UInt32 = 0
  for offset in 0..<4 {
    let digit = byte(place, offset)
    let letter = (digit | 0x20) &- UInt8(ascii: "a")
    if isDigit(digit) {
      unit = unit << 4 | UInt32(digit &- UInt8(ascii: "0"))
    } else if letter < 6 {
      unit = unit << 4 | UInt32(letter &+ 10)
    } else {
      return nil
    }
  }
  return unit
}

/// Behind a number.
func numberEnd(_ start: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer? {
  var place = start
  if byte(place) == UInt8(ascii: "-") { place += 1 }
  if byte(place) == UInt8(ascii: "0") {
    place += 1
  } else {
    guard let behind = digitsEnd(place, end) else { return nil }
    place = behind
  }
  if byte(place) == UInt8(ascii: ".") {
    guard let behind = digitsEnd(place + 1, end) else { return nil }
    place = behind
  }
  if byte(place) | 0x20 == UInt8(ascii: "e") {
    place += 1
    if byte(place) == UInt8(ascii: "-") || byte(place) == UInt8(ascii: "+") { place += 1 }
    return digitsEnd(place, end)
  }
  return place
}

private func digitsEnd(_ start: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer? {
  var place = start
  while place < end, isDigit(byte(place)) { place += 1 }
  return place > start ? place : nil
}

/// Behind `true`, `false` or `null`.
@inline(__always)
func wordEnd(_ place: UnsafeRawPointer) -> UnsafeRawPointer? {
  let bytes = UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
  if bytes == JSONWord.true || bytes == JSONWord.null { return place + 4 }
  if bytes == JSONWord.fals, byte(place, 4) == UInt8(ascii: "e") { return place + 5 }
  return nil
}

/// The words of JSON as four bytes.
enum JSONWord {
  static let `true`: UInt32 = 0x6575_7274
  static let fals: UInt32 = 0x736c_6166
  static let null: UInt32 = 0x6c6c_756e
}
