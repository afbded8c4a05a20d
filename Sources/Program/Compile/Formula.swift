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

/// What a condition asks at last; unknown where the fact that it is about is missing.
enum Literal: Hashable {
  /// That a message has one of some values in a column.
  case column(Int, ValueSet)
  /// That the answer to one of the questions about a set or text is yes, or that it is no.
  case member(Int, isHeld: Bool)
  /// That the outcome which guards and note rules look at is one of some.
  case outcome(ValueSet)

  /// Where it stands in a row: two literals of one place can be said as one.
  var place: Int {
    switch self {
    case .outcome: -1
    case .column(let column, _): column
    case .member(let member, let isHeld): 1 << 40 + member << 1 + (isHeld ? 1 : 0)
    }
  }

  var negation: Literal {
    switch self {
    case .column(let column, let values): .column(column, values.complement)
    case .member(let member, let isHeld): .member(member, isHeld: !isHeld)
    case .outcome(let values): .outcome(values.complement)
    }
  }

  /// That this or another literal of the same place holds.
  func union(_ other: Literal) -> Literal { joined(other) { $0.union($1) } }

  /// That this and another literal of the same place hold.
  func intersection(_ other: Literal) -> Literal { joined(other) { $0.intersection($1) } }

  private func joined(_ other: Literal, _ join: (ValueSet, ValueSet) -> ValueSet) -> Literal {
    switch (self, other) {
    case (.column(let column, let a), .column(_, let b)): .column(column, join(a, b))
    case (.outcome(let a), .outcome(let b)): .outcome(join(a, b))
    default: self
    }
  }
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
