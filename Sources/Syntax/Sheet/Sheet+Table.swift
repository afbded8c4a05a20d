import Findings

extension Sheet {
  /// The names of all tables of a policy.
  package static func tableNames(in syntax: PolicySyntax) -> [String] {
    syntax.tables.map(\.table.name.text)
  }

  /// A table of a policy as a sheet: its name in the first row, then the headings and rows, then the lines below it, a
  /// row each. Comments stay. Nil if there is no table of that name.
  ///
  /// A table in a file without errors is taken in the one layout.
  package init?(tableNamed name: String, in syntax: PolicySyntax) {
    guard let found = syntax.table(named: name) else { return nil }
    let source = syntax.files[found.document.file]
    var lines = TableLines(source.bytes, span: found.span)
    if let bytes = Formatter.formatted(found.document, of: syntax) {
      lines = TableLines(bytes, named: found.table.name.text) ?? lines
    }
    rows = zip(lines.lines, lines.pipes).map { line, pipes in Sheet.cells(line, pipes) }
  }

  /// The cells of a line; one that is no row is one cell.
  private static func cells(_ line: ArraySlice<UInt8>, _ pipes: [Int]) -> [String] {
    func text(_ bytes: ArraySlice<UInt8>) -> String {
      String(decoding: bytes, as: UTF8.self).tidied
    }
    guard let last = pipes.last else { return [text(line)] }
    let cells = zip(pipes, pipes.dropFirst()).map { text(line[($0 + 1)..<$1]) }
    let comment = text(line[(last + 1)...])
    return comment.isEmpty ? cells : cells + [comment]
  }
}

/// The lines of a statement, and where the pipes stand that part their cells.
struct TableLines {
  /// Without the white space at their ends; their indices are those of the whole text.
  let lines: [ArraySlice<UInt8>]
  let pipes: [[Int]]

  /// Lines up to the first empty one.
  init(_ bytes: [UInt8], from start: Int = 0, to end: Int? = nil) {
    var (words, findings): (WordTable, [Finding]) = (WordTable(), [])
    let source = SourceFile(path: "", bytes: bytes)
    let tokens = Lexer.tokens(of: source, file: FileID(0), words: &words, findings: &findings)
    let pipes = tokens.tokens.filter { $0.kind == .pipe }.map { Int($0.start) }
    var lines: [ArraySlice<UInt8>] = []
    var place = start
    while place < end ?? bytes.count {
      let lineEnd = bytes[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      let line = bytes[place..<lineEnd]
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 }) else { break }
      lines.append(line)
      place = lineEnd + (bytes[lineEnd...].starts(with: [0x0D, 0x0A]) ? 2 : 1)
    }
    self.lines = lines
    self.pipes = lines.map { line in pipes.filter { line.indices.contains($0) } }
  }

  /// The lines of the statement in a part of a text.
  init(_ bytes: [UInt8], span: Span) {
    self.init(bytes, from: Int(span.start), to: Int(span.end))
  }

  /// The lines of the table of that name; nil if no line begins it.
  init?(_ bytes: [UInt8], named name: String) {
    let first = Array("table \(name)".utf8)
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let line = bytes[start..<end]
      let rest = line.dropFirst(first.count).drop { $0 == 0x20 }
      if line.starts(with: first), rest.isEmpty || rest.first == UInt8(ascii: "#") {
        self.init(bytes, from: start)
        return
      }
      start = end + 1
    }
    return nil
  }
}

extension PolicySyntax {
  fileprivate typealias FoundTable = (table: TableSyntax, document: DocumentSyntax, span: Span)

  fileprivate var tables: [FoundTable] {
    documents.flatMap { document in
      document.statements.compactMap { statement in
        guard case .table(let table) = statement.kind else { return nil }
        return (table, document, document.tokens.span(statement.range))
      }
    }
  }

  fileprivate func table(named name: String) -> FoundTable? {
    let key = name.tidied.lowercased()
    return tables.first { $0.table.name.text.lowercased() == key }
  }

  /// A policy's text without the table of a name, if it has one.
  package func text(_ text: PolicyText, withoutTable name: String) -> PolicyText {
    guard let found = table(named: name) else { return text }
    let path = files[found.document.file].path
    let ruleFiles = text.ruleFiles.map { file in
      guard file.path == path else { return file }
      var bytes = file.bytes
      for index in Int(found.span.start)..<Int(found.span.end) where bytes[index] != 0x0A {
        bytes[index] = 0x20
      }
      return SourceFile(path: path, bytes: bytes)
    }
    return PolicyText(ruleFiles: ruleFiles, problems: text.problems, listFile: text.listFile)
  }
}
