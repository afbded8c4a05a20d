/// Names a file of the policy: its index in `SourceFiles`.
package struct FileID: Hashable, Comparable, Sendable {
  package let index: UInt32

  package init(_ index: Int) {
    self.index = UInt32(index)
  }

  package static func < (a: FileID, b: FileID) -> Bool {
    a.index < b.index
  }
}

/// A stretch of one file's text: a half-open range of UTF-8 byte offsets.
package struct Span: Hashable, Comparable, Sendable {
  package let file: FileID
  package let start: UInt32
  package let end: UInt32

  package init(file: FileID, start: UInt32, end: UInt32) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  /// The stretch from this one's start to the other's end.
  package func through(_ other: Span) -> Span {
    Span(file: file, start: min(start, other.start), end: max(end, other.end))
  }

  /// Whether another stretch lies in this one.
  package func contains(_ other: Span) -> Bool {
    file == other.file && start <= other.start && other.end <= end
  }

  /// The empty stretch just behind this one, where something could be added.
  package var after: Span {
    Span(file: file, start: end, end: end)
  }

  /// The empty stretch just before this one.
  package var before: Span {
    Span(file: file, start: start, end: start)
  }

  package static func < (a: Span, b: Span) -> Bool {
    (a.file, a.start, a.end) < (b.file, b.start, b.end)
  }
}

/// A place as people count it: lines and columns from 1, columns in Unicode scalars.
package struct Place: Hashable, Sendable {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// One file's text and where its lines begin.
///
/// LF, CRLF, a lone CR, and U+000B (Shift+Enter in a word processor) end a line.
package struct SourceFile: Sendable {
  /// Relative to the policy's folder, with `/`.
  package let path: String
  /// The bytes as they were read. A byte order mark, if any, is the first three.
  package let bytes: [UInt8]
  private let lineStarts: [UInt32]
  /// How many bytes that go on with a scalar stand before each block of the text, so that a column
  /// is found without reading all of a long line.
  private let continuations: [UInt32]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    self.lineStarts = SourceFile.lineStarts(of: bytes)
    self.continuations = SourceFile.continuations(of: bytes)
  }

  package var lineCount: Int {
    lineStarts.count
  }

  /// The number of the line that holds `offset`, counted from 1. O(log lines).
  package func line(at offset: UInt32) -> Int {
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  /// The place of `offset`. O(log lines).
  package func place(at offset: UInt32) -> Place {
    let line = line(at: offset)
    let start = range(ofLine: line).lowerBound
    let end = max(start, min(Int(offset), bytes.count))
    let scalars = end - start - (continuations(before: end) - continuations(before: start))
    return Place(line: line, column: scalars + 1)
  }

  /// The byte range of a line without its ending; `line` counts from 1.
  package func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= lineStarts.count else { return bytes.count..<bytes.count }
    var start = Int(lineStarts[line - 1])
    if start == 0, hasByteOrderMark { start = 3 }
    var end = line < lineStarts.count ? Int(lineStarts[line]) : bytes.count
    while end > start, [0x0A, 0x0D, 0x0B].contains(bytes[end - 1]) { end -= 1 }
    return start..<max(start, end)
  }

  /// The text of a stretch. Bytes that are no UTF-8 show as the replacement character.
  package func text(_ span: Span) -> String {
    let start = min(Int(span.start), bytes.count)
    return String(
      decoding: bytes[start..<max(start, min(Int(span.end), bytes.count))], as: UTF8.self)
  }

  package var hasByteOrderMark: Bool {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  }

  // MARK: Scalars

  private static let block = 1024

  private static func continuations(of bytes: [UInt8]) -> [UInt32] {
    var counts: [UInt32] = [0]
    var count: UInt32 = 0
    for start in stride(from: 0, to: bytes.count, by: block) {
      for byte in bytes[start..<min(start + block, bytes.count)] where byte & 0xC0 == 0x80 {
        count += 1
      }
      counts.append(count)
    }
    return counts
  }

  private func continuations(before offset: Int) -> Int {
    let block = offset / SourceFile.block
    let rest = bytes[block * SourceFile.block..<offset]
    return Int(continuations[block]) + rest.count { $0 & 0xC0 == 0x80 }
  }

  // MARK: Lines

  private static func lineStarts(of bytes: [UInt8]) -> [UInt32] {
    var starts: [UInt32] = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A || byte == 0x0B {
        starts.append(UInt32(index))
      } else if byte == 0x0D {
        if index < bytes.count, bytes[index] == 0x0A { index += 1 }
        starts.append(UInt32(index))
      }
    }
    return starts
  }
}

/// All files of a policy, in path order: the byte order of their UTF-8 paths.
package struct SourceFiles: Sendable {
  package private(set) var files: [SourceFile]

  package init(_ files: [SourceFile]) {
    self.files = files
  }

  package subscript(id: FileID) -> SourceFile {
    files[Int(id.index)]
  }

  package func text(_ span: Span) -> String {
    self[span.file].text(span)
  }

  /// `sen.rules:14`, the way a place is named in one word.
  package func name(of span: Span) -> String {
    "\(self[span.file].path):\(self[span.file].line(at: span.start))"
  }
}
