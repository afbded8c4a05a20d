/// For each value of each fact the set of rows that allow it, as bits; a decision intersects twenty
/// sets, 512 rows at a time, and takes the first row that is left.
///
/// After T. V. Lakshman and D. Stiliadis (1998). The rows are in the order of the rules, so the first
/// row is the rule that decides.
struct FlatBitset {
  typealias Block = SIMD8<UInt64>
  typealias RowSet = UnsafePointer<Block>

  private let blocks: Int
  private let rows: [Row]
  private let rules: UnsafeMutablePointer<Int32>
  /// The facts that some row tests, the most selective first.
  private let tested: UnsafeMutablePointer<Int>
  private let testedCount: Int
  private let firstCount: Int
  /// `allowed[fact][code]`; for a counted fact the code is the place of its interval.
  private let allowed: UnsafeMutablePointer<UnsafeMutablePointer<RowSet>>
  private let intervals: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
  private let lowest: UnsafeMutablePointer<Int>
  private let sets: UnsafeMutablePointer<SetTests>
  private let scratch: UnsafeMutablePointer<RowSet>
  /// Bytes of all row sets.
  let bytes: Int

  init(_ rows: [Row]) {
    var memory = RowSetMemory(rows: rows.count)
    var tests = [[(row: Int, test: CodedTest)]](repeating: [], count: Layout.width)
    for (index, row) in rows.enumerated() {
      for test in row.tests { tests[test.fact].append((index, test)) }
    }
    self.rows = rows
    rules = .allocate(capacity: rows.count)
    for (index, row) in rows.enumerated() { rules[index] = row.rule }
    allowed = .allocate(capacity: Layout.sets.lowerBound)
    intervals = .allocate(capacity: Layout.counted.count)
    lowest = .allocate(capacity: Layout.counted.count)
    var density = [Double](repeating: 0, count: Layout.width)
    for fact in 0..<Layout.sets.lowerBound {
      var examples: [Int]
      if Layout.counted.contains(fact) {
        let place = fact - Layout.counted.lowerBound
        lowest[place] = Layout.bounds[place].lowerBound
        (intervals[place], examples) = Self.cut(Layout.bounds[place], at: tests[fact].map(\.test))
      } else {
        examples = Array(0..<Layout.values[fact])
      }
      (allowed[fact], density[fact]) = Self.rowSets(of: tests[fact], for: examples, &memory)
    }
    sets = .allocate(capacity: Layout.sets.count)
    for (place, fact) in Layout.sets.enumerated() {
      (sets + place).initialize(to: SetTests(tests[fact], &memory))
    }
    let order = (0..<Layout.sets.lowerBound).filter { !tests[$0].isEmpty }
      .sorted { density[$0] < density[$1] }
    tested = .allocate(capacity: Layout.width)
    for (place, fact) in order.enumerated() { tested[place] = fact }
    testedCount = order.count
    firstCount = min(4, order.count)
    scratch = .allocate(capacity: Layout.width)
    blocks = memory.blockCount
    bytes = memory.bytes
  }

  /// For each of the values the rows that allow it; and what share of the rows that is on average.
  private static func rowSets(
    of tests: [(row: Int, test: CodedTest)], for values: [Int], _ memory: inout RowSetMemory
  ) -> (UnsafeMutablePointer<RowSet>, Double) {
    let sets = UnsafeMutablePointer<RowSet>.allocate(capacity: values.count)
    guard !tests.isEmpty else { return (sets, 1) }
    var count = 0
    for (code, value) in values.enumerated() {
      let set = memory.make(full: true)
      for (row, test) in tests where !test.accepts(value) { memory.remove(row, from: set) }
      (sets + code).initialize(to: memory.blocks(of: set))
      count += memory.count(set)
    }
    return (sets, Double(count) / Double(values.count * memory.rows))
  }

  /// Cuts a counted fact's numbers where a test changes: the interval of each number, and a number
  /// of each interval.
  private static func cut(
    _ bounds: ClosedRange<Int>, at tests: [CodedTest]
  ) -> (UnsafeMutablePointer<UInt8>, [Int]) {
    let cuts = Set(tests.map { $0.b == Int(Int32.max) ? $0.a : $0.b + 1 }).sorted()
    let places = UnsafeMutablePointer<UInt8>.allocate(capacity: bounds.count)
    var place = 0
    for number in bounds {
      while place < cuts.count && number >= cuts[place] { place += 1 }
      places[number - bounds.lowerBound] = UInt8(place)
    }
    return (places, [bounds.lowerBound] + cuts)
  }

  /// The rule that decides, or -1.
  @inline(never) func decide(_ facts: UnsafePointer<Int32>) -> Int32 {
    let chosen = scratch
    for place in 0..<testedCount {
      let fact = tested[place]
      var code = Int(facts[fact])
      if fact >= Layout.counted.lowerBound {
        let counted = fact &- Layout.counted.lowerBound
        code = Int(intervals[counted][code &- lowest[counted]])
      }
      chosen[place] = allowed[fact][code]
    }
    var block = 0
    while block < blocks {
      var left = chosen[0][block]
      var place = 1
      while place < firstCount {
        left &= chosen[place][block]
        place &+= 1
      }
      if isAny(left) {
        while place < testedCount {
          left &= chosen[place][block]
          place &+= 1
        }
        sets[0].narrow(&left, block, UInt32(bitPattern: facts[Layout.sets.lowerBound]))
        sets[1].narrow(&left, block, UInt32(bitPattern: facts[Layout.sets.lowerBound &+ 1]))
        if isAny(left), let row = first(left, block, facts) { return rules[row] }
      }
      block &+= 1
    }
    return -1
  }

  @inline(__always) private func isAny(_ block: Block) -> Bool {
    let half = block.lowHalf | block.highHalf
    let quarter = half.lowHalf | half.highHalf
    return (quarter.x | quarter.y) != 0
  }

  /// The first row of a block that is left; rows with two tests of one set are asked again.
  @inline(__always) private func first(
    _ left: Block, _ block: Int, _ facts: UnsafePointer<Int32>
  ) -> Int? {
    for lane in 0..<8 {
      var word = left[lane]
      while word != 0 {
        let row = (block &* 8 &+ lane) &* 64 &+ word.trailingZeroBitCount
        if !sets[0].isRepeated[row] && !sets[1].isRepeated[row] { return row }
        if rows[row].tests.allSatisfy({ $0.passes(facts) }) { return row }
        word &= word &- 1
      }
    }
    return nil
  }
}
