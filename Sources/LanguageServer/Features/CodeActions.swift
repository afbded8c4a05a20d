import Findings
import JSON

// What can be done about what is wrong.
extension Session {
  func codeActions(_ parameters: JSONValue) throws(ResponseError) -> JSONValue {
    let query = try query(parameters)
    guard let range = PositionRange(parameters["range"] ?? .null) else { throw .noPlace }
    let wanted = parameters[path: "context", "only"]?.elements?.compactMap(\.text)
    let asked = query.view.span(range, in: query.file)
    let findings = query.policy.findings(in: query.view).filter { $0.span.file == query.file }
    var actions: [JSONValue] = []
    if Session.isWanted("quickfix", wanted) {
      for finding in findings where finding.span.meets(asked) {
        actions += finding.fixes.map { action($0, for: finding, query) }
      }
    }
    if Session.isWanted("source.fixAll", wanted), let action = fixAll(findings, query) {
      actions.append(action)
    }
    return .array(actions)
  }

  /// Whether the client wants actions of a kind: it names the kind, or one that holds it.
  private static func isWanted(_ kind: String, _ wanted: [String]?) -> Bool {
    guard let wanted else { return true }
    return wanted.contains { kind == $0 || kind.hasPrefix($0 + ".") || $0.isEmpty }
  }

  private func action(_ fix: Fix, for finding: Finding, _ query: Query) -> JSONValue {
    [
      "title": .string(fix.title), "kind": "quickfix",
      "diagnostics": [diagnostic(finding, query.view)], "isPreferred": .bool(fix.isSafe),
      "edit": workspaceEdit(fix.edits, query),
    ]
  }

  /// All changes of the file that surely keep what was meant, as `check --fix` makes them.
  private func fixAll(_ findings: [Finding], _ query: Query) -> JSONValue? {
    var edits = EditList()
    for finding in findings {
      guard let fix = finding.fixes.first(where: \.isSafe) else { continue }
      var more = edits
      let fits = fix.edits.allSatisfy { $0.span.file == query.file && more.insert($0) }
      if fits { edits = more }
    }
    guard !edits.edits.isEmpty else { return nil }
    return [
      "title": "make all safe changes in this file", "kind": "source.fixAll",
      "edit": workspaceEdit(edits.edits, query),
    ]
  }

  /// Changes to one file or several, as a client makes them.
  func workspaceEdit(_ edits: [Edit], _ query: Query) -> JSONValue {
    let view = query.view
    let byFile = Dictionary(grouping: edits, by: \.span.file).sorted { $0.key < $1.key }
    let changes = byFile.map { file, edits -> (file: FileID, edits: JSONValue) in
      (
        file,
        .array(
          edits.map { ["range": view.range($0.span).json, "newText": .string($0.text)] })
      )
    }
    guard client.takesVersionedEdits else {
      return [
        "changes": .object(changes.map { .init(name: view.uri($0.file), value: $0.edits) })
      ]
    }
    let documents = changes.map { file, edits -> JSONValue in
      let version = query.policy.documents[view.files[file].path]?.version
      return [
        "textDocument": [
          "uri": .string(view.uri(file)), "version": version.map { .number($0) } ?? .null,
        ],
        "edits": edits,
      ]
    }
    return ["documentChanges": .array(documents)]
  }
}

extension Span {
  /// Whether two stretches share a character, or one of them is empty and lies in or at the other.
  fileprivate func meets(_ other: Span) -> Bool {
    file == other.file && start <= other.end && other.start <= end
  }
}
