/// The parts of an image, in their order.
enum Section: Int, CaseIterable {
  case header, hash, facts, steps, columns, values, thresholds, memberMasks, patterns, moments,
    holidays
  case inForceDays, groups
  case literals, literalValues, nodes, definitions, rules, positions, rows, overridden, stretches,
    denseWords
  case matrices, matrixGroups, tested, layers, members, words
  case outcomes, notes, pieces, noteSets, unsaidDates, unsaidMembers
  case text
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
