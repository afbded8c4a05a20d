import Findings
import JSON
import Model
import Syntax

/// Where a name is declared and used.
struct Navigation {
  private let query: Query
  private var view: PolicyView { query.view }

  init(_ query: Query) { self.query = query }

  /// What is named at the cursor.
  private var symbols: [Symbol] {
    view.occurrences.at(query.offset, in: query.file).map(\.symbol)
  }

  /// Where it is declared; of the path of a list, the file.
  var definitions: JSONValue {
    let declared = symbols.flatMap { view.occurrences.declarations(of: $0) }.map(\.span)
    if declared.isEmpty, let file = listFileAtCursor {
      return [view.location(Span(file: file, start: 0, end: 0))]
    }
    return .array(declared.unique.map(view.location))
  }

  func references(withDeclarations: Bool) -> JSONValue {
    let all = symbols.flatMap { view.occurrences.of($0) }
      .filter { withDeclarations || !$0.isDeclaration }
    return .array(all.map(\.span).unique.map(view.location))
  }

  /// The same, in this file alone.
  var highlights: JSONValue {
    let all = symbols.flatMap { view.occurrences.of($0) }.filter { $0.span.file == query.file }
    return .array(
      all.map { occurrence in
        [
          "range": view.range(occurrence.span).json,
          "kind": .number(occurrence.isDeclaration ? 3 : 2),
        ]
      })
  }

  private var listFileAtCursor: FileID? {
    guard let document = view.document(query.file) else { return nil }
    for case .list(let list) in document.statements.map(\.kind) {
      guard let path = list.path, Int(path.span.start) <= query.offset,
        query.offset <= Int(path.span.end)
      else { continue }
      return view.lexicon.lists.number(of: list.name.text)
        .flatMap { view.resolution.listItems[ListID($0)]?.first?.name.span.file }
    }
    return nil
  }
}

extension [Span] {
  /// Each once, in the order of file and place.
  var unique: [Span] { Set(self).sorted() }
}
