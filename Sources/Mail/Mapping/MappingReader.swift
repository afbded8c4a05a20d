import Findings
import Model
import Registers
import Syntax

/// Reads the statements of a mapping with the words of a vocabulary, and reports what is wrong with them.
///
/// A statement is `FACT comes from …`, `OUTCOME means …`, `NOTE means …`, or one about the mail as a whole.
struct MappingReader {
  private let source: SourceFile
  let vocabulary: Vocabulary
  let factNames: FactNames
  private let names: MappingNames
  private(set) var findings: [Finding] = []
  private(set) var registers: [String] = []
  private var sources: [FactID: (source: FactSource, span: Span)] = [:]
  private var outcomes: [OutcomeID: (action: OutcomeAction, span: Span)] = [:]
  private var notes: [NoteID: (action: NoteAction, span: Span)] = [:]
  private var otherNotes: NoteAction?
  private var otherOutcomes: OutcomeAction?
  private var unjudged: OutcomeAction?
  private var isSplit: (Bool, Span)?
  private var splitServer: HostPort?

  init(_ source: SourceFile, _ vocabulary: Vocabulary) {
    (self.source, self.vocabulary) = (source, vocabulary)
    factNames = FactNames(vocabulary)
    names = MappingNames(vocabulary)
  }

  mutating func report(_ finding: Finding) { findings.append(finding) }

  mutating func read() -> MailMapping {
    var words = WordTable()
    let list = Lexer.tokens(
      of: source, file: FileID(0), words: &words, findings: &findings, holdsRules: false)
    for statement in MappingStatement.all(source, list) { readStatement(statement) }
    return whole()
  }

  private static let verbs = [
    "comes from", "come from", "is never known", "are never known", "is always", "are always",
    "means", "mean", "are split", "are held", "goes to", "goes by",
  ]

  private mutating func readStatement(_ statement: MappingStatement) {
    var rest = statement
    guard let (subject, verb) = rest.subject(before: MappingReader.verbs) else {
      return report(.notAMappingStatement(at: statement.span))
    }
    switch verb {
    case "comes from", "come from":
      readSource(of: subject) { reader, fact in
        guard let source = reader.factSource(&rest, for: fact) else { return nil }
        reader.expectEnd(rest)
        return source
      }
    case "is never known", "are never known":
      readSource(of: subject) { reader, _ in
        reader.expectEnd(rest)
        return .unknown
      }
    case "is always", "are always":
      readSource(of: subject) { reader, fact in
        let span = rest.isAtEnd ? rest.here : rest.span
        let text = rest.eatString() ?? rest.rest
        return reader.constant(text, for: fact, at: span)
      }
    case "means", "mean": readAction(of: subject, &rest)
    case "are split", "are held": readSeveral(subject, verb, rest)
    default: readSplitServer(subject, &rest)
    }
  }

  mutating func expectEnd(_ statement: MappingStatement) {
    if !statement.isAtEnd { report(.wordsTooMany(statement.rest, at: statement.span)) }
  }

  // MARK: Facts

  private mutating func readSource(
    of subject: MappingStatement, _ read: (inout MappingReader, Fact) -> FactSource?
  ) {
    var subject = subject
    let span = subject.isAtEnd ? subject.here : subject.span
    guard let name = subject.names().first?.text, let id = factNames.fact(named: name) else {
      return report(
        .unknownFact(span.isEmpty ? "" : source.text(span), factNames.phrases, at: span))
    }
    guard let factSource = read(&self, vocabulary[id]) else { return }
    if let earlier = sources.updateValue((factSource, span), forKey: id) {
      report(.saidTwice(vocabulary[id].phrase, at: span, earlier: earlier.span))
    }
  }

  mutating func register(_ path: String) -> Int {
    if let index = registers.firstIndex(of: path) { return index }
    registers.append(path)
    return registers.count - 1
  }

  // MARK: Outcomes and notes

  private mutating func readAction(of subject: MappingStatement, _ rest: inout MappingStatement) {
    var probe = subject
    let span = subject.span
    if probe.eat("every other outcome"), probe.isAtEnd {
      otherOutcomes = outcomeAction(&rest)
    } else if probe.eat("every other note"), probe.isAtEnd {
      otherNotes = noteAction(&rest)
    } else if probe.eat("what cannot be judged"), probe.isAtEnd {
      unjudged = outcomeAction(&rest)
    } else {
      var subject = subject
      let names = subject.names().map { ($0.text, $0.span, self.names.meaning(of: $0.text)) }
      for (name, span, meaning) in names where meaning == nil {
        report(.unknownOutcome(name, self.names.all, at: span))
      }
      readAction(of: names.compactMap { name in name.2.map { ($0, name.1) } }, &rest)
      return
    }
    if subject.isAtEnd { report(.notAMappingStatement(at: span)) }
    expectEnd(rest)
  }

  private mutating func readAction(
    of names: [(MappingNames.Meaning, Span)], _ rest: inout MappingStatement
  ) {
    let isNote = names.contains { if case .note = $0.0 { true } else { false } }
    let isOutcome = names.contains { if case .outcome = $0.0 { true } else { false } }
    if isNote, isOutcome, let second = names.last { return report(.mixedNames(at: second.1)) }
    let action = isNote ? nil : outcomeAction(&rest)
    let noteAction = isNote ? noteAction(&rest) : nil
    guard action != nil || noteAction != nil else { return }
    expectEnd(rest)
    for (meaning, span) in names {
      var earlier: Span?
      switch meaning {
      case .outcome(let id):
        earlier = action.flatMap { outcomes.updateValue(($0, span), forKey: id)?.span }
      case .note(let id):
        earlier = noteAction.flatMap { notes.updateValue(($0, span), forKey: id)?.span }
      }
      if let earlier { report(.saidTwice(source.text(span), at: span, earlier: earlier)) }
    }
  }

  // MARK: Several recipients

  private mutating func readSeveral(
    _ subject: MappingStatement, _ verb: String, _ rest: MappingStatement
  ) {
    var subject = subject
    guard subject.eat("several recipients"), subject.isAtEnd else {
      return report(.notAMappingStatement(at: subject.here))
    }
    expectEnd(rest)
    isSplit = (verb == "are split", subject.here)
  }

  private mutating func readSplitServer(
    _ subject: MappingStatement, _ rest: inout MappingStatement
  ) {
    var subject = subject
    guard subject.eat("split mail"), subject.isAtEnd else {
      return report(.notAMappingStatement(at: subject.here))
    }
    let span = rest.here
    guard let server = rest.eatItem().flatMap(HostPort.init) else {
      return report(.notAServer(at: span))
    }
    splitServer = server
    expectEnd(rest)
  }

  // MARK: The whole

  /// What was read, with everything that has to be said and was not.
  private mutating func whole() -> MailMapping {
    let end = Span(
      file: FileID(0), start: UInt32(source.bytes.count), end: UInt32(source.bytes.count))
    if findings.allSatisfy({ $0.severity != .error }) {
      for fact in vocabulary.facts where fact.presence == .required && sources[fact.id] == nil {
        report(.factWithoutSource(fact.phrase, at: end))
      }
      for outcome in vocabulary.outcomes where outcomes[outcome.id] == nil && otherOutcomes == nil {
        report(.outcomeWithoutAction(outcome.name, at: end))
      }
      for note in vocabulary.notes where notes[note.id] == nil && otherNotes == nil {
        report(.noteWithoutAction(note.name, at: end))
      }
      if let (isSplit, span) = isSplit, isSplit, splitServer == nil {
        report(.noSplitServer(at: span))
      }
    }
    let hold = OutcomeAction(.hold("held"))
    var mapping = MailMapping(
      sources: vocabulary.facts.map { sources[$0.id]?.source },
      outcomes: vocabulary.outcomes.map { outcomes[$0.id]?.action ?? otherOutcomes ?? hold },
      notes: vocabulary.notes.map { notes[$0.id]?.action ?? otherNotes ?? .hold })
    mapping.registers = registers
    if let unjudged { mapping.unjudged = unjudged }
    if isSplit?.0 == true, let splitServer { mapping.several = .split(by: splitServer) }
    return mapping
  }
}

/// The outcomes and notes of a vocabulary by name.
struct MappingNames {
  enum Meaning: Hashable {
    case outcome(OutcomeID)
    case note(NoteID)
  }

  let all: [String]
  private var meanings: [String: Meaning] = [:]

  init(_ vocabulary: Vocabulary) {
    all = vocabulary.outcomes.map(\.name) + vocabulary.notes.map(\.name)
    for note in vocabulary.notes { meanings[MappingNames.key(note.name)] = .note(note.id) }
    for outcome in vocabulary.outcomes {
      meanings[MappingNames.key(outcome.name)] = .outcome(outcome.id)
    }
  }

  func meaning(of name: String) -> Meaning? { meanings[MappingNames.key(name)] }

  private static func key(_ name: String) -> String {
    NameTable.words(of: name).joined(separator: " ")
  }
}

extension Span {
  fileprivate var isEmpty: Bool { start == end }
}
