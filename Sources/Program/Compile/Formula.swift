/// A condition over columns.
///
/// Kleene's strong logic is kept: nothing is simplified that would know more than the condition as written.
indirect enum Formula: Hashable {
  /// True of every message.
  case always
  case literal(LiteralID)
  case and([Formula])
  case or([Formula])
  case not(Formula)
  /// A definition, by its number.
  case definition(Int)
}

/// Names a literal of a `LiteralTable`.
struct LiteralID: Hashable, Comparable {
  let index: Int32
  static func < (a: LiteralID, b: LiteralID) -> Bool { a.index < b.index }
}

/// That a message has one of some values in a column; unknown where the column's fact is missing.
struct Literal: Hashable {
  /// The column's number, or that of the outcome.
  let column: Int
  let values: ValueSet

  /// In place of a column: the outcome that guards and note rules look at.
  static let outcomeColumn = -1
}

/// Every distinct literal of a policy, once.
struct LiteralTable {
  private(set) var literals: [Literal] = []
  private var known: [Literal: LiteralID] = [:]

  subscript(id: LiteralID) -> Literal { literals[Int(id.index)] }

  mutating func id(of literal: Literal) -> LiteralID {
    if let id = known[literal] { return id }
    let id = LiteralID(index: Int32(literals.count))
    literals.append(literal)
    known[literal] = id
    return id
  }
}
