import JSON
import Model
import Syntax
import Values

/// Compiles the meaning of a policy into a program.
///
/// Conditions become rows of literals over columns (`TestCompiler`, `RowCompiler`), the rows of each kind of
/// rules a matrix of bits (`MatrixCompiler`), and `overrides` stretches of an order (`RuleOrder`).
struct ProgramCompiler {
  private let policy: Policy
  private let layout: ColumnLayout
  private var parts = ProgramParts()

  private init(_ policy: Policy) {
    self.policy = policy
    layout = ColumnLayout(policy)
  }

  /// The parts of the policy's program. O(size of the policy × values of a column), as a rule.
  static func parts(of policy: Policy) -> ProgramParts {
    var compiler = ProgramCompiler(policy)
    compiler.compile()
    return compiler.parts
  }

  private mutating func compile() {
    let vocabulary = policy.vocabulary
    parts.hash = Array(policy.hash.utf8)
    parts.header.noteCount = UInt32(vocabulary.notes.count)
    parts.header.noteWords = UInt32(max((vocabulary.notes.count + 63) / 64, 1))
    parts.header.outcomeCount = UInt32(vocabulary.outcomes.count)
    parts.header.ruleCount = UInt32(policy.rules.count)
    var tests = TestCompiler(policy, layout)
    let conditions = policy.rules.map { tests.formula($0.condition) }
    let definitions = vocabulary.definitions.map { tests.formula($0.condition) }
    let inForce = policy.rules.map { tests.inForce($0) }
    var rows = RowCompiler(tests.literals, definitions: definitions)
    let ruleRows = zip(conditions, inForce).map { condition, inForce in
      let found = rows.rows(of: condition)
      return inForce.map { rows.rows(found, and: $0) } ?? found
    }
    let groups = columnGroups(ruleRows, rows.literals)
    let relation = OverrideRelation(policy.overrides)
    for kind in Rule.Kind.allCases {
      addMatrix(RuleOrder(kind, policy, relation), ruleRows, rows.literals, groups)
    }
    addLiterals(rows.literals)
    addConditions(conditions, definitions)
    addWords()
    FactCompiler(policy.vocabulary, layout, groups).add(to: &parts)
    parts.holidays = policy.calendar.holidays
    parts.inForceDays = layout.inForceDays.map(\.number)
    addStandards()
  }

  // MARK: - Rules

  /// The widest groups that keep the matrices small: some words a row, or a few kilobytes.
  private func columnGroups(_ rows: [Rows], _ literals: LiteralTable) -> ColumnGroups {
    var tested: Set<Int> = []
    for id in Set(rows.flatMap { $0.rows.joined() }) {
      if case .column(let column, _) = literals[id] { tested.insert(column) }
    }
    let rowCount = rows.reduce(0) { $0 + $1.rows.count }
    let words = MatrixCompiler.lineWords(for: rowCount)
    for mostValues in [256, 128, 64, 32, 16, 8] {
      let groups = ColumnGroups(layout, tested: tested, mostValues: mostValues)
      let bytes = groups.groups.reduce(0) { $0 + $1.cardinality } * words * 8
      if bytes <= max(rowCount * 64, 1 << 14) { return groups }
    }
    return ColumnGroups(layout, tested: tested, mostValues: 1)
  }

  private mutating func addMatrix(
    _ order: RuleOrder, _ rows: [Rows], _ literals: LiteralTable, _ groups: ColumnGroups
  ) {
    var entries: [MatrixCompiler.Entry] = []
    for (position, rule) in order.rules.enumerated() {
      let found = rows[rule.index]
      for row in found.rows {
        entries.append(
          MatrixCompiler.Entry(literals: row, position: position, isExact: found.isExact))
      }
    }
    let matrix = MatrixCompiler(entries, layout, literals, groups)
    let firstPosition = parts.positions.count
    matrix.add(to: &parts, outcomeCount: policy.vocabulary.outcomes.count)
    let last = parts.matrices.count - 1
    parts.matrices[last].firstPosition = UInt32(firstPosition)
    parts.matrices[last].positionCount = UInt32(order.rules.count)
    parts.positions += order.rules.map { UInt32($0.index) }
    for stretches in order.overridden { addOverridden(stretches, of: order.rules.count) }
    let header = parts.header
    parts.header.mostWords = max(header.mostWords, parts.matrices[last].wordCount)
    parts.header.mostPositions = max(header.mostPositions, UInt32(order.rules.count))
  }

  private mutating func addOverridden(_ stretches: [Range<Int32>], of count: Int) {
    let words = (count + 63) / 64
    guard stretches.count > words else {
      parts.overridden.append(
        OverriddenRecord(first: UInt32(parts.stretches.count), count: UInt32(stretches.count)))
      parts.stretches += stretches.map {
        StretchRecord(start: UInt32($0.lowerBound), end: UInt32($0.upperBound))
      }
      return
    }
    parts.overridden.append(
      OverriddenRecord(
        first: UInt32(parts.denseWords.count), count: UInt32(words) | OverriddenRecord.isDense))
    var line = [UInt64](repeating: 0, count: words)
    for position in stretches.joined() {
      line[Int(position) / 64] |= 1 << UInt64(position % 64)
    }
    parts.denseWords += line
  }

  private mutating func addLiterals(_ table: LiteralTable) {
    for literal in table.literals {
      switch literal {
      case .column(let column, let values): add(.column, column, values)
      case .outcome(let values): add(.outcome, 0, values)
      case .member(let member, let isHeld):
        let column = layout.firstColumn[layout.factOfMember[member].index]
        let kind: LiteralRecord.Kind = isHeld ? .held : .notHeld
        parts.literals.append(
          LiteralRecord(
            kind: kind.rawValue, place: UInt32(layout.bitOfMember[member]),
            values: UInt32(column)))
      }
    }
  }

  private mutating func add(_ kind: LiteralRecord.Kind, _ place: Int, _ values: ValueSet) {
    parts.literals.append(
      LiteralRecord(
        kind: kind.rawValue, place: UInt32(place), values: UInt32(parts.literalValues.count)))
    parts.literalValues += values.words
  }

  private mutating func addConditions(_ conditions: [Formula], _ definitions: [Formula]) {
    var nodes = NodeWriter(definitions)
    for (rule, condition) in zip(policy.rules, conditions) {
      let name = parts.add(text: JSONWriter.quoted(rule.name))
      parts.rules.append(
        RuleRecord(
          outcome: rule.outcome.map { UInt32($0.index) } ?? .max, notes: parts.noteSet(rule.notes),
          condition: UInt32(nodes.add(condition)), name: name))
    }
    for number in definitions.indices { nodes.addDefinition(number) }
    parts.definitions = nodes.definitionPlaces
    parts.nodes = nodes.nodes
  }

  // MARK: - Words

  private mutating func addWords() {
    let vocabulary = policy.vocabulary
    parts.outcomes = vocabulary.outcomes.map { parts.add(text: JSONWriter.quoted($0.name)) }
    for note in vocabulary.notes {
      let first = parts.pieces.count
      for piece in note.text {
        switch piece {
        case .text(let text):
          parts.pieces.append(PieceRecord(text: parts.add(text: text.utf8), fact: -1))
        case .fact(let fact):
          let nothing = TextRecord(start: 0, count: 0)
          parts.pieces.append(PieceRecord(text: nothing, fact: Int32(fact.index)))
        }
      }
      parts.notes.append(
        NoteRecord(
          name: parts.add(text: JSONWriter.quoted(note.name)), firstPiece: UInt32(first),
          pieceCount: UInt32(note.text.count)))
    }
  }

  private mutating func addStandards() {
    if let otherwise = policy.otherwise {
      parts.header.otherwiseOutcome = UInt32(otherwise.outcome.index)
      parts.header.otherwiseNotes = parts.noteSet(otherwise.notes)
      parts.header.otherwisePlace = UInt32(policy.rules.count { $0.span < otherwise.span })
    }
    if let unsure = policy.whenUnsure {
      parts.header.unsureOutcome = UInt32(unsure.outcome.index)
      parts.header.unsureNotes = parts.noteSet(unsure.notes)
    }
  }
}

/// Writes formulas as nodes. A definition stands before everything that uses it.
private struct NodeWriter {
  private(set) var nodes: [UInt32] = []
  private let definitions: [Formula]
  private var places: [Int?]

  init(_ definitions: [Formula]) {
    self.definitions = definitions
    places = definitions.map { _ in nil }
  }

  /// Adds a condition, behind the definitions that it needs, and gives its place.
  mutating func add(_ formula: Formula) -> Int {
    for number in formula.definitions { addDefinition(number) }
    let place = nodes.count
    put(formula)
    return place
  }

  /// By definition, where its nodes begin.
  var definitionPlaces: [UInt32] { places.map { UInt32($0 ?? 0) } }

  mutating func addDefinition(_ number: Int) {
    guard places[number] == nil else { return }
    places[number] = add(definitions[number])
  }

  private mutating func put(_ formula: Formula) {
    switch formula {
    case .always: nodes.append(Node(.always, 0).bits)
    case .literal(let id): nodes.append(Node(.literal, Int(id.index)).bits)
    case .not(let part):
      nodes.append(Node(.not, 0).bits)
      put(part)
    case .and(let parts): put(.and, parts)
    case .or(let parts): put(.or, parts)
    case .definition(let number):
      nodes.append(Node(.definition, number).bits)
    }
  }

  private mutating func put(_ kind: Node.Kind, _ parts: [Formula]) {
    let place = nodes.count
    nodes.append(0)
    for part in parts { put(part) }
    nodes[place] = Node(kind, nodes.count - place - 1).bits
  }
}

extension Formula {
  /// The definitions that it uses itself.
  fileprivate var definitions: [Int] {
    switch self {
    case .always, .literal: []
    case .definition(let number): [number]
    case .not(let part): part.definitions
    case .and(let parts), .or(let parts): parts.flatMap(\.definitions)
    }
  }
}
