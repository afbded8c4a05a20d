import Values

/// Whether the records of a program fit together: every number that one of them holds names something that is there.
///
/// Whatever else its bytes are, a sound program is read and decided by without a step outside its tables and the
/// memory that is made for it, and every decision ends. That it decides what its policy means is another question.
struct Soundness {
  let program: Program
  let noteSetCount: Int

  init(_ program: Program) {
    self.program = program
    noteSetCount = program.noteSets.count / max(Int(program.header.noteWords), 1)
  }

  /// O(records + words of the conditions, and of one group of columns a matrix).
  var isSound: Bool {
    isHeaderSound && areWordsSound && areColumnsSound && areFactsSound && areConditionsSound
      && areRulesSound && areMatricesSound && areOverridesSound
  }

  // MARK: - Header

  private var isHeaderSound: Bool {
    let header = program.header
    return header.columnCount == program.columns.count && header.groupCount == program.groups.count
      && header.factCount == program.facts.count && header.noteCount == program.notes.count
      && header.outcomeCount == program.outcomes.count && header.ruleCount == program.rules.count
      && header.noteWords == max((program.notes.count + 63) / 64, 1)
      && program.noteSets.count == noteSetCount * Int(header.noteWords)
      && isStandardSound(header.otherwiseOutcome, header.otherwiseNotes)
      && isStandardSound(header.unsureOutcome, header.unsureNotes)
      && header.otherwisePlace <= header.ruleCount
  }

  private func isStandardSound(_ outcome: UInt32, _ notes: UInt32) -> Bool {
    outcome == .max || outcome < program.outcomes.count && notes < noteSetCount
  }

  // MARK: - Words

  /// Texts, notes and their sets, and the policy's own text.
  private var areWordsSound: Bool {
    program.outcomes.all { isSound($0) } && program.pieces.all { isSound($0) }
      && program.notes.all {
        isSound($0.name) && program.pieces.holds($0.firstPiece, Int($0.pieceCount))
      }
      && areNoteSetsSound && isHashSound && areFilesSound
  }

  func isSound(_ text: TextRecord) -> Bool { program.text.holds(text.start, Int(text.count)) }

  private func isSound(_ piece: PieceRecord) -> Bool {
    isSound(piece.text) && piece.fact >= -1 && piece.fact < program.facts.count
  }

  /// No set holds a note that is not there.
  private var areNoteSetsSound: Bool {
    let words = Int(program.header.noteWords)
    let last =
      words * 64 == program.notes.count ? 0 : UInt64.max << UInt64(program.notes.count % 64)
    for set in 0..<noteSetCount where program.noteSets[set * words + words - 1] & last != 0 {
      return false
    }
    return true
  }

  private var isHashSound: Bool {
    let hash = program.image.table(.hash, of: UInt8.self)
    return hash.count == 64
      && hash.all {
        ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
          || ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f"))
      }
  }

  private var areFilesSound: Bool {
    // They may not have been kept.
    let sources = program.image.table(.sources, of: UInt8.self)
    return program.image.table(.files, of: FileRecord.self).all {
      isSound($0.path) && sources.holds($0.contents.start, Int($0.contents.count))
    }
  }

  // MARK: - Rules

  private var areRulesSound: Bool {
    let outcomes = program.outcomes.count
    return program.rules.all {
      ($0.outcome == .max || $0.outcome < outcomes) && $0.notes < noteSetCount
        && $0.condition < program.nodes.count && isSound($0.name)
    }
  }
}

extension Table {
  /// Whether so many records stand there from `first` on.
  @inline(__always)
  func holds(_ first: UInt32, _ count: Int) -> Bool {
    count <= self.count && Int(first) <= self.count - count
  }

  /// Whether every record is so.
  @inline(__always)
  func all(_ isSo: (Record) -> Bool) -> Bool {
    for index in 0..<count where !isSo(base[index]) { return false }
    return true
  }
}
