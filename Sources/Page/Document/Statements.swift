import Analysis
import Findings
import Syntax

/// A statement with the comments before it.
struct PlacedStatement {
  let statement: StatementSyntax
  let document: DocumentSyntax
  let comments: [CommentBlock]
}

extension PageWriter {
  /// The statements of a file that belong to a chapter; comments go with the statement that they stand
  /// before.
  func statements(
    of document: DocumentSyntax, where isWanted: (StatementSyntax.Kind) -> Bool
  ) -> [PlacedStatement] {
    let source = contents.check.files[document.file]
    var placed: [PlacedStatement] = []
    var last: UInt32 = 0
    for statement in document.statements {
      let span = document.tokens.span(statement.range)
      if isWanted(statement.kind) {
        let comments = CommentBlock.blocks(of: document, in: source, from: last, to: span.start)
        placed.append(
          PlacedStatement(statement: statement, document: document, comments: comments))
      }
      last = span.end
    }
    return placed
  }

  /// Writes a part for each file that has such statements, headed by its name where there are several.
  mutating func writeFiles(
    where isWanted: (StatementSyntax.Kind) -> Bool,
    _ content: (inout PageWriter, [PlacedStatement]) -> Void
  ) {
    let files = contents.syntax.documents.map { ($0, statements(of: $0, where: isWanted)) }
      .filter { !$0.1.isEmpty }
    for (document, statements) in files {
      element("div", ["class": "file"]) { page in
        if page.contents.syntax.documents.count > 1 {
          let path = page.contents.check.files[document.file].path
          page.paragraph("file-name") { page in page.element("code") { $0.write(path) } }
        }
        content(&page, statements)
      }
    }
  }
}

extension StatementSyntax.Kind {
  var isRule: Bool {
    switch self {
    case .section, .rule, .table, .otherwise, .whenUnsure: true
    case .fact, .outcome, .note, .list, .define, .promise, .scenario, .unreadable: false
    }
  }

  var isPromise: Bool { if case .promise = self { true } else { false } }
  var isScenario: Bool { if case .scenario = self { true } else { false } }
}
