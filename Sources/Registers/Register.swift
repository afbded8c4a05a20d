package import Model
package import Syntax
package import Values

/// What is on file about people: who prefers what, what was promised to whom, from when to when.
///
/// Every row says of one person what some facts are from one day to another. A look-up is as of a day. Where several
/// rows are in force on that day, the latest that says something of a fact counts for the fact: the one that begins
/// last, and of those that begin on one day the lowest in the file. It never changes, and any number of threads may
/// look things up in it at once.
package final class Register: Sendable {
  /// A row, without what it says.
  struct Row {
    /// Days since 1 January 1970.
    var from: Int32
    var until: Int32
    /// Where it begins in the file.
    var start: UInt32
    var isWithdrawal: Bool
  }

  /// A column that holds a fact.
  struct Column {
    let fact: FactID
    let name: String
    var texts = BytePool()
    /// By the number of the text; of a fact that is a text, none.
    var values: [FactValue] = []
  }

  /// The people, by one kind of key.
  struct Index {
    var keys = BytePool()
    /// By the number of the key, the person's latest row.
    var latest: [UInt32] = []
    /// By row, the same person's row before it.
    var earlier: [UInt32] = []

    static let none = UInt32.max
  }

  /// Where it was read from, as it is named to people.
  package let name: String
  let columns: [Column]
  let rows: [Row]
  /// By row and column, the number of the cell's text plus one; 0 of an empty cell.
  let cells: [UInt32]
  let indices: [RegisterKey: Index]

  init(
    name: String, columns: [Column], rows: [Row], cells: [UInt32], indices: [RegisterKey: Index]
  ) {
    self.name = name
    self.columns = columns
    self.rows = rows
    self.cells = cells
    self.indices = indices
  }

  package var rowCount: Int { rows.count }

  /// The facts that it has columns for, in the order of the columns.
  package var facts: [FactID] { columns.map(\.fact) }

  /// The kinds of key by which people are found in it.
  package var keys: [RegisterKey] { RegisterKey.allCases.filter { indices[$0] != nil } }

  /// How many different people there are.
  package var personCount: Int { indices.values.map(\.keys.count).max() ?? 0 }

  /// Tells what is on file about somebody on a day, fact by fact; nothing of somebody who is not in the register.
  ///
  /// O(rows of that person × columns).
  package func lookUp(
    _ key: RegisterKey, _ text: some Sequence<UInt8>, on day: Day,
    _ tell: (FactID, FactValue) -> Void
  ) {
    guard let index = indices[key] else { return }
    let number = key.folded(text).withUnsafeBytes { index.keys.number(of: $0) }
    guard let number else { return }
    let today = day.number
    var settled: UInt64 = 0
    var row = index.latest[number]
    while row != Index.none {
      let place = Int(row)
      if rows[place].from <= today, today <= rows[place].until {
        settle(place, &settled, tell)
        if settled == .max { return }
      }
      row = index.earlier[place]
    }
  }

  /// Takes what a row says of the facts of which no later row says anything.
  private func settle(_ row: Int, _ settled: inout UInt64, _ tell: (FactID, FactValue) -> Void) {
    let isWithdrawal = rows[row].isWithdrawal
    var isSilent = true
    for column in columns.indices {
      let cell = cells[row * columns.count + column]
      guard cell != 0 else { continue }
      isSilent = false
      guard settled >> UInt64(column) & 1 == 0 else { continue }
      settled |= 1 << UInt64(column)
      if !isWithdrawal { tell(columns[column].fact, value(Int(cell) - 1, of: column)) }
    }
    if isWithdrawal, isSilent { settled = .max }
  }

  private func value(_ number: Int, of column: Int) -> FactValue {
    let column = columns[column]
    return column.values.isEmpty ? .text(column.texts.text(number)) : column.values[number]
  }

  /// Where the rows about somebody begin in the file, the earliest first, with whether each is in force on a day.
  package func history(
    _ key: RegisterKey, _ text: some Sequence<UInt8>, on day: Day
  ) -> [(start: Int, isInForce: Bool)] {
    guard let index = indices[key],
      let number = key.folded(text).withUnsafeBytes({ index.keys.number(of: $0) })
    else { return [] }
    var history: [(start: Int, isInForce: Bool)] = []
    var row = index.latest[number]
    while row != Index.none {
      let place = rows[Int(row)]
      let isInForce = place.from <= day.number && day.number <= place.until
      history.append((Int(place.start), isInForce))
      row = index.earlier[Int(row)]
    }
    return history.reversed()
  }
}
