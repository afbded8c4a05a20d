import Findings
import JSON
import Syntax

/// The one layout, as changes to the lines that do not have it.
struct Formatting {
  private let query: Query

  init(_ query: Query) { self.query = query }

  /// The changes that touch some lines, or all of them; none in a file with errors, because nobody knows
  /// yet what it means.
  func edits(within range: PositionRange?) -> JSONValue {
    let view = query.view
    guard let document = view.document(query.file),
      let formatted = Formatter.formatted(document, of: view.syntax)
    else { return .null }
    let source = view.files[query.file]
    let asked = range.map { $0.start.line...max($0.start.line, $0.end.line) }
    let changes = LineDifference(source.bytes, formatted).changes
      .filter { change in
        asked.map {
          $0.lowerBound <= change.old.upperBound && change.old.lowerBound <= $0.upperBound
        }
          ?? true
      }
    return .array(
      changes.map { change in
        let span = Span(
          file: query.file, start: UInt32(change.bytes.lowerBound),
          end: UInt32(change.bytes.upperBound))
        return ["range": view.range(span).json, "newText": .string(change.text)]
      })
  }
}

/// Which lines of a text give way to others in a second text (E. W. Myers, "An O(ND) difference algorithm and its
/// variations", 1986). Texts that differ in very many lines are taken as one change.
struct LineDifference {
  /// Some lines that give way, the bytes they take, and what comes in their place.
  struct Change: Equatable {
    let old: Range<Int>
    let bytes: Range<Int>
    let text: String
  }

  private(set) var changes: [Change] = []
  private static let mostSteps = 1000

  init(_ old: [UInt8], _ new: [UInt8]) {
    let (a, b) = (LineDifference.lines(old), LineDifference.lines(new))
    func isSame(_ i: Int, _ j: Int) -> Bool { old[a[i]] == new[b[j]] }
    var start = 0
    while start < min(a.count, b.count), isSame(start, start) { start += 1 }
    var (aEnd, bEnd) = (a.count, b.count)
    while aEnd > start, bEnd > start, isSame(aEnd - 1, bEnd - 1) {
      (aEnd, bEnd) = (aEnd - 1, bEnd - 1)
    }
    let common = LineDifference.common(start..<aEnd, start..<bEnd, isSame)
    var (i, j) = (start, start)
    for (x, y) in common + [(aEnd, bEnd)] {
      if x > i || y > j {
        let from = i < a.count ? a[i].lowerBound : old.count
        let to = x > i ? a[x - 1].upperBound : from
        let text = b[j..<y].map { String(decoding: new[$0], as: UTF8.self) }.joined()
        changes.append(Change(old: i..<x, bytes: from..<to, text: text))
      }
      (i, j) = (x + 1, y + 1)
    }
  }

  /// The lines with their line breaks.
  private static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A {
      lines.append(start..<index + 1)
      start = index + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    return lines
  }

  /// The pairs of lines that stay, in their order.
  private static func common(
    _ a: Range<Int>, _ b: Range<Int>, _ isSame: (Int, Int) -> Bool
  ) -> [(Int, Int)] {
    let (n, m) = (a.count, b.count)
    let most = min(n + m, mostSteps)
    var furthest = [Int](repeating: 0, count: 2 * most + 3)
    var trace: [[Int]] = []
    let zero = most + 1
    for step in 0...most {
      trace.append(furthest)
      for k in stride(from: -step, through: step, by: 2) {
        let isDown = k == -step || (k != step && furthest[zero + k - 1] < furthest[zero + k + 1])
        var x = isDown ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1
        var y = x - k
        while x < n, y < m, isSame(a.lowerBound + x, b.lowerBound + y) { (x, y) = (x + 1, y + 1) }
        furthest[zero + k] = x
        if x >= n, y >= m { return path(back: trace, n, m, a.lowerBound, b.lowerBound, zero) }
      }
    }
    return []
  }

  private static func path(
    back trace: [[Int]], _ n: Int, _ m: Int, _ a: Int, _ b: Int, _ zero: Int
  ) -> [(Int, Int)] {
    var (x, y) = (n, m)
    var pairs: [(Int, Int)] = []
    for (step, furthest) in trace.enumerated().reversed() {
      let k = x - y
      let isDown = k == -step || (k != step && furthest[zero + k - 1] < furthest[zero + k + 1])
      let previous = isDown ? k + 1 : k - 1
      let (fromX, fromY) = (furthest[zero + previous], furthest[zero + previous] - previous)
      while x > fromX, y > fromY, x > 0, y > 0 {
        (x, y) = (x - 1, y - 1)
        pairs.append((a + x, b + y))
      }
      if step > 0 { (x, y) = (fromX, fromY) }
    }
    return pairs.reversed()
  }
}
