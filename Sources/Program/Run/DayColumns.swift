import Values

/// The columns of a message whose values depend on the day on which it is decided: those of dates, and the two about
/// today. Has to be deallocated.
struct DayColumns {
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

  private let momentNumbers: UnsafeMutablePointer<Int32>
  private let dateColumns: UnsafeMutablePointer<DateColumn>
  private let dateColumnCount: Int
  private let asksForToday: Bool
  // Behind a pointer, so that the language has no accesses to watch over.
  private let today: UnsafeMutablePointer<Today>

  init(_ program: Program) {
    momentNumbers = .allocate(capacity: program.moments.count)
    momentNumbers.initialize(repeating: 0, count: program.moments.count)
    let dates = DayColumns.dateColumns(of: program)
    dateColumnCount = dates.count
    dateColumns = .allocate(capacity: dates.count)
    dateColumns.initialize(from: dates, count: dates.count)
    asksForToday = (0..<program.literals.count).contains { literal in
      let record = program.literals[literal]
      return record.kind == LiteralRecord.Kind.column.rawValue && record.place < 2
    }
    today = .allocate(capacity: 1)
    today.initialize(to: Today())
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

  func deallocate() {
    momentNumbers.deallocate()
    dateColumns.deallocate()
    today.deallocate()
  }

  /// Gives a message the values that these columns have on a day.
  @inline(__always)
  func settle(_ message: CodedMessage, today day: Int32) {
    if day != today.pointee.day { reckon(today: day, message.program) }
    if asksForToday {
      message.set(0, today.pointee.inForce)
      message.set(1, today.pointee.isWorkingDay)
    }
    for index in 0..<dateColumnCount {
      let own = dateColumns + index
      let date = message.parts.dates[own.pointee.date]
      guard date != .min else { continue }
      let moments = momentNumbers + own.pointee.firstMoment
      var reached: UInt32 = 0
      for moment in 0..<own.pointee.momentCount { reached &+= moments[moment] <= date ? 1 : 0 }
      message.set(own.pointee.column, reached)
    }
  }

  /// Works out the moments of a day. Only once for many messages of one day.
  private func reckon(today number: Int32, _ program: Program) {
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
