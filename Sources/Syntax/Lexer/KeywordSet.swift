/// A set of keywords: one bit each, so that asking costs a shift.
package struct KeywordSet: ExpressibleByArrayLiteral, Sequence, Sendable {
  private var bits = (UInt64(0), UInt64(0), UInt64(0), UInt64(0))

  package init(arrayLiteral keywords: Keyword...) {
    for keyword in keywords { insert(keyword) }
  }

  private mutating func insert(_ keyword: Keyword) {
    let bit = UInt64(1) << UInt64(keyword.rawValue % 64)
    switch keyword.rawValue / 64 {
    case 0: bits.0 |= bit
    case 1: bits.1 |= bit
    case 2: bits.2 |= bit
    case 3: bits.3 |= bit
    default: preconditionFailure("there are more than 256 keywords")
    }
  }

  package func contains(_ keyword: Keyword) -> Bool {
    let bit = UInt64(1) << UInt64(keyword.rawValue % 64)
    return switch keyword.rawValue / 64 {
    case 0: bits.0 & bit != 0
    case 1: bits.1 & bit != 0
    case 2: bits.2 & bit != 0
    default: bits.3 & bit != 0
    }
  }

  package func union(_ other: KeywordSet) -> KeywordSet {
    var result = self
    result.bits.0 |= other.bits.0
    result.bits.1 |= other.bits.1
    result.bits.2 |= other.bits.2
    result.bits.3 |= other.bits.3
    return result
  }

  /// The keywords in the order of their declaration.
  package func makeIterator() -> IndexingIterator<[Keyword]> {
    Keyword.allCases.filter(contains).makeIterator()
  }
}
