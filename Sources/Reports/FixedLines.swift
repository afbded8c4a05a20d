import Findings

/// What the first lines that a fix touches look like once it is made.
struct FixedLines {
  let file: FileID
  /// Where the first change begins.
  let start: Span
  let lines: [Snippet.Line]
  /// Whether the changed text goes on beyond these lines.
  let isCut: Bool
  /// How many changes lie elsewhere.
  let placesLeft: Int

  /// How many lines of the changed text are shown.
  static let most = 4

  /// Nil for a fix that changes nothing.
  init?(_ fix: Fix, _ files: SourceFiles) {
    let edits = fix.edits.sorted { $0.span < $1.span }
    guard let first = edits.first else { return nil }
    let source = files[first.span.file]
    let firstLine = source.line(at: first.span.start)
    let together = edits.prefix {
      $0.span.file == first.span.file
        && ($0 == first || source.line(at: $0.span.end) < firstLine + FixedLines.most)
        && Int($0.span.end) <= Int(first.span.end) + FixedLines.reach
    }
    let lastLine = together.map { source.line(at: $0.span.end) }.max() ?? firstLine
    let range = FixedLines.range(ofLines: firstLine...lastLine, around: together, in: source)
    file = first.span.file
    start = first.span
    placesLeft = edits.count - together.count
    let (bytes, marks) = FixedLines.applied(Array(together), to: source, in: range)
    let changed = SourceFile(path: "", bytes: bytes)
    // What ends with a line break has no line after it.
    let count = changed.lineCount - (bytes.last == UInt8(ascii: "\n") ? 1 : 0)
    isCut = count > FixedLines.most
    lines = (1...max(1, min(count, FixedLines.most))).map { number in
      let range = changed.range(ofLine: number)
      return Snippet.Line(
        number: firstLine + number - 1, bytes: bytes, range: range,
        marks: marks.compactMap { FixedLines.part(of: $0, on: range, bytes) })
    }
  }

  /// The byte range of the lines that some edits touch, without the last one's ending; of a line as
  /// long as its file, what lies near them.
  private static func range(
    ofLines lines: ClosedRange<Int>, around edits: some Collection<Edit>, in file: SourceFile
  ) -> Range<Int> {
    let first = edits.map { Int($0.span.start) }.min() ?? 0
    let last = edits.map { Int($0.span.end) }.max() ?? 0
    let start = max(file.range(ofLine: lines.lowerBound).lowerBound, first - reach)
    let end = min(file.range(ofLine: lines.upperBound).upperBound, last + reach)
    return start..<max(start, end, last)
  }

  /// How far beyond a change a line is looked at; it may be as long as its file.
  private static let reach = 2000

  /// The changed text of a byte range, and where in it the new text stands.
  private static func applied(
    _ edits: [Edit], to file: SourceFile, in range: Range<Int>
  ) -> (bytes: [UInt8], marks: [Range<Int>]) {
    var bytes: [UInt8] = []
    var marks: [Range<Int>] = []
    var position = range.lowerBound
    for edit in edits where Int(edit.span.start) >= position {
      bytes += file.bytes[position..<min(Int(edit.span.start), file.bytes.count)]
      let start = bytes.count
      bytes += edit.text.utf8
      if bytes.count > start { marks.append(start..<bytes.count) }
      position = min(Int(edit.span.end), file.bytes.count)
    }
    bytes += file.bytes[position..<max(position, min(range.upperBound, file.bytes.count))]
    return (bytes, marks)
  }

  /// The part of a mark on one line, without the white space at its start.
  private static func part(
    of mark: Range<Int>, on line: Range<Int>, _ bytes: [UInt8]
  ) -> Range<Int>? {
    let part = mark.clamped(to: line)
    let start = part.first { ![0x20, 0x09].contains(bytes[$0]) }
    return start.map { $0..<part.upperBound }
  }
}
