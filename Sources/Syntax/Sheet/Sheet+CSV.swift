import Findings

// Source: RFC 4180, and what spreadsheets make of it: other separators, a line `sep=;` that names one, a byte order
// mark, line ends of every kind.

extension Sheet {
  /// Reads a sheet that a spreadsheet saved as CSV. The separator is the one of comma, semicolon and tab that parts
  /// the first lines into the most cells.
  ///
  /// Every line is a row, also an empty one, so that rows are numbered as the spreadsheet does. Linear time.
  package static func readCSV(_ bytes: [UInt8]) -> Result<Sheet, SheetProblem> {
    if let problem = encodingProblem(bytes) { return .failure(problem) }
    var text = bytes[...]
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
    var named: UInt8?
    var firstRow = 1
    if text.starts(with: "sep=".utf8), text.count > 4 {
      named = text[text.startIndex + 4]
      text = text.drop { $0 != 0x0A && $0 != 0x0D }
      text = text.dropFirst(text.starts(with: [0x0D, 0x0A]) ? 2 : 1)
      firstRow = 2
    }
    let separator = named ?? separator(of: text)
    var reader = CSVReader(text, separator: separator, row: firstRow)
    return Result { () throws(SheetProblem) in
      var rows = try reader.rows()
      if firstRow == 2 { rows.insert([""], at: 0) }
      return Sheet(rows: rows)
    }
  }

  private static func encodingProblem(_ bytes: [UInt8]) -> SheetProblem? {
    let source = SourceFile(path: "sheet", bytes: bytes)
    guard let problem = EncodingCheck.problem(source, FileID(0)) else { return nil }
    return SheetProblem(
      nil,
      "\(problem.finding.message); in the spreadsheet choose Save as, and as the kind of file CSV UTF-8"
    )
  }

  /// The separator that there are most of outside of quotation marks on a line; of equals the comma.
  private static func separator(of text: ArraySlice<UInt8>) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    var best = (separator: candidates[0], count: 0)
    var counts = [0, 0, 0]
    var isQuoted = false
    for byte in text.prefix(1 << 16) + [0x0A] {
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

  /// The sheet as CSV that every spreadsheet reads: commas, quotation marks where they are needed, CRLF, and a byte
  /// order mark, without which some take UTF-8 for something else. All rows have as many cells.
  package var csv: [UInt8] {
    let width = rows.map(\.count).max() ?? 0
    var text = ""
    for row in rows {
      let cells = row + [String](repeating: "", count: width - row.count)
      text += cells.map(Sheet.quoted).joined(separator: ",") + "\r\n"
    }
    return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
  }

  private static func quoted(_ cell: String) -> String {
    let isPlain = !cell.utf8.contains {
      ["\"", ",", ";", "\t", "\n", "\r"].contains(UnicodeScalar($0))
    }
    guard !isPlain || cell.hasPrefix(" ") || cell.hasSuffix(" ") else { return cell }
    var quoted = "\""
    for scalar in cell.unicodeScalars {
      quoted += scalar == "\"" ? "\"\"" : String(scalar)
    }
    return quoted + "\""
  }
}

/// One reading of a CSV text.
private struct CSVReader {
  private let bytes: ArraySlice<UInt8>
  private let separator: UInt8
  private var position: Int
  private var row: Int

  private static let quote = UInt8(ascii: "\"")

  init(_ bytes: ArraySlice<UInt8>, separator: UInt8, row: Int) {
    (self.bytes, self.separator, self.row) = (bytes, separator, row)
    position = bytes.startIndex
  }

  mutating func rows() throws(SheetProblem) -> [[String]] {
    var rows: [[String]] = []
    while position < bytes.endIndex {
      rows.append(try cells())
      row += 1
    }
    return rows
  }

  /// The cells of one row; its end is read.
  private mutating func cells() throws(SheetProblem) -> [String] {
    var cells: [String] = []
    while true {
      let place = CellName(column: cells.count, row: row)
      cells.append(
        position < bytes.endIndex && bytes[position] == CSVReader.quote
          ? try quotedCell(place) : plainCell())
      guard position < bytes.endIndex else { return cells }
      let byte = bytes[position]
      position += 1
      guard byte != separator else { continue }
      if byte == 0x0D, position < bytes.endIndex, bytes[position] == 0x0A { position += 1 }
      return cells
    }
  }

  private mutating func plainCell() -> String {
    let start = position
    while position < bytes.endIndex, bytes[position] != separator, bytes[position] != 0x0A,
      bytes[position] != 0x0D
    {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedCell(_ place: CellName) throws(SheetProblem) -> String {
    var text: [UInt8] = []
    position += 1
    while position < bytes.endIndex {
      let byte = bytes[position]
      position += 1
      guard byte == CSVReader.quote else {
        text.append(byte)
        continue
      }
      guard position < bytes.endIndex, bytes[position] == CSVReader.quote else {
        let isEnd = position == bytes.endIndex
        guard isEnd || [separator, 0x0A, 0x0D].contains(bytes[position]) else {
          throw SheetProblem(
            place,
            "text goes on behind the quotation mark that ends it; a mark inside a cell is written twice"
          )
        }
        return String(decoding: text, as: UTF8.self)
      }
      text.append(byte)
      position += 1
    }
    throw SheetProblem(place, "the quotation mark that begins this cell is never closed")
  }
}
