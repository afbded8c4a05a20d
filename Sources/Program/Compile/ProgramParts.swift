import Syntax
import Model
import Values

/// The records of a program while it is being compiled.
struct ProgramParts {
  var header = HeaderRecord()
  var hash: [UInt8] = []
  var facts: [FactRecord] = []
  var steps: [StepRecord] = []
  var columns: [ColumnRecord] = []
  var values: [ValueRecord] = []
  var thresholds: [Int64] = []
  var memberMasks: [UInt64] = []
  var patterns: [PatternRecord] = []
  var moments: [MomentRecord] = []
  var holidays: [Int32] = []
  var inForceDays: [Int32] = []
  var groups: [UInt32] = []
  var literals: [LiteralRecord] = []
  var literalValues: [UInt64] = []
  var nodes: [UInt32] = []
  /// By definition, where its nodes begin.
  var definitions: [UInt32] = []
  var rules: [RuleRecord] = []
  var positions: [UInt32] = []
  var rows: [UInt32] = []
  var overridden: [OverriddenRecord] = []
  var stretches: [StretchRecord] = []
  var denseWords: [UInt64] = []
  var matrices: [MatrixRecord] = []
  var matrixGroups: [GroupRecord] = []
  var tested: [TestedRecord] = []
  var layers: [LayerRecord] = []
  var members: [MemberRecord] = []
  var nibbles: [NibbleRecord] = []
  var words: [UInt64] = []
  var outcomes: [TextRecord] = []
  var notes: [NoteRecord] = []
  var pieces: [PieceRecord] = []
  var noteSets: [UInt64] = []
  var unsaidDates: [Int32] = []
  /// The members of a message that says nothing.
  var unsaidMembers: [UInt64] = []
  var factWords: [FactWordsRecord] = []
  var defaultValues: [UInt32] = []
  var tool: [UInt8] = []
  var files: [FileRecord] = []
  var sources: [UInt8] = []
  private(set) var text: [UInt8] = []
  private var knownNoteSets: [[UInt64]: UInt32] = [:]

  mutating func add(text bytes: some Collection<UInt8>) -> TextRecord {
    let start = text.count
    text += bytes
    return TextRecord(start: UInt32(start), count: UInt32(text.count - start))
  }

  /// Fills up to where four words may be read as one.
  mutating func alignWords() {
    while words.count % 4 != 0 { words.append(0) }
  }

  /// The number of a set of notes.
  mutating func noteSet(_ notes: [NoteID]) -> UInt32 {
    var words = [UInt64](repeating: 0, count: Int(header.noteWords))
    for note in notes { words[note.index / 64] |= 1 << UInt64(note.index % 64) }
    if let known = knownNoteSets[words] { return known }
    let number = UInt32(knownNoteSets.count)
    noteSets += words
    knownNoteSets[words] = number
    return number
  }

  var sections: SectionBytes {
    var bytes = SectionBytes()
    bytes.put(.header, [header])
    bytes.put(.hash, hash)
    bytes.put(.facts, facts)
    bytes.put(.steps, steps)
    bytes.put(.columns, columns)
    bytes.put(.values, values)
    bytes.put(.thresholds, thresholds)
    bytes.put(.memberMasks, memberMasks)
    bytes.put(.patterns, patterns)
    bytes.put(.moments, moments)
    bytes.put(.holidays, holidays)
    bytes.put(.inForceDays, inForceDays)
    bytes.put(.groups, groups)
    bytes.put(.literals, literals)
    bytes.put(.literalValues, literalValues)
    bytes.put(.nodes, nodes)
    bytes.put(.definitions, definitions)
    bytes.put(.rules, rules)
    bytes.put(.positions, positions)
    bytes.put(.rows, rows)
    bytes.put(.overridden, overridden)
    bytes.put(.stretches, stretches)
    bytes.put(.denseWords, denseWords)
    bytes.put(.matrices, matrices)
    bytes.put(.matrixGroups, matrixGroups)
    bytes.put(.tested, tested)
    bytes.put(.layers, layers)
    bytes.put(.members, members)
    bytes.put(.nibbles, nibbles)
    bytes.put(.words, words)
    bytes.put(.outcomes, outcomes)
    bytes.put(.notes, notes)
    bytes.put(.pieces, pieces)
    bytes.put(.noteSets, noteSets)
    bytes.put(.unsaidDates, unsaidDates)
    bytes.put(.unsaidMembers, unsaidMembers)
    bytes.put(.text, text)
    bytes.put(.factWords, factWords)
    bytes.put(.defaultValues, defaultValues)
    bytes.put(.tool, tool)
    bytes.put(.files, files)
    bytes.put(.sources, sources)
    return bytes
  }
}
