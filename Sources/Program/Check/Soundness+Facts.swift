import Values

extension Soundness {
  // MARK: - Columns

  /// Two columns about today and then those of the facts; the values of a group's columns, each at its greatest,
  /// do not lead out of the group.
  var areColumnsSound: Bool {
    let columns = program.columns
    guard columns.count >= 2, program.inForceDays.count < Int(UInt32.max),
      columns[0].known == program.inForceDays.count + 1, columns[1].known == 2,
      columns[0].unsaid < columns[0].known, columns[1].unsaid < columns[1].known
    else { return false }
    var greatest = [UInt64](repeating: 0, count: program.groups.count)
    for index in 0..<columns.count {
      let column = columns[index]
      guard isSound(column), (column.fact < 0) == (index < 2) else { return false }
      // A column has at most 2^31 values and a group 2^32, so that no sum of theirs overflows.
      let group = Int(column.group)
      greatest[group] += UInt64(column.known) * UInt64(column.stride)
      guard greatest[group] < max(UInt64(program.groups[group]), 1) else { return false }
    }
    return true
  }

  private func isSound(_ column: ColumnRecord) -> Bool {
    column.group < program.groups.count && column.known >= 1 && column.known <= Int32.max
      && column.unsaid <= column.known
      && (column.absent == -1 || Int(column.absent) == Int(column.known) - 1)
      && column.fact >= -1 && column.fact < program.facts.count
  }

  /// How many values of its fact a column tells apart.
  private func classes(_ column: UInt32) -> Int {
    let record = program.columns[column]
    return Int(record.known) - (record.absent < 0 ? 0 : 1)
  }

  // MARK: - Facts

  /// The facts' columns follow each other, and so do the places of dates, the words of members and the steps of
  /// paths.
  var areFactsSound: Bool {
    guard program.factWords.count == program.facts.count else { return false }
    var nextColumn = 2
    var dateCount = 0
    var memberWords = 0
    for index in 0..<program.facts.count {
      let fact = program.facts[index]
      let end = nextColumn + Int(fact.columnCount)
      guard fact.firstColumn == nextColumn, fact.columnCount >= 1, end <= program.columns.count,
        (nextColumn..<end).allSatisfy({ isSound(program.columns[$0], of: fact, index) }),
        isSound(fact, dateNumber: dateCount, firstMemberWord: memberWords),
        isSound(fact, program.factWords[index])
      else { return false }
      nextColumn = end
      memberWords += Int(fact.memberWords)
      if fact.kind == FactRecord.Kind.date.rawValue { dateCount += 1 }
    }
    return nextColumn == program.columns.count && dateCount == program.unsaidDates.count
      && memberWords == program.unsaidMembers.count
      && memberWords == program.header.memberWords && areStepsSound
      && program.values.all { isSound($0.name) }
  }

  /// A column is about its fact, and of an optional one it has a value for nothing recorded.
  private func isSound(_ column: ColumnRecord, of fact: FactRecord, _ number: Int) -> Bool {
    column.fact == number
      && (column.absent >= 0) == (fact.presence == FactRecord.Presence.optional.rawValue)
  }

  private func isSound(_ fact: FactRecord, dateNumber: Int, firstMemberWord: Int) -> Bool {
    guard isSound(fact.field), let kind = FactRecord.Kind(rawValue: fact.kind),
      fact.presence <= FactRecord.Presence.defaulted.rawValue
    else { return false }
    switch kind {
    case .choice: return hasOneColumn(fact) && isChoiceSound(fact)
    case .yesOrNo: return hasOneColumn(fact) && classes(fact.firstColumn) == 2
    case .number: return hasOneColumn(fact) && isNumberSound(fact)
    case .date: return hasNoMembers(fact) && fact.dateNumber == dateNumber && isDateSound(fact)
    case .set: return areMembersSound(fact, firstMemberWord) && areMasksSound(fact)
    case .text: return areMembersSound(fact, firstMemberWord) && arePatternsSound(fact)
    }
  }

  /// Whether a fact of another kind than dates, sets and texts has what it needs, and no more.
  private func hasOneColumn(_ fact: FactRecord) -> Bool {
    fact.columnCount == 1 && hasNoMembers(fact)
  }

  private func hasNoMembers(_ fact: FactRecord) -> Bool {
    fact.memberCount == 0 && fact.memberWords == 0 && fact.firstMemberWord == 0
  }

  private func isChoiceSound(_ fact: FactRecord) -> Bool {
    guard program.values.holds(fact.first, Int(fact.count)) else { return false }
    let classes = classes(fact.firstColumn)
    return (0..<Int(fact.count)).allSatisfy {
      program.values[Int(fact.first) + $0].code < classes
    }
  }

  private func isNumberSound(_ fact: FactRecord) -> Bool {
    let first = Int(fact.first)
    guard program.thresholds.holds(fact.first, Int(fact.count)),
      classes(fact.firstColumn) == Int(fact.count) + 1
    else { return false }
    // Their distances from every number of a message are numbers of 64 bits too.
    for index in 0..<Int(fact.count) where program.thresholds[first + index].magnitude >> 61 > 0 {
      return false
    }
    for index in 0..<max(Int(fact.count) - 1, 0)
    where program.thresholds[first + index] >= program.thresholds[first + index + 1] {
      return false
    }
    return true
  }

  /// Each column has its own moments, one after the other.
  private func isDateSound(_ fact: FactRecord) -> Bool {
    guard program.moments.holds(fact.first, Int(fact.count)) else { return false }
    var moment = Int(fact.first)
    let end = moment + Int(fact.count)
    for column in fact.firstColumn..<fact.firstColumn + fact.columnCount {
      let start = moment
      while moment < end, program.moments[moment].column == column {
        guard MomentRecord.Reckoning(rawValue: program.moments[moment].reckoning) != nil else {
          return false
        }
        moment += 1
      }
      guard classes(column) == moment - start + 1 else { return false }
    }
    return moment == end
  }

  // MARK: - Sets and texts

  /// The members of a set or text have words of their own, and none holds in a message that says nothing that
  /// is not there.
  private func areMembersSound(_ fact: FactRecord, _ firstWord: Int) -> Bool {
    let (count, words) = (Int(fact.memberCount), Int(fact.memberWords))
    return fact.columnCount == 1 && classes(fact.firstColumn) == 1
      && words == max((count + 63) / 64, 1) && fact.firstMemberWord == firstWord
      && program.unsaidMembers.holds(fact.firstMemberWord, words)
      && program.unsaidMembers[firstWord + words - 1] & beyond(fact) == 0
  }

  /// The bits of the last word of a fact's members for which there is no member.
  private func beyond(_ fact: FactRecord) -> UInt64 {
    let isFull = Int(fact.memberWords) * 64 == Int(fact.memberCount)
    return isFull ? 0 : UInt64.max << UInt64(fact.memberCount % 64)
  }

  /// No value stands for a member that is not there.
  private func areMasksSound(_ fact: FactRecord) -> Bool {
    guard program.values.holds(fact.first, Int(fact.count)) else { return false }
    let (words, beyond) = (Int(fact.memberWords), beyond(fact))
    return (0..<Int(fact.count)).allSatisfy {
      let masks = program.values[Int(fact.first) + $0].code
      return program.memberMasks.holds(masks, words)
        && program.memberMasks[Int(masks) + words - 1] & beyond == 0
    }
  }

  private func arePatternsSound(_ fact: FactRecord) -> Bool {
    guard program.patterns.holds(fact.first, Int(fact.count)) else { return false }
    return (0..<Int(fact.count)).allSatisfy {
      let pattern = program.patterns[Int(fact.first) + $0]
      return pattern.match < TextMatch.allCases.count && pattern.member < fact.memberCount
        && isSound(pattern.text)
    }
  }

  // MARK: - Words of facts

  private func isSound(_ fact: FactRecord, _ words: FactWordsRecord) -> Bool {
    guard isSound(words.phrase), isSound(words.negative), isSound(words.unit) else { return false }
    guard fact.presence == FactRecord.Presence.defaulted.rawValue else { return true }
    switch FactRecord.Kind(rawValue: fact.kind) {
    case .choice: return words.number >= 0 && words.number < fact.count
    case .text: return isSound(words.text)
    case .set:
      guard program.defaultValues.holds(words.text.start, Int(words.text.count)) else {
        return false
      }
      return (0..<Int(words.text.count)).allSatisfy {
        program.defaultValues[Int(words.text.start) + $0] < fact.count
      }
    case .yesOrNo, .number, .date, nil: return true
    }
  }

  private var areStepsSound: Bool {
    var last: UInt32 = 0
    for index in 0..<program.steps.count {
      let step = program.steps[index]
      guard step.fact >= last, step.fact < program.facts.count, isSound(step.name) else {
        return false
      }
      last = step.fact
    }
    return true
  }
}
