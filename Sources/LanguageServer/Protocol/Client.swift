import JSON

/// What the client can do, as it said in `initialize`.
struct Client {
  var encoding = PositionEncoding.utf16
  var takesSnippets = false
  var takesVersionedEdits = false
  var takesNestedSymbols = false
  var takesMarkdown = false
  var takesRelatedPlaces = false
  var takesWatchRequests = false
  var takesLensRefresh = false
  var takesHintRefresh = false
  var showsProgress = false
  /// The commands that it carries out itself, such as `rulec.showPlaces`.
  var commands: Set<String> = []

  init() {}

  init(_ parameters: JSONValue) {
    let can = parameters["capabilities"] ?? .null
    let encodings = can[path: "general", "positionEncodings"]?.elements ?? []
    encoding = encodings.contains("utf-8") ? .utf8 : .utf16
    if !encodings.isEmpty, !encodings.contains("utf-8"), !encodings.contains("utf-16"),
      encodings.contains("utf-32")
    {
      encoding = .utf32
    }
    func says(_ path: JSONValue?) -> Bool { path?.flag ?? false }
    let text = can["textDocument"] ?? .null
    let workspace = can["workspace"] ?? .null
    takesSnippets = says(text[path: "completion", "completionItem", "snippetSupport"])
    takesVersionedEdits = says(workspace[path: "workspaceEdit", "documentChanges"])
    takesNestedSymbols = says(text[path: "documentSymbol", "hierarchicalDocumentSymbolSupport"])
    takesMarkdown =
      text[path: "hover", "contentFormat"]?.elements?.contains("markdown") ?? false
    takesRelatedPlaces = says(text[path: "publishDiagnostics", "relatedInformation"])
    takesWatchRequests = says(workspace[path: "didChangeWatchedFiles", "dynamicRegistration"])
    takesLensRefresh = says(workspace[path: "codeLens", "refreshSupport"])
    takesHintRefresh = says(workspace[path: "inlayHint", "refreshSupport"])
    showsProgress = says(can[path: "window", "workDoneProgress"])
    let commands = parameters[path: "initializationOptions", "commands"]?.elements ?? []
    self.commands = Set(commands.compactMap(\.text))
  }
}
