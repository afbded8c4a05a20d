// Source: RFC 4180, and what spreadsheets make of it: other separators, a line `sep=;` that names one, a byte order
// mark, line ends of every kind.

/// How a CSV text is laid out: where its cells begin and what parts them.
package struct CSVLayout: Hashable, Sendable {
  /// The offset of the first row, behind a byte order mark and a line `sep=;`.
  package let start: Int
  package let separator: UInt8
  /// The number of that row, as a spreadsheet counts: from 1.
  package let firstRow: Int

  /// The separator is the one that the text names, or that one of comma, semicolon and tab that parts the first
  /// lines into the most cells.
  package init(of text: UnsafeRawBufferPointer) {
    var start = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard text.count > start + 4, text[start...].starts(with: "sep=".utf8) else {
      separator = CSVLayout.separator(of: text[start...])
      (self.start, firstRow) = (start, 1)
      return
    }
    separator = text[start + 4]
    while start < text.count, text[start] != 0x0A, text[start] != 0x0D { start += 1 }
    start += text[start...].starts(with: [0x0D, 0x0A]) ? 2 : 1
    (self.start, firstRow) = (min(start, text.count), 2)
  }

  /// The separator that there are most of outside of quotation marks on a line; of equals the comma.
  private static func separator(of text: Slice<UnsafeRawBufferPointer>) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var best = (separator: candidates[0], count: 0)
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in Array(text.prefix(1 << 16)) + [0x0A] {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
      guard byte == 0x0A || byte == 0x0D else { continue }
      for (separator, count) in zip(candidates, counts) where count > best.count {
        best = (separator, count)
      }
      // The first line that is parted at all is taken at its word.
      if best.count > 0 { break }
      counts = [0, 0, 0]
    }
    return best.separator
  }
}

/// Reads the cells of a CSV text, one after the other, without copying them. Linear time.
package struct CSVScanner {
  /// Where a cell stands.
  package struct Cell {
    /// Its text, without the quotation marks around it.
    package let range: Range<Int>
    /// Whether quotation marks inside it are written twice.
    package let hasDoubledMarks: Bool
    /// Whether the row ends with it.
    package let isLast: Bool
  }

  /// What cannot be read, with where the cell begins.
  package enum Problem: Error, Hashable, Sendable {
    case textBehindMark(Int)
    case markNeverClosed(Int)

    package var message: String {
      switch self {
      case .textBehindMark:
        "text goes on behind the quotation mark that ends it; a mark inside a cell is written twice"
      case .markNeverClosed: "the quotation mark that begins this cell is never closed"
      }
    }
  }

  private let text: UnsafeRawBufferPointer
  private let separator: UInt8
  package private(set) var position: Int

  private static let mark = UInt8(ascii: "\"")

  package init(_ text: UnsafeRawBufferPointer, _ layout: CSVLayout) {
    (self.text, separator, position) = (text, layout.separator, layout.start)
  }

  /// Whether there is no further row; only between two of them.
  package var isAtEnd: Bool { position >= text.count }

  /// The next cell; behind the last one of a row the next row's first.
  package mutating func cell() throws(Problem) -> Cell {
    let isQuoted = position < text.count && text[position] == CSVScanner.mark
    let start = position
    var range = start..<start
    var hasDoubledMarks = false
    if isQuoted {
      (range, hasDoubledMarks) = try quotedRange()
    } else {
      while position < text.count, !endsCell(text[position]) { position += 1 }
      range = start..<position
    }
    guard position < text.count else {
      return Cell(range: range, hasDoubledMarks: hasDoubledMarks, isLast: true)
    }
    let byte = text[position]
    position += 1
    let isLast = byte != separator
    if byte == 0x0D, isLast, position < text.count, text[position] == 0x0A { position += 1 }
    return Cell(range: range, hasDoubledMarks: hasDoubledMarks, isLast: isLast)
  }

  /// Passes over the rest of the row that could not be read.
  package mutating func skipRow() {
    while position < text.count, text[position] != 0x0A, text[position] != 0x0D { position += 1 }
    guard position < text.count else { return }
    position += text[position...].starts(with: [0x0D, 0x0A]) ? 2 : 1
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == separator || byte == 0x0A || byte == 0x0D
  }

  private mutating func quotedRange() throws(Problem) -> (Range<Int>, Bool) {
    let start = position
    var hasDoubledMarks = false
    position += 1
    while position < text.count {
      let byte = text[position]
      position += 1
      guard byte == CSVScanner.mark else { continue }
      guard position < text.count, text[position] == CSVScanner.mark else {
        guard position == text.count || endsCell(text[position]) else {
          throw .textBehindMark(start)
        }
        return ((start + 1)..<(position - 1), hasDoubledMarks)
      }
      hasDoubledMarks = true
      position += 1
    }
    throw .markNeverClosed(start)
  }

  /// A cell's text.
  package func text(of cell: Cell) -> String {
    guard cell.hasDoubledMarks else {
      return String(decoding: text[cell.range], as: UTF8.self)
    }
    return String(decoding: bytes(of: cell), as: UTF8.self)
  }

  /// A cell's bytes, each mark that was written twice once.
  package func bytes(of cell: Cell) -> [UInt8] {
    var bytes: [UInt8] = []
    var isSecond = false
    for byte in text[cell.range] {
      isSecond = byte == CSVScanner.mark && cell.hasDoubledMarks && !isSecond
      if !isSecond { bytes.append(byte) }
    }
    return bytes
  }
}
