/// How the words of a coded message are parted.
struct CodedShape {
  private let memberWords: Int
  private let columnCount: Int
  private let groupCount: Int
  let wordCount: Int

  init(_ program: Program) {
    memberWords = program.unsaidMembers.count
    columnCount = program.columns.count
    groupCount = program.groups.count
    let count = memberWords * 2 + columnCount + groupCount + program.unsaidDates.count + 2
    // Members are words of 64 bits, wherever the message stands.
    wordCount = (count + 1) / 2 * 2
  }

  /// The parts of a message's words.
  @inline(__always)
  func parts(of words: UnsafeMutablePointer<UInt32>) -> CodedMessage.Parts {
    // What every decision looks at stands side by side; `values` only those that lack a fact look at.
    let groupValues = words + memberWords * 2
    let values = groupValues + groupCount + 2
    let dates = UnsafeMutableRawPointer(values + columnCount)
    return CodedMessage.Parts(
      members: UnsafeMutableRawPointer(words).assumingMemoryBound(to: UInt64.self),
      groupValues: groupValues, missingCount: groupValues + groupCount,
      settledOn: UnsafeMutableRawPointer(groupValues + groupCount + 1)
        .assumingMemoryBound(to: Int32.self),
      values: values, dates: dates.assumingMemoryBound(to: Int32.self))
  }

  /// Room for the words of so many messages.
  func allocate(_ count: Int) -> UnsafeMutablePointer<UInt32> {
    let words = UnsafeMutableRawPointer.allocate(
      byteCount: max(count * wordCount, 1) * 4, alignment: 8)
    return words.initializeMemory(as: UInt32.self, repeating: 0, count: count * wordCount)
  }
}

extension CodedMessage {
  /// Where the parts of a message stand.
  struct Parts {
    /// The answers to the questions about sets and texts, a bit each.
    let members: UnsafeMutablePointer<UInt64>
    /// By group of columns.
    let groupValues: UnsafeMutablePointer<UInt32>
    /// In how many columns the fact is missing.
    let missingCount: UnsafeMutablePointer<UInt32>
    /// The day for which the columns of dates and of today have their values; the least number if for none.
    let settledOn: UnsafeMutablePointer<Int32>
    /// By column.
    let values: UnsafeMutablePointer<UInt32>
    /// By date, the number of its day; the least number where the columns say all.
    let dates: UnsafeMutablePointer<Int32>

    /// Gives the first column of a field's fact a value, of which the message has said nothing so far.
    @inline(__always)
    func set(_ field: UnsafePointer<Field>, _ value: UInt32) {
      values[Int(field.pointee.column)] = value
      groupValues[Int(field.pointee.group)] &+=
        (value &- field.pointee.unsaid) &* field.pointee.stride
      missingCount.pointee &-= UInt32(bitPattern: field.pointee.missing)
    }
  }
}
