import Findings

/// The lines that a stretch of source lies on.
enum MarkedLines {
  /// How many lines of a long stretch are shown.
  static let most = 3

  /// The stretch's first lines with their marks, and whether these are all.
  static func lines(
    of span: Span, in file: SourceFile
  ) -> (lines: [Snippet.Line], isWhole: Bool) {
    let first = file.line(at: min(span.start, UInt32(file.bytes.count)))
    // A stretch that ends with a line break ends on the line before.
    let last = max(first, file.line(at: span.end > span.start ? span.end - 1 : span.end))
    let shown = first...min(last, first + most - 1)
    let lines = shown.map { number in
      let range = file.range(ofLine: number)
      return Snippet.Line(
        number: number, bytes: file.bytes, range: range,
        marks: mark(of: span, on: range, in: file, isFirst: number == first))
    }
    return (lines, last <= shown.upperBound)
  }

  /// The part of the stretch on one line; on later lines without the white space at their start.
  private static func mark(
    of span: Span, on range: Range<Int>, in file: SourceFile, isFirst: Bool
  ) -> [Range<Int>] {
    var start = max(Int(span.start), range.lowerBound)
    let end = min(Int(span.end), range.upperBound)
    if !isFirst {
      while start < end, [0x20, 0x09].contains(file.bytes[start]) { start += 1 }
      guard start < end else { return [] }
    }
    return [start..<max(start, end)]
  }
}
