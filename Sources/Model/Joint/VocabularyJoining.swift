import Syntax
import Values

/// Makes one vocabulary of two.
struct VocabularyJoining {
  private let words: (old: Vocabulary, new: Vocabulary)
  private(set) var vocabulary = Vocabulary()
  private(set) var old: Renumbering
  private(set) var new: Renumbering
  private(set) var differences: [VocabularyDifference] = []
  /// Whether no message is complete and accepted under both.
  private(set) var hasNoMessages = false

  init(_ old: Vocabulary, _ new: Vocabulary) {
    words = (old, new)
    self.old = Renumbering(old)
    self.new = Renumbering(new)
    joinFacts()
    joinOutcomes()
    joinNotes()
  }

  // MARK: Facts

  private mutating func joinFacts() {
    let (oldFacts, newFacts) = (FactTable(words.old.facts), FactTable(words.new.facts))
    for fact in words.new.facts {
      if let other = oldFacts[fact.path] {
        join(other, fact)
      } else if oldFacts.holdsPathAround(fact.path) {
        leaveOut(fact, of: .new)
        differences.append(.nestedField(fact.phrase, field: fact.field, of: .new))
      } else {
        new.facts[fact.id.index] = add(fact)
        let moved = oldFacts[phrase: fact.phrase].flatMap { newFacts[$0.path] == nil ? $0 : nil }
        differences.append(
          moved.map { .field(fact.phrase, old: $0.field, new: fact.field) }
            ?? .fact(fact.phrase, onlyIn: .new))
      }
    }
    for fact in words.old.facts where newFacts[fact.path] == nil {
      if newFacts.holdsPathAround(fact.path) {
        leaveOut(fact, of: .old)
        differences.append(.nestedField(fact.phrase, field: fact.field, of: .old))
      } else {
        old.facts[fact.id.index] = add(fact)
        let isMoved = newFacts[phrase: fact.phrase].map { oldFacts[$0.path] == nil } ?? false
        if !isMoved { differences.append(.fact(fact.phrase, onlyIn: .old)) }
      }
    }
  }

  /// Adds a fact of one policy alone.
  private mutating func add(_ fact: Fact) -> Renumbering.FactPlace {
    let id = FactID(vocabulary.facts.count)
    vocabulary.facts.append(fact.renumbered(id, fact.kind, fact.presence, fact.values))
    return .joint(id, values: fact.values.indices.map { ValueID($0) }, unsaid: nil, texts: nil)
  }

  /// Has a fact never given.
  private mutating func leaveOut(_ fact: Fact, of version: PolicyVersion) {
    let place: Renumbering.FactPlace
    switch fact.presence {
    case .required:
      hasNoMessages = true
      place = .neverGiven(nil)
    case .optional: place = .neverGiven(nil)
    case .defaulted(let value):
      // Whether a date lies before today is settled by no value.
      if fact.kind == .date { hasNoMessages = true }
      place = .neverGiven(value)
    }
    switch version {
    case .old: old.facts[fact.id.index] = place
    case .new: new.facts[fact.id.index] = place
    }
  }

  /// Joins two facts that are read from one field.
  private mutating func join(_ a: Fact, _ b: Fact) {
    if a.phraseKey != b.phraseKey {
      differences.append(.phrase(old: a.phrase, new: b.phrase, field: b.field))
    }
    let values = a.valuesInCommon(with: b)
    let mustBeLeftOut: Bool
    switch b.kind.joined(with: a.kind) {
    case nil:
      differences.append(.kind(b.phrase, old: a.kind, new: b.kind, isCompared: false))
      mustBeLeftOut = true
    case .choice? where values.isEmpty:
      differences.append(.nothingInCommon(b.phrase))
      mustBeLeftOut = true
    case let kind? where kind.isEmptyRange:
      differences.append(.nothingInCommon(b.phrase))
      mustBeLeftOut = true
    case let kind?:
      addDifferences(a, b)
      join(a, b, kind, values)
      mustBeLeftOut = false
    }
    guard mustBeLeftOut else { return }
    leaveOut(a, of: .old)
    leaveOut(b, of: .new)
  }

  private mutating func join(_ a: Fact, _ b: Fact, _ kind: Fact.Kind, _ values: [String]) {
    let id = FactID(vocabulary.facts.count)
    let numbers = Dictionary(
      values.enumerated().map { (ExactName($1), ValueID($0)) }, uniquingKeysWith: { $1 })
    let (oldValues, newValues) = (
      a.values.map { numbers[ExactName($0)] }, b.values.map { numbers[ExactName($0)] }
    )
    let presence = JointPresence(
      a.presence.with(oldValues), b.presence.with(newValues), isDate: kind == .date)
    vocabulary.facts.append(b.renumbered(id, kind, presence.joint, values))
    let needsDefaults = presence.joint == .optional
    func place(_ fact: Fact, _ own: [ValueID?]) -> Renumbering.FactPlace {
      let isSameKind =
        fact.kind.hasValues == kind.hasValues && (fact.kind == .set) == (kind == .set)
      return .joint(
        id, values: own, unsaid: needsDefaults ? fact.presence.value : nil,
        texts: isSameKind ? nil : values)
    }
    old.facts[a.id.index] = place(a, oldValues)
    new.facts[b.id.index] = place(b, newValues)
    if presence.isDifferent {
      differences.append(
        .presence(
          b.phrase, old: a.presenceInWords, new: b.presenceInWords,
          areLeftOut: presence.joint == .required))
    }
  }

  /// What two facts that can be joined differ in.
  private mutating func addDifferences(_ a: Fact, _ b: Fact) {
    if a.kind.joined(with: b.kind) == .choice, a.kind != .choice || b.kind != .choice {
      differences.append(.kind(b.phrase, old: a.kind, new: b.kind, isCompared: true))
      if a.kind == .text || b.kind == .text { return }
    }
    let isSet = b.kind == .set
    let (inOld, inNew) = (Set(a.values.map(ExactName.init)), Set(b.values.map(ExactName.init)))
    for value in b.values where !inOld.holds(value) {
      differences.append(.value(value, of: b.phrase, isSet: isSet, onlyIn: .new))
    }
    for value in a.values where !inNew.holds(value) {
      differences.append(.value(value, of: b.phrase, isSet: isSet, onlyIn: .old))
    }
    guard case .number(let isWholeA, let unitA, let lowA, let highA) = a.kind,
      case .number(let isWholeB, let unitB, let lowB, let highB) = b.kind
    else { return }
    if unitA.map(Resolver.key) != unitB.map(Resolver.key) {
      differences.append(.unit(b.phrase, old: unitA, new: unitB))
    }
    if isWholeA != isWholeB || lowA != lowB || highA != highB {
      differences.append(.range(b.phrase, old: a.kind, new: b.kind))
    }
  }

  // MARK: Outcomes and notes

  private mutating func joinOutcomes() {
    var numbers: [String: OutcomeID] = [:]
    for (outcome, version) in words.new.outcomes.map({ ($0, PolicyVersion.new) })
      + words.old.outcomes.map({ ($0, PolicyVersion.old) })
    {
      let key = VocabularyJoining.key(outcome.name)
      let id = numbers[key] ?? OutcomeID(vocabulary.outcomes.count)
      if numbers.updateValue(id, forKey: key) == nil {
        vocabulary.outcomes.append(Outcome(id: id, name: outcome.name, span: outcome.span))
      }
      switch version {
      case .old: old.outcomes.append(id)
      case .new: new.outcomes.append(id)
      }
    }
    let (inOld, inNew) = (Set(old.outcomes), Set(new.outcomes))
    for outcome in vocabulary.outcomes where !inOld.contains(outcome.id) {
      differences.append(.outcome(outcome.name, onlyIn: .new))
    }
    for outcome in vocabulary.outcomes where !inNew.contains(outcome.id) {
      differences.append(.outcome(outcome.name, onlyIn: .old))
    }
  }

  private mutating func joinNotes() {
    var numbers: [String: NoteID] = [:]
    for note in words.new.notes {
      let id = NoteID(vocabulary.notes.count)
      numbers[VocabularyJoining.key(note.name)] = id
      vocabulary.notes.append(joint(note, id, new))
      new.notes.append(id)
    }
    for note in words.old.notes {
      let key = VocabularyJoining.key(note.name)
      let id = numbers[key] ?? NoteID(vocabulary.notes.count)
      old.notes.append(id)
      if let number = numbers[key] {
        let other = words.new.notes[number.index]
        if note.text(in: words.old) != other.text(in: words.new) {
          differences.append(.noteText(other.name))
        }
      } else {
        vocabulary.notes.append(joint(note, id, old))
      }
    }
    let (inOld, inNew) = (Set(old.notes), Set(new.notes))
    for note in vocabulary.notes where !inOld.contains(note.id) {
      differences.append(.note(note.name, onlyIn: .new))
    }
    for note in vocabulary.notes where !inNew.contains(note.id) {
      differences.append(.note(note.name, onlyIn: .old))
    }
  }

  /// A note whose text names joint facts; a fact that is never given is not recorded there either.
  private func joint(_ note: Note, _ id: NoteID, _ numbers: Renumbering) -> Note {
    let pieces = note.text.map { piece -> Note.Piece in
      guard case .fact(let fact) = piece else { return piece }
      return numbers.facts[fact.index].joint.map { .fact($0) } ?? .text("not recorded")
    }
    return Note(id: id, name: note.name, text: pieces, span: note.span)
  }

  /// Names are compared without regard to case and articles.
  static func key(_ name: String) -> String {
    NameTable.words(of: name).joined(separator: " ")
  }
}
