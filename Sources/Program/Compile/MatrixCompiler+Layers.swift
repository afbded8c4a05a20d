import Syntax

extension MatrixCompiler {
  /// Adds the lines of members: of each layer those of the members that rows ask to be held, and in the first also
  /// those of members that rows ask not to be held.
  func addLayers(_ record: inout MatrixRecord, _ parts: inout ProgramParts) {
    record.firstLayer = UInt32(parts.layers.count)
    for column in rows.ofMembersOf.keys.sorted() {
      let members = layout.factOfMember.indices.filter {
        layout.firstColumn[layout.factOfMember[$0].index] == column
      }
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
        own.notClosed = add(line(clearing: closed), record, &parts).line
      }
      parts.members.append(own)
    }
  }

  private func add(
    _ line: [UInt64], _ record: MatrixRecord, _ parts: inout ProgramParts
  ) -> (line: UInt32, summary: UInt32) {
    parts.alignWords()
    let start = UInt32(parts.words.count)
    parts.words += line
    guard record.summaryWords > 0 else { return (start, 0) }
    parts.alignWords()
    let summary = UInt32(parts.words.count)
    parts.words += summaries(of: line, words: Int(record.summaryWords))
    return (start, summary)
  }
}
