import JSON

/// What the server can do, as it says in answer to `initialize`.
enum Capabilities {
  static func json(_ client: Client) -> JSONValue {
    [
      "positionEncoding": .string(client.encoding.rawValue),
      "textDocumentSync": [
        "openClose": true, "change": 2, "save": true,
      ],
      "completionProvider": ["triggerCharacters": [" ", "{", "|"]],
      "hoverProvider": true,
      "definitionProvider": true,
      "referencesProvider": true,
      "documentHighlightProvider": true,
      "renameProvider": ["prepareProvider": true],
      "documentSymbolProvider": true,
      "workspaceSymbolProvider": true,
      "foldingRangeProvider": true,
      "semanticTokensProvider": [
        "legend": SemanticTokens.legend, "range": true, "full": ["delta": true],
      ],
      "documentFormattingProvider": true,
      "documentRangeFormattingProvider": true,
      "codeActionProvider": ["codeActionKinds": ["quickfix", "source.fixAll"]],
      "codeLensProvider": ["resolveProvider": false],
      "inlayHintProvider": true,
      "executeCommandProvider": ["commands": ["rulec.run"]],
      "workspace": ["workspaceFolders": ["supported": true, "changeNotifications": true]],
    ]
  }
}
