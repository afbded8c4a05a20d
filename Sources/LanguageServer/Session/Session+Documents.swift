import JSON
import Logic
import Syntax
import Values
import Workspace

// What the client opens, types, closes and saves.
extension Session {
  func didOpen(_ parameters: JSONValue) {
    guard let uri = parameters[path: "textDocument", "uri"]?.text,
      let text = parameters[path: "textDocument", "text"]?.text
    else { return }
    let version = parameters[path: "textDocument", "version"]?.whole
    open(OpenDocument(uri: uri, text: text, version: version, client.encoding))
  }

  private func open(_ document: OpenDocument) {
    let root = PolicyRoot.of(document.uri, opened: folders, named: namedPolicies)
    let policy = policies[root] ?? OpenPolicy(root, client.encoding)
    guard let path = policy.path(of: document.uri) else { return }
    policies[root] = policy
    homes[document.uri] = (root, path)
    policy.put(document, at: path)
    restExamination(root)
  }

  func didChange(_ parameters: JSONValue) {
    guard let uri = parameters[path: "textDocument", "uri"]?.text, let home = homes[uri],
      let policy = policies[home.root], var document = policy.documents[home.path],
      let changes = parameters["contentChanges"]?.elements,
      let made = document.apply(
        changes, version: parameters[path: "textDocument", "version"]?.whole)
    else { return }
    policy.put(document, at: home.path, changes: made)
    restExamination(home.root)
  }

  func didClose(_ parameters: JSONValue) {
    guard let uri = parameters[path: "textDocument", "uri"]?.text,
      let home = homes.removeValue(forKey: uri), let policy = policies[home.root]
    else { return }
    semanticTokens[uri] = nil
    policy.remove(home.path)
    restExamination(home.root)
    if policy.documents.isEmpty { close(policy) }
  }

  /// Forgets a policy of which nothing is open, and takes back what was said about it.
  private func close(_ policy: OpenPolicy) {
    for uri in policy.published.keys.sorted() {
      notify("textDocument/publishDiagnostics", ["uri": .string(uri), "diagnostics": []])
    }
    policies[policy.root] = nil
    dueExaminations[policy.root] = nil
    tasks.removeValue(forKey: policy.root)?.cancellation.cancel()
    endProgress(policy.root)
  }

  /// A client that watches no files says at least that it has written one.
  func didSave(_ parameters: JSONValue) {
    guard let uri = parameters[path: "textDocument", "uri"]?.text, let home = homes[uri],
      !client.takesWatchRequests
    else { return }
    policies[home.root]?.diskHasChanged()
    restExamination(home.root)
  }

  func didChangeWatchedFiles(_ parameters: JSONValue) {
    let changed = (parameters["changes"]?.elements ?? []).compactMap { $0["uri"]?.text }
    for (root, policy) in policies where changed.contains(where: { policy.path(of: $0) != nil }) {
      policy.diskHasChanged()
      restExamination(root)
    }
  }

  // MARK: Folders and settings

  func didChangeFolders(_ parameters: JSONValue) {
    func paths(_ list: JSONValue?) -> [String] {
      (list?.elements ?? []).compactMap { $0["uri"]?.text }.compactMap { FileURI.path($0) }
    }
    let removed = paths(parameters[path: "event", "removed"])
    folders.removeAll { removed.contains($0) }
    folders += paths(parameters[path: "event", "added"]).filter { !folders.contains($0) }
    findHomesAnew()
  }

  func didChangeConfiguration(_ parameters: JSONValue) {
    let before = namedPolicies
    if let settings = parameters[path: "settings", "rulec"] { takeSettings(settings) }
    if namedPolicies != before { findHomesAnew() }
  }

  /// Opens every text again, where it belongs now.
  private func findHomesAnew() {
    let documents = policies.values.flatMap { $0.documents.values }.sorted { $0.uri < $1.uri }
    for policy in policies.values { close(policy) }
    homes = [:]
    for document in documents { open(document) }
  }

  /// Asks to be told when files change on the disk: rule files, and the lists that the policies name.
  func watchFiles() {
    guard client.takesWatchRequests else { return }
    var names: Set<String> = ["*.rules"]
    for policy in policies.values {
      for list in policy.lastView?.lexicon.declaredLists ?? [] {
        if let path = list.path?.text { names.insert(FilePath.split(path).name) }
      }
    }
    guard names != watchedNames else { return }
    if !watchedNames.isEmpty {
      ask(
        "client/unregisterCapability",
        ["unregisterations": [["id": "files", "method": "workspace/didChangeWatchedFiles"]]])
    }
    watchedNames = names
    let watchers = names.sorted().map { name -> JSONValue in
      ["globPattern": .string("**/\(name)")]
    }
    ask(
      "client/registerCapability",
      [
        "registrations": [
          [
            "id": "files", "method": "workspace/didChangeWatchedFiles",
            "registerOptions": ["watchers": .array(watchers)],
          ]
        ]
      ])
  }
}
