extension Day: CustomStringConvertible {
  /// Reads a date written exactly as `YYYY-MM-DD`; nothing if it is not, or if there is no such day.
  ///
  /// Takes UTF-8. Years 0001 to 9999.
  package static func parseISO(_ utf8: UnsafeRawBufferPointer) -> Day? {
    guard utf8.count == 10, utf8[4] == UInt8(ascii: "-"), utf8[7] == UInt8(ascii: "-") else {
      return nil
    }
    guard
      let year = figures(utf8[0..<4]),
      let month = figures(utf8[5..<7]),
      let day = figures(utf8[8..<10])
    else { return nil }
    return Day(year: year, month: month, day: day)
  }

  /// Reads a date written exactly as `YYYY-MM-DD`, from any bytes: `text.utf8`, `bytes[3..<13]`.
  package static func parseISO(_ utf8: some Collection<UInt8>) -> Day? {
    withBytes(of: utf8) { parseISO($0) }
  }

  /// Reads a date as people write it, `1 September 2022`, `1 Sep 2022` or `1st September 2022`, or as data has it;
  /// nothing if it is neither, or if there is no such day.
  package static func parseWords(_ text: some StringProtocol) -> Day? {
    if let day = parseISO(text.utf8) { return day }
    let parts = text.split(whereSeparator: \.isWhitespace)
    guard parts.count == 3, parts[2].utf8.count == 4, let year = Int(parts[2]),
      let month = Month(lowercased: parts[1].lowercased())
    else { return nil }
    let digits = parts[0].prefix { ("0"..."9").contains($0) }
    let ending = parts[0].dropFirst(digits.count).lowercased()
    guard ["", "st", "nd", "rd", "th"].contains(ending), let day = Int(digits) else { return nil }
    return Day(year: year, month: month.rawValue, day: day)
  }

  private static func figures(_ utf8: Slice<UnsafeRawBufferPointer>) -> Int? {
    var number = 0
    for byte in utf8 {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }

  /// The date as data has it: `2022-09-01`.
  package var description: String {
    let date = date
    return "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
  }

  /// The date as people write it: `1 September 2022`.
  package var words: String {
    let date = date
    let month = Month(rawValue: date.month)?.name ?? ""
    return "\(date.day) \(month) \(date.year)"
  }

  private func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: width - digits.utf8.count) + digits
  }
}
