import Model

/// Lays out the rows of one kind of rules as a matrix of bits.
struct MatrixCompiler {
  /// One row: its literals, the position of its rule, and whether it says all of the rule's condition.
  struct Entry {
    let literals: Row
    let position: Int
    let isExact: Bool
  }

  let layout: ColumnLayout
  let literals: LiteralTable
  let groups: ColumnGroups
  private(set) var rows = RowLiterals()
  /// In the order of the bits; nil is a bit that stands for no row.
  private(set) var entries: [Entry?]
  let wordCount: Int

  /// From so many words on, a line has a summary.
  static let fewWords = 24

  init(
    _ entries: [Entry], _ layout: ColumnLayout, _ literals: LiteralTable, _ groups: ColumnGroups
  ) {
    self.layout = layout
    self.literals = literals
    self.groups = groups
    if entries.count > MatrixCompiler.fewWords * 64 {
      self.entries = RowClusters(layout, literals).clustered(entries)
    } else {
      self.entries = entries
    }
    wordCount = MatrixCompiler.lineWords(for: self.entries.count)
    rows = RowLiterals(self.entries.map { $0?.literals ?? [] }, layout, literals)
  }

  /// How many words a line has: one, two, or a multiple of four.
  static func lineWords(for rowCount: Int) -> Int {
    let words = (rowCount + 63) / 64
    return words <= 2 ? words : (words + 3) / 4 * 4
  }

  /// Adds the matrix to a program's parts.
  func add(to parts: inout ProgramParts, outcomeCount: Int) {
    var record = MatrixRecord()
    record.rowCount = UInt32(entries.count)
    record.wordCount = UInt32(wordCount)
    record.firstRow = UInt32(parts.rows.count)
    parts.rows += entries.map { $0.map { UInt32($0.position) } ?? .max }
    guard wordCount > 0 else {
      parts.matrices.append(record)
      return
    }
    let hasSummaries = wordCount > MatrixCompiler.fewWords
    let summaryWords = hasSummaries ? (wordCount + 255) / 256 * 4 : 0
    record.summaryWords = UInt32(summaryWords)
    parts.alignWords()
    record.fullLine = UInt32(parts.words.count)
    parts.words += fullLine
    record.firstGroup = UInt32(parts.matrixGroups.count)
    var built: [(record: GroupRecord, density: Double)] = []
    for (number, group) in groups.groups.enumerated()
    where group.columns.contains(where: { rows.ofColumn[$0] != nil }) {
      let lines = lines(of: group)
      parts.alignWords()
      let record = GroupRecord(
        group: UInt32(number), lines: UInt32(parts.words.count),
        summaries: UInt32(parts.words.count + lines.count))
      let ones = lines.reduce(0) { $0 + $1.nonzeroBitCount }
      parts.words += lines
      if hasSummaries { parts.words += summaries(of: lines, words: summaryWords) }
      built.append((record, Double(ones) / Double(lines.count)))
    }
    // The group that leaves fewest rows open comes first.
    parts.matrixGroups += built.sorted { $0.density < $1.density }.map(\.record)
    record.groupCount = UInt32(built.count)
    addNibbles(&record, &parts)
    addLayers(&record, &parts)
    addTested(&record, &parts)
    addOutcomes(outcomeCount, &record, &parts)
    let isExact = entries.indices.map {
      entries[$0]?.isExact != false && !rows.asksTooMuch.contains($0)
    }
    if isExact.contains(false) {
      record.inexactLine = UInt32(parts.words.count)
      let exact = entries.indices.filter { isExact[$0] }
      parts.words += line(clearing: exact)
    }
    parts.matrices.append(record)
  }

  /// The lines of the rows that do not ask for a column, or for members of its fact.
  private func addTested(_ record: inout MatrixRecord, _ parts: inout ProgramParts) {
    record.firstTested = UInt32(parts.tested.count)
    for column in layout.columns.indices {
      let asking = (rows.ofColumn[column] ?? []).map(\.row) + (rows.ofMembersOf[column] ?? [])
      guard !asking.isEmpty else { continue }
      parts.tested.append(TestedRecord(column: UInt32(column), line: UInt32(parts.words.count)))
      parts.words += line(clearing: asking)
    }
    record.testedCount = UInt32(parts.tested.count) - record.firstTested
  }

  private func addOutcomes(
    _ outcomeCount: Int, _ record: inout MatrixRecord, _ parts: inout ProgramParts
  ) {
    guard !rows.ofOutcome.isEmpty else { return }
    parts.alignWords()
    record.outcomeLines = UInt32(parts.words.count)
    for outcome in 0..<outcomeCount {
      let closed = rows.ofOutcome.filter { !$0.values.contains(outcome) }
      parts.words += line(clearing: closed.map(\.row))
    }
  }

  /// A line with a bit for every row but some.
  func line(clearing rows: [Int]) -> [UInt64] {
    var line = fullLine
    for row in rows { line[row / 64] &= ~(1 << UInt64(row % 64)) }
    return line
  }

  var fullLine: [UInt64] {
    var line = [UInt64](repeating: 0, count: wordCount)
    for (row, entry) in entries.enumerated() where entry != nil {
      line[row / 64] |= 1 << UInt64(row % 64)
    }
    return line
  }

  /// One line for every value of a group: the rows that all its columns leave open.
  private func lines(of group: ColumnGroups.Group) -> [UInt64] {
    let full = fullLine
    var lines: [UInt64] = []
    lines.reserveCapacity(group.cardinality * wordCount)
    for _ in 0..<group.cardinality { lines += full }
    for (column, stride) in zip(group.columns, group.strides) {
      guard let rows = rows.ofColumn[column] else { continue }
      let closed = closedLines(column, rows)
      let (known, cardinality) = (layout.columns[column].known, layout.columns[column].cardinality)
      // A missing value, the last, closes no row.
      for value in 0..<group.cardinality where value / stride % cardinality < known {
        let (start, own) = (value * wordCount, value / stride % cardinality * wordCount)
        for word in 0..<wordCount { lines[start + word] &= ~closed[own + word] }
      }
    }
    return lines
  }

  /// One line for every known value of a column: the rows that do not allow it.
  private func closedLines(
    _ column: Int, _ rows: [RowLiterals.Asked]
  ) -> [UInt64] {
    var lines = [UInt64](repeating: 0, count: layout.columns[column].known * wordCount)
    for asked in rows {
      let row = asked.row
      for (index, word) in asked.values.complement.words.enumerated() {
        var rest = word
        while rest != 0 {
          let value = index * 64 + rest.trailingZeroBitCount
          lines[value * wordCount + row / 64] |= 1 << UInt64(row % 64)
          rest &= rest - 1
        }
      }
    }
    return lines
  }

  /// Of each line a bit for each of its words that is not empty.
  func summaries(of lines: [UInt64], words: Int) -> [UInt64] {
    var summaries = [UInt64](repeating: 0, count: lines.count / wordCount * words)
    for index in lines.indices where lines[index] != 0 {
      let (line, word) = (index / wordCount, index % wordCount)
      summaries[line * words + word / 64] |= 1 << UInt64(word % 64)
    }
    return summaries
  }
}
