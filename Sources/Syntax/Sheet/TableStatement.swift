import Findings

/// A table statement that is made of a sheet.
///
/// The first row may be `table NAME` in the first cell; then come the headings, and the rows. A row of which only the
/// first cell has anything in it is a line below the table if it begins with the word of one, such as `overrides`, or
/// with `#`. Empty rows mean nothing.
package struct TableStatement: Sendable {
  package let name: String
  /// The statement, its columns aligned.
  package let text: String
  /// Where in the text each cell begins, in order.
  private let places: [(offset: Int, cell: CellName)]

  /// The cell in which a byte of the text lies; the first one for what lies before all of them.
  package func cell(at offset: Int) -> CellName? {
    places.last { $0.offset <= offset }?.cell ?? places.first?.cell
  }

  /// Makes the statement, or says everything that is wrong with the sheet; `name` goes before the sheet's own.
  package static func make(
    of sheet: Sheet, named name: String?, otherwise fallback: String
  ) -> Result<TableStatement, SheetProblems> {
    var maker = TableMaker(sheet)
    maker.run()
    guard maker.problems.isEmpty else { return .failure(SheetProblems(maker.problems)) }
    let statement = TableStatement(
      (name ?? maker.name ?? fallback).tidied, maker.comment, maker.lines)
    let broken = statement.brokenRows(maker.lines)
    return broken.isEmpty ? .success(statement) : .failure(SheetProblems(broken))
  }

  fileprivate init(_ name: String, _ comment: String?, _ lines: [TableMaker.Line]) {
    self.name = name
    var text = "table \(name)\(comment.map { "  " + $0 } ?? "")\n"
    var places: [(offset: Int, cell: CellName)] = []
    var widths: [Int] = []
    for case .row(let cells, _, _) in lines {
      for (column, cell) in cells.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.unicodeScalars.count)
      }
    }
    for line in lines {
      switch line {
      case .text(let line, let row):
        places.append((text.utf8.count, CellName(column: 0, row: row)))
        text += "  \(line)\n"
      case .row(let cells, let comment, let row):
        text += "  |"
        for (column, cell) in cells.enumerated() {
          places.append((text.utf8.count, CellName(column: column, row: row)))
          let padding = widths[column] - cell.unicodeScalars.count
          text += " \(cell)\(String(repeating: " ", count: padding)) |"
        }
        text += comment.map { "  \($0)\n" } ?? "\n"
      }
    }
    self.text = text
    self.places = places
  }

  /// The rows that do not come apart into their cells again: a quotation mark has no partner.
  fileprivate func brokenRows(_ lines: [TableMaker.Line]) -> [SheetProblem] {
    let bytes = Array(text.utf8)
    let found = TableLines(bytes).pipes
    var problems: [SheetProblem] = []
    for (index, line) in lines.enumerated() {
      guard case .row(let cells, _, let row) = line, found[index + 1].count != cells.count + 1
      else {
        continue
      }
      let column = cells.firstIndex {
        $0.unicodeScalars.contains { "\"“”".unicodeScalars.contains($0) }
      }
      problems.append(
        SheetProblem(
          CellName(column: column ?? 0, row: row), "a quotation mark in it is not closed"))
    }
    return problems
  }
}

/// Everything that is wrong with a sheet.
package struct SheetProblems: Error, Sendable {
  package let problems: [SheetProblem]

  package init(_ problems: [SheetProblem]) { self.problems = problems }
}

/// Sorts the rows of a sheet.
fileprivate struct TableMaker {
  enum Line {
    case text(String, row: Int)
    case row([String], comment: String?, row: Int)
  }

  private let rows: [[String]]
  private(set) var lines: [Line] = []
  private(set) var problems: [SheetProblem] = []
  private(set) var name: String?
  /// What stands behind the name.
  private(set) var comment: String?
  private var headings: [String] = []

  /// The words with which a line below a table begins.
  private static let clauses = [
    "because", "see", "overrides", "from", "until", "unless", "except", "but",
  ]

  init(_ sheet: Sheet) {
    rows = sheet.rows.map { row in row.map(\.sheetCell) }
  }

  mutating func run() {
    for (index, row) in rows.enumerated() { add(row, number: index + 1) }
    if headings.isEmpty, problems.isEmpty {
      problems.append(SheetProblem(nil, "there is no row with headings"))
    } else if problems.isEmpty, !hasRows {
      problems.append(SheetProblem(nil, "there are no rows below the headings"))
    }
  }

  private var hasRows: Bool {
    lines.count {
      if case .row = $0 { true } else { false }
    } > 1
  }

  private mutating func add(_ row: [String], number: Int) {
    guard let first = row.first(where: { !$0.isEmpty }) else { return }
    let isAlone = row.dropFirst().allSatisfy(\.isEmpty)
    if isAlone, headings.isEmpty, first.lowercased().hasPrefix("table ") {
      let title = first.dropFirst("table ".count)
      let end = title.firstRange(of: " # ")?.lowerBound ?? title.endIndex
      name = String(title[..<end])
      comment = end < title.endIndex ? String(title[end...].dropFirst()) : nil
    } else if isAlone, first.hasPrefix("#") {
      lines.append(.text(first, row: number))
    } else if headings.isEmpty {
      addHeadings(row, number)
    } else if isAlone, TableMaker.isClause(first) {
      lines.append(.text(first, row: number))
    } else {
      addRow(row, number)
    }
  }

  private static func isClause(_ cell: String) -> Bool {
    let word = cell.prefix { $0 != " " }.lowercased()
    return clauses.contains(word) && word.count < cell.count
  }

  private mutating func addHeadings(_ row: [String], _ number: Int) {
    var width = (row.lastIndex { !$0.isEmpty } ?? 0) + 1
    let comment = width > 1 && row[width - 1].hasPrefix("#") ? row[width - 1] : nil
    if comment != nil { width -= 1 }
    headings = Array(row.prefix(width))
    for (column, heading) in headings.enumerated() {
      let place = CellName(column: column, row: number)
      if heading.isEmpty {
        problems.append(SheetProblem(place, "there is no heading over this column"))
      } else if let problem = CellCheck(isProse: true).problem(heading) {
        problems.append(SheetProblem(place, problem))
      }
    }
    lines.append(.row(headings, comment: comment, row: number))
  }

  private mutating func addRow(_ row: [String], _ number: Int) {
    var cells = Array(row.prefix(headings.count))
    cells += [String](repeating: "", count: headings.count - cells.count)
    var comment: String?
    for (column, cell) in row.enumerated().dropFirst(headings.count) where !cell.isEmpty {
      if cell.hasPrefix("#"), comment == nil {
        comment = cell
      } else {
        problems.append(
          SheetProblem(
            CellName(column: column, row: number), "there is no heading over this cell"))
      }
    }
    for (column, cell) in cells.enumerated() {
      let isProse = ["because", "name"].contains(headings[column].lowercased())
      if let problem = CellCheck(isProse: isProse).problem(cell) {
        problems.append(SheetProblem(CellName(column: column, row: number), problem))
      }
    }
    lines.append(.row(cells, comment: comment, row: number))
  }
}

extension String {
  /// A cell on one line, without white space at its ends.
  fileprivate var sheetCell: String {
    split(whereSeparator: { $0.isNewline || $0 == " " || $0 == "\t" || $0 == "\u{A0}" })
      .joined(separator: " ")
  }
}
