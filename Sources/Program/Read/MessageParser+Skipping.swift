extension MessageParser {
  /// Behind any value, in which no object has a name twice.
  @inline(__always)
  mutating func skipValue(_ place: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer? {
    switch byte(place) {
    case UInt8(ascii: "\""):
      var hasEscape = false
      return stringEnd(place + 1, end, &hasEscape).map { $0 + 1 }
    case UInt8(ascii: "{"), UInt8(ascii: "["): return skipNested(place, end)
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return wordEnd(place)
    default: return numberEnd(place, end)
    }
  }

  /// Behind an array or object that is nested no deeper than `Skipping.deepest`.
  @inline(never)
  private mutating func skipNested(
    _ start: UnsafeRawPointer, _ end: UnsafeRawPointer
  ) -> UnsafeRawPointer? {
    var place = start
    // For each level, from the lowest bit or the first element on: whether it is an object, and its number.
    var isObject: UInt32 = 0
    var numbers = SIMD16<UInt32>()
    var depth = 0
    while place < end {
      let opening = byte(place)
      var isClosed = true
      if opening == UInt8(ascii: "{") || opening == UInt8(ascii: "[") {
        guard depth < numbers.scalarCount else { return nil }
        let bit: UInt32 = 1 << UInt32(depth)
        let isBrace = opening == UInt8(ascii: "{")
        isObject = isBrace ? isObject | bit : isObject & ~bit
        if isBrace { numbers[depth] = nextObjectNumber() }
        depth += 1
        place = skipWhiteSpace(place + 1, end)
        isClosed = byte(place) == (isBrace ? UInt8(ascii: "}") : UInt8(ascii: "]"))
      } else {
        guard let behind = skipScalar(place, end) else { return nil }
        place = skipWhiteSpace(behind, end)
      }
      // As many ends as there are, and then what stands between two members or elements.
      while isClosed {
        let isBrace = isObject >> UInt32(depth - 1) & 1 != 0
        if byte(place) == (isBrace ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
          depth -= 1
          if depth == 0 { return place + 1 }
          place = skipWhiteSpace(place + 1, end)
        } else {
          guard byte(place) == UInt8(ascii: ",") else { return nil }
          place = skipWhiteSpace(place + 1, end)
          isClosed = false
        }
      }
      if isObject >> UInt32(depth - 1) & 1 != 0 {
        guard let behind = skipName(place, end, object: numbers[depth - 1]) else { return nil }
        place = behind
      }
    }
    return nil
  }

  private mutating func skipScalar(
    _ place: UnsafeRawPointer, _ end: UnsafeRawPointer
  ) -> UnsafeRawPointer? {
    switch byte(place) {
    case UInt8(ascii: "\""):
      var hasEscape = false
      return stringEnd(place + 1, end, &hasEscape).map { $0 + 1 }
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): return wordEnd(place)
    default: return numberEnd(place, end)
    }
  }

  /// Behind the colon of a member, whose name the object of that number has not had yet.
  private mutating func skipName(
    _ place: UnsafeRawPointer, _ end: UnsafeRawPointer, object: UInt32
  ) -> UnsafeRawPointer? {
    guard let behind = readText(place, end) else { return nil }
    let colon = skipWhiteSpace(behind, end)
    guard byte(colon) == UInt8(ascii: ":"),
      names.insert(NameSet.hash(textStart, length: textLength), object: object)
    else { return nil }
    return skipWhiteSpace(colon + 1, end)
  }
}
