/// Puts rows side by side that ask for the same value, so that a message leaves few words of a line open.
///
/// Each row goes with the single value that it asks for in the column with most values. A cluster that would
/// lie across the end of a word begins a new one if that leaves little room empty.
/// Source of the summaries that this serves: F. Baboescu and G. Varghese, "Scalable packet classification",
/// 2001, who also rearrange rules.
struct RowClusters {
  private let layout: ColumnLayout
  private let literals: LiteralTable

  init(_ layout: ColumnLayout, _ literals: LiteralTable) {
    self.layout = layout
    self.literals = literals
  }

  private struct Pivot: Hashable, Comparable {
    var column = Int.max
    var value = 0

    static func < (a: Pivot, b: Pivot) -> Bool { (a.column, a.value) < (b.column, b.value) }
  }

  func clustered(_ entries: [MatrixCompiler.Entry]) -> [MatrixCompiler.Entry?] {
    let pivots = entries.map { pivot(of: $0.literals) }
    let order = entries.indices.sorted {
      pivots[$0] == pivots[$1] ? $0 < $1 : pivots[$0] < pivots[$1]
    }
    var result: [MatrixCompiler.Entry?] = []
    var index = 0
    while index < order.count {
      var end = index
      while end < order.count, pivots[order[end]] == pivots[order[index]] { end += 1 }
      let (size, room) = (end - index, 64 - result.count % 64)
      if room < 64, size > room, room < (size < 64 ? 32 : 24) {
        result += [MatrixCompiler.Entry?](repeating: nil, count: room)
      }
      result += order[index..<end].map { entries[$0] }
      index = end
    }
    return result
  }

  private func pivot(of row: Row) -> Pivot {
    var best = Pivot()
    var most = 2
    for id in row {
      guard case .column(let column, let values) = literals[id], let value = values.onlyValue else {
        continue
      }
      let known = layout.columns[column].known
      if known > most { (best, most) = (Pivot(column: column, value: value), known) }
    }
    return best
  }
}
