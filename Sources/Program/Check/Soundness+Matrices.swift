extension Soundness {
  /// The most ways to an outcome for which a decider makes room.
  private static let mostCourses = 1 << 26

  /// A matrix for each kind of rule, and every rule at one position of one of them.
  var areMatricesSound: Bool {
    guard program.matrices.count == 3, program.positions.count == program.rules.count,
      program.overridden.count == program.rules.count,
      program.positions.all({ $0 < program.rules.count })
    else { return false }
    var (nextPosition, nextRow) = (0, 0)
    var (mostWords, mostPositions): (UInt32, UInt32) = (0, 0)
    for kind in [RuleKind.decision, .guard, .note] {
      let matrix = program.matrices[kind.rawValue]
      guard matrix.firstPosition == nextPosition, matrix.firstRow == nextRow,
        program.positions.holds(matrix.firstPosition, Int(matrix.positionCount)),
        program.rows.holds(matrix.firstRow, Int(matrix.rowCount)), haveOutcomes(matrix, kind),
        isSound(matrix)
      else { return false }
      nextPosition += Int(matrix.positionCount)
      nextRow += Int(matrix.rowCount)
      mostWords = max(mostWords, matrix.wordCount)
      mostPositions = max(mostPositions, matrix.positionCount)
    }
    let (first, last) = Decider.mostOutcomes(program)
    return first * last <= Soundness.mostCourses
      && nextPosition == program.positions.count && mostWords == program.header.mostWords
      && mostPositions == program.header.mostPositions
  }

  /// Whether just those rules have an outcome that need one.
  private func haveOutcomes(_ matrix: MatrixRecord, _ kind: RuleKind) -> Bool {
    (0..<Int(matrix.positionCount)).allSatisfy {
      let rule = program.positions[Int(matrix.firstPosition) + $0]
      return (program.rules[rule].outcome == .max) == (kind == .note)
    }
  }

  private func isSound(_ matrix: MatrixRecord) -> Bool {
    let words = Int(matrix.wordCount)
    guard words == MatrixCompiler.lineWords(for: Int(matrix.rowCount)) else { return false }
    // Without rows there are no lines.
    guard words > 0 else {
      return matrix.groupCount == 0 && matrix.testedCount == 0 && matrix.nibbleCount == 0
        && matrix.layerCount == 0
    }
    let outcomes = matrix.outcomeLines
    guard hasLines(from: matrix.fullLine, 1, words), isFullLineSound(matrix),
      areGroupsSound(matrix), areTestedSound(matrix), areNibblesSound(matrix),
      areLayersSound(matrix),
      outcomes == .max || hasLines(from: outcomes, program.outcomes.count, words),
      matrix.inexactLine == .max || program.words.holds(matrix.inexactLine, words)
    else { return false }
    return areBitsSound(matrix)
  }

  /// Whether so many lines stand there, and long ones where four words can be read as one.
  func hasLines(from first: UInt32, _ count: Int, _ words: Int) -> Bool {
    // Neither number is greater than 2^32, nor a program's size.
    (words <= 2 || first % 4 == 0) && count.multipliedReportingOverflow(by: words).overflow == false
      && program.words.holds(first, count * words)
  }

  /// Every bit of the full line stands for a row, and that for a rule's position.
  private func isFullLineSound(_ matrix: MatrixRecord) -> Bool {
    for word in 0..<Int(matrix.wordCount) {
      var rest = program.words[Int(matrix.fullLine) + word]
      while rest != 0 {
        let row = word * 64 + rest.trailingZeroBitCount
        guard row < Int(matrix.rowCount),
          program.rows[Int(matrix.firstRow) + row] < matrix.positionCount
        else { return false }
        rest &= rest - 1
      }
    }
    return true
  }

  // MARK: - Groups

  private func areGroupsSound(_ matrix: MatrixRecord) -> Bool {
    let (words, summaryWords) = (Int(matrix.wordCount), Int(matrix.summaryWords))
    guard program.matrixGroups.holds(matrix.firstGroup, Int(matrix.groupCount)),
      matrix.groupCount <= program.groups.count,
      summaryWords == 0 || words > 2 && summaryWords == (words + 255) / 256 * 4
    else { return false }
    return (0..<Int(matrix.groupCount)).allSatisfy {
      let group = program.matrixGroups[Int(matrix.firstGroup) + $0]
      guard group.group < program.groups.count else { return false }
      let values = Int(program.groups[group.group])
      return values > 0 && hasLines(from: group.lines, values, words)
        && (summaryWords == 0 || hasLines(from: group.summaries, values, summaryWords))
    }
  }

  private func areTestedSound(_ matrix: MatrixRecord) -> Bool {
    guard program.tested.holds(matrix.firstTested, Int(matrix.testedCount)),
      matrix.testedCount <= program.columns.count
    else { return false }
    return (0..<Int(matrix.testedCount)).allSatisfy {
      let tested = program.tested[Int(matrix.firstTested) + $0]
      return tested.column < program.columns.count
        && program.words.holds(tested.line, Int(matrix.wordCount))
    }
  }

  /// The lines that a message leaves open are intersected, so that it is enough that those of one group have no
  /// bit that the full line has not, and no bit of a summary beyond the line.
  private func areBitsSound(_ matrix: MatrixRecord) -> Bool {
    let words = Int(matrix.wordCount)
    guard matrix.groupCount > 0 else {
      // Nothing is asked of messages, but perhaps of the outcome.
      return matrix.outcomeLines == .max
        || areLines(from: matrix.outcomeLines, program.outcomes.count, in: matrix)
    }
    let group = program.matrixGroups[matrix.firstGroup]
    let values = Int(program.groups[group.group])
    guard areLines(from: group.lines, values, in: matrix) else { return false }
    let summaryWords = Int(matrix.summaryWords)
    for value in 0..<(summaryWords > 0 ? values : 0) {
      let line = program.words.base + Int(group.summaries) + value * summaryWords
      for word in words / 64..<summaryWords {
        let beyond = word * 64 >= words ? UInt64.max : UInt64.max << UInt64(words % 64)
        if line[word] & beyond != 0 { return false }
      }
    }
    return true
  }

  /// Whether the bits of some lines are all in the full line.
  private func areLines(from first: UInt32, _ count: Int, in matrix: MatrixRecord) -> Bool {
    let words = Int(matrix.wordCount)
    let full = program.words.base + Int(matrix.fullLine)
    var line = program.words.base + Int(first)
    for _ in 0..<count {
      var beyond: UInt64 = 0
      for word in 0..<words { beyond |= line[word] & ~full[word] }
      if beyond != 0 { return false }
      line += words
    }
    return true
  }

  // MARK: - Overrides

  /// Every rule overrides only rules that stand behind it.
  var areOverridesSound: Bool {
    for kind in 0..<program.matrices.count {
      let matrix = program.matrices[kind]
      for position in 0..<Int(matrix.positionCount)
      where !isSound(
        program.overridden[Int(matrix.firstPosition) + position], position,
        Int(matrix.positionCount))
      {
        return false
      }
    }
    return true
  }

  private func isSound(_ record: OverriddenRecord, _ position: Int, _ count: Int) -> Bool {
    let number = Int(record.count & ~OverriddenRecord.isDense)
    guard record.count & OverriddenRecord.isDense != 0 else {
      guard program.stretches.holds(record.first, number) else { return false }
      var end = position + 1
      for index in 0..<number {
        let stretch = program.stretches[Int(record.first) + index]
        guard stretch.start >= end, stretch.start < stretch.end, stretch.end <= count else {
          return false
        }
        end = Int(stretch.end)
      }
      return true
    }
    guard number == (count + 63) / 64, program.denseWords.holds(record.first, number) else {
      return false
    }
    let words = program.denseWords.base + Int(record.first)
    for word in 0..<position / 64 where words[word] != 0 { return false }
    let own = position / 64
    let last = count % 64 == 0 ? 0 : words[number - 1] & UInt64.max << UInt64(count % 64)
    return words[own] & (2 << UInt64(position % 64) &- 1) == 0 && last == 0
  }
}
