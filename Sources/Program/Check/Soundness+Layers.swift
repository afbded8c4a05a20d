extension Soundness {
  /// The most lines for which a decider makes room: layers times members.
  private static let mostLines = 1 << 27

  /// A layer has the members of a set or text, and no member closes rows in more than one layer.
  func areLayersSound(_ matrix: MatrixRecord) -> Bool {
    let memberCount = program.unsaidMembers.count * 64
    guard program.layers.holds(matrix.firstLayer, Int(matrix.layerCount)),
      (Int(matrix.layerCount) + 1) * (memberCount + 1) <= Soundness.mostLines
    else { return false }
    var closingCount = 0
    for index in 0..<Int(matrix.layerCount) {
      let layer = program.layers[Int(matrix.firstLayer) + index]
      guard isSound(layer), hasLine(layer.free, layer.freeSummary, matrix) else { return false }
      let count = Int(program.facts[Int(program.columns[layer.column].fact)].memberCount)
      guard program.members.holds(layer.firstMember, count) else { return false }
      for number in 0..<count {
        let member = program.members[Int(layer.firstMember) + number]
        guard member.held == .max || hasLine(member.held, member.heldSummary, matrix) else {
          return false
        }
        guard member.notClosed != .max else { continue }
        guard hasLines(from: member.notClosed, 1, Int(matrix.wordCount)) else { return false }
        closingCount += 1
      }
    }
    return closingCount <= memberCount
  }

  /// Four members have a line for each way of holding them, and one for messages that lack the fact.
  func areNibblesSound(_ matrix: MatrixRecord) -> Bool {
    guard program.nibbles.holds(matrix.firstNibble, Int(matrix.nibbleCount)),
      Int(matrix.nibbleCount) <= program.unsaidMembers.count * 16
    else { return false }
    let count = NibbleRecord.lineCount
    return (0..<Int(matrix.nibbleCount)).allSatisfy {
      let nibble = program.nibbles[Int(matrix.firstNibble) + $0]
      return nibble.word < program.unsaidMembers.count && nibble.shift <= 60
        && nibble.column < program.columns.count
        && hasLines(from: nibble.lines, count, Int(matrix.wordCount))
        && (matrix.summaryWords == 0
          || hasLines(from: nibble.summaries, count, Int(matrix.summaryWords)))
    }
  }

  /// Whether a layer is about the members of the fact of its column.
  private func isSound(_ layer: LayerRecord) -> Bool {
    guard layer.column < program.columns.count, program.columns[layer.column].fact >= 0 else {
      return false
    }
    let fact = program.facts[Int(program.columns[layer.column].fact)]
    return fact.memberWords > 0 && layer.wordCount == fact.memberWords
      && layer.firstWord == fact.firstMemberWord
  }

  /// Whether a line stands there, and its summary where lines have one.
  private func hasLine(_ line: UInt32, _ summary: UInt32, _ matrix: MatrixRecord) -> Bool {
    hasLines(from: line, 1, Int(matrix.wordCount))
      && (matrix.summaryWords == 0 || hasLines(from: summary, 1, Int(matrix.summaryWords)))
  }
}
