/// Some of the values of one column, a bit each.
struct ValueSet: Hashable {
  private(set) var words: [UInt64]
  let count: Int

  /// None of so many values, or all of them.
  init(count: Int, all: Bool = false) {
    self.count = count
    words = [UInt64](repeating: all ? .max : 0, count: max((count + 63) / 64, 1))
    if all { trim() }
  }

  init(count: Int, _ values: some Sequence<Int>) {
    self.init(count: count)
    for value in values { insert(value) }
  }

  private mutating func trim() {
    let used = count - (words.count - 1) * 64
    if used < 64 { words[words.count - 1] &= 1 << UInt64(max(used, 0)) - 1 }
  }

  mutating func insert(_ value: Int) { words[value / 64] |= 1 << UInt64(value % 64) }
  mutating func remove(_ value: Int) { words[value / 64] &= ~(1 << UInt64(value % 64)) }

  func contains(_ value: Int) -> Bool { words[value / 64] >> UInt64(value % 64) & 1 == 1 }

  /// How many values are in it.
  var size: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The only value in it; nil if there are none or several.
  var onlyValue: Int? {
    guard size == 1, let word = words.firstIndex(where: { $0 != 0 }) else { return nil }
    return word * 64 + words[word].trailingZeroBitCount
  }

  var complement: ValueSet {
    var other = self
    for index in words.indices { other.words[index] = ~words[index] }
    other.trim()
    return other
  }

  func intersection(_ other: ValueSet) -> ValueSet {
    var result = self
    for index in words.indices { result.words[index] &= other.words[index] }
    return result
  }

  func union(_ other: ValueSet) -> ValueSet {
    var result = self
    for index in words.indices { result.words[index] |= other.words[index] }
    return result
  }
}
