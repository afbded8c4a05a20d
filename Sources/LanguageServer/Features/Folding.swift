import Findings
import JSON
import Syntax

/// What can be folded away: sections, statements of several lines, and comments of several lines.
struct Folding {
  private let query: Query

  init(_ query: Query) { self.query = query }

  var json: JSONValue {
    guard let document = query.view.document(query.file) else { return [] }
    return .array((sections(document) + statements(document) + comments(document)).map(\.json))
  }

  private struct Fold {
    let first: Int
    let last: Int
    var kind: String?

    var json: JSONValue {
      var members: [(String, JSONValue)] = [
        ("startLine", .number(first)), ("endLine", .number(last)),
      ]
      if let kind { members.append(("kind", .string(kind))) }
      return .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
    }
  }

  private func lines(_ statement: StatementSyntax, _ document: DocumentSyntax) -> ClosedRange<Int> {
    let span = document.tokens.span(statement.range)
    let lines = query.view.lines(query.file)
    let first = lines.line(at: Int(span.start))
    return first...max(first, lines.line(at: max(Int(span.start), Int(span.end) - 1)))
  }

  /// A section reaches to the next one.
  private func sections(_ document: DocumentSyntax) -> [Fold] {
    var folds: [Fold] = []
    var open: Int?
    var last = 0
    func close() {
      if let open, last > open { folds.append(Fold(first: open, last: last, kind: "region")) }
    }
    for statement in document.statements {
      let lines = lines(statement, document)
      if case .section = statement.kind {
        close()
        open = lines.lowerBound
      }
      last = lines.upperBound
    }
    close()
    return folds
  }

  private func statements(_ document: DocumentSyntax) -> [Fold] {
    document.statements.compactMap { statement in
      if case .section = statement.kind { return nil }
      let lines = lines(statement, document)
      return lines.count > 1 ? Fold(first: lines.lowerBound, last: lines.upperBound) : nil
    }
  }

  private func comments(_ document: DocumentSyntax) -> [Fold] {
    var folds: [Fold] = []
    var run: ClosedRange<Int>?
    for comment in document.tokens.comments where comment.isOwnLine {
      let line = query.view.lines(query.file).line(at: Int(comment.start))
      if let open = run, open.upperBound + 1 == line {
        run = open.lowerBound...line
        continue
      }
      if let run, run.count > 1 {
        folds.append(Fold(first: run.lowerBound, last: run.upperBound, kind: "comment"))
      }
      run = line...line
    }
    if let run, run.count > 1 {
      folds.append(Fold(first: run.lowerBound, last: run.upperBound, kind: "comment"))
    }
    return folds
  }
}
