/// The rows of a matrix that the members of a message's sets and texts leave open.
///
/// In each layer a row is open if it asks for no member, or for one that is held.
struct OpenLayers {
  private typealias Four = SIMD4<UInt64>

  /// What one layer leaves open is the union of some lines: the first one and so many more.
  private struct Union {
    var start: Int
    var count: Int
  }

  private let unions: UnsafeMutablePointer<Union>
  private let lines: UnsafeMutablePointer<UnsafePointer<UInt64>>
  private let summaries: UnsafeMutablePointer<UnsafePointer<UInt64>>
  /// The rows that all layers leave open, in the words that have been asked for.
  let line: UnsafeMutablePointer<UInt64>

  init(_ program: Program) {
    let layers =
      (0..<program.matrices.count).map { Int(program.matrices[$0].layerCount) }.max() ?? 0
    let members = program.unsaidMembers.count * 64
    unions = .allocate(capacity: layers + 1)
    lines = .allocate(capacity: (layers + 1) * (members + 1) + 1)
    summaries = .allocate(capacity: (layers + 1) * (members + 1) + 1)
    let words = Int(program.header.mostWords) + 4
    let memory = UnsafeMutableRawPointer.allocate(byteCount: words * 8, alignment: 32)
    line = memory.initializeMemory(as: UInt64.self, repeating: 0, count: words)
  }

  func deallocate() {
    unions.deallocate()
    lines.deallocate()
    summaries.deallocate()
    line.deallocate()
  }

  /// Finds the lines of the members that a message holds and gives the number of layers that close anything. Lines
  /// of rows that members close are added to `closing`.
  @inline(__always)
  func open(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program, _ message: CodedMessage.Parts,
    closing: UnsafeMutablePointer<UnsafePointer<UInt64>>, _ closingCount: inout Int
  ) -> Int {
    let all = program.words.base
    let layers = program.layers.base + Int(matrix.pointee.firstLayer)
    var (count, end) = (0, 0)
    for index in 0..<Int(matrix.pointee.layerCount) {
      let layer = layers + index
      let column = Int(layer.pointee.column)
      // A missing fact closes nothing.
      if message.values[column] == (program.columns.base + column).pointee.known { continue }
      let start = end
      lines[end] = all + Int(layer.pointee.free)
      summaries[end] = all + Int(layer.pointee.freeSummary)
      end &+= 1
      for word in 0..<Int(layer.pointee.wordCount) {
        var rest = message.members[Int(layer.pointee.firstWord) &+ word]
        while rest != 0 {
          let member =
            program.members.base
            + (Int(layer.pointee.firstMember) &+ word &* 64 &+ rest.trailingZeroBitCount)
          // Written in any case, and kept only if there is such a line: no branch depends on it.
          lines[end] = all + Int(member.pointee.held)
          summaries[end] = all + Int(member.pointee.heldSummary)
          end &+= member.pointee.held != .max ? 1 : 0
          closing[closingCount] = all + Int(member.pointee.notClosed)
          closingCount &+= member.pointee.notClosed != .max ? 1 : 0
          rest &= rest &- 1
        }
      }
      unions[count] = Union(start: start, count: end &- start)
      count &+= 1
    }
    return count
  }

  /// Works out all words of `line`, one or two, or a multiple of four.
  @inline(__always)
  func fill(_ wordCount: Int, _ layerCount: Int) {
    for layer in 0..<layerCount {
      let (start, count) = (unions[layer].start, unions[layer].count)
      if wordCount <= 2 {
        fillShort(wordCount, start, count, isFirst: layer == 0)
      } else {
        fillFours(wordCount / 4, start, count, isFirst: layer == 0)
      }
    }
  }

  @inline(__always)
  private func fillShort(_ wordCount: Int, _ start: Int, _ count: Int, isFirst: Bool) {
    var first = lines[start][0]
    var second = wordCount > 1 ? lines[start][1] : 0
    var next = start &+ 1
    while next < start &+ count {
      first |= lines[next][0]
      if wordCount > 1 { second |= lines[next][1] }
      next &+= 1
    }
    line[0] = isFirst ? first : line[0] & first
    line[1] = isFirst ? second : line[1] & second
  }

  @inline(__always)
  private func fillFours(_ fourCount: Int, _ start: Int, _ count: Int, isFirst: Bool) {
    let target = UnsafeMutableRawPointer(line).assumingMemoryBound(to: Four.self)
    let free = fours(lines[start])
    let first = fours(lines[count > 1 ? start &+ 1 : start])
    let second = fours(lines[count > 2 ? start &+ 2 : start])
    if isFirst {
      for four in 0..<fourCount { target[four] = free[four] | first[four] | second[four] }
    } else if count <= 3 {
      for four in 0..<fourCount { target[four] &= free[four] | first[four] | second[four] }
    }
    guard count > 3 else { return }
    for four in 0..<fourCount {
      var open = free[four] | first[four] | second[four]
      var next = start &+ 3
      while next < start &+ count {
        open |= fours(lines[next])[four]
        next &+= 1
      }
      target[four] = isFirst ? open : target[four] & open
    }
  }

  @inline(__always)
  private func fours(_ line: UnsafePointer<UInt64>) -> UnsafePointer<Four> {
    UnsafeRawPointer(line).assumingMemoryBound(to: Four.self)
  }

  /// Works out some words of `line`. Line by line, so that no branch depends on a word.
  @inline(__always)
  func fill(_ places: UnsafePointer<Int>, _ count: Int, _ layerCount: Int) {
    for layer in 0..<layerCount {
      let own = lines + unions[layer].start
      switch unions[layer].count {
      case 1: fill(places, count, isFirst: layer == 0) { own[0][$0] }
      case 2: fill(places, count, isFirst: layer == 0) { own[0][$0] | own[1][$0] }
      case 3: fill(places, count, isFirst: layer == 0) { own[0][$0] | own[1][$0] | own[2][$0] }
      default:
        let lineCount = unions[layer].count
        fill(places, count, isFirst: layer == 0) { place in
          var open = own[0][place] | own[1][place] | own[2][place] | own[3][place]
          var next = 4
          while next < lineCount {
            open |= own[next][place]
            next &+= 1
          }
          return open
        }
      }
    }
  }

  @inline(__always)
  private func fill(
    _ places: UnsafePointer<Int>, _ count: Int, isFirst: Bool, _ open: (Int) -> UInt64
  ) {
    if isFirst {
      for index in 0..<count { line[places[index]] = open(places[index]) }
    } else {
      for index in 0..<count { line[places[index]] &= open(places[index]) }
    }
  }

  /// A quarter of the summary of what all layers leave open.
  @inline(__always)
  func summary(_ quarter: Int, _ layerCount: Int) -> SIMD4<UInt64> {
    var result = Four(repeating: .max)
    for layer in 0..<layerCount {
      let own = summaries + unions[layer].start
      var open = Four(repeating: 0)
      for line in 0..<unions[layer].count {
        open |= UnsafeRawPointer(own[line]).assumingMemoryBound(to: Four.self)[quarter]
      }
      result &= open
    }
    return result
  }
}
