/// The rows of a matrix that a message leaves open: the words of the bit vector that are not empty.
///
/// The lines of the message's values are intersected word by word, four or eight at a time. Where lines are long,
/// their summaries are intersected first, and only words that these leave open are looked at. Nothing is decided
/// by a branch on data until the words that are left are gone through.
/// Source: T. V. Lakshman and D. Stiliadis, "High-speed policy-based packet forwarding using efficient
/// multi-dimensional range matching", 1998; the summaries are those of F. Baboescu and G. Varghese, "Scalable
/// packet classification", 2001.
struct OpenRows {
  private typealias Four = SIMD4<UInt64>

  private let lines: UnsafeMutablePointer<UnsafePointer<UInt64>>
  private let summaries: UnsafeMutablePointer<UnsafePointer<Four>>
  private let listed: UnsafeMutablePointer<Int>
  private let layers: OpenLayers
  /// The words that are not empty, by their number, and what they hold.
  let places: UnsafeMutablePointer<Int>
  let words: UnsafeMutablePointer<UInt64>

  init(_ program: Program) {
    layers = OpenLayers(program)
    lines = .allocate(capacity: program.groups.count + 4 + program.unsaidMembers.count * 64)
    summaries = .allocate(capacity: program.groups.count + 1)
    let most = Int(program.header.mostWords) + 8
    listed = .allocate(capacity: most)
    places = .allocate(capacity: most)
    words = .allocate(capacity: most)
  }

  func deallocate() {
    layers.deallocate()
    lines.deallocate()
    summaries.deallocate()
    listed.deallocate()
    places.deallocate()
    words.deallocate()
  }

  /// Finds the open rows and gives the number of words that are not empty.
  ///
  /// With `stopsEarly` it leaves out rows that are set aside anyway, because a rule applies which overrides all behind
  /// it. O(groups × words of a line), or with summaries O(groups × (words / 64 + open words)).
  @inline(__always)
  func find(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program,
    _ message: CodedMessage.Parts, outcome: UInt32, stopsEarly: Bool
  ) -> Int {
    let groupValues = message.groupValues
    let wordCount = Int(matrix.pointee.wordCount)
    guard wordCount > 0 else { return 0 }
    let all = program.words.base
    let groups = program.matrixGroups.base + Int(matrix.pointee.firstGroup)
    let groupCount = Int(matrix.pointee.groupCount)
    for group in 0..<groupCount {
      let value = Int(groupValues[Int(groups[group].group)])
      lines[group] = all + Int(groups[group].lines) + value &* wordCount
    }
    var lineCount = groupCount
    if matrix.pointee.outcomeLines != .max, outcome != .max {
      lines[lineCount] = all + Int(matrix.pointee.outcomeLines) + Int(outcome) &* wordCount
      lineCount &+= 1
    }
    // Where nobody asks for a column, every row is open.
    if lineCount == 0 {
      lines[0] = all + Int(matrix.pointee.fullLine)
      lineCount = 1
    }
    guard matrix.pointee.layerCount > 0 else {
      return intersect(matrix, program, groupValues, lineCount, 0, stopsEarly)
    }
    let layerCount = layers.open(matrix, program, message, closing: lines, &lineCount)
    if layerCount > 0 {
      lines[lineCount] = UnsafePointer(layers.line)
      lineCount &+= 1
    }
    return intersect(matrix, program, groupValues, lineCount, layerCount, stopsEarly)
  }

  @inline(__always)
  private func intersect(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program,
    _ groupValues: UnsafePointer<UInt32>, _ lineCount: Int, _ layerCount: Int,
    _ stopsEarly: Bool
  ) -> Int {
    let wordCount = Int(matrix.pointee.wordCount)
    if matrix.pointee.summaryWords == 0 {
      layers.fill(wordCount, layerCount)
      if wordCount <= 2 { return short(wordCount, lineCount) }
      return flat(matrix, program, lineCount, stopsEarly)
    }
    return summarised(matrix, program, groupValues, lineCount, layerCount)
  }

  @inline(__always)
  private func short(_ wordCount: Int, _ lineCount: Int) -> Int {
    var first = lines[0][0]
    if wordCount == 1 {
      var line = 1
      while line < lineCount {
        first &= lines[line][0]
        line &+= 1
      }
      places[0] = 0
      words[0] = first
      return first != 0 ? 1 : 0
    }
    var second = lines[0][1]
    var line = 1
    while line < lineCount {
      first &= lines[line][0]
      second &= lines[line][1]
      line &+= 1
    }
    var count = keep(first, 0, 0)
    count = keep(second, 1, count)
    return count
  }

  @inline(__always)
  private func keep(_ word: UInt64, _ place: Int, _ count: Int) -> Int {
    words[count] = word
    places[count] = place
    return count &+ (word != 0 ? 1 : 0)
  }

  /// A line by fours of words.
  @inline(__always)
  private func fours(_ line: Int) -> UnsafePointer<Four> {
    UnsafeRawPointer(lines[line]).assumingMemoryBound(to: Four.self)
  }

  @inline(__always)
  private func keep(_ four: Four, _ place: Int, _ count: Int) -> Int {
    var count = keep(four[0], place, count)
    count = keep(four[1], place &+ 1, count)
    count = keep(four[2], place &+ 2, count)
    return keep(four[3], place &+ 3, count)
  }

  @inline(__always)
  private func flat(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program, _ lineCount: Int,
    _ stopsEarly: Bool
  ) -> Int {
    let wordCount = Int(matrix.pointee.wordCount)
    var count = 0
    var four = 0
    let fourCount = wordCount / 4
    while four &+ 2 <= fourCount {
      var a = fours(0)[four]
      var b = fours(0)[four &+ 1]
      var line = 1
      while line < lineCount {
        let own = fours(line)
        a &= own[four]
        b &= own[four &+ 1]
        line &+= 1
      }
      let known = count
      count = keep(a, four &* 4, count)
      count = keep(b, four &* 4 &+ 4, count)
      if stopsEarly, count > known,
        program.isSettled(by: words[known], at: places[known], matrix)
      {
        return count
      }
      four &+= 2
    }
    if four < fourCount {
      var a = fours(0)[four]
      var line = 1
      while line < lineCount {
        a &= fours(line)[four]
        line &+= 1
      }
      count = keep(a, four &* 4, count)
    }
    return count
  }

  @inline(__always)
  private func summarised(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program,
    _ groupValues: UnsafePointer<UInt32>, _ lineCount: Int, _ layerCount: Int
  ) -> Int {
    let listedCount = list(matrix, program, groupValues, layerCount)
    let wordCount = Int(matrix.pointee.wordCount)
    // Up to three more, so that they are looked at by fours; they count for nothing.
    for extra in listedCount..<listedCount &+ 3 { listed[extra] = wordCount &- 1 }
    layers.fill(listed, listedCount, layerCount)
    var count = 0
    var index = 0
    while index < listedCount {
      let (p, q, r, s) = (listed[index], listed[index &+ 1], listed[index &+ 2], listed[index &+ 3])
      let (first, left) = (lines[0], listedCount &- index)
      var (a, b, c, d) = (first[p], first[q], first[r], first[s])
      var line = 1
      while line < lineCount {
        let own = lines[line]
        a &= own[p]
        b &= own[q]
        c &= own[r]
        d &= own[s]
        line &+= 1
      }
      count = keep(a, p, count)
      count = keep(left > 1 ? b : 0, q, count)
      count = keep(left > 2 ? c : 0, r, count)
      count = keep(left > 3 ? d : 0, s, count)
      index &+= 4
    }
    return count
  }

  /// Lists the words that the summaries leave open.
  @inline(__always)
  private func list(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program,
    _ groupValues: UnsafePointer<UInt32>, _ layerCount: Int
  ) -> Int {
    let groups = program.matrixGroups.base + Int(matrix.pointee.firstGroup)
    let groupCount = Int(matrix.pointee.groupCount)
    let summaryWords = Int(matrix.pointee.summaryWords)
    for group in 0..<groupCount {
      let value = Int(groupValues[Int(groups[group].group)])
      summaries[group] = UnsafeRawPointer(
        program.words.base + Int(groups[group].summaries) + value &* summaryWords
      ).assumingMemoryBound(to: Four.self)
    }
    var count = 0
    for quarter in 0..<summaryWords / 4 {
      var open = Four(repeating: .max)
      if groupCount == 0 { open = full(matrix, quarter) }
      var group = 0
      while group < groupCount {
        open &= summaries[group][quarter]
        group &+= 1
      }
      if layerCount > 0 { open &= layers.summary(quarter, layerCount) }
      for lane in 0..<4 {
        var rest = open[lane]
        while rest != 0 {
          listed[count] = quarter &* 256 &+ lane &* 64 &+ rest.trailingZeroBitCount
          count &+= 1
          rest &= rest &- 1
        }
      }
    }
    return count
  }

  /// The summary of a line that is nowhere empty.
  private func full(_ matrix: UnsafePointer<MatrixRecord>, _ quarter: Int) -> Four {
    var open = Four(repeating: 0)
    for lane in 0..<4 {
      let left = Int(matrix.pointee.wordCount) - quarter * 256 - lane * 64
      open[lane] = left >= 64 ? .max : left <= 0 ? 0 : 1 << UInt64(left) - 1
    }
    return open
  }
}

extension Program {
  /// Whether the first of a word's rows belongs to a rule that overrides all behind it. In a matrix without summaries
  /// the rows stand in the order of their rules.
  @inline(__always)
  fileprivate func isSettled(
    by word: UInt64, at place: Int, _ matrix: UnsafePointer<MatrixRecord>
  ) -> Bool {
    let bit = word.trailingZeroBitCount
    if matrix.pointee.inexactLine != .max {
      let inexact = words.base[Int(matrix.pointee.inexactLine) &+ place]
      if inexact >> UInt64(bit) & 1 == 1 { return false }
    }
    let position = rows.base[Int(matrix.pointee.firstRow) &+ place &* 64 &+ bit]
    let record = overridden.base + (Int(matrix.pointee.firstPosition) &+ Int(position))
    guard record.pointee.count == 1 else { return false }
    let stretch = stretches.base + Int(record.pointee.first)
    return stretch.pointee.start == position &+ 1
      && stretch.pointee.end == matrix.pointee.positionCount
  }
}
