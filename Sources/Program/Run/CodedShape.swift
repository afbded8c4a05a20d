/// The words of coded messages: near ones, at which every decision looks, and far ones, at which those look that
/// lack a fact. They stand apart, so that many messages side by side take little of the cache.
struct CodedWords {
  var near: UnsafeMutablePointer<UInt32>
  var far: UnsafeMutablePointer<UInt32>

  func deallocate() {
    near.deallocate()
    far.deallocate()
  }
}

/// How the words of a coded message are parted.
struct CodedShape {
  private let memberWords: Int
  private let columnCount: Int
  private let groupCount: Int
  let nearCount: Int
  let farCount: Int

  init(_ program: Program) {
    memberWords = program.unsaidMembers.count
    columnCount = program.columns.count
    groupCount = program.groups.count
    // Members are words of 64 bits, wherever the message stands.
    nearCount = (memberWords * 2 + groupCount + 3) / 2 * 2
    farCount = columnCount + program.unsaidDates.count
  }

  /// The parts of a message's words.
  @inline(__always)
  func parts(of words: CodedWords) -> CodedMessage.Parts {
    let groupValues = words.near + memberWords * 2
    return CodedMessage.Parts(
      members: UnsafeMutableRawPointer(words.near).assumingMemoryBound(to: UInt64.self),
      groupValues: groupValues, missingCount: groupValues + groupCount,
      settledOn: UnsafeMutableRawPointer(groupValues + groupCount + 1)
        .assumingMemoryBound(to: Int32.self),
      values: words.far,
      dates: UnsafeMutableRawPointer(words.far + columnCount).assumingMemoryBound(to: Int32.self))
  }

  /// The words of a message of whose parts these are two.
  @inline(__always)
  func words(_ parts: CodedMessage.Parts) -> CodedWords {
    let near = UnsafeMutableRawPointer(parts.members).assumingMemoryBound(to: UInt32.self)
    return CodedWords(near: near, far: parts.values)
  }

  /// Room for the words of so many messages.
  func allocate(_ count: Int) -> CodedWords {
    func room(_ count: Int) -> UnsafeMutablePointer<UInt32> {
      UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * 4, alignment: 8)
        .initializeMemory(as: UInt32.self, repeating: 0, count: count)
    }
    return CodedWords(near: room(count * nearCount), far: room(count * farCount))
  }

  /// The words of one of many messages.
  @inline(__always)
  func words(_ index: Int, of messages: CodedWords) -> CodedWords {
    CodedWords(near: messages.near + index * nearCount, far: messages.far + index * farCount)
  }

  /// Copies the words of so many messages.
  @inline(__always)
  func copy(_ words: CodedWords, to target: CodedWords, _ count: Int = 1) {
    target.near.update(from: words.near, count: count * nearCount)
    target.far.update(from: words.far, count: count * farCount)
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
