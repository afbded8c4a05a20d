/// One message in a program's columns.
///
/// It is begun anew with `reset`, told its facts one by one, and decided by a `Decider`. What it is not told is
/// as in a message that does not mention it. Not to be shared between threads. Nothing is allocated after it
/// has been made.
package final class CodedMessage {
  let program: Program
  private let columns: UnsafePointer<ColumnRecord>
  private let shape: CodedShape
  private let words: CodedWords
  private let unsaid: CodedWords
  private let days: DayColumns
  // Behind a pointer, so that the language has no accesses to watch over.
  private let current: UnsafeMutablePointer<Parts>

  @inline(__always) var values: UnsafeMutablePointer<UInt32> { current.pointee.values }
  @inline(__always) var parts: Parts { current.pointee }
  @inline(__always) var members: UnsafeMutablePointer<UInt64> { current.pointee.members }
  @inline(__always) var missingColumns: UInt32 { current.pointee.missingCount.pointee }

  package init(_ program: Program) {
    self.program = program
    columns = program.columns.base
    shape = CodedShape(program)
    words = shape.allocate(1)
    unsaid = shape.allocate(1)
    days = DayColumns(program)
    current = .allocate(capacity: 1)
    current.initialize(to: shape.parts(of: words))
    fillUnsaid()
    reset()
  }

  /// The words of a message that says nothing.
  private func fillUnsaid() {
    let parts = shape.parts(of: unsaid)
    for column in 0..<program.columns.count {
      let record = columns[column]
      parts.values[column] = record.unsaid
      parts.groupValues[Int(record.group)] &+= record.unsaid &* record.stride
      if record.unsaid == record.known { parts.missingCount.pointee += 1 }
    }
    parts.settledOn.pointee = .min
    parts.members.update(from: program.unsaidMembers.base, count: program.unsaidMembers.count)
    parts.dates.update(from: program.unsaidDates.base, count: program.unsaidDates.count)
  }

  deinit {
    words.deallocate()
    unsaid.deallocate()
    days.deallocate()
    current.deallocate()
  }

  /// Begins a message that says nothing.
  package func reset() {
    shape.copy(unsaid, to: words)
    current.pointee = shape.parts(of: words)
  }

  /// Puts a copy of the message's words there.
  func copy(to words: CodedWords) { shape.copy(shape.words(parts), to: words) }

  /// Takes the words of another message in place of its own, until it is begun anew.
  @inline(__always)
  func use(_ words: CodedWords) {
    current.pointee = shape.parts(of: words)
  }

  @inline(__always)
  func set(_ column: Int, _ value: UInt32) {
    let record = columns + column
    let parts = current.pointee
    let old = parts.values[column]
    parts.values[column] = value
    parts.groupValues[Int(record.pointee.group)] &+= (value &- old) &* record.pointee.stride
    let known = record.pointee.known
    parts.missingCount.pointee &+= (value == known ? 1 : 0) &- (old == known ? 1 : 0)
  }

  /// Puts the message on a day: dates count from it, and rules are in force on it.
  @inline(__always)
  func settle(today day: Int32) {
    guard current.pointee.settledOn.pointee != day else { return }
    current.pointee.settledOn.pointee = day
    days.settle(self, today: day)
  }
}
