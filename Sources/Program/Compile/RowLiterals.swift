import Syntax

/// What the rows of a matrix ask for, by what they ask.
struct RowLiterals {
  /// A row, and the values of a column or outcomes that it allows.
  struct Asked {
    let row: Int
    let values: ValueSet
  }

  private(set) var ofColumn: [Int: [Asked]] = [:]
  private(set) var ofOutcome: [Asked] = []
  /// By the column of a fact with members, the rows that ask for any of them.
  private(set) var ofMembersOf: [Int: [Int]] = [:]
  /// By the column of a fact with members, its layers: of each the member that a row asks to be held.
  private(set) var held: [Int: [[Int: Int]]] = [:]
  /// By member, the rows that ask for it not to be held.
  private(set) var notHeld: [Int: [Int]] = [:]
  /// Rows that ask for more members of a fact than there are layers.
  private(set) var asksTooMuch: Set<Int> = []

  /// The most members of one fact that a row may ask for and be a row of its own right.
  static let mostLayers = 4

  init() {}

  init(_ rows: [Row], _ layout: ColumnLayout, _ literals: LiteralTable) {
    for (row, ids) in rows.enumerated() {
      var countOfColumn: [Int: Int] = [:]
      for id in ids {
        switch literals[id] {
        case .column(let column, let values):
          ofColumn[column, default: []].append(Asked(row: row, values: values))
        case .outcome(let values): ofOutcome.append(Asked(row: row, values: values))
        case .member(let member, let isHeld):
          let column = layout.firstColumn[layout.factOfMember[member].index]
          ofMembersOf[column, default: []].append(row)
          if isHeld {
            add(row, asksFor: member, of: column, layer: countOfColumn[column, default: 0])
            countOfColumn[column, default: 0] += 1
          } else {
            notHeld[member, default: []].append(row)
          }
        }
      }
    }
  }

  private mutating func add(_ row: Int, asksFor member: Int, of column: Int, layer: Int) {
    guard layer < RowLiterals.mostLayers else {
      asksTooMuch.insert(row)
      return
    }
    while held[column, default: []].count <= layer { held[column, default: []].append([:]) }
    held[column]?[layer][row] = member
  }
}
