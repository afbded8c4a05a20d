import Findings
import Syntax

/// The comments of a rule file, parted into those of its statements and those that stand alone.
struct CommentBlock {
  /// The lines, without `#`.
  let lines: [String]
  /// Whether it heads what follows: one line by itself, a blank line behind it.
  let isHeading: Bool

  /// A line's beginning and what three blanks or more set apart from it; continued by lines that begin
  /// with as many.
  var entries: [(term: String, meaning: String)]? {
    var entries: [(term: String, meaning: String)] = []
    for line in lines {
      if line.hasPrefix("    "), !entries.isEmpty {
        entries[entries.count - 1].meaning += " " + line.tidied
      } else if let gap = line.firstGap {
        entries.append((line[..<gap].tidied, line[gap...].tidied))
      } else {
        return nil
      }
    }
    return entries
  }

  /// The blocks of comments between two places of a file, in order.
  static func blocks(
    of document: DocumentSyntax, in source: SourceFile, from start: UInt32, to end: UInt32
  ) -> [CommentBlock] {
    let comments = document.tokens.comments
    var index = comments.partitionPoint { $0.start < start }
    var groups: [[Comment]] = []
    while index < comments.count, comments[index].start < end {
      let comment = comments[index]
      index += 1
      guard comment.isOwnLine else { continue }
      if let last = groups.last?.last, last.line + 1 == comment.line {
        groups[groups.count - 1].append(comment)
      } else {
        groups.append([comment])
      }
    }
    return groups.flatMap { group in
      let lines = group.map { text(of: $0, document.file, source) }
      let next = Int(group[group.count - 1].line) + 1
      let isAlone = next > source.lineCount || source.range(ofLine: next).isEmpty
      let isHeading = lines.count == 1 && isAlone && lines[0].utf8.count < 80
      return lines.split(whereSeparator: \.isEmpty).flatMap { paragraphs(Array($0)) }.map { lines in
        CommentBlock(lines: lines, isHeading: isHeading && !lines[0].hasSuffix("."))
      }
    }
  }

  /// Lines with a gap in them, and those that go on with them, apart from the others.
  private static func paragraphs(_ lines: [String]) -> [[String]] {
    var paragraphs: [[String]] = []
    var wasEntry = false
    for line in lines {
      let isEntry = line.firstGap != nil || wasEntry && line.hasPrefix("    ")
      if isEntry == wasEntry, !paragraphs.isEmpty {
        paragraphs[paragraphs.count - 1].append(line)
      } else {
        paragraphs.append([line])
      }
      wasEntry = isEntry
    }
    return paragraphs
  }

  private static func text(of comment: Comment, _ file: FileID, _ source: SourceFile) -> String {
    let span = Span(file: file, start: comment.start, end: comment.end)
    let text = source.text(span).drop { $0 == "#" }
    return String(text.first == " " ? text.dropFirst() : text)
  }
}

extension String {
  /// Where three blanks or more begin behind the first word.
  fileprivate var firstGap: String.Index? {
    var run = 0
    var start = startIndex
    let words = indices.drop { self[$0] == " " }
    for index in words {
      if self[index] != " " {
        if run >= 3 { return start }
        run = 0
      } else {
        if run == 0 { start = index }
        run += 1
      }
    }
    return nil
  }
}

extension Array {
  /// The first index from which a condition that holds of the beginning no longer does.
  fileprivate func partitionPoint(_ isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension PageWriter {
  mutating func write(_ blocks: [CommentBlock]) {
    for block in blocks {
      if block.isHeading {
        paragraph("subhead") { $0.write(block.lines[0]) }
      } else if let entries = block.entries, !entries.isEmpty {
        element("dl", ["class": "comment"]) { page in
          for (term, meaning) in entries {
            page.element("dt") { $0.write(term) }
            page.element("dd") { $0.write(meaning) }
          }
        }
      } else {
        paragraph("comment") { $0.write(block.lines.joined(separator: " ")) }
      }
    }
  }
}
