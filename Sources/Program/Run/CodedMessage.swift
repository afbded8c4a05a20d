import Values

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

/// One message in a program's columns.
///
/// It is begun anew with `reset`, told its facts one by one, and decided by a `Decider`. What it is not told is
/// as in a message that does not mention it. Not to be shared between threads. Nothing is allocated after it
/// has been made.
package final class CodedMessage {
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

  /// What is known of the day on which messages are decided.
  private struct Today {
    var day = Int32.min
    /// The values of the two columns about today.
    var inForce: UInt32 = 0
    var isWorkingDay: UInt32 = 0
  }

  /// A column of a date, and where its moments begin.
  private struct DateColumn {
    let column: Int
    let date: Int
    let firstMoment: Int
    let momentCount: Int
  }

  let program: Program
  private let columns: UnsafePointer<ColumnRecord>
  private let shape: CodedShape
  private let words: UnsafeMutablePointer<UInt32>
  private let unsaid: UnsafeMutablePointer<UInt32>
  private let momentNumbers: UnsafeMutablePointer<Int32>
  private let dateColumns: UnsafeMutablePointer<DateColumn>
  private let dateColumnCount: Int
  private let asksForToday: Bool
  // Behind pointers, so that the language has no accesses to watch over.
  private let current: UnsafeMutablePointer<Parts>
  private let today: UnsafeMutablePointer<Today>

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
    momentNumbers = .allocate(capacity: program.moments.count)
    momentNumbers.initialize(repeating: 0, count: program.moments.count)
    let dates = CodedMessage.dateColumns(of: program)
    dateColumnCount = dates.count
    dateColumns = .allocate(capacity: dates.count)
    dateColumns.initialize(from: dates, count: dates.count)
    asksForToday = (0..<program.literals.count).contains { literal in
      let record = program.literals[literal]
      return record.kind == LiteralRecord.Kind.column.rawValue && record.place < 2
    }
    current = .allocate(capacity: 1)
    current.initialize(to: shape.parts(of: words))
    today = .allocate(capacity: 1)
    today.initialize(to: Today())
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

  private static func dateColumns(of program: Program) -> [DateColumn] {
    var found: [DateColumn] = []
    for fact in 0..<program.facts.count {
      let record = program.facts[fact]
      guard record.kind == FactRecord.Kind.date.rawValue else { continue }
      for column in Int(record.firstColumn)..<Int(record.firstColumn + record.columnCount) {
        let moments = (Int(record.first)..<Int(record.first + record.count)).filter {
          Int(program.moments[$0].column) == column
        }
        found.append(
          DateColumn(
            column: column, date: Int(record.dateNumber), firstMoment: moments.first ?? 0,
            momentCount: moments.count))
      }
    }
    return found
  }

  deinit {
    words.deallocate()
    unsaid.deallocate()
    momentNumbers.deallocate()
    dateColumns.deallocate()
    current.deallocate()
    today.deallocate()
  }

  /// Begins a message that says nothing.
  package func reset() {
    words.update(from: unsaid, count: shape.wordCount)
    current.pointee = shape.parts(of: words)
  }

  /// Puts a copy of the message's words there.
  func copy(to words: UnsafeMutablePointer<UInt32>) {
    let own = UnsafeRawPointer(members).assumingMemoryBound(to: UInt32.self)
    words.update(from: own, count: shape.wordCount)
  }

  /// Takes the words of another message in place of its own, until it is begun anew.
  @inline(__always)
  func use(_ words: UnsafeMutablePointer<UInt32>) {
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
    let record = program.facts.base + fact
    current.pointee.dates[Int(record.pointee.dateNumber)] = number
    current.pointee.settledOn.pointee = .min
    // Which values these columns have depends on today; that they are not missing does not.
    let first = Int(record.pointee.firstColumn)
    for column in first..<first &+ Int(record.pointee.columnCount) { set(column, 0) }
  }

  /// Begins a set that holds nothing.
  @inline(__always)
  package func beginSet(_ fact: Int) {
    let record = program.facts.base + fact
    let own = members + Int(record.pointee.firstMemberWord)
    for word in 0..<Int(record.pointee.memberWords) { own[word] = 0 }
    set(Int(record.pointee.firstColumn), 0)
  }

  /// Adds a value to the set that has been begun.
  @inline(__always)
  package func add(value: Int, toSet fact: Int) {
    let record = program.facts.base + fact
    let code = Int(program.values.base[Int(record.pointee.first) &+ value].code)
    let own = members + Int(record.pointee.firstMemberWord)
    own[0] |= program.memberMasks.base[code]
    var word = 1
    while word < Int(record.pointee.memberWords) {
      own[word] |= program.memberMasks.base[code &+ word]
      word &+= 1
    }
  }

  /// Gives a text its UTF-8 bytes.
  package func set(text fact: Int, to text: UnsafeRawBufferPointer) {
    beginSet(fact)
    let record = program.facts[fact]
    let own = members + Int(record.firstMemberWord)
    if let matcher = program.textMatchers[fact] { return matcher.match(text, into: own) }
    for index in Int(record.first)..<Int(record.first + record.count) {
      let pattern = program.patterns[index]
      let member = Int(pattern.member)
      guard own[member >> 6] >> UInt64(member & 63) & 1 == 0 else { continue }
      if TextMatch(place: pattern.match).matches(text, program.bytes(of: pattern.text)) {
        own[member >> 6] |= 1 << UInt64(member & 63)
      }
    }
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
    for word in 0..<Int(record.memberWords) {
      members[Int(record.firstMemberWord) + word] = 0
    }
    if record.kind == FactRecord.Kind.date.rawValue {
      current.pointee.dates[Int(record.dateNumber)] = .min
    }
  }

  // MARK: - Today

  /// Puts the message on a day: dates count from it, and rules are in force on it.
  @inline(__always)
  func settle(today day: Int32) {
    guard current.pointee.settledOn.pointee != day else { return }
    current.pointee.settledOn.pointee = day
    if day != today.pointee.day { reckon(today: day) }
    if asksForToday {
      set(0, today.pointee.inForce)
      set(1, today.pointee.isWorkingDay)
    }
    for index in 0..<dateColumnCount {
      let own = dateColumns + index
      let date = current.pointee.dates[own.pointee.date]
      guard date != .min else { continue }
      let moments = momentNumbers + own.pointee.firstMoment
      var reached: UInt32 = 0
      for moment in 0..<own.pointee.momentCount { reached &+= moments[moment] <= date ? 1 : 0 }
      set(own.pointee.column, reached)
    }
  }

  /// Works out the moments of a day. Only once for many messages of one day.
  private func reckon(today number: Int32) {
    let day = Day(clamping: Int(number))
    for moment in 0..<program.moments.count {
      momentNumbers[moment] = program.moments[moment].number(today: day, program.calendar)
    }
    var inForce: UInt32 = 0
    for index in 0..<program.inForceDays.count where program.inForceDays[index] <= number {
      inForce += 1
    }
    let isWorkingDay: UInt32 = program.calendar.isWorkingDay(day) ? 1 : 0
    today.pointee = Today(day: number, inForce: inForce, isWorkingDay: isWorkingDay)
  }
}

extension TextMatch {
  /// The case at a place among all cases.
  init(place: UInt32) {
    switch place {
    case 0: self = .equals
    case 1: self = .startsWith
    case 2: self = .endsWith
    case 3: self = .contains
    default: self = .inDomain
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

/// How many of some sorted numbers are at most so large; all of them lie within the limits of `Decimal6`.
/// O(log count).
@inline(__always)
func countOfSorted(_ numbers: UnsafePointer<Int64>, _ count: Int, upTo number: Int64) -> Int {
  guard count > 0 else { return 0 }
  // As many steps for every number, and the sign of a difference in place of a branch: no processor foresees how
  // a comparison turns out.
  var (first, size) = (numbers, count)
  while size > 1 {
    let half = size &>> 1
    first += half & Int(truncatingIfNeeded: (first[half &- 1] &- number &- 1) &>> 63)
    size &-= half
  }
  return first - numbers &+ (first[0] <= number ? 1 : 0)
}
