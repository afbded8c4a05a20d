/// Finds which of many folded patterns stand anywhere in a text, in one pass.
///
/// Source: A. V. Aho and M. J. Corasick, "Efficient string matching: an aid to bibliographic search", 1975. Its
/// states are the beginnings of patterns; the moves between them are kept in a hash table.
struct PatternAutomaton {
  /// By state, the state of the longest end of it that is a beginning of a pattern too.
  private var fallback: [UInt32] = [0]
  /// By state, the number of the mask of all patterns that end there; -1 where none does.
  private var masks: [Int32] = [-1]
  /// By byte, the state behind the empty beginning.
  private var first = [UInt32](repeating: 0, count: 256)
  /// State and byte, and the state behind them; the state is 0 where there is no move.
  private var moves: [(key: UInt32, state: UInt32)] = []
  private var last = 0

  /// Whether there are no patterns.
  let isEmpty: Bool

  /// Different patterns, each with the number of its mask; `union` gives the number of what two masks hold
  /// together. O(bytes of all patterns).
  init(_ given: [(pattern: [UInt8], mask: Int)], union: (Int, Int) -> Int) {
    isEmpty = given.isEmpty
    var children: [[(byte: UInt8, state: Int)]] = [[]]
    for (pattern, mask) in given {
      var state = 0
      for byte in pattern {
        if let known = children[state].first(where: { $0.byte == byte }) {
          state = known.state
        } else {
          children.append([])
          children[state].append((byte, children.count - 1))
          state = children.count - 1
        }
      }
      while masks.count < children.count { masks.append(-1) }
      masks[state] = Int32(mask)
    }
    fallback = Array(repeating: 0, count: children.count)
    let size = 1 << (64 - (children.count * 2).leadingZeroBitCount)
    moves = Array(repeating: (0, 0), count: size)
    last = size - 1
    for (state, own) in children.enumerated() {
      for (byte, next) in own { addMove(state, byte, next) }
    }
    addFallbacks(children, union)
  }

  private mutating func addMove(_ state: Int, _ byte: UInt8, _ next: Int) {
    if state == 0 { first[Int(byte)] = UInt32(next) }
    let key = UInt32(state) << 8 | UInt32(byte)
    var place = self.place(key)
    while moves[place].state != 0 { place = (place + 1) & last }
    moves[place] = (key, UInt32(next))
  }

  /// States in the order of their length, so that a fallback is complete when it is needed.
  private mutating func addFallbacks(
    _ children: [[(byte: UInt8, state: Int)]], _ union: (Int, Int) -> Int
  ) {
    var queue = [0]
    var index = 0
    while index < queue.count {
      let state = queue[index]
      index += 1
      for (byte, next) in children[state] {
        queue.append(next)
        let end = state == 0 ? 0 : self.next(fallback[state], byte)
        fallback[next] = end
        switch (masks[next], masks[Int(end)]) {
        case (_, -1): break
        case (-1, let others): masks[next] = others
        case (let own, let others): masks[next] = Int32(union(Int(own), Int(others)))
        }
      }
    }
  }

  private func place(_ key: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(key) &* 0x9e37_79b9_7f4a_7c15) >> 32) & last
  }

  /// The state behind a state and one byte more, which is folded.
  @inline(__always)
  private func next(_ state: UInt32, _ byte: UInt8) -> UInt32 {
    var state = state
    while state != 0 {
      let key = state << 8 | UInt32(byte)
      var place = self.place(key)
      while moves[place].state != 0 {
        if moves[place].key == key { return moves[place].state }
        place = (place + 1) & last
      }
      state = fallback[Int(state)]
    }
    return first[Int(byte)]
  }

  /// Hands on the number of the mask of the patterns that end at each place of a text. O(text).
  @inline(__always)
  func forEachMask(in text: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    guard !isEmpty else { return }
    if masks[0] >= 0 { body(Int(masks[0])) }
    var (state, reported): (UInt32, Int32) = (0, -1)
    for byte in text {
      state = next(state, folded(byte))
      let mask = masks[Int(state)]
      if mask >= 0, mask != reported {
        body(Int(mask))
        reported = mask
      }
    }
  }
}
