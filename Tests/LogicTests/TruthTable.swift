import Logic

/// What a condition over few variables is for each of their assignments, a bit for each.
struct TruthTable: Equatable {
  private(set) var words: [UInt64]

  init(_ value: Bool, variableCount: Int) {
    words = Array(repeating: value ? .max : 0, count: max(1, (1 << variableCount) >> 6))
  }

  /// Bit i of an assignment's number is the value of variable i. With fewer than six variables all
  /// assignments stand several times in the one word.
  init(_ variable: Variable, variableCount: Int) {
    let patterns: [UInt64] = [
      0xaaaa_aaaa_aaaa_aaaa, 0xcccc_cccc_cccc_cccc, 0xf0f0_f0f0_f0f0_f0f0,
      0xff00_ff00_ff00_ff00, 0xffff_0000_ffff_0000, 0xffff_ffff_0000_0000,
    ]
    let index = Int(variable.index)
    self.init(false, variableCount: variableCount)
    for place in words.indices {
      words[place] =
        index < patterns.count ? patterns[index] : (place >> (index - 6) & 1 == 1 ? .max : 0)
    }
  }

  init(_ literal: Literal, variableCount: Int) {
    let table = TruthTable(literal.variable, variableCount: variableCount)
    self = literal.isNegated ? !table : table
  }

  var isSatisfiable: Bool { words.contains { $0 != 0 } }

  func isTrue(_ assignment: Int) -> Bool {
    words[assignment >> 6] >> UInt64(assignment & 63) & 1 == 1
  }

  static func & (first: TruthTable, second: TruthTable) -> TruthTable {
    var result = first
    for place in result.words.indices { result.words[place] &= second.words[place] }
    return result
  }

  static prefix func ! (table: TruthTable) -> TruthTable {
    var result = table
    for place in result.words.indices { result.words[place] = ~result.words[place] }
    return result
  }

  static func | (first: TruthTable, second: TruthTable) -> TruthTable { !(!first & !second) }
}
