package import Model
import Values

/// A policy compiled for deciding: everything that a decision needs, in one block of bytes.
///
/// It never changes and any number of threads may decide by it at once, each with a `Decider` of its own.
package final class Program: @unchecked Sendable {
  let image: Image
  let header: HeaderRecord
  let facts: Table<FactRecord>
  let steps: Table<StepRecord>
  let columns: Table<ColumnRecord>
  let values: Table<ValueRecord>
  let thresholds: Table<Int64>
  let memberMasks: Table<UInt64>
  let patterns: Table<PatternRecord>
  let moments: Table<MomentRecord>
  let inForceDays: Table<Int32>
  let groups: Table<UInt32>
  let literals: Table<LiteralRecord>
  let literalValues: Table<UInt64>
  let nodes: Table<UInt32>
  let definitions: Table<UInt32>
  let rules: Table<RuleRecord>
  let positions: Table<UInt32>
  let rows: Table<UInt32>
  let overridden: Table<OverriddenRecord>
  let stretches: Table<StretchRecord>
  let denseWords: Table<UInt64>
  let matrices: Table<MatrixRecord>
  let matrixGroups: Table<GroupRecord>
  let tested: Table<TestedRecord>
  let layers: Table<LayerRecord>
  let members: Table<MemberRecord>
  let nibbles: Table<NibbleRecord>
  let words: Table<UInt64>
  let outcomes: Table<TextRecord>
  let notes: Table<NoteRecord>
  let pieces: Table<PieceRecord>
  let noteSets: Table<UInt64>
  let unsaidDates: Table<Int32>
  let unsaidMembers: Table<UInt64>
  let text: Table<UInt8>
  let factWords: Table<FactWordsRecord>
  let defaultValues: Table<UInt32>
  let calendar: WorkingCalendar
  /// By fact, what compares it with many patterns at once; nil where there are few, or it is no text.
  private(set) var textMatchers: [TextMatcher?] = []

  /// Compiles the meaning of a policy.
  package convenience init(_ policy: Policy) {
    self.init(Image(ProgramCompiler.parts(of: policy).sections))
    makeTextMatchers()
  }

  /// The tables of an image; none of its records is looked at but the header and the holidays.
  init(_ image: Image) {
    self.image = image
    header = image.table(.header, of: HeaderRecord.self)[0]
    facts = image.table(.facts, of: FactRecord.self)
    steps = image.table(.steps, of: StepRecord.self)
    columns = image.table(.columns, of: ColumnRecord.self)
    values = image.table(.values, of: ValueRecord.self)
    thresholds = image.table(.thresholds, of: Int64.self)
    memberMasks = image.table(.memberMasks, of: UInt64.self)
    patterns = image.table(.patterns, of: PatternRecord.self)
    moments = image.table(.moments, of: MomentRecord.self)
    inForceDays = image.table(.inForceDays, of: Int32.self)
    groups = image.table(.groups, of: UInt32.self)
    literals = image.table(.literals, of: LiteralRecord.self)
    literalValues = image.table(.literalValues, of: UInt64.self)
    nodes = image.table(.nodes, of: UInt32.self)
    definitions = image.table(.definitions, of: UInt32.self)
    rules = image.table(.rules, of: RuleRecord.self)
    positions = image.table(.positions, of: UInt32.self)
    rows = image.table(.rows, of: UInt32.self)
    overridden = image.table(.overridden, of: OverriddenRecord.self)
    stretches = image.table(.stretches, of: StretchRecord.self)
    denseWords = image.table(.denseWords, of: UInt64.self)
    matrices = image.table(.matrices, of: MatrixRecord.self)
    matrixGroups = image.table(.matrixGroups, of: GroupRecord.self)
    tested = image.table(.tested, of: TestedRecord.self)
    layers = image.table(.layers, of: LayerRecord.self)
    members = image.table(.members, of: MemberRecord.self)
    nibbles = image.table(.nibbles, of: NibbleRecord.self)
    words = image.table(.words, of: UInt64.self)
    outcomes = image.table(.outcomes, of: TextRecord.self)
    notes = image.table(.notes, of: NoteRecord.self)
    pieces = image.table(.pieces, of: PieceRecord.self)
    noteSets = image.table(.noteSets, of: UInt64.self)
    unsaidDates = image.table(.unsaidDates, of: Int32.self)
    unsaidMembers = image.table(.unsaidMembers, of: UInt64.self)
    text = image.table(.text, of: UInt8.self)
    factWords = image.table(.factWords, of: FactWordsRecord.self)
    defaultValues = image.table(.defaultValues, of: UInt32.self)
    let holidays = image.table(.holidays, of: Int32.self)
    calendar = WorkingCalendar(
      holidays: Set((0..<holidays.count).map { Day(clamping: Int(holidays[$0])) }))
  }

  /// Makes what compares texts with many patterns at once. Before anything is decided.
  func makeTextMatchers() {
    textMatchers = (0..<facts.count).map { TextMatcher(facts[$0], self) }
  }

  /// How many bytes the program takes, names and all.
  package var byteCount: Int { image.bytes.count }

  /// The bytes of a text.
  func bytes(of text: TextRecord) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: self.text.base + Int(text.start), count: Int(text.count))
  }
}
