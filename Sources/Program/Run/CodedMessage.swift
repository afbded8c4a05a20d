import Values
/// How the words of a coded message are parted.
struct CodedShape {
  private let columnCount: Int
  private let groupCount: Int
  let wordCount: Int

  init(_ program: Program) {
    columnCount = program.columns.count
    groupCount = program.groups.count
    wordCount = columnCount + groupCount + program.unsaidDates.count
  }

  @inline(__always)
  func parts(
    of words: UnsafeMutablePointer<UInt32>
  ) -> (
    values: UnsafeMutablePointer<UInt32>, groupValues: UnsafeMutablePointer<UInt32>,
    dates: UnsafeMutablePointer<Int32>
  ) {
    let dates = UnsafeMutableRawPointer(words + columnCount + groupCount)
    return (words, words + columnCount, dates.assumingMemoryBound(to: Int32.self))
  }
}

/// One message in a program's columns.
///
/// It is begun anew with `reset`, told its facts one by one, and decided by a `Decider`. What it is not told is
/// as in a message that does not mention it. Not to be shared between threads. Nothing is allocated after it
/// has been made.
package final class CodedMessage {
  let program: Program
  /// By column.
  private(set) var values: UnsafeMutablePointer<UInt32>
  /// By group of columns.
  private(set) var groupValues: UnsafeMutablePointer<UInt32>
  /// By date, the number of its day; the least number where the columns say all.
  private(set) var dates: UnsafeMutablePointer<Int32>
  /// In how many columns the fact is missing.
  private(set) var missingColumns = 0

  /// Its own words; values, group values and dates stand in them, unless a batch lends others.
  private let words: UnsafeMutablePointer<UInt32>
  private let shape: CodedShape

  private let members: UnsafeMutablePointer<UInt64>
  private let momentNumbers: UnsafeMutablePointer<Int32>
  private var day: Int32?
  private let unsaidGroupValues: UnsafeMutablePointer<UInt32>
  private var unsaidMissing = 0

  package init(_ program: Program) {
    self.program = program
    shape = CodedShape(program)
    words = .allocate(capacity: shape.wordCount)
    words.initialize(repeating: 0, count: shape.wordCount)
    (values, groupValues, dates) = shape.parts(of: words)
    unsaidGroupValues = .allocate(capacity: program.groups.count)
    members = .allocate(capacity: max(Int(program.header.memberWords), 1))
    momentNumbers = .allocate(capacity: program.moments.count)
    momentNumbers.initialize(repeating: 0, count: program.moments.count)
    members.initialize(repeating: 0, count: max(Int(program.header.memberWords), 1))
    unsaidGroupValues.initialize(repeating: 0, count: program.groups.count)
    for column in 0..<program.columns.count {
      let record = program.columns[column]
      unsaidGroupValues[Int(record.group)] &+= record.unsaid &* record.stride
      if record.unsaid == record.known { unsaidMissing += 1 }
    }
    reset()
  }

  deinit {
    words.deallocate()
    unsaidGroupValues.deallocate()
    members.deallocate()
    momentNumbers.deallocate()
  }

  /// Begins a message that says nothing.
  package func reset() {
    (values, groupValues, dates) = shape.parts(of: words)
    for column in 0..<program.columns.count { values[column] = program.columns.base[column].unsaid }
    groupValues.update(from: unsaidGroupValues, count: program.groups.count)
    dates.update(from: program.unsaidDates.base, count: program.unsaidDates.count)
    missingColumns = unsaidMissing
  }

  /// Puts a copy of the message's words there.
  func copy(to words: UnsafeMutablePointer<UInt32>) {
    words.update(from: values, count: shape.wordCount)
  }

  /// Takes the words of another message in place of its own, until it is begun anew.
  @inline(__always)
  func use(_ words: UnsafeMutablePointer<UInt32>, missingColumns: Int) {
    (values, groupValues, dates) = shape.parts(of: words)
    self.missingColumns = missingColumns
  }

  @inline(__always)
  func set(_ column: Int, _ value: UInt32) {
    let record = program.columns.base + column
    let old = values[column]
    values[column] = value
    groupValues[Int(record.pointee.group)] &+= (value &- old) &* record.pointee.stride
    let known = record.pointee.known
    missingColumns += (value == known ? 1 : 0) - (old == known ? 1 : 0)
  }

  // MARK: - Facts

  /// Gives a choice its value, by its number among the declared ones.
  @inline(__always)
  package func set(choice fact: Int, to value: Int) {
    let record = program.facts.base + fact
    set(
      Int(record.pointee.firstColumn), program.values.base[Int(record.pointee.first) + value].code)
  }

  @inline(__always)
  package func set(flag fact: Int, to isTrue: Bool) {
    set(Int((program.facts.base + fact).pointee.firstColumn), isTrue ? 1 : 0)
  }

  @inline(__always)
  package func set(number fact: Int, toMillionths number: Int64) {
    let record = program.facts.base + fact
    let thresholds = program.thresholds.base + Int(record.pointee.first)
    set(
      Int(record.pointee.firstColumn),
      UInt32(countOfSorted(thresholds, Int(record.pointee.count), upTo: number)))
  }

  /// Gives a date its day, by its number since 1 January 1970.
  @inline(__always)
  package func set(date fact: Int, toDay number: Int32) {
    dates[Int((program.facts.base + fact).pointee.dateNumber)] = number
  }

  /// Begins a set that holds nothing.
  @inline(__always)
  package func beginSet(_ fact: Int) {
    let words = Int((program.facts.base + fact).pointee.memberWords)
    for word in 0..<words { members[word] = 0 }
  }

  /// Adds a value to the set that has been begun.
  @inline(__always)
  package func add(value: Int, toSet fact: Int) {
    let record = program.facts.base + fact
    let mask =
      program.memberMasks.base + Int(program.values.base[Int(record.pointee.first) + value].code)
    for word in 0..<Int(record.pointee.memberWords) { members[word] |= mask[word] }
  }

  /// Ends the set that has been begun.
  @inline(__always)
  package func endSet(_ fact: Int) {
    let record = program.facts.base + fact
    var column = Int(record.pointee.firstColumn)
    let end = column + Int(record.pointee.columnCount)
    let width = ColumnLayout.membersPerColumn
    var bit = 0
    while column < end {
      let (word, shift) = (bit >> 6, UInt64(bit & 63))
      var own = members[word] >> shift
      if shift > UInt64(64 - width), word + 1 < Int(record.pointee.memberWords) {
        own |= members[word + 1] << (64 - shift)
      }
      set(column, UInt32(truncatingIfNeeded: own) & (1 << UInt32(width) - 1))
      column += 1
      bit += width
    }
  }

  /// Gives a text its UTF-8 bytes.
  package func set(text fact: Int, to text: UnsafeRawBufferPointer) {
    beginSet(fact)
    let record = program.facts[fact]
    for index in Int(record.first)..<Int(record.first + record.count) {
      let pattern = program.patterns[index]
      let member = Int(pattern.member)
      guard members[member >> 6] >> UInt64(member & 63) & 1 == 0 else { continue }
      if TextMatch.matches(pattern.match, text, program.bytes(of: pattern.text)) {
        members[member >> 6] |= 1 << UInt64(member & 63)
      }
    }
    endSet(fact)
  }

  /// Says that nothing is recorded of an optional fact.
  package func setAbsent(_ fact: Int) {
    setAll(fact) { UInt32(bitPattern: $0.absent) }
  }

  /// Says that a fact may have a value that nobody knows.
  package func setMissing(_ fact: Int) {
    setAll(fact) { $0.known }
  }

  private func setAll(_ fact: Int, _ value: (ColumnRecord) -> UInt32) {
    let record = program.facts[fact]
    for column in Int(record.firstColumn)..<Int(record.firstColumn + record.columnCount) {
      set(column, value(program.columns[column]))
    }
    if record.kind == FactRecord.Kind.date.rawValue { dates[Int(record.dateNumber)] = .min }
  }

  // MARK: - Today

  /// Puts the message on a day: dates count from it, and rules are in force on it.
  func settle(today: Int32) {
    if today != day { reckon(today: today) }
    set(0, todayValue)
    set(1, isWorkingDay)
    for fact in 0..<(program.unsaidDates.count > 0 ? program.facts.count : 0) {
      let record = program.facts.base + fact
      guard record.pointee.kind == FactRecord.Kind.date.rawValue else { continue }
      let date = dates[Int(record.pointee.dateNumber)]
      if date != .min { settle(date, record.pointee) }
    }
  }

  private func settle(_ date: Int32, _ record: FactRecord) {
    var moment = Int(record.first)
    let end = moment + Int(record.count)
    for column in Int(record.firstColumn)..<Int(record.firstColumn + record.columnCount) {
      var reached: UInt32 = 0
      while moment < end, program.moments.base[moment].column == UInt32(column) {
        if momentNumbers[moment] <= date { reached += 1 }
        moment += 1
      }
      set(column, reached)
    }
  }

  private var todayValue: UInt32 = 0
  private var isWorkingDay: UInt32 = 0

  /// Works out the moments of a day. Only once for many messages of one day.
  private func reckon(today: Int32) {
    day = today
    let day = Day(clamping: Int(today))
    for moment in 0..<program.moments.count {
      momentNumbers[moment] = program.moments[moment].number(today: day, program.calendar)
    }
    todayValue = 0
    for index in 0..<program.inForceDays.count where program.inForceDays[index] <= today {
      todayValue += 1
    }
    isWorkingDay = program.calendar.isWorkingDay(day) ? 1 : 0
  }
}

extension TextMatch {
  /// Whether a text compares so with a pattern; `match` is the place among all cases.
  static func matches(
    _ match: UInt32, _ text: UnsafeRawBufferPointer, _ pattern: UnsafeRawBufferPointer
  ) -> Bool {
    switch match {
    case 0: TextMatch.equals.matches(text, pattern)
    case 1: TextMatch.startsWith.matches(text, pattern)
    case 2: TextMatch.endsWith.matches(text, pattern)
    case 3: TextMatch.contains.matches(text, pattern)
    default: TextMatch.inDomain.matches(text, pattern)
    }
  }
}

extension MomentRecord {
  /// Its number of days since 1 January 1970.
  fileprivate func number(today: Day, _ calendar: WorkingCalendar) -> Int32 {
    let unit: DayDuration.Unit
    switch Reckoning(rawValue: reckoning) {
    case .fixed, nil: return count
    case .days: unit = .days
    case .months: unit = .months
    case .workingDays: unit = .workingDays
    }
    let day = calendar.day(today, plus: DayDuration(count: Int(count), unit: unit))
    return day.number &+ offset
  }
}

/// How many of some sorted numbers are at most so large. O(log count).
@inline(__always)
func countOfSorted(_ numbers: UnsafePointer<Int64>, _ count: Int, upTo number: Int64) -> Int {
  var (low, size) = (0, count)
  while size > 0 {
    let half = size / 2
    let isReached = numbers[low + half] <= number
    low += isReached ? half + 1 : 0
    size = isReached ? size - half - 1 : half
  }
  return low
}
