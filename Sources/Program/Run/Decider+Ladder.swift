extension Decider {
  /// Whether the rules of a policy are a ladder: each overrides all behind it, none says too little as a row, and
  /// neither guards nor note rules follow. Then the first rule that applies decides alone.
  static func isLadder(_ program: Program) -> Bool {
    let matrix = program.matrices[RuleKind.decision.rawValue]
    let count = Int(matrix.positionCount)
    guard count > 0, matrix.inexactLine == .max,
      program.matrices[RuleKind.guard.rawValue].rowCount == 0,
      program.matrices[RuleKind.note.rawValue].rowCount == 0
    else { return false }
    return (0..<count - 1).allSatisfy { position in
      let record = program.overridden[Int(matrix.firstPosition) + position]
      guard record.count == 1 else { return false }
      let stretch = program.stretches[record.first]
      return Int(stretch.start) == position + 1 && Int(stretch.end) == count
    }
  }

  /// How far a ladder has been climbed: what the rules so far give, none of which surely applies.
  private struct Climb {
    enum State { case open, sure, unsure }

    var state = State.open
    var position = -1
    var outcome = UInt32.max
    var notes: UInt32 = 0
  }

  /// The verdict where the rules are a ladder and facts are missing; nil if possibly nobody decides.
  ///
  /// Every rule that may apply decides in some way, up to the first that surely applies. As soon as two of them
  /// give something else, nothing is sure.
  func climbLadder() -> Verdict? {
    let matrix = program.matrices.base + RuleKind.decision.rawValue
    gatherMissingLines(matrix)
    var climb = Climb()
    let hits = open.find(matrix, program, message.parts, outcome: .max, isComplete: false) {
      guard matrix.pointee.summaryWords == 0 else { return nil }
      for hit in $0..<$1 where climb.state == .open { self.climb(&climb, hit, matrix) }
      return climb.state == .open ? nil : $1
    }
    if matrix.pointee.summaryWords > 0 { climbInOrder(&climb, hits, matrix) }
    if climb.state == .open {
      guard program.header.otherwiseOutcome != .max else { return nil }
      visit(&climb, program.header.otherwiseOutcome, program.header.otherwiseNotes)
      if climb.state == .open { return decided(climb, isByOtherwise: true) }
    }
    return climb.state == .sure ? decided(climb, isByOtherwise: false) : unsure()
  }

  private func decided(_ climb: Climb, isByOtherwise: Bool) -> Verdict {
    clearNotes()
    addNotes(climb.notes)
    return Verdict(.decided, outcome: Int(climb.outcome), isByOtherwise: isByOtherwise)
  }

  /// Goes on through the rows of one word.
  @inline(__always)
  private func climb(_ climb: inout Climb, _ hit: Int, _ matrix: UnsafePointer<MatrixRecord>) {
    let place = open.places[hit]
    let rows = program.rows.base + (Int(matrix.pointee.firstRow) &+ place << 6)
    let sure = sureRows(hit)
    var rest = open.words[hit]
    while rest != 0, climb.state == .open {
      let bit = rest.trailingZeroBitCount
      visit(&climb, position: Int(rows[bit]), isSure: sure >> UInt64(bit) & 1 == 1, matrix)
      rest &= rest &- 1
    }
  }

  /// Goes through rows that stand in another order than their rules: always on to the next rule.
  private func climbInOrder(
    _ climb: inout Climb, _ hits: Int, _ matrix: UnsafePointer<MatrixRecord>
  ) {
    var count = 0
    for hit in 0..<hits {
      let rows = program.rows.base + (Int(matrix.pointee.firstRow) &+ open.places[hit] << 6)
      let sure = sureRows(hit)
      var rest = open.words[hit]
      while rest != 0 {
        let bit = rest.trailingZeroBitCount
        // Of the rows of one rule one that surely applies comes first.
        applying[count] = Int(rows[bit]) << 1 | Int(~sure >> UInt64(bit) & 1)
        count &+= 1
        rest &= rest &- 1
      }
    }
    var last = -1
    while climb.state == .open {
      var next = Int.max
      for index in 0..<count {
        let row = applying[index]
        next = row > last && row < next ? row : next
      }
      if next == .max { return }
      last = next
      visit(&climb, position: next >> 1, isSure: next & 1 == 0, matrix)
    }
  }

  /// The rows of a word that are open whatever the missing facts are.
  @inline(__always)
  private func sureRows(_ hit: Int) -> UInt64 {
    var sure = open.words[hit]
    for line in 0..<state.pointee.missingLineCount { sure &= missingLines[line][open.places[hit]] }
    return sure
  }

  @inline(__always)
  private func visit(
    _ climb: inout Climb, position: Int, isSure: Bool, _ matrix: UnsafePointer<MatrixRecord>
  ) {
    let rule = Int(program.positions.base[Int(matrix.pointee.firstPosition) &+ position])
    // Several rows of one rule stand side by side.
    if position > climb.position {
      let record = program.rules.base + rule
      visit(&climb, record.pointee.outcome, record.pointee.notes)
      guard climb.state == .open else { return }
      climb.position = position
      add(winner: rule)
    }
    if isSure { climb.state = .sure }
  }

  @inline(__always)
  private func visit(_ climb: inout Climb, _ outcome: UInt32, _ notes: UInt32) {
    if climb.outcome == .max {
      (climb.outcome, climb.notes) = (outcome, notes)
    } else if climb.outcome != outcome || climb.notes != notes {
      climb.state = .unsure
    }
  }
}
