// The records of which a program's image is made. All of them are plain numbers without padding, so that an
// image is the same wherever it is written.

/// A text among the image's texts: UTF-8, by its place.
struct TextRecord {
  var start: UInt32
  var count: UInt32
}

/// What stands once in an image.
struct HeaderRecord {
  /// How many columns, groups of columns and facts there are.
  var columnCount: UInt32 = 0
  var groupCount: UInt32 = 0
  var factCount: UInt32 = 0
  var noteCount: UInt32 = 0
  var outcomeCount: UInt32 = 0
  var ruleCount: UInt32 = 0
  /// How many words a set of notes has.
  var noteWords: UInt32 = 0
  /// How many words the members of all facts have.
  var memberWords: UInt32 = 0
  /// Outcome and notes of `otherwise` and `when unsure`; `none` for an outcome where there is none.
  var otherwiseOutcome: UInt32 = .max
  var otherwiseNotes: UInt32 = 0
  var unsureOutcome: UInt32 = .max
  var unsureNotes: UInt32 = 0
  /// How many rules stand before `otherwise`.
  var otherwisePlace: UInt32 = 0
  /// The most rows, words of rows and positions that one kind of rule has.
  var mostWords: UInt32 = 0
  var mostPositions: UInt32 = 0
  /// 1 if the policy was checked and proved without error before it was compiled.
  var isProved: UInt32 = 0
}

/// A fact, and how its values are told apart.
struct FactRecord {
  enum Kind: UInt32 { case choice, set, yesOrNo, number, date, text }
  enum Presence: UInt32 { case required, optional, defaulted }

  /// The range of a number, in millionths.
  var low: Int64 = .min
  var high: Int64 = .max
  var kind: UInt32
  var presence: UInt32
  var firstColumn: UInt32
  var columnCount: UInt32
  /// Where its values, thresholds, moments or patterns begin, and how many there are.
  var first: UInt32 = 0
  var count: UInt32 = 0
  /// Of sets and texts: how many members, how many words they have, and where these begin in a message.
  var memberCount: UInt32 = 0
  var memberWords: UInt32 = 0
  var firstMemberWord: UInt32 = 0
  /// 1 if a number has to be whole.
  var isWhole: UInt32 = 0
  /// Its place among the dates of a message; of other facts nothing.
  var dateNumber: UInt32 = 0
  var unused: UInt32 = 0
  /// The field that it is read from, with dots, for people; a name may have dots itself.
  var field: TextRecord
}

/// One step of the path of the field that a fact is read from. The steps of a path follow each other.
struct StepRecord {
  /// The name at this step.
  var name: TextRecord
  var fact: UInt32
  var unused: UInt32 = 0
}

/// What sentences about a fact say, and its value in a message that does not mention it.
struct FactWordsRecord {
  /// The default of a number in millionths, of a date its day, of a choice its value, of yes or no 1 or 0.
  var number: Int64 = 0
  var phrase: TextRecord
  /// Empty where there is none.
  var negative: TextRecord
  /// Of numbers; empty where there is none.
  var unit: TextRecord
  /// The default of a text; of a set where its values lie among all default values.
  var text: TextRecord
}

/// A file that the program was compiled from.
struct FileRecord {
  var path: TextRecord
  /// Where its contents lie among the sources.
  var contents: TextRecord
  /// 1 for a rule file, 0 for a list file.
  var isRuleFile: UInt32
  var unused: UInt32 = 0
}

struct ColumnRecord {
  /// The group that it belongs to, and what one more of its value is worth there.
  var group: UInt32
  var stride: UInt32
  /// How many values it has when its fact is not missing; missing comes behind them.
  var known: UInt32
  /// The fact that it is about; nothing for those about today.
  var fact: Int32
  /// The value of nothing recorded; nothing where that cannot be.
  var absent: Int32
  /// The value in a message that says nothing.
  var unsaid: UInt32
}

/// A declared value of a choice or set.
struct ValueRecord {
  var name: TextRecord
  /// Of a choice its class; of a set where the words of its members begin.
  var code: UInt32
  var unused: UInt32 = 0
}

/// A moment of a date's column.
struct MomentRecord {
  enum Reckoning: Int32 { case fixed, days, months, workingDays }

  var reckoning: Int32
  var count: Int32
  var offset: Int32
  var column: UInt32
}

/// A pattern that a member of a text asks for.
struct PatternRecord {
  var match: UInt32
  var member: UInt32
  var text: TextRecord
}

/// What a condition asks at last.
struct LiteralRecord {
  enum Kind: UInt32 { case column, outcome, held, notHeld }

  var kind: UInt32
  /// The column; of members the bit among all members.
  var place: UInt32
  /// Where the words of the allowed values begin; of members the column that says whether the fact is missing.
  var values: UInt32
}

struct RuleRecord {
  /// Nothing for note rules.
  var outcome: UInt32
  var notes: UInt32
  /// Where its condition begins among the nodes.
  var condition: UInt32
  /// Its name as a JSON text.
  var name: TextRecord
}

/// The rules of one kind as a matrix of bits: a bit for each row, a line of words for each value of each
/// group of columns.
struct MatrixRecord {
  var rowCount: UInt32 = 0
  /// How many words a line has.
  var wordCount: UInt32 = 0
  /// Where the rules of its rows begin, and those of its positions.
  var firstRow: UInt32 = 0
  var firstPosition: UInt32 = 0
  var positionCount: UInt32 = 0
  /// Its groups of columns, fours of members and tested columns, and how many.
  var firstGroup: UInt32 = 0
  var groupCount: UInt32 = 0
  var firstNibble: UInt32 = 0
  var nibbleCount: UInt32 = 0
  var firstTested: UInt32 = 0
  var testedCount: UInt32 = 0
  var firstLayer: UInt32 = 0
  var layerCount: UInt32 = 0
  /// How many words a summary of a line has; 0 where there are no summaries.
  var summaryWords: UInt32 = 0
  /// The line with a bit for every row.
  var fullLine: UInt32 = 0
  /// The lines by outcome; nothing where no rule asks for it.
  var outcomeLines: UInt32 = .max
  /// The line of the rows that may hold without the rule's condition; nothing if there are none.
  var inexactLine: UInt32 = .max
}

/// The lines of one group of columns in one matrix.
struct GroupRecord {
  var group: UInt32
  /// Where its lines begin among all words, one a value, and their summaries.
  var lines: UInt32
  var summaries: UInt32
}

/// The rows of a matrix that do not ask for a column, for messages in which it is missing.
struct TestedRecord {
  var column: UInt32
  var line: UInt32
}

/// The members of one fact in one matrix, where they are too many for nibbles. A row asks for one of them at most; rows that ask for several have them
/// in several layers.
struct LayerRecord {
  /// The column that says whether the fact is missing, and where the words of its members begin.
  var column: UInt32
  var firstWord: UInt32
  var wordCount: UInt32
  /// The line of the rows that ask for no member, and its summary.
  var free: UInt32
  var freeSummary: UInt32
  /// Where the lines of its members begin among the member lines.
  var firstMember: UInt32
}

/// The lines of four members of one fact in one matrix: one for each of the sixteen ways of holding them, and one
/// for messages in which the fact is missing.
struct NibbleRecord {
  /// The word of the four, among all words of members, and the place of the lowest of them in it.
  var word: UInt32
  var shift: UInt32
  /// The column that says whether the fact is missing.
  var column: UInt32
  var lines: UInt32
  var summaries: UInt32

  static let lineCount = 17
  static let missing = 16
}

/// The lines of one member in one layer; the greatest number where there is none.
struct MemberRecord {
  /// The rows that ask for it to be held, and their summary.
  var held: UInt32
  var heldSummary: UInt32
  /// The rows that do not ask for it not to be held.
  var notClosed: UInt32
}

/// What a rule overrides: stretches of positions, or a word for every 64 positions.
struct OverriddenRecord {
  var first: UInt32
  /// How many stretches; with `isDense` set, how many words.
  var count: UInt32

  static let isDense: UInt32 = 1 << 31
}

/// Positions from `start` up to, not including, `end`.
struct StretchRecord {
  var start: UInt32
  var end: UInt32
}

/// A piece of a note's text: text, or the value of a fact.
struct PieceRecord {
  var text: TextRecord
  /// The fact; -1 for text.
  var fact: Int32
  var unused: UInt32 = 0
}

struct NoteRecord {
  /// As JSON text.
  var name: TextRecord
  var firstPiece: UInt32
  var pieceCount: UInt32
}

/// A node of a condition; the nodes of its parts follow it.
///
/// Four bits say what it is, the others a number: of a literal which one, of a definition its number,
/// of `and` and `or` how many nodes their parts have together.
struct Node {
  enum Kind: UInt32 { case always, literal, and, or, not, definition }

  let bits: UInt32

  init(_ kind: Kind, _ number: Int) {
    bits = kind.rawValue << 28 | UInt32(number)
  }

  init(bits: UInt32) { self.bits = bits }

  var kind: UInt32 { bits >> 28 }
  var number: Int { Int(bits & (1 << 28 - 1)) }
}
