/// Makes sets of rows: one bit a row, in whole blocks of 512.
struct RowSetMemory {
  let rows: Int
  let blockCount: Int
  private(set) var bytes = 0

  init(rows: Int) {
    self.rows = rows
    blockCount = (rows + 511) / 512
  }

  mutating func make(full: Bool) -> UnsafeMutablePointer<UInt64> {
    bytes += blockCount * 64
    let raw = UnsafeMutableRawPointer.allocate(byteCount: blockCount * 64, alignment: 64)
    let words = raw.bindMemory(to: UInt64.self, capacity: blockCount * 8)
    words.initialize(repeating: 0, count: blockCount * 8)
    if full { for row in 0..<rows { add(row, to: words) } }
    return words
  }

  func add(_ row: Int, to set: UnsafeMutablePointer<UInt64>) { set[row >> 6] |= 1 << (row & 63) }
  func remove(_ row: Int, from set: UnsafeMutablePointer<UInt64>) {
    set[row >> 6] &= ~(1 << (row & 63))
  }
  func count(_ set: UnsafeMutablePointer<UInt64>) -> Int {
    (0..<blockCount * 8).reduce(0) { $0 + set[$1].nonzeroBitCount }
  }
  func blocks(of set: UnsafeMutablePointer<UInt64>) -> FlatBitset.RowSet {
    UnsafePointer(UnsafeMutableRawPointer(set).assumingMemoryBound(to: FlatBitset.Block.self))
  }
}

/// The tests of one set-valued fact: a row may ask for one value, and forbid any number.
struct SetTests {
  private let isTested: Bool
  /// The rows that ask for no value of this set.
  private let free: FlatBitset.RowSet
  private let asking: UnsafeMutablePointer<FlatBitset.RowSet>
  private let forbidding: UnsafeMutablePointer<FlatBitset.RowSet>
  private var asked: UInt32 = 0
  private var forbidden: UInt32 = 0
  /// Rows that ask for a second value, which the bits do not express.
  let isRepeated: UnsafeMutablePointer<Bool>

  init(_ tests: [(row: Int, test: CodedTest)], _ memory: inout RowSetMemory) {
    isTested = !tests.isEmpty
    isRepeated = .allocate(capacity: memory.rows)
    isRepeated.initialize(repeating: false, count: memory.rows)
    asking = .allocate(capacity: 32)
    forbidding = .allocate(capacity: 32)
    let free = memory.make(full: true)
    var asks: [UnsafeMutablePointer<UInt64>] = []
    var forbids: [UnsafeMutablePointer<UInt64>] = []
    for value in 0..<32 {
      asks.append(memory.make(full: false))
      forbids.append(memory.make(full: false))
      asking[value] = memory.blocks(of: asks[value])
      forbidding[value] = memory.blocks(of: forbids[value])
    }
    var last = -1
    for (row, test) in tests {
      if test.kind == 3 {
        memory.add(row, to: forbids[test.a])
        forbidden |= 1 << UInt32(test.a)
      } else if row == last {
        isRepeated[row] = true
      } else {
        last = row
        memory.remove(row, from: free)
        memory.add(row, to: asks[test.a])
        asked |= 1 << UInt32(test.a)
      }
    }
    self.free = memory.blocks(of: free)
  }

  /// Leaves the rows of a block that the values of a message meet.
  @inline(__always) func narrow(_ left: inout FlatBitset.Block, _ block: Int, _ values: UInt32) {
    guard isTested else { return }
    var met = free[block]
    var rest = values & asked
    while rest != 0 {
      met |= asking[rest.trailingZeroBitCount][block]
      rest &= rest &- 1
    }
    rest = values & forbidden
    while rest != 0 {
      met &= ~forbidding[rest.trailingZeroBitCount][block]
      rest &= rest &- 1
    }
    left &= met
  }
}
