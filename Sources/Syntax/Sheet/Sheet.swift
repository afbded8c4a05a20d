/// Rows of cells, as a spreadsheet shows them.
package struct Sheet: Hashable, Sendable {
  package var rows: [[String]]

  package init(rows: [[String]]) { self.rows = rows }
}

/// A cell by the letters of its column and the number of its row: `C7`.
package struct CellName: Hashable, Sendable, CustomStringConvertible {
  /// From 0.
  package let column: Int
  /// From 1.
  package let row: Int

  package init(column: Int, row: Int) { (self.column, self.row) = (column, row) }

  package var description: String {
    var (letters, rest) = ("", column + 1)
    while rest > 0 {
      letters = String(UnicodeScalar(UInt8(65 + (rest - 1) % 26))) + letters
      rest = (rest - 1) / 26
    }
    return letters + String(row)
  }
}

/// What is wrong with a sheet, and what to do about it.
package struct SheetProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Nil where it is the sheet as a whole.
  package let cell: CellName?
  package let message: String

  package init(_ cell: CellName? = nil, _ message: String) {
    (self.cell, self.message) = (cell, message)
  }

  /// `cell C7: …`
  package var description: String {
    cell.map { "cell \($0): \(message)" } ?? message
  }
}
