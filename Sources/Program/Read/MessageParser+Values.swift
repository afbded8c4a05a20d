import Values

extension MessageParser {
  /// Reads what a known field holds, which is no object with fields of its own, into the message.
  mutating func readValue(
    _ field: UnsafePointer<Field>, _ place: UnsafeRawPointer, _ end: UnsafeRawPointer,
    into message: CodedMessage
  ) -> UnsafeRawPointer? {
    switch field.pointee.kind {
    case .choice: return readChoice(field, place, end, into: message)
    case .yesOrNo: return readNull(place)
    case .number: return readNumber(field, place, end, into: message)
    case .set: return readSet(field, place, end, into: message)
    case .date:
      guard byte(place) == UInt8(ascii: "\"") else { return readNull(place) }
      guard let day = dayNumber(place + 1, years: 1900...9999) else { return nil }
      message.set(date: Int(field.pointee.fact), toDay: day)
      return place + 12
    case .text:
      guard byte(place) == UInt8(ascii: "\"") else { return readNull(place) }
      guard let behind = readText(place, end) else { return nil }
      message.set(
        text: Int(field.pointee.fact),
        to: UnsafeRawBufferPointer(start: textStart, count: textLength))
      return behind
    case .object, .id, .today, .unknown, .sent: return readOwn(field, place, end)
    }
  }

  private func readNull(_ place: UnsafeRawPointer) -> UnsafeRawPointer? {
    let word = UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
    return word == JSONWord.null ? place + 4 : nil
  }

  /// Whether a value is `true`; nil if it is neither that nor `false`.
  @inline(__always)
  func yesOrNo(_ place: UnsafeRawPointer) -> Bool? {
    let word = UInt32(littleEndian: place.loadUnaligned(as: UInt32.self))
    if word == JSONWord.true { return true }
    return word == JSONWord.fals && byte(place, 4) == UInt8(ascii: "e") ? false : nil
  }

  // MARK: - Declared values

  /// The declared value that a string is.
  @inline(never)
  private mutating func searchedValue(
    _ field: UnsafePointer<Field>, _ place: UnsafeRawPointer, _ end: UnsafeRawPointer
  ) -> (entry: UnsafeMutablePointer<TextTable.Entry>, behind: UnsafeRawPointer)? {
    guard let behind = readText(place, end),
      let entry = field.pointee.table.entry(textStart, length: textLength)
    else { return nil }
    return (entry, behind)
  }

  private mutating func readChoice(
    _ field: UnsafePointer<Field>, _ place: UnsafeRawPointer, _ end: UnsafeRawPointer,
    into message: CodedMessage
  ) -> UnsafeRawPointer? {
    guard byte(place) == UInt8(ascii: "\"") else { return readNull(place) }
    guard let (entry, behind) = searchedValue(field, place, end) else { return nil }
    message.parts.set(field, entry.pointee.code)
    return behind
  }

  private mutating func readSet(
    _ field: UnsafePointer<Field>, _ start: UnsafeRawPointer, _ end: UnsafeRawPointer,
    into message: CodedMessage
  ) -> UnsafeRawPointer? {
    var place = start
    let isArray = byte(place) == UInt8(ascii: "[")
    if isArray { place = skipWhiteSpace(place + 1, end) }
    guard isArray || byte(place) == UInt8(ascii: "\"") else { return readNull(place) }
    let parts = message.parts
    parts.set(field, 0)
    let (own, words) = (
      parts.members + Int(field.pointee.memberWord), Int(field.pointee.memberWords)
    )
    for word in 0..<words { own[word] = 0 }
    if isArray, byte(place) == UInt8(ascii: "]") { return place + 1 }
    while place < end, byte(place) == UInt8(ascii: "\"") {
      let value: UnsafeMutablePointer<TextTable.Entry>
      if let (entry, length) = field.pointee.table.entry(ofStringAt: place) {
        value = entry
        place += length &+ 2
      } else {
        guard let (entry, behind) = searchedValue(field, place, end) else { return nil }
        value = entry
        place = behind
      }
      let mask = memberMasks + Int(value.pointee.code)
      for word in 0..<words { own[word] |= mask[word] }
      guard isArray else { return place }
      place = skipWhiteSpace(place, end)
      if byte(place) == UInt8(ascii: "]") { return place + 1 }
      guard byte(place) == UInt8(ascii: ",") else { return nil }
      place = skipWhiteSpace(place + 1, end)
    }
    return nil
  }

  // MARK: - Numbers and days

  @inline(__always)
  private mutating func readNumber(
    _ field: UnsafePointer<Field>, _ place: UnsafeRawPointer, _ end: UnsafeRawPointer,
    into message: CodedMessage
  ) -> UnsafeRawPointer? {
    let digits = eightBytes(place)
    let count = firstMark(nonDigitMarks(digits))
    let next = byte(place, count)
    let isSimple =
      count &- 1 < 7 && next != UInt8(ascii: ".") && next | 0x20 != UInt8(ascii: "e")
      && (byte(place) != UInt8(ascii: "0") || count == 1)
    guard isSimple, count > 0 else { return readOtherNumber(field, place, end, into: message) }
    let aligned = digits &<< UInt64(truncatingIfNeeded: 64 &- count &* 8)
    let millionths = Int64(truncatingIfNeeded: number(ofEightDigits: aligned)) &* 1_000_000
    guard field.pointee.low <= millionths, millionths <= field.pointee.high else { return nil }
    message.set(number: Int(field.pointee.fact), toMillionths: millionths)
    return place + count
  }

  /// Reads any number, or `null`.
  @inline(never)
  private mutating func readOtherNumber(
    _ field: UnsafePointer<Field>, _ place: UnsafeRawPointer, _ end: UnsafeRawPointer,
    into message: CodedMessage
  ) -> UnsafeRawPointer? {
    guard byte(place) == UInt8(ascii: "-") || isDigit(byte(place)) else { return readNull(place) }
    guard let behind = numberEnd(place, end), behind <= end,
      case .success(let number) = Decimal6.parseJSON(
        UnsafeRawBufferPointer(start: place, count: behind - place)),
      field.pointee.low <= number.millionths, number.millionths <= field.pointee.high,
      !field.pointee.isWhole || number.isWhole
    else { return nil }
    message.set(number: Int(field.pointee.fact), toMillionths: number.millionths)
    return behind
  }

  /// The number of a day written as `2026-05-31"`; nil if it is not, or not in these years.
  @inline(__always)
  private func dayNumber(_ place: UnsafeRawPointer, years: ClosedRange<Int>) -> Int32? {
    // What is left of figures is their value, and of the other characters nothing.
    let low = eightBytes(place) ^ 0x2d30_302d_3030_3030
    let high = (eightBytes(place + 8) & 0xff_ffff) ^ 0x22_3030
    let tooHigh = (low &+ 0x7f76_767f_7676_7676) | (high &+ 0x7f_7676) | low | high
    guard tooHigh & 0x8080_8080_8080_8080 == 0 else { return nil }
    @inline(__always) func figure(_ word: UInt64, _ offset: UInt64) -> Int {
      Int(truncatingIfNeeded: word &>> (offset &* 8) & 15)
    }
    let year =
      figure(low, 0) &* 1000 &+ figure(low, 1) &* 100 &+ figure(low, 2) &* 10 &+ figure(low, 3)
    guard years.lowerBound <= year, year <= years.upperBound else { return nil }
    return Day(
      year: year, month: figure(low, 5) &* 10 &+ figure(low, 6),
      day: figure(high, 0) &* 10 &+ figure(high, 1))?.number
  }

  // MARK: - Fields with a meaning of their own

  @inline(never)
  private mutating func readOwn(
    _ field: UnsafePointer<Field>, _ place: UnsafeRawPointer, _ end: UnsafeRawPointer
  ) -> UnsafeRawPointer? {
    switch field.pointee.kind {
    case .id: return readID(place, end)
    case .sent:
      guard let behind = skipValue(place, end) else { return nil }
      sent = place - lineStart..<behind - lineStart
      return behind
    case .today:
      guard byte(place) == UInt8(ascii: "\"") else { return readNull(place) }
      // The days for which policies are proved.
      day = dayNumber(place + 1, years: 2000...2099)
      return day == nil ? nil : place + 12
    case .unknown:
      guard byte(place) == UInt8(ascii: "[") else { return readNull(place) }
      let bracket = skipWhiteSpace(place + 1, end)
      return byte(bracket) == UInt8(ascii: "]") ? bracket + 1 : nil
    default: return readNull(place)
    }
  }

  private mutating func readID(
    _ place: UnsafeRawPointer, _ end: UnsafeRawPointer
  ) -> UnsafeRawPointer? {
    var behind: UnsafeRawPointer?
    if byte(place) == UInt8(ascii: "\"") {
      behind = readText(place, end)
      // What has escapes may have to be written otherwise.
      guard textStart == place + 1 else { return nil }
    } else if byte(place) == UInt8(ascii: "-") || isDigit(byte(place)) {
      behind = numberEnd(place, end)
    } else {
      return readNull(place)
    }
    guard let behind else { return nil }
    id = place - lineStart..<behind - lineStart
    return behind
  }
}
