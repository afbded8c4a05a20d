/// One bit for each message of a table.
struct Column: Hashable {
  private(set) var words: [UInt64]
  let count: Int

  init(_ count: Int, all value: Bool = false) {
    self.count = count
    words = Array(repeating: value ? .max : 0, count: (count + 63) / 64)
    trim()
  }

  private mutating func trim() {
    let rest = count % 64
    if rest != 0, let last = words.indices.last { words[last] &= 1 << UInt64(rest) - 1 }
  }

  subscript(index: Int) -> Bool { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
  mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  static func & (a: Column, b: Column) -> Column { a.combined(b) { $0 & $1 } }
  static func | (a: Column, b: Column) -> Column { a.combined(b) { $0 | $1 } }
  static func ^ (a: Column, b: Column) -> Column { a.combined(b) { $0 ^ $1 } }

  static prefix func ~ (a: Column) -> Column {
    var result = a
    for index in a.words.indices { result.words[index] = ~a.words[index] }
    result.trim()
    return result
  }

  private func combined(_ other: Column, _ join: (UInt64, UInt64) -> UInt64) -> Column {
    var result = self
    for index in words.indices { result.words[index] = join(words[index], other.words[index]) }
    return result
  }
}
