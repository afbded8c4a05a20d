import Analysis
import Findings
import Foundation
import JSON
import Syntax
import Testing
import Values

@testable import LanguageServer

/// An editor in the test's own process, with a policy in a folder of its own: it opens texts, types, and asks.
///
/// In its texts `‸` marks the cursor.
final class Editor {
  let folder: URL
  private(set) var session: Session!
  private(set) var sent: [JSONValue] = []
  private var examined: [Examination] = []
  private var clock = 0
  private var lastRequest = 0

  static let today = Day(year: 2026, month: 9, day: 1) ?? .firstProved

  init(_ files: [String: String] = [:], capabilities: JSONValue = Editor.usual) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      .resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files { try write(path, text) }
    session = Session(
      Session.Surroundings(
        today: { Editor.today }, now: { [unowned self] in clock },
        send: { [unowned self] in
          sent.append((try? JSONReader.read($0)) ?? .null)
        },
        examine: { [unowned self] task in task.run { examined.append($0) } }))
    _ = try request(
      "initialize",
      [
        "capabilities": capabilities,
        "workspaceFolders": [["uri": .string(FileURI.uri(folder.path)), "name": "policy"]],
      ])
    notify("initialized", [:])
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static let usual: JSONValue = [
    "general": ["positionEncodings": ["utf-16"]],
    "textDocument": [
      "completion": ["completionItem": ["snippetSupport": true]],
      "documentSymbol": ["hierarchicalDocumentSymbolSupport": true],
      "publishDiagnostics": ["relatedInformation": true],
    ],
  ]

  // MARK: The disk

  func write(_ path: String, _ text: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func uri(_ path: String) -> String { FileURI.uri(folder.appending(path: path).path) }

  // MARK: Messages

  func notify(_ method: String, _ parameters: JSONValue) {
    session.receive(.notification(method: method, parameters: parameters))
  }

  /// What is answered; an error is thrown.
  @discardableResult
  func request(_ method: String, _ parameters: JSONValue) throws -> JSONValue {
    lastRequest += 1
    let id = JSONValue.number(lastRequest)
    session.receive(.request(id: id, method: method, parameters: parameters))
    let answer = try #require(sent.last { $0["id"] == id && $0["method"] == nil })
    if let error = answer["error"] { throw Refusal(message: error["message"]?.text ?? "") }
    return answer["result"] ?? .null
  }

  struct Refusal: Error, Equatable {
    let message: String
  }

  func open(_ path: String, _ text: String) {
    notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": .string(uri(path)), "version": 1, "text": .string(text)]])
  }

  func change(_ path: String, _ changes: [JSONValue], version: Int = 2) {
    notify(
      "textDocument/didChange",
      [
        "textDocument": ["uri": .string(uri(path)), "version": .number(version)],
        "contentChanges": .array(changes),
      ])
  }

  func close(_ path: String) {
    notify("textDocument/didClose", ["textDocument": ["uri": .string(uri(path))]])
  }

  /// Waits until all is said: the text is read, its scenarios run, and what can be proved is.
  func settle() {
    session.publish()
    clock += 10_000_000_000
    session.begin()
    for examination in examined { session.take(examination) }
    examined = []
    session.publish()
  }

  // MARK: What is shown

  /// The last that was said about a file, each as `3:15-3:20 unknown-value: …`, lines and columns from 1.
  func diagnostics(_ path: String) -> [String] {
    let uri = uri(path)
    let last = sent.last { message in
      message["method"] == "textDocument/publishDiagnostics"
        && message[path: "params", "uri"]?.text == uri
    }
    return (last?[path: "params", "diagnostics"]?.elements ?? []).map { diagnostic in
      let first = diagnostic["message"]?.text?.split(separator: "\n").first ?? ""
      return "\(Editor.words(diagnostic["range"])) \(diagnostic["code"]?.text ?? ""): \(first)"
    }
  }

  static func words(_ range: JSONValue?) -> String {
    func place(_ name: String) -> String {
      let line = (range?[path: name, "line"]?.whole ?? -2) + 1
      let column = (range?[path: name, "character"]?.whole ?? -2) + 1
      return "\(line):\(column)"
    }
    return "\(place("start"))-\(place("end"))"
  }

  /// A place as a request gives it.
  func place(_ path: String, line: Int, column: Int) -> JSONValue {
    [
      "textDocument": ["uri": .string(uri(path))],
      "position": ["line": .number(line - 1), "character": .number(column - 1)],
    ]
  }

  /// Opens a text in which `‸` marks the cursor, and gives the cursor's place.
  func cursor(_ path: String, _ marked: String) throws -> JSONValue {
    let parts = marked.components(separatedBy: "‸")
    try #require(parts.count == 2)
    open(path, parts.joined())
    let lines = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    return place(path, line: lines.count, column: (lines.last?.utf16.count ?? 0) + 1)
  }

  /// A text with the edits made that a request has answered.
  static func text(_ text: String, with edits: JSONValue?) -> String {
    var bytes = Array(text.utf8)
    let lines = LineTable(bytes, .utf16)
    let changes = (edits?.elements ?? []).compactMap { edit -> (Range<Int>, String)? in
      guard let range = PositionRange(edit["range"] ?? .null), let new = edit["newText"]?.text
      else {
        return nil
      }
      return (lines.offset(at: range.start)..<lines.offset(at: range.end), new)
    }
    for (range, new) in changes.sorted(by: { $0.0.lowerBound > $1.0.lowerBound }) {
      bytes.replaceSubrange(range, with: new.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The policy that most tests are about.
let letters = """
  fact purpose is: one of appeal, bill, complaint
  fact recipient prefers: one of plain, encrypted, if recorded
  fact message is about health: yes or no
  fact attachment count is: whole number from 0 to 200
  fact hearing is: date, if recorded
  fact address is: text, if recorded

  outcome send plain
  outcome send encrypted
  outcome send by post

  note consent note: "You asked us to write without encryption about {purpose}."

  list serious purposes: appeal, complaint

  define message is urgent: the hearing is within 10 days or past

  section First
    overrides section Ordinary

  rule Whoever asked for plain email gets it
    if the recipient prefers plain and the message is not about health
    then send plain with consent note
    because we promised it

  section Ordinary

  rule Serious matters are encrypted
    if the purpose is one of serious purposes
    then send encrypted

  rule Urgent appeals go by post
    if the purpose is appeal and the message is urgent
    then send by post
    overrides Serious matters are encrypted
    because the court wants paper

  rule Large letters to public bodies
    if the attachment count is more than 10 and the address is in the domain "gov.uk"
    then send encrypted
    overrides Urgent appeals go by post
    because paper would be too heavy

  otherwise send by post

  when unsure send encrypted

  scenario A parent asks for plain email
    given the recipient prefers plain and the message is not about health
    expect send plain with consent note

  """
