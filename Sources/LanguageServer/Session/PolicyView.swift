import Analysis
import Findings
import JSON
import Model
import Syntax

/// A policy as it was read at one moment, with whatever the features ask of it.
///
/// Only the worker looks at it; what is asked for is worked out once.
final class PolicyView {
  let text: PolicyText
  let syntax: PolicySyntax
  let resolution: Resolution
  private let uris: [String]
  private let encoding: PositionEncoding
  private var tables: [FileID: LineTable] = [:]

  lazy var occurrences = Occurrences(syntax, resolution)
  lazy var neighbours = Neighbours(
    resolution.policy?.overrides ?? OverrideGraph(ruleCount: resolution.ruleCount))
  lazy var names = RuleNames(syntax)

  init(
    _ text: PolicyText, _ syntax: PolicySyntax, _ resolution: Resolution, uris: [String],
    _ encoding: PositionEncoding
  ) {
    self.text = text
    self.syntax = syntax
    self.resolution = resolution
    self.uris = uris
    self.encoding = encoding
  }

  var lexicon: Lexicon { syntax.lexicon }
  var files: SourceFiles { resolution.files }

  /// The files in which it stands, list files too.
  var fileIDs: [FileID] { files.files.indices.map { FileID($0) } }

  func uri(_ file: FileID) -> String { uris[Int(file.index)] }

  /// The file with a path in the policy.
  func file(_ path: String) -> FileID? {
    files.files.firstIndex { $0.path == path }.map { FileID($0) }
  }

  /// The tree of a file; nil of one that holds a list.
  func document(_ file: FileID) -> DocumentSyntax? {
    syntax.documents.indices.contains(Int(file.index)) ? syntax.documents[Int(file.index)] : nil
  }

  // MARK: Places

  func lines(_ file: FileID) -> LineTable {
    if let table = tables[file] { return table }
    let table = LineTable(files[file].bytes, encoding)
    tables[file] = table
    return table
  }

  func range(_ span: Span) -> PositionRange {
    let lines = lines(span.file)
    return PositionRange(
      lines.position(at: Int(span.start)), lines.position(at: Int(span.end)))
  }

  func location(_ span: Span) -> JSONValue {
    ["uri": .string(uri(span.file)), "range": range(span).json]
  }

  func offset(_ position: Position, in file: FileID) -> Int {
    lines(file).offset(at: position)
  }

  func span(_ range: PositionRange, in file: FileID) -> Span {
    let (start, end) = (offset(range.start, in: file), offset(range.end, in: file))
    return Span(file: file, start: UInt32(start), end: UInt32(max(start, end)))
  }
}

/// The names of rules, tables, sections and scenarios, as they are written.
struct RuleNames {
  private(set) var rules: [String] = []
  private(set) var sections: [String] = []
  private(set) var scenarios: [String] = []

  init(_ syntax: PolicySyntax) {
    for statement in syntax.documents.lazy.flatMap(\.statements) {
      switch statement.kind {
      case .rule(let rule): if let name = rule.name { rules.append(name.text) }
      case .table(let table):
        rules.append(table.name.text)
        rules += table.rows.compactMap { $0.name?.text }
      case .section(let section):
        if !sections.contains(section.name.text) { sections.append(section.name.text) }
      case .scenario(let scenario): scenarios.append(scenario.name.text)
      case .fact, .outcome, .note, .list, .define, .otherwise, .whenUnsure, .promise, .unreadable:
        break
      }
    }
  }
}
