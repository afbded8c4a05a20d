import Findings
import JSON
package import Model
import Syntax
import Values

extension Program {
  /// The words of the policy that messages and their decisions are read and written with: facts, outcomes and
  /// notes. Definitions are left out, and no word says where it stands in the policy's text.
  package var vocabulary: Vocabulary {
    var vocabulary = Vocabulary()
    var firstStep = 0
    for number in 0..<facts.count {
      var path: [String] = []
      while firstStep < steps.count, steps[firstStep].fact == number {
        path.append(string(steps[firstStep].name))
        firstStep += 1
      }
      vocabulary.facts.append(fact(number, path))
    }
    for number in 0..<outcomes.count {
      let name = unquoted(outcomes[number])
      vocabulary.outcomes.append(Outcome(id: OutcomeID(number), name: name, span: .nowhere))
    }
    for number in 0..<notes.count {
      let note = notes[number]
      let text = (0..<Int(note.pieceCount)).map { piece(Int(note.firstPiece) + $0) }
      vocabulary.notes.append(
        Note(id: NoteID(number), name: unquoted(note.name), text: text, span: .nowhere))
    }
    return vocabulary
  }

  /// A text of the image as Swift has it.
  func string(_ text: TextRecord) -> String {
    String(decoding: bytes(of: text), as: UTF8.self)
  }

  /// A text of the image that is JSON as Swift has it.
  func unquoted(_ text: TextRecord) -> String {
    guard case .string(let name)? = try? JSONReader.read(bytes(of: text)) else { return "" }
    return name
  }

  private func piece(_ number: Int) -> Note.Piece {
    let piece = pieces[number]
    return piece.fact < 0 ? .text(string(piece.text)) : .fact(FactID(Int(piece.fact)))
  }

  // MARK: - Facts

  private func fact(_ number: Int, _ path: [String]) -> Fact {
    let (record, words) = (facts[number], factWords[number])
    let negative = string(words.negative)
    return Fact(
      id: FactID(number), phrase: string(words.phrase), negative: negative.isEmpty ? nil : negative,
      kind: kind(record, words), presence: presence(record, words),
      values: values(of: record), path: path, span: .nowhere)
  }

  private func kind(_ record: FactRecord, _ words: FactWordsRecord) -> Fact.Kind {
    switch FactRecord.Kind(rawValue: record.kind) {
    case .choice, nil: .choice
    case .set: .set
    case .yesOrNo: .yesOrNo
    case .date: .date
    case .text: .text
    case .number:
      .number(
        isWhole: record.isWhole == 1, unit: words.unit.count == 0 ? nil : string(words.unit),
        low: Decimal6(millionths: record.low), high: Decimal6(millionths: record.high))
    }
  }

  /// The declared values of a choice or set.
  private func values(of record: FactRecord) -> [String] {
    guard
      [FactRecord.Kind.choice.rawValue, FactRecord.Kind.set.rawValue].contains(record.kind)
    else { return [] }
    return (0..<Int(record.count)).map { string(values[Int(record.first) + $0].name) }
  }

  private func presence(_ record: FactRecord, _ words: FactWordsRecord) -> Fact.Presence {
    switch FactRecord.Presence(rawValue: record.presence) {
    case .required, nil: .required
    case .optional: .optional
    case .defaulted: .defaulted(defaultValue(record, words))
    }
  }

  private func defaultValue(_ record: FactRecord, _ words: FactWordsRecord) -> FactValue {
    let number = Int(words.number)
    switch FactRecord.Kind(rawValue: record.kind) {
    case .choice, nil: return .choice(ValueID(number))
    case .yesOrNo: return .flag(number == 1)
    case .number: return .number(Decimal6(millionths: words.number) ?? Decimal6(0))
    case .date: return .day(Day(clamping: number))
    case .text: return .text(string(words.text))
    case .set:
      let values = defaultValues.base + Int(words.text.start)
      return .set(Set((0..<Int(words.text.count)).map { ValueID(Int(values[$0])) }))
    }
  }
}

extension Span {
  /// The place of words whose text is not at hand.
  fileprivate static let nowhere = Span(file: FileID(0), start: 0, end: 0)
}

extension ProgramParts {
  /// Adds what sentences about a fact say.
  mutating func add(wordsOf fact: Fact) {
    var unit = ""
    if case .number(_, let own?, _, _) = fact.kind { unit = own }
    var record = FactWordsRecord(
      phrase: add(text: fact.phrase.utf8), negative: add(text: (fact.negative ?? "").utf8),
      unit: add(text: unit.utf8), text: TextRecord(start: 0, count: 0))
    if case .defaulted(let value) = fact.presence { add(value, to: &record) }
    factWords.append(record)
  }

  private mutating func add(_ value: FactValue, to record: inout FactWordsRecord) {
    switch value {
    case .choice(let value): record.number = Int64(value.index)
    case .flag(let flag): record.number = flag ? 1 : 0
    case .number(let number): record.number = number.millionths
    case .day(let day): record.number = Int64(day.number)
    case .text(let text): record.text = add(text: text.utf8)
    case .set(let values):
      record.text = TextRecord(
        start: UInt32(defaultValues.count), count: UInt32(values.count))
      defaultValues += values.sorted().map { UInt32($0.index) }
    }
  }
}
