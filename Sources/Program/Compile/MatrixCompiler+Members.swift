import Syntax

extension MatrixCompiler {
  /// Up to so many members of a fact are told apart in fours; what is held of more is gone through one by one.
  private static let mostInFours = 32

  /// The members of facts of which rows ask, by the column of the fact.
  private var asked: [(column: Int, members: [Int])] {
    rows.ofMembersOf.keys.sorted().map { column in
      let members = layout.factOfMember.indices.filter {
        layout.firstColumn[layout.factOfMember[$0].index] == column
      }
      return (column, members)
    }
  }

  // MARK: - In fours

  /// Adds the lines of facts with few members: of each four members of which rows ask.
  func addNibbles(_ record: inout MatrixRecord, _ parts: inout ProgramParts) {
    record.firstNibble = UInt32(parts.nibbles.count)
    for (column, members) in asked where members.count <= MatrixCompiler.mostInFours {
      for start in stride(from: 0, to: members.count, by: 4) {
        let four = members[start..<min(start + 4, members.count)]
        guard let lines = lines(ofNibble: Array(four), column) else { continue }
        let bit = layout.bitOfMember[members[start]]
        let (place, summaries) = add(lines, record, &parts)
        parts.nibbles.append(
          NibbleRecord(
            word: UInt32(bit / 64), shift: UInt32(bit % 64), column: UInt32(column), lines: place,
            summaries: summaries))
      }
    }
    record.nibbleCount = UInt32(parts.nibbles.count) - record.firstNibble
  }

  /// The rows that each way of holding four members leaves open, and all rows; nil if no row asks for one of them.
  private func lines(ofNibble members: [Int], _ column: Int) -> [UInt64]? {
    var wantsHeld = [[Int]](repeating: [], count: members.count)
    for layer in rows.held[column] ?? [] {
      for (row, member) in layer {
        if let place = members.firstIndex(of: member) { wantsHeld[place].append(row) }
      }
    }
    let wantsFree = members.map { rows.notHeld[$0] ?? [] }
    guard !wantsHeld.allSatisfy(\.isEmpty) || !wantsFree.allSatisfy(\.isEmpty) else { return nil }
    var lines: [UInt64] = []
    for held in 0..<NibbleRecord.missing {
      let closed = members.indices.flatMap {
        held >> $0 & 1 == 1 ? wantsFree[$0] : wantsHeld[$0]
      }
      lines += line(clearing: closed)
    }
    return lines + fullLine
  }

  // MARK: - One by one

  /// Adds the lines of facts with many members: of each layer those of the members that rows ask to be held, and in
  /// the first also those of members that rows ask not to be held.
  func addLayers(_ record: inout MatrixRecord, _ parts: inout ProgramParts) {
    record.firstLayer = UInt32(parts.layers.count)
    for (column, members) in asked where members.count > MatrixCompiler.mostInFours {
      for (number, held) in (rows.held[column] ?? [[:]]).enumerated() {
        addLayer(column, members, held, isFirst: number == 0, record, &parts)
      }
    }
    record.layerCount = UInt32(parts.layers.count) - record.firstLayer
  }

  private func addLayer(
    _ column: Int, _ members: [Int], _ held: [Int: Int], isFirst: Bool, _ record: MatrixRecord,
    _ parts: inout ProgramParts
  ) {
    let bit = layout.bitOfMember[members[0]]
    let (free, freeSummary) = add(line(clearing: Array(held.keys)), record, &parts)
    parts.layers.append(
      LayerRecord(
        column: UInt32(column), firstWord: UInt32(bit / 64),
        wordCount: UInt32((members.count + 63) / 64), free: free, freeSummary: freeSummary,
        firstMember: UInt32(parts.members.count)))
    var rowsOfMember: [Int: [Int]] = [:]
    for (row, member) in held { rowsOfMember[member, default: []].append(row) }
    for member in members {
      var own = MemberRecord(held: .max, heldSummary: .max, notClosed: .max)
      if let asking = rowsOfMember[member] {
        var line = [UInt64](repeating: 0, count: wordCount)
        for row in asking { line[row / 64] |= 1 << UInt64(row % 64) }
        (own.held, own.heldSummary) = add(line, record, &parts)
      }
      if isFirst, let closed = rows.notHeld[member] {
        own.notClosed = add(line(clearing: closed), record, &parts).lines
      }
      parts.members.append(own)
    }
  }

  /// Adds lines, and their summaries where lines have one.
  private func add(
    _ lines: [UInt64], _ record: MatrixRecord, _ parts: inout ProgramParts
  ) -> (lines: UInt32, summaries: UInt32) {
    parts.alignWords()
    let start = UInt32(parts.words.count)
    parts.words += lines
    guard record.summaryWords > 0 else { return (start, 0) }
    parts.alignWords()
    let summaries = UInt32(parts.words.count)
    parts.words += self.summaries(of: lines, words: Int(record.summaryWords))
    return (start, summaries)
  }
}
