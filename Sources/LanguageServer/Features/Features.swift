import Findings
import JSON

/// A place in a text that a request is about.
struct Query {
  let policy: OpenPolicy
  let view: PolicyView
  let file: FileID
  /// Where the cursor is, in bytes; 0 where the request is about a whole text.
  let offset: Int
}

// The features: what can be asked, and who answers.
extension Session {
  private typealias Feature = @Sendable (Session, JSONValue) throws(ResponseError) -> JSONValue

  private static let features: [String: Feature] = [
    "textDocument/completion": { (session, it) throws(ResponseError) in try session.completion(it)
    },
    "textDocument/hover": { (session, it) throws(ResponseError) in
      Hover(try session.query(it)).json(session.client)
    },
    "textDocument/definition": { (session, it) throws(ResponseError) in
      Navigation(try session.query(it)).definitions
    },
    "textDocument/references": { (session, it) throws(ResponseError) in
      let declarations = it[path: "context", "includeDeclaration"]?.flag ?? true
      return Navigation(try session.query(it)).references(withDeclarations: declarations)
    },
    "textDocument/documentHighlight": { (session, it) throws(ResponseError) in
      Navigation(try session.query(it)).highlights
    },
    "textDocument/prepareRename": { (session, it) throws(ResponseError) in
      try Rename(try session.query(it)).prepared
    },
    "textDocument/rename": { (session, it) throws(ResponseError) in
      let edits = try Rename(try session.query(it)).edits(
        to: it["newName"]?.text ?? "", session.today)
      return session.workspaceEdit(edits.edits, edits.query)
    },
    "textDocument/documentSymbol": { (session, it) throws(ResponseError) in
      Symbols(try session.query(it).view).ofDocument(try session.query(it).file, session.client)
    },
    "workspace/symbol": { (session, it) throws(ResponseError) in
      session.workspaceSymbols(it["query"]?.text ?? "")
    },
    "textDocument/foldingRange": { (session, it) throws(ResponseError) in
      Folding(try session.query(it)).json
    },
    "textDocument/formatting": { (session, it) throws(ResponseError) in
      Formatting(try session.query(it)).edits(within: nil)
    },
    "textDocument/rangeFormatting": { (session, it) throws(ResponseError) in
      guard let range = PositionRange(it["range"] ?? .null) else { throw .noPlace }
      return Formatting(try session.query(it)).edits(within: range)
    },
    "textDocument/codeAction": { (session, it) throws(ResponseError) in try session.codeActions(it)
    },
    "textDocument/codeLens": { (session, it) throws(ResponseError) in
      CodeLenses(try session.query(it), session.client).json
    },
    "textDocument/inlayHint": { (session, it) throws(ResponseError) in
      guard let range = PositionRange(it["range"] ?? .null) else { throw .noPlace }
      return InlayHints(try session.query(it)).json(within: range)
    },
    "workspace/executeCommand": { (session, it) throws(ResponseError) in
      try session.carryOut(it["command"]?.text ?? "", it["arguments"]?.elements ?? [])
    },
  ]

  static func isFeature(_ method: String) -> Bool {
    features[method] != nil || SemanticTokens.methods.contains(method)
  }

  /// The answer to a request, as JSON text.
  func feature(_ method: String, _ parameters: JSONValue) throws(ResponseError) -> [UInt8] {
    if SemanticTokens.methods.contains(method) { return try semanticTokens(method, parameters) }
    guard let feature = Session.features[method] else {
      throw ResponseError(.methodNotFound, "there is no request `\(method)`")
    }
    return try feature(self, parameters).written
  }

  /// The policy, text and place that a request is about.
  func query(_ parameters: JSONValue) throws(ResponseError) -> Query {
    let (policy, path) = try home(parameters)
    guard let view = policy.view(today: today), let file = view.file(path) else {
      throw ResponseError(.requestFailed, "this text belongs to no policy")
    }
    var offset = 0
    if let json = parameters["position"] {
      guard let position = Position(json) else { throw .noPlace }
      offset = view.offset(position, in: file)
    }
    return Query(policy: policy, view: view, file: file, offset: offset)
  }

  func home(_ parameters: JSONValue) throws(ResponseError) -> (OpenPolicy, path: String) {
    guard let uri = parameters[path: "textDocument", "uri"]?.text else {
      throw ResponseError(.invalidParameters, "the request names no text")
    }
    guard let home = homes[uri], let policy = policies[home.root] else {
      throw ResponseError(.invalidParameters, "the text `\(uri)` is not open")
    }
    return (policy, home.path)
  }
}

extension ResponseError {
  static let noPlace = ResponseError(
    .invalidParameters, "a place has a line and a character, counted from 0")
}
