import Classes
import Model
import Syntax
import Values

/// Says how the values of facts become values of columns.
struct FactCompiler {
  private let vocabulary: Vocabulary
  private let layout: ColumnLayout
  private let groups: ColumnGroups

  init(_ vocabulary: Vocabulary, _ layout: ColumnLayout, _ groups: ColumnGroups) {
    self.vocabulary = vocabulary
    self.layout = layout
    self.groups = groups
  }

  func add(to parts: inout ProgramParts) {
    addColumns(to: &parts)
    for fact in vocabulary.facts { add(fact, to: &parts) }
    parts.header.factCount = UInt32(parts.facts.count)
    parts.header.memberWords = UInt32(parts.unsaidMembers.count)
  }

  private func addColumns(to parts: inout ProgramParts) {
    // Columns that nobody asks for go into one group more, which no matrix looks at.
    parts.groups = groups.groups.map { UInt32($0.cardinality) } + [0]
    var places = [(group: Int, stride: Int)](
      repeating: (groups.groups.count, 0), count: layout.columns.count)
    for (number, group) in groups.groups.enumerated() {
      for (column, stride) in zip(group.columns, group.strides) {
        places[column] = (number, stride)
      }
    }
    let unsaid = unsaidValues
    for (index, (column, place)) in zip(layout.columns, places).enumerated() {
      var fact: Int32 = -1
      if case .fact(let id) = column.source { fact = Int32(id.index) }
      parts.columns.append(
        ColumnRecord(
          group: UInt32(place.group), stride: UInt32(place.stride), known: UInt32(column.known),
          fact: fact, absent: Int32(column.absent ?? -1), unsaid: unsaid[index]))
    }
    parts.header.columnCount = UInt32(parts.columns.count)
    parts.header.groupCount = UInt32(parts.groups.count)
  }

  /// By column, its value in a message that does not mention its fact.
  private var unsaidValues: [UInt32] {
    var values = layout.columns.map { UInt32($0.absent ?? $0.known) }
    values[0] = 0
    values[1] = 0
    for fact in vocabulary.facts {
      guard case .defaulted(let value) = fact.presence else { continue }
      // A date's columns are settled with today.
      if case .day = value { for column in layout.columns(of: fact.id) { values[column] = 0 } }
      for (column, own) in zip(layout.columns(of: fact.id), layout.values(of: value, fact)) {
        values[column] = UInt32(own)
      }
    }
    return values
  }

  private func add(_ fact: Fact, to parts: inout ProgramParts) {
    let columns = layout.columns(of: fact.id)
    for step in fact.path {
      parts.steps.append(
        StepRecord(name: parts.add(text: step.utf8), fact: UInt32(fact.id.index)))
    }
    parts.add(wordsOf: fact)
    var record = FactRecord(
      kind: FactRecord.Kind(fact.kind).rawValue,
      presence: FactRecord.Presence(fact.presence).rawValue,
      firstColumn: UInt32(columns.lowerBound),
      columnCount: UInt32(columns.count), field: parts.add(text: fact.field.utf8))
    if case .number(let isWhole, _, let low, let high) = fact.kind {
      record.isWhole = isWhole ? 1 : 0
      record.low = low?.millionths ?? .min
      record.high = high?.millionths ?? .max
    }
    switch layout.codings[fact.id.index] {
    case .yesOrNo: break
    case .choice(let classOf): addValues(fact, classOf.map(UInt32.init), &record, &parts)
    case .number(let thresholds):
      record.first = UInt32(parts.thresholds.count)
      record.count = UInt32(thresholds.count)
      parts.thresholds += thresholds
    case .date(let kinds): addMoments(fact, kinds, columns, &record, &parts)
    case .set(let members): addMembers(members, fact, &record, &parts)
    case .text(let members): addPatterns(members, fact, &record, &parts)
    }
    parts.facts.append(record)
  }

  private func addValues(
    _ fact: Fact, _ codes: [UInt32], _ record: inout FactRecord, _ parts: inout ProgramParts
  ) {
    record.first = UInt32(parts.values.count)
    record.count = UInt32(fact.values.count)
    for (value, code) in zip(fact.values, codes) {
      parts.values.append(ValueRecord(name: parts.add(text: value.utf8), code: code))
    }
  }

  private func addMoments(
    _ fact: Fact, _ kinds: [[Moment]], _ columns: Range<Int>, _ record: inout FactRecord,
    _ parts: inout ProgramParts
  ) {
    record.first = UInt32(parts.moments.count)
    record.dateNumber = UInt32(parts.unsaidDates.count)
    if case .defaulted(.day(let day)) = fact.presence {
      parts.unsaidDates.append(day.number)
    } else {
      parts.unsaidDates.append(.min)
    }
    for (moments, column) in zip(kinds, columns) {
      for moment in moments { parts.moments.append(MomentRecord(moment, column: column)) }
    }
    record.count = UInt32(parts.moments.count) - record.first
  }

  private func addMembers(
    _ members: [Set<ValueID>], _ fact: Fact, _ record: inout FactRecord,
    _ parts: inout ProgramParts
  ) {
    addMemberWords(members.count, fact, &record, &parts)
    let words = Int(record.memberWords)
    var codes: [UInt32] = []
    for value in fact.values.indices {
      codes.append(UInt32(parts.memberMasks.count))
      var mask = [UInt64](repeating: 0, count: words)
      for (number, member) in members.enumerated() where member.contains(ValueID(value)) {
        mask[number / 64] |= 1 << UInt64(number % 64)
      }
      parts.memberMasks += mask
    }
    addValues(fact, codes, &record, &parts)
  }

  /// Makes room in a message for the members of a fact.
  private func addMemberWords(
    _ count: Int, _ fact: Fact, _ record: inout FactRecord, _ parts: inout ProgramParts
  ) {
    var words = [UInt64](repeating: 0, count: max((count + 63) / 64, 1))
    record.memberCount = UInt32(count)
    record.memberWords = UInt32(words.count)
    record.firstMemberWord = UInt32(parts.unsaidMembers.count)
    if case .defaulted(let value) = fact.presence {
      for (number, isHeld) in layout.members(of: value, fact).enumerated() where isHeld {
        words[number / 64] |= 1 << UInt64(number % 64)
      }
    }
    parts.unsaidMembers += words
  }

  private func addPatterns(
    _ members: [[TextPattern]], _ fact: Fact, _ record: inout FactRecord,
    _ parts: inout ProgramParts
  ) {
    addMemberWords(members.count, fact, &record, &parts)
    record.first = UInt32(parts.patterns.count)
    for (number, patterns) in members.enumerated() {
      for pattern in patterns {
        let match = TextMatch.allCases.firstIndex(of: pattern.match) ?? 0
        parts.patterns.append(
          PatternRecord(
            match: UInt32(match), member: UInt32(number), text: parts.add(text: pattern.pattern)))
      }
    }
    record.count = UInt32(parts.patterns.count) - record.first
  }
}

extension FactRecord.Kind {
  fileprivate init(_ kind: Fact.Kind) {
    switch kind {
    case .choice: self = .choice
    case .set: self = .set
    case .yesOrNo: self = .yesOrNo
    case .number: self = .number
    case .date: self = .date
    case .text: self = .text
    }
  }
}

extension FactRecord.Presence {
  fileprivate init(_ presence: Fact.Presence) {
    switch presence {
    case .required: self = .required
    case .optional: self = .optional
    case .defaulted: self = .defaulted
    }
  }
}

extension MomentRecord {
  fileprivate init(_ moment: Moment, column: Int) {
    let (reckoning, count): (Reckoning, Int) =
      switch moment.reckoning {
      case .fixed(let number): (.fixed, number)
      case .days(let count): (.days, count)
      case .months(let count): (.months, count)
      case .workingDays(let count): (.workingDays, count)
      }
    self.init(
      reckoning: reckoning.rawValue, count: Int32(clamping: count),
      offset: Int32(clamping: moment.offset), column: UInt32(column))
  }
}
