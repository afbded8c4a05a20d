import Findings
import JSON
import Model
import Syntax

/// The statements of a file as an outline: what a section holds stands under it.
struct Symbols {
  private let view: PolicyView

  init(_ view: PolicyView) { self.view = view }

  /// What clients show an icon for.
  enum Kind: Int {
    case namespace = 3
    case `class` = 5
    case property = 7
    case function = 12
    case constant = 14
    case array = 18
    case enumMember = 22
    case event = 24
    case interface = 11
  }

  /// A statement, and what stands under it.
  struct Entry {
    let name: String
    let detail: String
    let kind: Kind
    var whole: Span
    let place: Span
    var children: [Entry] = []
  }

  func ofDocument(_ file: FileID, _ client: Client) -> JSONValue {
    let entries = entries(file)
    guard !client.takesNestedSymbols else { return .array(entries.map(nested)) }
    return .array(entries.flatMap { [$0] + $0.children }.map { flat($0, in: nil) })
  }

  private func nested(_ entry: Entry) -> JSONValue {
    [
      "name": .string(entry.name), "detail": .string(entry.detail),
      "kind": .number(entry.kind.rawValue), "range": view.range(entry.whole).json,
      "selectionRange": view.range(entry.place).json,
      "children": .array(entry.children.map(nested)),
    ]
  }

  func flat(_ entry: Entry, in container: String?) -> JSONValue {
    [
      "name": .string(entry.name), "kind": .number(entry.kind.rawValue),
      "location": view.location(entry.place), "containerName": .string(container ?? entry.detail),
    ]
  }

  // MARK: Entries

  func entries(_ file: FileID) -> [Entry] {
    guard let document = view.document(file) else { return [] }
    var entries: [Entry] = []
    var section: Int?
    for statement in document.statements {
      let whole = document.tokens.span(statement.range)
      guard let entry = entry(statement.kind, whole, document) else { continue }
      if case .section = statement.kind {
        section = entries.count
        entries.append(entry)
      } else if let section, statement.kind.belongsToSection {
        entries[section].children.append(entry)
        entries[section].whole = entries[section].whole.through(whole)
      } else {
        entries.append(entry)
      }
    }
    return entries
  }

  private func entry(
    _ statement: StatementSyntax.Kind, _ whole: Span, _ document: DocumentSyntax
  ) -> Entry? {
    func entry(_ name: String, _ detail: String, _ kind: Kind, _ place: Span) -> Entry? {
      Entry(
        name: name.isEmpty ? detail : name, detail: detail, kind: kind, whole: whole, place: place)
    }
    switch statement {
    case .fact(let fact):
      return entry(fact.phrase.text, "fact", .property, fact.phrase.span)
    case .outcome(let it): return entry(it.name.text, "outcome", .constant, it.name.span)
    case .note(let it): return entry(it.name.text, "note", .constant, it.name.span)
    case .list(let it): return entry(it.name.text, "list", .array, it.name.span)
    case .define(let it): return entry(it.phrase.text, "definition", .function, it.phrase.span)
    case .section(let it): return entry(it.name.text, "section", .namespace, it.name.span)
    case .rule(let rule):
      let name = rule.name?.text ?? "rule without a name"
      return entry(
        name, rule.isGuard ? "guard" : "rule", .class, rule.name?.span ?? rule.keyword)
    case .otherwise(let it): return entry("otherwise", "default", .class, it.keyword)
    case .whenUnsure(let it): return entry("when unsure", "default", .class, it.keyword)
    case .promise(let it): return entry(it.name.text, "promise", .interface, it.name.span)
    case .scenario(let it): return entry(it.name.text, "scenario", .event, it.name.span)
    case .table(let table):
      var result = entry(table.name.text, "table", .class, table.name.span)
      result?.children = table.rows.map { row in
        let span = document.tokens.span(row.range)
        return Entry(
          name: row.name?.text ?? "row \(row.number)", detail: "row", kind: .enumMember,
          whole: span, place: row.name?.span ?? span)
      }
      return result
    case .unreadable: return nil
    }
  }
}

extension StatementSyntax.Kind {
  /// Whether it stands in the section above it.
  fileprivate var belongsToSection: Bool {
    switch self {
    case .rule, .table: true
    case .fact, .outcome, .note, .list, .define, .section, .otherwise, .whenUnsure, .promise,
      .scenario, .unreadable:
      false
    }
  }
}

// Names in all policies that are open.
extension Session {
  private static let mostSymbols = 400

  /// The statements whose names hold the letters of a search, in their order.
  func workspaceSymbols(_ search: String) -> JSONValue {
    let wanted = Array(WordTable.lowercased(search).unicodeScalars.filter { $0 != " " })
    var found: [JSONValue] = []
    let open = policies.values.sorted { ($0.root.folder ?? "") < ($1.root.folder ?? "") }
    for policy in open {
      guard let view = policy.view(today: today) else { continue }
      let symbols = Symbols(view)
      for file in view.fileIDs {
        for entry in symbols.entries(file) {
          for (inner, container) in [(entry, nil)] + entry.children.map({ ($0, entry.name) })
          where Session.holds(inner.name, wanted) {
            found.append(symbols.flat(inner, in: container))
            if found.count == Session.mostSymbols { return .array(found) }
          }
        }
      }
    }
    return .array(found)
  }

  /// Whether the letters stand in a name, in their order.
  static func holds(_ name: String, _ letters: [Unicode.Scalar]) -> Bool {
    var rest = letters[...]
    for scalar in WordTable.lowercased(name).unicodeScalars where scalar == rest.first {
      rest.removeFirst()
    }
    return rest.isEmpty
  }
}
