/// A conjunction of literals, at most one a place, in the order of their places.
typealias Row = [LiteralID]

/// Rows of which at least one holds if a condition does.
struct Rows {
  var rows: [Row]
  /// Whether the condition holds, or may hold, exactly if one of the rows does.
  var isExact: Bool

  static let always = Rows(rows: [[]], isExact: true)
  static let never = Rows(rows: [], isExact: true)
}

/// Brings formulas into disjunctive normal form.
///
/// Kleene's logic is a distributive lattice with De Morgan's laws, so that the form says the same of messages
/// that lack facts. Where it would grow beyond `mostRows`, parts are left out: the rows then hold more often
/// than the condition.
struct RowCompiler {
  private(set) var literals: LiteralTable
  let definitions: [Formula]
  private var definitionRows: [DefinitionKey: Rows] = [:]

  private struct DefinitionKey: Hashable {
    let number: Int
    let isNegated: Bool
  }

  /// The most rows of one condition.
  static let mostRows = 16

  init(_ literals: LiteralTable, definitions: [Formula]) {
    self.literals = literals
    self.definitions = definitions
  }

  mutating func rows(of formula: Formula, isNegated: Bool = false) -> Rows {
    switch formula {
    case .always: return isNegated ? .never : .always
    case .literal(let id): return Rows(rows: [[isNegated ? negation(of: id) : id]], isExact: true)
    case .not(let part): return rows(of: part, isNegated: !isNegated)
    case .and(let parts): return join(parts, isNegated: isNegated, all: !isNegated)
    case .or(let parts): return join(parts, isNegated: isNegated, all: isNegated)
    case .definition(let number):
      let key = DefinitionKey(number: number, isNegated: isNegated)
      if let known = definitionRows[key] { return known }
      let found = rows(of: definitions[number], isNegated: isNegated)
      definitionRows[key] = found
      return found
    }
  }

  /// The rows that meet a row's literals and one more.
  mutating func rows(_ rows: Rows, and literal: LiteralID) -> Rows {
    Rows(rows: rows.rows.map { meet($0, [literal]) }, isExact: rows.isExact)
  }

  private mutating func negation(of id: LiteralID) -> LiteralID {
    literals.id(of: literals[id].negation)
  }

  private mutating func join(_ parts: [Formula], isNegated: Bool, all: Bool) -> Rows {
    let parts = parts.map { rows(of: $0, isNegated: isNegated) }
    return all ? product(parts) : sum(parts)
  }

  private mutating func product(_ parts: [Rows]) -> Rows {
    var result = Rows.always
    for part in parts.sorted(by: { $0.rows.count < $1.rows.count }) {
      guard result.rows.count * part.rows.count <= RowCompiler.mostRows else {
        result.isExact = false
        continue
      }
      var rows: [Row] = []
      for row in result.rows {
        for other in part.rows { rows.append(meet(row, other)) }
      }
      result = Rows(rows: distinct(rows), isExact: result.isExact && part.isExact)
    }
    return result
  }

  private mutating func sum(_ parts: [Rows]) -> Rows {
    let rows = merged(distinct(parts.flatMap(\.rows)))
    guard rows.count <= RowCompiler.mostRows else { return Rows(rows: [[]], isExact: false) }
    return Rows(rows: rows, isExact: parts.allSatisfy(\.isExact))
  }

  /// Rows of one literal each that ask for values of the same place are one row.
  private mutating func merged(_ rows: [Row]) -> [Row] {
    var result: [Row] = []
    var known: [Int: Int] = [:]
    for row in rows {
      guard row.count == 1 else {
        result.append(row)
        continue
      }
      let literal = literals[row[0]]
      if let index = known[literal.place] {
        result[index] = [literals.id(of: literals[result[index][0]].union(literal))]
      } else {
        known[literal.place] = result.count
        result.append(row)
      }
    }
    return result
  }

  private func distinct(_ rows: [Row]) -> [Row] {
    guard rows.count > 1 else { return rows }
    var seen: Set<Row> = []
    return rows.filter { seen.insert($0).inserted }
  }

  /// The row that asks for what both ask for.
  private mutating func meet(_ a: Row, _ b: Row) -> Row {
    if a.isEmpty { return b }
    var result: Row = []
    result.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      guard i < a.count else {
        result.append(b[j])
        j += 1
        continue
      }
      guard j < b.count else {
        result.append(a[i])
        i += 1
        continue
      }
      let (one, other) = (literals[a[i]], literals[b[j]])
      if one.place == other.place {
        result.append(literals.id(of: one.intersection(other)))
        i += 1
        j += 1
      } else if one.place < other.place {
        result.append(a[i])
        i += 1
      } else {
        result.append(b[j])
        j += 1
      }
    }
    return result
  }
}
