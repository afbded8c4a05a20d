/// In what the client counts the characters of a line.
package enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// What is counted of a scalar by its first byte; of bytes that go on with a scalar nothing, save in
  /// UTF-8. Bytes that are no UTF-8 count as one each.
  func units(_ bytes: ArraySlice<UInt8>) -> Int {
    switch self {
    case .utf8: bytes.count
    case .utf16: bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : $1 >= 0xF0 ? 2 : 1) }
    case .utf32: bytes.count { $0 & 0xC0 != 0x80 }
    }
  }
}

/// A place as the protocol counts it: line and character from 0.
package struct Position: Hashable, Sendable {
  package let line: Int
  package let character: Int
}

/// Where the lines of a text begin, as the protocol has it: LF, CRLF and CR end one.
struct LineTable: Sendable {
  private let bytes: [UInt8]
  private let encoding: PositionEncoding
  private let starts: [Int]

  /// O(bytes).
  init(_ bytes: [UInt8], _ encoding: PositionEncoding) {
    (self.bytes, self.encoding) = (bytes, encoding)
    // To an editor a byte order mark is no part of the text.
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    bytes.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        index += 1
        if byte == 0x0A {
          starts.append(index)
        } else if byte == 0x0D {
          if index < bytes.count, bytes[index] == 0x0A { index += 1 }
          starts.append(index)
        }
      }
    }
    self.starts = starts
  }

  var lineCount: Int { starts.count }

  /// The line that holds a byte. O(log lines).
  func line(at offset: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  func position(at offset: Int) -> Position {
    let line = line(at: offset)
    let start = starts[line]
    let end = max(start, min(offset, bytes.count))
    return Position(line: line, character: encoding.units(bytes[start..<end]))
  }

  /// The byte at a place. A line that is not there is the end of the text, a character behind the end of
  /// its line the line's end, and half of a character its beginning.
  func offset(at position: Position) -> Int {
    guard position.line >= 0 else { return 0 }
    guard position.line < starts.count else { return bytes.count }
    let end = endOfLine(position.line)
    var offset = starts[position.line]
    var count = 0
    while offset < end {
      let next = self.next(offset, end)
      count += encoding.units(bytes[offset..<next])
      if count > position.character { break }
      offset = next
    }
    return offset
  }

  private func next(_ offset: Int, _ end: Int) -> Int {
    var next = offset + 1
    while next < end, bytes[next] & 0xC0 == 0x80 { next += 1 }
    return next
  }

  /// Where the text of a line ends, its line break aside.
  func endOfLine(_ line: Int) -> Int {
    guard line + 1 < starts.count else { return bytes.count }
    var end = starts[line + 1] - 1
    if bytes[end] == 0x0A, end > starts[line], bytes[end - 1] == 0x0D { end -= 1 }
    return end
  }

  func start(ofLine line: Int) -> Int {
    line < starts.count ? starts[line] : bytes.count
  }
}
