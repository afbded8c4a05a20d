/// A few lines of source with their numbers, and signs under what is meant.
///
///     14 | if purpose is SEN-tribunul
///        |               ^^^^^^^^^^^^
struct Snippet {
  /// A line, and the stretches of it that are marked; an empty stretch marks a place between two
  /// characters.
  struct Line {
    let number: Int
    let bytes: [UInt8]
    /// Where in `bytes` the line is.
    let range: Range<Int>
    let marks: [Range<Int>]
  }

  let sign: Character
  let colour: Paint.Colour
  let paint: Paint
  /// How many columns the line numbers take.
  let gutter: Int

  /// How many columns of a line are shown.
  static let width = 100

  func text(of lines: [Line]) -> String {
    var text = bar("") + "\n"
    for line in lines {
      let (shown, signs) = rendered(line)
      let number = String(line.number)
      let padding = String(repeating: " ", count: max(0, gutter - number.count))
      text += paint("\(padding)\(number) |", .place) + (shown.isEmpty ? "" : " " + shown) + "\n"
      if !signs.isEmpty {
        text += bar("") + " " + paint(signs, colour) + "\n"
      }
    }
    return text
  }

  /// A line of the margin, without a number.
  func bar(_ rest: String) -> String {
    paint(String(repeating: " ", count: gutter) + " |", .place) + rest
  }

  private func rendered(_ line: Line) -> (shown: String, signs: String) {
    let (cells, isCutLeft, isCutRight) = window(line)
    var shown = isCutLeft ? "…" : ""
    var signs = isCutLeft ? " " : ""
    for cell in cells {
      shown += cell.shown
      let isMarked = line.marks.contains { mark in
        mark.contains(cell.offset) || mark.isEmpty && mark.lowerBound == cell.offset
      }
      signs += String(repeating: isMarked ? sign : " ", count: cell.width)
    }
    let end = line.range.upperBound
    if line.marks.contains(where: { $0.lowerBound >= end }), !isCutRight { signs.append(sign) }
    if isCutRight { shown += "…" }
    return (trimmed(shown), trimmed(signs))
  }

  private func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The characters that are shown: all of the line, or those around the first mark.
  private func window(
    _ line: Line
  ) -> (cells: [CharacterCell], isCutLeft: Bool, isCutRight: Bool) {
    let first = min(
      max(line.marks.first?.lowerBound ?? line.range.lowerBound, line.range.lowerBound),
      line.range.upperBound)
    // A line may be as long as its file; a character takes at most four bytes.
    let reach = 8 * Snippet.width
    let start = boundary(max(line.range.lowerBound, first - reach), in: line)
    let end = boundary(min(line.range.upperBound, first + reach), in: line)
    var cells = CharacterCell.cells(of: line.bytes, in: start..<end)
    var isCutLeft = start > line.range.lowerBound
    var isCutRight = end < line.range.upperBound
    let total = cells.reduce(0) { $0 + $1.width }
    guard total > Snippet.width || isCutLeft || isCutRight else { return (cells, false, false) }

    let before = cells.prefix { $0.offset < first }.reduce(0) { $0 + $1.width }
    var surplus = min(max(0, before - Snippet.width / 3), max(0, total - Snippet.width))
    while surplus > 0, let cell = cells.first {
      surplus -= cell.width
      cells.removeFirst()
      isCutLeft = true
    }
    var room = Snippet.width
    let kept = cells.prefix { cell in
      room -= cell.width
      return room >= 0
    }
    if kept.count < cells.count { isCutRight = true }
    return (Array(kept), isCutLeft, isCutRight)
  }

  /// The start of the character that an offset lies in.
  private func boundary(_ offset: Int, in line: Line) -> Int {
    var offset = offset
    while offset > line.range.lowerBound, offset < line.range.upperBound,
      line.bytes[offset] & 0xC0 == 0x80
    {
      offset -= 1
    }
    return offset
  }
}
