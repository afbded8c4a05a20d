import JSON
import Logic
import Values
import Workspace

/// A client's session: what it has open, and the answers to what it asks.
///
/// Everything here is done by one thread, the worker. What takes long is done elsewhere: the session hands out
/// tasks and takes what came of them.
final class Session {
  /// The way to the client, and to whoever examines.
  struct Surroundings {
    var today: () -> Day
    /// A clock in nanoseconds.
    var now: () -> Int
    var send: (_ message: [UInt8]) -> Void
    var examine: (ExaminationTask) -> Void
  }

  enum Phase {
    case new, running, shutDown
  }

  let surroundings: Surroundings
  private(set) var phase = Phase.new
  /// How the process ends; nil before `exit`.
  private(set) var exitCode: Int32?
  private(set) var client = Client()
  /// The folders that the client has opened.
  var folders: [String] = []
  /// The policies that the client's settings name.
  var namedPolicies: [String] = []
  var policies: [PolicyRoot: OpenPolicy] = [:]
  /// Where each open text belongs.
  var homes: [String: (root: PolicyRoot, path: String)] = [:]
  var tasks: [PolicyRoot: ExaminationTask] = [:]
  /// When to examine what has come to rest.
  var dueExaminations: [PolicyRoot: Int] = [:]
  var progress: [PolicyRoot: Progress] = [:]
  var watchedNames: Set<String> = []
  var semanticTokens: [String: (id: Int, data: [UInt32])] = [:]
  private var sentRequests = 0
  /// Whether the client has gone without a word.
  private(set) var isEnded = false

  init(_ surroundings: Surroundings) {
    self.surroundings = surroundings
  }

  /// The client has gone.
  func end() {
    isEnded = true
    for task in tasks.values { task.cancellation.cancel() }
  }

  // MARK: Messages in

  /// Does what a message says. `isGivenUp` tells whether the answer is no longer wanted.
  func receive(_ message: ClientMessage, isGivenUp: () -> ResponseError? = { nil }) {
    switch message {
    case .malformed(let error, let id): answer(id, .failure(error))
    case .response: break
    case .notification(let method, let parameters): notice(method, parameters)
    case .request(let id, let method, let parameters):
      if let error = isGivenUp() { return answer(id, .failure(error)) }
      do throws(ResponseError) {
        let result = try result(of: method, parameters)
        if let error = isGivenUp() { throw error }
        answer(id, .success(result))
      } catch {
        answer(id, .failure(error))
      }
    }
  }

  private func notice(_ method: String, _ parameters: JSONValue) {
    if method == "exit" { exitCode = phase == .shutDown ? 0 : 1 }
    guard phase == .running else { return }
    switch method {
    case "initialized": watchFiles()
    case "textDocument/didOpen": didOpen(parameters)
    case "textDocument/didChange": didChange(parameters)
    case "textDocument/didClose": didClose(parameters)
    case "textDocument/didSave": didSave(parameters)
    case "workspace/didChangeWatchedFiles": didChangeWatchedFiles(parameters)
    case "workspace/didChangeWorkspaceFolders": didChangeFolders(parameters)
    case "workspace/didChangeConfiguration": didChangeConfiguration(parameters)
    default: break
    }
  }

  private func result(
    of method: String, _ parameters: JSONValue
  ) throws(ResponseError) -> [UInt8] {
    switch (phase, method) {
    case (.new, "initialize"): return initialize(parameters).written
    case (.new, _):
      throw ResponseError(.notInitialized, "the first request of a session is `initialize`")
    case (.running, "initialize"):
      throw ResponseError(.invalidRequest, "the session is initialized already")
    case (.running, "shutdown"):
      phase = .shutDown
      for task in tasks.values { task.cancellation.cancel() }
      return JSONValue.null.written
    case (.running, _): return try feature(method, parameters)
    case (.shutDown, _):
      throw ResponseError(.invalidRequest, "the session is over; what remains is `exit`")
    }
  }

  private func initialize(_ parameters: JSONValue) -> JSONValue {
    phase = .running
    client = Client(parameters)
    let opened = parameters["workspaceFolders"]?.elements?.compactMap { $0["uri"]?.text }
    let root = parameters["rootUri"]?.text.map { [$0] }
    folders = (opened ?? root ?? []).compactMap { FileURI.path($0) }.map(trimmed)
    if let settings = parameters["initializationOptions"] { takeSettings(settings) }
    return [
      "capabilities": Capabilities.json(client),
      "serverInfo": ["name": "rulec", "version": .string(Version.number)],
    ]
  }

  private func trimmed(_ path: String) -> String {
    path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The setting `policies`: folders or files, relative to the opened folder.
  func takeSettings(_ settings: JSONValue) {
    guard let named = settings["policies"]?.elements else { return }
    let base = folders.first ?? ""
    namedPolicies = named.compactMap(\.text).map { path in
      path.hasPrefix("/") ? path : "\(base)/\(FilePath.normalized(path) ?? path)"
    }
  }

  // MARK: Messages out

  private func answer(_ id: JSONValue, _ result: Result<[UInt8], ResponseError>) {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("jsonrpc")
      writer.string("2.0")
      writer.key("id")
      writer.value(id)
      switch result {
      case .success(let text):
        writer.key("result")
        writer.raw(text)
      case .failure(let error):
        writer.key("error")
        writer.value(["code": .number(error.code.rawValue), "message": .string(error.message)])
      }
    }
    surroundings.send(writer.bytes)
  }

  func notify(_ method: String, _ parameters: JSONValue) {
    let message: JSONValue = ["jsonrpc": "2.0", "method": .string(method), "params": parameters]
    surroundings.send(message.written)
  }

  /// Asks the client to do something; what it answers makes no difference.
  func ask(_ method: String, _ parameters: JSONValue) {
    sentRequests += 1
    let message: JSONValue = [
      "jsonrpc": "2.0", "id": .string("rulec-\(sentRequests)"), "method": .string(method),
      "params": parameters,
    ]
    surroundings.send(message.written)
  }
}

extension JSONValue {
  /// The value as JSON text, without white space.
  var written: [UInt8] {
    var writer = JSONWriter()
    writer.value(self)
    return writer.bytes
  }
}
