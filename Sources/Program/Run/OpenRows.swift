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
    let members = program.unsaidMembers.count
    lines = .allocate(capacity: program.groups.count + 4 + members * (64 + 16))
    summaries = .allocate(capacity: program.groups.count + 1 + members * 16)
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
  /// Lines without summaries are gone through in their order, and `settles` is given what has been found since it
  /// was asked last; once it gives a number, so many words are all. O(groups × words of a line), or with summaries O(groups × (words / 64 + open words)).
  @inline(__always)
  func find(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program,
    _ message: CodedMessage.Parts, outcome: UInt32, isComplete: Bool,
    settles: (_ first: Int, _ end: Int) -> Int?
  ) -> Int {
    let wordCount = Int(matrix.pointee.wordCount)
    guard wordCount > 0 else { return 0 }
    if wordCount <= 2, matrix.pointee.layerCount == 0 {
      let last = wordCount &- 1
      var (first, second) = (UInt64.max, UInt64.max)
      forEachLine(matrix, program, message, outcome: outcome, isComplete: isComplete) { line in
        first &= line[0]
        second &= line[last]
      }
      return short(first, last == 0 ? 0 : second, settles)
    }
    var lineCount = 0
    forEachLine(matrix, program, message, outcome: outcome, isComplete: isComplete) { line in
      lines[lineCount] = line
      lineCount &+= 1
    }
    let layerCount =
      matrix.pointee.layerCount == 0
      ? 0 : layers.open(matrix, program, message, closing: lines, &lineCount)
    if layerCount > 0 {
      lines[lineCount] = UnsafePointer(layers.line)
      lineCount &+= 1
    }
    if matrix.pointee.summaryWords > 0 {
      let listedCount = list(matrix, program, message, layerCount, isComplete: isComplete)
      return listedRows(listedCount, lineCount, layerCount, wordCount)
    }
    layers.fill(wordCount, layerCount)
    if wordCount <= 2 {
      let last = wordCount &- 1
      var (first, second) = (UInt64.max, UInt64.max)
      for line in 0..<lineCount {
        first &= lines[line][0]
        second &= lines[line][last]
      }
      return short(first, last == 0 ? 0 : second, settles)
    }
    return flat(wordCount, lineCount, settles)
  }

  /// Goes through the lines that a message's values and the members that it holds leave open, but for those of layers.
  @inline(__always)
  private func forEachLine(
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program, _ message: CodedMessage.Parts,
    outcome: UInt32, isComplete: Bool, _ body: (UnsafePointer<UInt64>) -> Void
  ) {
    let wordCount = Int(matrix.pointee.wordCount)
    let all = program.words.base
    var group = program.matrixGroups.base + Int(matrix.pointee.firstGroup)
    let groupEnd = group + Int(matrix.pointee.groupCount)
    // Where nobody asks for a column, every row is open.
    if group == groupEnd { body(all + Int(matrix.pointee.fullLine)) }
    while group < groupEnd {
      let value = Int(message.groupValues[Int(group.pointee.group)])
      body(all + (Int(group.pointee.lines) &+ value &* wordCount))
      group += 1
    }
    if matrix.pointee.outcomeLines != .max, outcome != .max {
      body(all + (Int(matrix.pointee.outcomeLines) &+ Int(outcome) &* wordCount))
    }
    var nibble = program.nibbles.base + Int(matrix.pointee.firstNibble)
    let nibbleEnd = nibble + Int(matrix.pointee.nibbleCount)
    while nibble < nibbleEnd {
      let held = held(nibble, program, message, isComplete: isComplete)
      body(all + (Int(nibble.pointee.lines) &+ held &* wordCount))
      nibble += 1
    }
  }

  /// Which of the lines of four members is a message's.
  @inline(__always)
  private func held(
    _ nibble: UnsafePointer<NibbleRecord>, _ program: Program, _ message: CodedMessage.Parts,
    isComplete: Bool
  ) -> Int {
    if !isComplete {
      let column = Int(nibble.pointee.column)
      if message.values[column] == (program.columns.base + column).pointee.known {
        return NibbleRecord.missing
      }
    }
    let word = message.members[Int(nibble.pointee.word)]
    return Int(truncatingIfNeeded: word &>> UInt64(nibble.pointee.shift) & 15)
  }

  @inline(__always)
  private func short(
    _ first: UInt64, _ second: UInt64, _ settles: (_ first: Int, _ end: Int) -> Int?
  ) -> Int {
    var count = keep(first, 0, 0)
    count = keep(second, 1, count)
    return count == 0 ? 0 : settles(0, count) ?? count
  }

  @inline(__always)
  private func keep(_ word: UInt64, _ place: Int, _ count: Int) -> Int {
    words[count] = word
    places[count] = place
    return count &+ (word != 0 ? 1 : 0)
  }

  /// A line by fours of words.
  @inline(__always)
  private func fours(_ line: Int) -> UnsafePointer<Four> { fours(lines[line]) }

  @inline(__always)
  private func fours(_ line: UnsafePointer<UInt64>) -> UnsafePointer<Four> {
    UnsafeRawPointer(line).assumingMemoryBound(to: Four.self)
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
    _ wordCount: Int, _ lineCount: Int, _ settles: (_ first: Int, _ end: Int) -> Int?
  ) -> Int {
    var count = 0
    var four = 0
    let fourCount = wordCount / 4
    while four < fourCount {
      // The last one twice if their number is odd.
      let other = min(four &+ 1, fourCount &- 1)
      var (a, b) = (fours(0)[four], fours(0)[other])
      var line = 1
      while line < lineCount {
        let own = fours(line)
        a &= own[four]
        b &= own[other]
        line &+= 1
      }
      if a | b != Four(repeating: 0) {
        let known = count
        count = keep(a, four &* 4, count)
        if other != four { count = keep(b, other &* 4, count) }
        if let all = settles(known, count) { return all }
      }
      four &+= 2
    }
    return count
  }

  /// Intersects the lines in the words that have been listed.
  @inline(__always)
  private func listedRows(
    _ listedCount: Int, _ lineCount: Int, _ layerCount: Int, _ wordCount: Int
  ) -> Int {
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
    _ matrix: UnsafePointer<MatrixRecord>, _ program: Program, _ message: CodedMessage.Parts,
    _ layerCount: Int, isComplete: Bool
  ) -> Int {
    let all = program.words.base
    let groups = program.matrixGroups.base + Int(matrix.pointee.firstGroup)
    let groupCount = Int(matrix.pointee.groupCount)
    let summaryWords = Int(matrix.pointee.summaryWords)
    for group in 0..<groupCount {
      let value = Int(message.groupValues[Int(groups[group].group)])
      summaries[group] = fours(all + Int(groups[group].summaries) + value &* summaryWords)
    }
    let nibbles = program.nibbles.base + Int(matrix.pointee.firstNibble)
    let nibbleCount = Int(matrix.pointee.nibbleCount)
    for index in 0..<nibbleCount {
      let nibble = nibbles + index
      let held = held(nibble, program, message, isComplete: isComplete)
      summaries[groupCount &+ index] = fours(
        all + Int(nibble.pointee.summaries) + held &* summaryWords)
    }
    let summaryCount = groupCount &+ nibbleCount
    var count = 0
    for quarter in 0..<summaryWords / 4 {
      var open = Four(repeating: .max)
      if groupCount == 0 { open = full(matrix, quarter) }
      var line = 0
      while line < summaryCount {
        open &= summaries[line][quarter]
        line &+= 1
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
