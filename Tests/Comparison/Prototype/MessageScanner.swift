/// Reads messages, one JSON object a line, into coded facts.
///
/// It learns the order of fields from the first line and expects it of the others. It trusts its
/// input: JSON without spaces, no field twice, values that are declared, numbers and days in bounds.
/// It stops at whatever else it notices, and does not notice all of it.
struct MessageScanner {
  /// A field's quoted name and its colon, as two words under a mask, for one comparison.
  private struct Expected {
    var low: UInt64 = 1
    var high: UInt64 = 1
    var lowMask: UInt64 = 0
    var highMask: UInt64 = 0
    var count = 0
    var key: Int32 = 0
  }

  private let keys: WordTable
  private let values: UnsafeMutablePointer<WordTable>
  private let expected: UnsafeMutablePointer<Expected>
  private static let fields = 40

  init(folder: String) {
    let facts = readLines(folder + "/vocabulary.txt").map { $0.split(separator: " ") }
    values = .allocate(capacity: facts.count)
    for (index, fact) in facts.enumerated() {
      (values + index).initialize(to: WordTable(Array(fact[3...])))
    }
    keys = WordTable(facts.map { $0[0] } + ["id"])
    expected = .allocate(capacity: Self.fields)
    expected.initialize(repeating: Expected(), count: Self.fields)
  }

  /// Takes the order of fields from a line.
  func learn(_ line: UnsafeRawPointer) {
    var place = line + 1
    for index in 0..<Self.fields - 1 {
      let (key, count) = keys.find(place + 1)
      guard key >= 0 else { return }
      let width = count + 3
      let (low, high) = (lowest(width), width > 8 ? lowest(width - 8) : 0)
      expected[index] = Expected(
        low: word(place) & low, high: word(place + 8) & high, lowMask: low, highMask: high,
        count: width, key: key)
      place = afterValue(place + width)
      guard byte(place) == 0x2c else { return }
      place += 1
    }
  }

  /// Reads one line; gives the start of the next one, or nil for a form that it does not take.
  @inline(__always) func read(
    _ line: UnsafeRawPointer, _ facts: UnsafeMutablePointer<Int32>,
    _ id: inout UnsafeRawBufferPointer
  ) -> UnsafeRawPointer? {
    guard byte(line) == 0x7b else { return nil }
    var place = line + 1
    var next = 0
    var seen: UInt32 = 0
    while true {
      let guess = expected + next
      var key = guess.pointee.key
      let low = (word(place) & guess.pointee.lowMask) ^ guess.pointee.low
      let high = (word(place + 8) & guess.pointee.highMask) ^ guess.pointee.high
      if low | high == 0 {
        place += guess.pointee.count
        next &+= 1
      } else {
        guard byte(place) == 0x22 else { return nil }
        let found = keys.find(place + 1)
        key = found.code
        place = key < 0 ? afterValue(endOfString(place + 1) + 2) : place + (found.count &+ 3)
      }
      if key >= 0 {
        seen |= 1 &<< UInt32(bitPattern: key)
        guard let after = readValue(place, key, facts, &id) else { return nil }
        place = after
      }
      if byte(place) == 0x2c {
        place += 1
        continue
      }
      return byte(place) == 0x7d && seen == 0x1fffff ? place + 2 : nil
    }
  }

  @inline(__always) private func readValue(
    _ start: UnsafeRawPointer, _ key: Int32, _ facts: UnsafeMutablePointer<Int32>,
    _ id: inout UnsafeRawBufferPointer
  ) -> UnsafeRawPointer? {
    let fact = Int(key)
    if fact < 12 {
      let (code, count) = values[fact].find(start + 1)
      facts[fact] = code
      return code < 0 ? nil : start + (count &+ 2)
    }
    if fact < 15 {
      let isTrue: Int32 = byte(start) == 0x74 ? 1 : 0
      facts[fact] = isTrue
      return start + Int(5 &- isTrue)
    }
    if fact < 17 { return readNumber(start, into: facts + fact) }
    if fact == 17 {
      facts[fact] = day(start + 1)
      return start + 12
    }
    if fact < Layout.width { return readSet(start, values + fact, into: facts + fact) }
    let end = endOfString(start + 1)
    id = UnsafeRawBufferPointer(start: start + 1, count: end - start - 1)
    return end + 1
  }

  @inline(__always) private func readNumber(
    _ start: UnsafeRawPointer, into fact: UnsafeMutablePointer<Int32>
  ) -> UnsafeRawPointer {
    var place = start
    var number: Int32 = 0
    while true {
      let digit = byte(place) &- 48
      if UInt32(bitPattern: digit) > 9 { break }
      number = number &* 10 &+ digit
      place += 1
    }
    fact.pointee = number
    return place
  }

  @inline(__always) private func readSet(
    _ start: UnsafeRawPointer, _ table: UnsafePointer<WordTable>,
    into fact: UnsafeMutablePointer<Int32>
  ) -> UnsafeRawPointer? {
    var place = start + 1
    var bits: Int32 = 0
    while byte(place) != 0x5d {
      if byte(place) == 0x2c { place += 1 }
      let (code, count) = table.pointee.find(place + 1)
      guard code >= 0 else { return nil }
      bits |= 1 &<< code
      place += count &+ 2
    }
    fact.pointee = bits
    return place + 1
  }
}

/// The number of the day `2026-09-01`; after H. Hinnant, "chrono-compatible low-level date algorithms".
@inline(__always) private func day(_ text: UnsafeRawPointer) -> Int32 {
  func digit(_ offset: Int) -> Int32 { byte(text, offset) &- 48 }
  let year = digit(0) &* 1000 &+ digit(1) &* 100 &+ digit(2) &* 10 &+ digit(3)
  let month = digit(5) &* 10 &+ digit(6)
  let shifted = month <= 2 ? year &- 1 : year
  let era = shifted / 400
  let ofEra = shifted &- era &* 400
  let ofYear = (153 &* (month &+ (month > 2 ? -3 : 9)) &+ 2) / 5 &+ digit(8) &* 10 &+ digit(9) &- 1
  return era &* 146097 &+ ofEra &* 365 &+ ofEra / 4 &- ofEra / 100 &+ ofYear &- 719468
}

/// The quotation mark that ends a string.
@inline(__always) private func endOfString(_ start: UnsafeRawPointer) -> UnsafeRawPointer {
  var place = start
  while true {
    let bytes = word(place)
    let special = quotes(bytes) | backslashes(bytes)
    if special == 0 {
      place += 8
      continue
    }
    place += special.trailingZeroBitCount &>> 3
    if byte(place) == 0x22 { return place }
    place += 2
  }
}

private func afterValue(_ start: UnsafeRawPointer) -> UnsafeRawPointer {
  var place = start
  if byte(place) == 0x22 { return endOfString(place + 1) + 1 }
  if byte(place) != 0x7b && byte(place) != 0x5b {
    while byte(place) != 0x2c && byte(place) != 0x7d { place += 1 }
    return place
  }
  var depth = 0
  while true {
    switch byte(place) {
    case 0x22: place = endOfString(place + 1)
    case 0x7b, 0x5b: depth += 1
    case 0x7d, 0x5d:
      depth -= 1
      if depth == 0 { return place + 1 }
    default: break
    }
    place += 1
  }
}
