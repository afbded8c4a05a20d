import Findings

extension Sheet {
  /// Reads a sheet that a spreadsheet saved as CSV.
  ///
  /// Every line is a row, also an empty one, so that rows are numbered as the spreadsheet does. Linear time.
  package static func readCSV(_ bytes: [UInt8]) -> Result<Sheet, SheetProblem> {
    if let problem = encodingProblem(bytes) { return .failure(problem) }
    return bytes.withUnsafeBytes { text in
      Result { () throws(SheetProblem) in
        let layout = CSVLayout(of: text)
        var scanner = CSVScanner(text, layout)
        var rows = [[String]](repeating: [""], count: layout.firstRow - 1)
        while !scanner.isAtEnd { rows.append(try scanner.texts(row: rows.count + 1)) }
        return Sheet(rows: rows)
      }
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

extension CSVScanner {
  /// The texts of the next row.
  fileprivate mutating func texts(row: Int) throws(SheetProblem) -> [String] {
    var texts: [String] = []
    while true {
      do throws(Problem) {
        let cell = try cell()
        texts.append(text(of: cell))
        if cell.isLast { return texts }
      } catch {
        throw SheetProblem(CellName(column: texts.count, row: row), error.message)
      }
    }
  }
}
