/// The parts of an image, in their order.
enum Section: Int, CaseIterable {
  case header, hash, facts, steps, columns, values, thresholds, memberMasks, patterns, moments,
    holidays
  case inForceDays, groups
  case literals, literalValues, nodes, definitions, rules, positions, rows, overridden, stretches,
    denseWords
  case matrices, matrixGroups, tested, layers, members, nibbles, words
  case outcomes, notes, pieces, noteSets, unsaidDates, unsaidMembers
  case text
  case factWords, defaultValues, tool, files, sources

  /// How many bytes a record has.
  var recordSize: Int {
    switch self {
    case .header: MemoryLayout<HeaderRecord>.stride
    case .facts: MemoryLayout<FactRecord>.stride
    case .steps: MemoryLayout<StepRecord>.stride
    case .columns: MemoryLayout<ColumnRecord>.stride
    case .values: MemoryLayout<ValueRecord>.stride
    case .patterns: MemoryLayout<PatternRecord>.stride
    case .moments: MemoryLayout<MomentRecord>.stride
    case .literals: MemoryLayout<LiteralRecord>.stride
    case .rules: MemoryLayout<RuleRecord>.stride
    case .overridden: MemoryLayout<OverriddenRecord>.stride
    case .stretches: MemoryLayout<StretchRecord>.stride
    case .matrices: MemoryLayout<MatrixRecord>.stride
    case .matrixGroups: MemoryLayout<GroupRecord>.stride
    case .tested: MemoryLayout<TestedRecord>.stride
    case .layers: MemoryLayout<LayerRecord>.stride
    case .members: MemoryLayout<MemberRecord>.stride
    case .nibbles: MemoryLayout<NibbleRecord>.stride
    case .outcomes: MemoryLayout<TextRecord>.stride
    case .notes: MemoryLayout<NoteRecord>.stride
    case .pieces: MemoryLayout<PieceRecord>.stride
    case .factWords: MemoryLayout<FactWordsRecord>.stride
    case .files: MemoryLayout<FileRecord>.stride
    case .thresholds, .memberMasks, .literalValues, .denseWords, .words, .noteSets, .unsaidMembers:
      8
    case .holidays, .inForceDays, .groups, .nodes, .definitions, .positions, .rows, .unsaidDates,
      .defaultValues:
      4
    case .hash, .text, .tool, .sources: 1
    }
  }
}

/// An image being put together: the bytes of each section.
struct SectionBytes {
  private var bytes = [[UInt8]](repeating: [], count: Section.allCases.count)

  subscript(section: Section) -> [UInt8] { bytes[section.rawValue] }

  mutating func put<Record: BitwiseCopyable>(_ section: Section, _ records: [Record]) {
    records.withUnsafeBytes { bytes[section.rawValue] = Array($0) }
  }
}

/// Some records of an image.
struct Table<Record: BitwiseCopyable> {
  let base: UnsafePointer<Record>
  let count: Int

  @inline(__always)
  subscript(index: Int) -> Record { base[index] }

  @inline(__always)
  subscript(index: UInt32) -> Record { base[Int(index)] }
}
