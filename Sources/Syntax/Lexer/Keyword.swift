/// The words that the language itself knows. None but the reserved ones is forbidden in names.
///
/// As a `CodingKey` it has the compiler write out its names; `String(describing:)` would search the
/// program for each of them.
package enum Keyword: Int, CaseIterable, CodingKey, Sendable {
  // Statements.
  case fact, outcome, note, list, define, section, rule, `guard`, `if`, otherwise, when, promise
  case scenario, table
  // Clauses.
  case then, because, see, overrides, from, until, unless, negative, given, on, expect, by, always
  case never, like
  // Connectives and articles.
  case and, or, not, but, except, with, add, either, both, neither, nor, a, an, the
  // Endings.
  case one, of, any, all, none, nothing, anything, other, than, `in`, domain, domains, starts,
    begins, ends
  case contains, above, below, smaller, more, less, fewer, greater, larger, bigger, over, under, at,
    least, most, no, up
  case to, between, equal, before, after, today, past, future, within, last, next, ago, away
  case during, later, earlier, since, overdue, recorded, it, `is`, are, was, were, what, whether,
    `where`
  case who, how, unknown, working, day, calendar
  // Types.
  case yes, whole, number, date, text, absent, unsure
  // Blocks and groups.
  case these, following, `true`, apply, applies, only, even, depends, notes, row, name
  // Auxiliaries; `is are was were` and `will` stand above or below.
  case has, have, had, can, could, will, would, shall, should, must, may, does, `do`, did
  // Units of time.
  case days, week, weeks, month, months, year, years
  // Numbers in words; `one` stands above.
  case zero, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve

  package var text: String {
    stringValue
  }

  package var description: String {
    stringValue
  }

  /// Words that begin a statement where they are first on their line.
  package static let statements: KeywordSet = [
    .fact, .outcome, .note, .list, .define, .section, .rule, .guard, .if, .otherwise, .when,
    .promise, .scenario, .table,
  ]

  /// Those that begin a declaration of words for all files.
  static let declarations: KeywordSet = [.fact, .outcome, .note, .list, .define]

  /// Words that begin a clause where they are first on their line.
  package static let clauses: KeywordSet = [
    .then, .because, .see, .overrides, .from, .until, .unless, .negative, .given, .on, .expect,
    .by, .always, .never, .like,
  ]

  /// Words after which the rest of the line is text, where they are first on it.
  static let beforeText: KeywordSet = [
    .rule, .guard, .section, .promise, .scenario, .table, .because, .see, .overrides, .by, .like,
  ]

  /// Words that no phrase may hold outside quotes.
  package static let reserved: KeywordSet = [
    .if, .then, .and, .or, .unless, .with, .because, .otherwise,
  ]

  package static let articles: KeywordSet = [.a, .an, .the]

  /// After the first of these comes the `not` of a phrase.
  package static let auxiliaries: KeywordSet = [
    .is, .are, .was, .were, .has, .have, .had, .can, .could, .will, .would, .shall, .should, .must,
    .may, .does, .do, .did,
  ]

  /// The number that a number word means.
  package var number: Int? {
    switch self {
    case .zero: 0
    case .one: 1
    case .two: 2
    case .three: 3
    case .four: 4
    case .five: 5
    case .six: 6
    case .seven: 7
    case .eight: 8
    case .nine: 9
    case .ten: 10
    case .eleven: 11
    case .twelve: 12
    default: nil
    }
  }
}
