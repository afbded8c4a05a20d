package import Engine
import Findings
import Model
import Syntax
import Values

/// Reads the rows of a register out of a CSV text, checking every cell against the vocabulary.
///
/// Linear in the size of the text; what a cell says is looked at once for each different cell of a column.
struct RegisterReader {
  private let text: UnsafeRawBufferPointer
  private let vocabulary: Vocabulary
  private let decoder: MessageDecoder
  private var scanner: CSVScanner
  private var uses: [RegisterColumns.Use] = []
  private(set) var columns: [Register.Column] = []
  private(set) var rows: [Register.Row] = []
  private(set) var cells: [UInt32] = []
  private(set) var indices: [RegisterKey: Register.Index] = [:]
  private var days = DayCells()
  /// What is wrong with a text of a column.
  private var wrongTexts: [WrongText: String] = [:]
  private(set) var problems: [RegisterProblem] = []
  private(set) var problemCount = 0

  private struct WrongText: Hashable { let column, number: Int }

  /// So many problems are shown; of the others it is said how many there are.
  private static let mostProblems = 20
  private static let mostRows = 1 << 24

  init(_ text: UnsafeRawBufferPointer, _ vocabulary: Vocabulary) {
    self.text = text
    self.vocabulary = vocabulary
    decoder = MessageDecoder(vocabulary)
    scanner = CSVScanner(text, CSVLayout(of: text))
  }

  mutating func read() {
    readNames()
    guard problems.isEmpty else { return }
    while !scanner.isAtEnd, rows.count < RegisterReader.mostRows { readRow() }
    if !scanner.isAtEnd {
      report(.tooManyRows(scanner.position..<scanner.position + 1))
    }
    for key in Array(indices.keys) { indices[key]?.putInOrder(rows) }
  }

  private mutating func report(_ problem: RegisterProblem) {
    problemCount += 1
    if problems.count < RegisterReader.mostProblems { problems.append(problem) }
  }

  // MARK: The first row

  private mutating func readNames() {
    var names: [(String, Range<Int>)] = []
    while true {
      do throws(CSVScanner.Problem) {
        let cell = try scanner.cell()
        names.append((scanner.text(of: cell), cell.range))
        if cell.isLast { break }
      } catch {
        return report(.notReadable(error.message, at: error.start))
      }
    }
    let columns = RegisterColumns(names, vocabulary)
    uses = columns.uses
    self.columns = columns.facts
    for case .key(let key) in uses { indices[key] = Register.Index() }
    for problem in columns.problems { report(problem) }
  }

  // MARK: Rows

  /// The keys of the row under way, folded.
  private var keys: [(RegisterKey, [UInt8])] = []

  private mutating func readRow() {
    let start = scanner.position
    var row = Register.Row(from: .min, until: .max, start: UInt32(start), isWithdrawal: false)
    let firstCell = cells.count
    cells.append(contentsOf: repeatElement(0, count: columns.count))
    keys.removeAll(keepingCapacity: true)
    let before = (problems.count, problemCount)
    var count = 0
    var isEmpty = true
    var end = start
    do throws(CSVScanner.Problem) {
      while true {
        let cell = try scanner.cell()
        end = cell.range.upperBound
        isEmpty = isEmpty && cell.range.isEmpty
        if count < uses.count { take(cell, uses[count], &row, firstCell) }
        count += 1
        if cell.isLast { break }
      }
    } catch {
      scanner.skipRow()
      cells.removeLast(columns.count)
      return report(.notReadable(error.message, at: error.start))
    }
    if !isEmpty, count != uses.count {
      // Where cells have moved, what they seem to say is no help.
      problems.removeLast(problems.count - before.0)
      problemCount = before.1
    }
    // A line with nothing in it, such as the last one, is no row.
    if !isEmpty, isWhole(row, count, start..<end) {
      add(row)
    } else {
      cells.removeLast(columns.count)
    }
  }

  private mutating func isWhole(_ row: Register.Row, _ count: Int, _ range: Range<Int>) -> Bool {
    let before = problemCount
    if count != uses.count {
      report(.wrongCellCount(count, of: uses.count, range))
    } else if keys.isEmpty {
      report(.emptyKey(range))
    } else if row.from > row.until {
      report(
        .endsFirst(Day(clamping: Int(row.from)), Day(clamping: Int(row.until)), range))
    }
    return problemCount == before
  }

  private mutating func add(_ row: Register.Row) {
    let number = UInt32(rows.count)
    rows.append(row)
    // Not over the keys of the dictionary: they would hold on to it, and every change would copy it.
    for key in RegisterKey.allCases {
      indices[key]?.earlier.append(Register.Index.none)
    }
    for (key, text) in keys {
      text.withUnsafeBytes { _ = indices[key]?.add($0, row: number) }
    }
  }

  private mutating func take(
    _ cell: CSVScanner.Cell, _ use: RegisterColumns.Use, _ row: inout Register.Row,
    _ firstCell: Int
  ) {
    guard use != .remark, let range = trimmed(cell.range) else { return }
    switch use {
    case .remark: break
    case .key(let key): keys.append((key, key.folded(bytes(of: cell, range))))
    case .fact(let column): cells[firstCell + column] = takeFact(cell, range, column)
    case .from: row.from = takeDay(range) ?? row.from
    case .until: row.until = takeDay(range) ?? row.until
    case .event:
      let word = String(decoding: text[range], as: UTF8.self).lowercased()
      let event = RegisterEvent(rawValue: word)
      if event == nil { report(.notAnEvent(word, range)) }
      row.isWithdrawal = event == .withdrawn
    }
  }

  /// The cell's range without white space at its ends; nil if nothing is left.
  private func trimmed(_ range: Range<Int>) -> Range<Int>? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, RegisterKey.isSpace(text[start]) { start += 1 }
    while end > start, RegisterKey.isSpace(text[end - 1]) { end -= 1 }
    return start < end ? start..<end : nil
  }

  private func bytes(of cell: CSVScanner.Cell, _ range: Range<Int>) -> [UInt8] {
    cell.hasDoubledMarks ? scanner.bytes(of: cell) : Array(text[range])
  }

  private mutating func takeDay(_ range: Range<Int>) -> Int32? {
    let day = days.day(UnsafeRawBufferPointer(rebasing: text[range]))
    if day == nil { report(.notADay(String(decoding: text[range], as: UTF8.self), range)) }
    return day
  }

  /// The number of what a cell says, plus one; 0 if it cannot say that.
  private mutating func takeFact(
    _ cell: CSVScanner.Cell, _ range: Range<Int>, _ column: Int
  ) -> UInt32 {
    let (number, isNew) =
      cell.hasDoubledMarks
      ? scanner.bytes(of: cell).withUnsafeBytes { columns[column].texts.intern($0) }
      : columns[column].texts.intern(UnsafeRawBufferPointer(rebasing: text[range]))
    if isNew { learn(number, column) }
    if !wrongTexts.isEmpty, let wrong = wrongTexts[WrongText(column: column, number: number)] {
      report(.notAValue(wrong, range))
      return 0
    }
    return UInt32(number + 1)
  }

  /// Finds out what a text says that stands in a column for the first time.
  private mutating func learn(_ number: Int, _ column: Int) {
    let fact = vocabulary[columns[column].fact]
    guard fact.kind != .text else { return }
    let json = WrittenValue(fact, columns[column].texts.text(number)).json(today: nil)
    switch decoder.state(of: fact.id, holding: json) {
    case .success(.value(let value)): columns[column].values.append(value)
    case .success, .failure:
      // Something has to stand in its place; no row ever gets to it.
      columns[column].values.append(.flag(false))
    }
    if case .failure(let error) = decoder.state(of: fact.id, holding: json) {
      wrongTexts[WrongText(column: column, number: number)] = error.message(
        calling: fact.field, columns[column].name)
    }
  }
}

extension MessageError {
  /// What is wrong, where people know the field by another name.
  package func message(calling field: String, _ name: String) -> String {
    let quoted = "`\(field)`"
    guard message.hasPrefix(quoted) else { return message }
    return "`\(name)`" + message.dropFirst(quoted.count)
  }
}

extension CSVScanner.Problem {
  fileprivate var start: Int {
    switch self {
    case .textBehindMark(let start), .markNeverClosed(let start): start
    }
  }
}

/// Days as cells write them, each read once.
private struct DayCells {
  private var texts = BytePool()
  private var days: [Int32?] = []

  mutating func day(_ text: UnsafeRawBufferPointer) -> Int32? {
    let (number, isNew) = texts.intern(text)
    if isNew {
      let day = Day.parseWords(String(decoding: text, as: UTF8.self))
      days.append(day.map { $0.number })
    }
    return days[number]
  }
}

extension Register.Index {
  fileprivate mutating func add(_ key: UnsafeRawBufferPointer, row: UInt32) {
    let (number, isNew) = keys.intern(key)
    if isNew {
      latest.append(row)
    } else {
      earlier[Int(row)] = latest[number]
      latest[number] = row
    }
  }

  /// Puts each person's rows in the order in which they begin. O(rows), and O(n log n) for people whose rows are
  /// in disorder.
  fileprivate mutating func putInOrder(_ rows: [Register.Row]) {
    for person in latest.indices {
      var row = latest[person]
      var isInOrder = true
      while row != Register.Index.none {
        let next = earlier[Int(row)]
        if next != Register.Index.none, rows[Int(next)].from > rows[Int(row)].from {
          isInOrder = false
        }
        row = next
      }
      if !isInOrder { sort(person, rows) }
    }
  }

  private mutating func sort(_ person: Int, _ rows: [Register.Row]) {
    var all: [UInt32] = []
    var row = latest[person]
    while row != Register.Index.none {
      all.append(row)
      row = earlier[Int(row)]
    }
    all.sort { (rows[Int($0)].from, $0) > (rows[Int($1)].from, $1) }
    latest[person] = all[0]
    for (row, next) in zip(all, all.dropFirst()) { earlier[Int(row)] = next }
    earlier[Int(all[all.count - 1])] = Register.Index.none
  }
}
