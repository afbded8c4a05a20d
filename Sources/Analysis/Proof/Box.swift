import Classes
import Logic

/// The positions that messages of a kind can have on each axis; axes on which they can have any are
/// left out.
struct Box: Sendable {
  /// In the order of axes.
  private(set) var stretches: [ClassAxes.Stretch]
  /// No message is of the kind.
  private(set) var isEmpty = false

  static let everything = Box(stretches: [])
  static let nothing = Box(stretches: [], isEmpty: true)

  init(stretches: [ClassAxes.Stretch], isEmpty: Bool = false) {
    self.stretches = stretches.sorted { $0.axis < $1.axis }
    self.isEmpty = isEmpty
  }

  /// Messages that are of both kinds.
  func intersection(_ other: Box) -> Box {
    if isEmpty || other.isEmpty { return .nothing }
    if stretches.isEmpty { return other }
    if other.stretches.isEmpty { return self }
    var result: [ClassAxes.Stretch] = []
    result.reserveCapacity(stretches.count + other.stretches.count)
    var (index, otherIndex) = (0, 0)
    while index < stretches.count, otherIndex < other.stretches.count {
      let (a, b) = (stretches[index], other.stretches[otherIndex])
      if a.axis == b.axis {
        let shared = a.positions & b.positions
        if shared == 0 { return .nothing }
        result.append(ClassAxes.Stretch(axis: a.axis, positions: shared))
        index += 1
        otherIndex += 1
      } else if a.axis < b.axis {
        result.append(a)
        index += 1
      } else {
        result.append(b)
        otherIndex += 1
      }
    }
    result += stretches[index...]
    result += other.stretches[otherIndex...]
    return Box(ordered: result)
  }

  /// Whether a message may be of both kinds.
  func meets(_ other: Box) -> Bool {
    if isEmpty || other.isEmpty { return false }
    var otherIndex = 0
    for stretch in stretches {
      while otherIndex < other.stretches.count, other.stretches[otherIndex].axis < stretch.axis {
        otherIndex += 1
      }
      guard otherIndex < other.stretches.count else { return true }
      if other.stretches[otherIndex].axis == stretch.axis,
        other.stretches[otherIndex].positions & stretch.positions == 0
      {
        return false
      }
    }
    return true
  }

  /// A box around messages that are of one kind or the other.
  func union(_ other: Box, _ axes: ClassAxes) -> Box {
    if isEmpty { return other }
    if other.isEmpty { return self }
    var result: [ClassAxes.Stretch] = []
    var otherIndex = 0
    for stretch in stretches {
      while otherIndex < other.stretches.count, other.stretches[otherIndex].axis < stretch.axis {
        otherIndex += 1
      }
      guard otherIndex < other.stretches.count, other.stretches[otherIndex].axis == stretch.axis
      else { continue }
      let positions = stretch.positions | other.stretches[otherIndex].positions
      if positions != axes.positions[Int(stretch.axis)] {
        result.append(ClassAxes.Stretch(axis: stretch.axis, positions: positions))
      }
    }
    return Box(ordered: result)
  }

  private init(ordered: [ClassAxes.Stretch]) {
    stretches = ordered
  }
}

/// Finds the box around a wire.
final class Boxes {
  private let axes: ClassAxes
  private let circuit: Circuit
  private var known: [Wire: Box] = [:]

  init(_ axes: ClassAxes, _ circuit: Circuit) {
    (self.axes, self.circuit) = (axes, circuit)
  }

  /// A box around the messages for which a wire is on.
  ///
  /// For conditions of rules; its recursion is as deep as the wire's circuit.
  func box(around wire: Wire) -> Box {
    if wire == .yes { return .everything }
    if wire == .no { return .nothing }
    if let box = known[wire] { return box }
    let box: Box
    switch circuit.source(of: wire) {
    case .input(let variable, let isNegated):
      let index = Int(variable.index)
      let stretches =
        index < axes.whenTrue.count ? (isNegated ? axes.whenFalse : axes.whenTrue)[index] : []
      box = Box(stretches: stretches)
    case .and(let parts, isNegated: false):
      box = parts.reduce(.everything) { $0.intersection(self.box(around: $1)) }
    case .and(let parts, isNegated: true):
      box = parts.reduce(.nothing) { $0.union(self.box(around: !$1), axes) }
    }
    known[wire] = box
    return box
  }
}

/// Boxes by position, to find those that meet a box or hold a point without looking at each.
///
/// For every axis and position a row of bits, one for each box. Meeting boxes are found in time
/// proportional to the stretches of the box times the boxes / 64.
/// Source: the bit vectors of packet classification (T. V. Lakshman, D. Stiliadis, 1998).
struct BoxIndex {
  let count: Int
  private let wordCount: Int
  private let positionCounts: [Int]
  private let firstRows: [Int]
  private var rows: [UInt64]
  private var whole: [UInt64]

  init(_ boxes: [Box], _ axes: ClassAxes) {
    count = boxes.count
    wordCount = (boxes.count + 63) / 64
    positionCounts = axes.positions.map(\.nonzeroBitCount)
    var firstRows: [Int] = []
    var rowCount = 0
    for count in positionCounts {
      firstRows.append(rowCount)
      rowCount += count
    }
    self.firstRows = firstRows
    rows = Array(repeating: .max, count: rowCount * wordCount)
    whole = Array(repeating: .max, count: wordCount)
    for (number, box) in boxes.enumerated() {
      let (word, bit) = (number / 64, UInt64(1) << UInt64(number % 64))
      if box.isEmpty { whole[word] &= ~bit }
      for stretch in box.stretches {
        let first = firstRows[Int(stretch.axis)]
        for position in 0..<positionCounts[Int(stretch.axis)]
        where stretch.positions & (1 << UInt64(position)) == 0 {
          rows[(first + position) * wordCount + word] &= ~bit
        }
      }
    }
    let last = count % 64
    if last != 0 { whole[wordCount - 1] &= (1 << UInt64(last)) - 1 }
  }

  /// The boxes that have positions in common with this one on every axis.
  func meeting(_ box: Box) -> BitSet {
    if box.isEmpty { return BitSet(count: count) }
    var result = BitSet(words: whole, count: count)
    var found = [UInt64](repeating: 0, count: wordCount)
    for stretch in box.stretches {
      let first = firstRows[Int(stretch.axis)]
      for word in 0..<wordCount { found[word] = 0 }
      var positions = stretch.positions
      while positions != 0 {
        let row = (first + positions.trailingZeroBitCount) * wordCount
        positions &= positions - 1
        for word in 0..<wordCount { found[word] |= rows[row + word] }
      }
      result.formIntersection(found)
    }
    return result
  }
}

/// A set of small numbers.
struct BitSet {
  private(set) var words: [UInt64]
  let count: Int

  init(count: Int) {
    self.count = count
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  init(words: [UInt64], count: Int) {
    (self.words, self.count) = (words, count)
  }

  func contains(_ number: Int) -> Bool { words[number >> 6] >> UInt64(number & 63) & 1 == 1 }
  mutating func insert(_ number: Int) { words[number >> 6] |= 1 << UInt64(number & 63) }
  mutating func remove(_ number: Int) { words[number >> 6] &= ~(1 << UInt64(number & 63)) }
  mutating func formUnion(_ other: BitSet) {
    for index in words.indices { words[index] |= other.words[index] }
  }
  mutating func subtract(_ other: BitSet) {
    for index in words.indices { words[index] &= ~other.words[index] }
  }
  mutating func formIntersection(_ other: BitSet) { formIntersection(other.words) }
  mutating func formIntersection(_ others: [UInt64]) {
    for index in words.indices { words[index] &= others[index] }
  }
  func isDisjoint(with other: BitSet) -> Bool {
    for index in words.indices where words[index] & other.words[index] != 0 { return false }
    return true
  }
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The numbers in it, in order.
  var members: [Int] {
    var members: [Int] = []
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        members.append(index * 64 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
    return members
  }
}
