import Findings

/// The one layout of rule files.
///
/// What it writes means the same as what it read, and writing it again changes nothing. Comments and
/// the blank lines between statements stay; of several blank lines one is left.
package enum Formatter {
  /// Every rule file of a policy with its formatted text. A file with errors comes back as it is:
  /// nobody knows yet what it means.
  package static func formatted(_ text: PolicyText) -> [(path: String, bytes: [UInt8])] {
    let syntax = read(text)
    let faulty = syntax.faultyFiles
    return zip(text.ruleFiles, syntax.documents).map { source, document in
      guard !faulty.contains(document.file) else { return (source.path, source.bytes) }
      let printer = Printer(source: source, document: document, syntax: syntax)
      return (source.path, Array(printer.printed().utf8))
    }
  }

  /// One file's formatted text; nil of a file with errors.
  package static func formatted(_ document: DocumentSyntax, of syntax: PolicySyntax) -> [UInt8]? {
    guard !syntax.faultyFiles.contains(document.file) else { return nil }
    let source = syntax.files[document.file]
    return Array(Printer(source: source, document: document, syntax: syntax).printed().utf8)
  }
}

extension PolicySyntax {
  /// The files with errors; where words are missing that one of them declares, all.
  fileprivate var faultyFiles: Set<FileID> {
    if isIncomplete { return Set(documents.map(\.file)) }
    return Set(findings.filter { $0.severity == .error }.map(\.span.file))
  }
}

/// A line under way: its text, how far it is indented, and where in the source it begins.
struct Line {
  var indent: Int
  var text: String
  /// The byte offset of the first thing on the line.
  let start: UInt32

  var isTooLong: Bool { indent + text.unicodeScalars.count > Printer.width }
}

/// Prints one document from its tree.
struct Printer {
  let source: SourceFile
  let document: DocumentSyntax
  let syntax: PolicySyntax

  /// The columns of a line, where what stands on it can be broken at all.
  static let width = 100

  var lexicon: Lexicon { syntax.lexicon }

  /// The whole file.
  func printed() -> String {
    var output = ""
    var lastLine = 0
    var comments = document.tokens.comments[...]
    for statement in document.statements {
      let span = document.tokens.span(statement.range)
      while let comment = comments.first, comment.start < span.start {
        comments.removeFirst()
        write(comment, &output, &lastLine)
      }
      let endLine = source.line(at: max(span.start, span.end &- 1))
      let inside = comments.prefix { $0.start < span.end || Int($0.line) == endLine }
      comments = comments.dropFirst(inside.count)
      let firstLine = source.line(at: span.start)
      separate(firstLine, &output, lastLine)
      output += render(lines(statement), Array(inside))
      lastLine = max(endLine, inside.last.map { Int($0.line) } ?? 0)
    }
    for comment in comments { write(comment, &output, &lastLine) }
    return output
  }

  private func separate(_ line: Int, _ output: inout String, _ lastLine: Int) {
    if !output.isEmpty, line > lastLine + 1 { output += "\n" }
  }

  private func write(_ comment: Comment, _ output: inout String, _ lastLine: inout Int) {
    separate(Int(comment.line), &output, lastLine)
    output += text(comment) + "\n"
    lastLine = Int(comment.line)
  }

  private func text(_ comment: Comment) -> String {
    source.text(Span(file: document.file, start: comment.start, end: comment.end))
  }

  /// Lines with the comments that stood between and behind them.
  private func render(_ lines: [Line], _ comments: [Comment]) -> String {
    var before: [Int: [Comment]] = [:]
    var behind: [Int: Comment] = [:]
    for comment in comments {
      let next = lines.firstIndex { $0.start > comment.start } ?? lines.count
      if comment.isOwnLine || next == 0 || behind[next - 1] != nil {
        // One that stood within the last line goes above it: below, it would belong to no statement.
        before[min(next, lines.count - 1), default: []].append(comment)
      } else {
        behind[next - 1] = comment
      }
    }
    var output = ""
    for index in lines.indices {
      let indent = String(repeating: " ", count: lines[index].indent)
      for comment in before[index] ?? [] { output += indent + text(comment) + "\n" }
      output += indent + lines[index].text
      if let comment = behind[index] { output += "  " + text(comment) }
      output += "\n"
    }
    return output
  }

  // MARK: Names

  /// A stretch with plain characters and single spaces.
  func plain(_ span: Span) -> String {
    let start = Int(span.start)
    let end = min(Int(span.end), source.bytes.count)
    return Lexer.tidied(source.bytes[min(start, end)..<end]).tidied
  }

  func name(_ name: NameSyntax) -> String {
    name.isQuoted ? StringLiteral.quoted(name.text) : name.text
  }

  func name(_ outcome: OutcomeID) -> String { name(lexicon.outcomePlaces[outcome.index]) }

  func name(_ note: NoteID) -> String { name(lexicon.notePlaces[note.index]) }

  func name(_ list: ListID) -> String { name(lexicon[list].name) }

  /// A phrase as it was written, with contractions written out.
  func phrase(_ span: Span) -> String {
    plain(span).split(separator: " ").map { word in
      guard let known = syntax.words.word(word), lexicon.contractions.contains(known),
        WordTable.lowercased(word) != "cannot"
      else { return String(word) }
      let words = lexicon.contractions.expansion(known).map { syntax.words.text($0) }
      return words.joined(separator: " ")
    }.joined(separator: " ")
  }

  /// `A`, `A and B`, `A, B and C`.
  static func joined(_ parts: [String], by connective: String) -> String {
    guard parts.count > 1, let last = parts.last else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " \(connective) " + last
  }

  // MARK: Breaking lines

  /// A line broken behind commas and before connectives where it is too long. A line never begins
  /// with a word that would begin a statement or clause there.
  func wrapped(_ line: Line) -> [Line] {
    guard line.isTooLong else { return [line] }
    var lines: [Line] = []
    var current = line
    current.text = ""
    for piece in Printer.pieces(line.text) {
      let candidate = current.text.isEmpty ? piece : current.text + " " + piece
      let length = current.indent + candidate.unicodeScalars.count
      if length > Printer.width, !current.text.isEmpty, Printer.mayBeginLine(piece) {
        lines.append(current)
        current = Line(
          indent: line.indent + (line.text.hasPrefix("- ") ? 4 : 2), text: piece, start: line.start)
      } else {
        current.text = candidate
      }
    }
    return lines + [current]
  }

  /// The pieces of a line that a break may part: behind commas, before `and` and `or`; never inside
  /// quotes.
  private static func pieces(_ text: String) -> [String] {
    var pieces: [String] = []
    var current = ""
    var isQuoted = false
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let isConnective = !isQuoted && ["and", "or", "with", "nor"].contains(word)
      if isConnective || (!isQuoted && current.hasSuffix(",")) {
        if !current.isEmpty { pieces.append(current) }
        current = String(word)
      } else {
        current += current.isEmpty ? String(word) : " " + word
      }
      let quotes = word.unicodeScalars.count { $0 == "\"" } - word.components(of: "\\\"")
      if quotes % 2 != 0 { isQuoted.toggle() }
    }
    return pieces + [current]
  }

  private static func mayBeginLine(_ piece: String) -> Bool {
    let first = WordTable.lowercased(piece.prefix { $0 != " " && $0 != "," })
    let keywords = Keyword.statements.union(Keyword.clauses)
    return !keywords.contains { $0.text == first } && first != "-" && first != "|" && first != "*"
      && !first.hasPrefix("#")
  }
}

extension Substring {
  /// How often a piece of text occurs.
  fileprivate func components(of piece: String) -> Int {
    var count = 0
    var rest = self[...]
    while let first = rest.first {
      if rest.hasPrefix(piece) {
        count += 1
        rest = rest.dropFirst(piece.count)
      } else {
        _ = first
        rest = rest.dropFirst()
      }
    }
    return count
  }
}
