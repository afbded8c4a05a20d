import Findings
import Model
import Syntax

/// The place of everything on the page that has one.
struct Anchors {
  private(set) var facts: [String] = []
  private(set) var values: [[String]] = []
  private(set) var outcomes: [String] = []
  private(set) var notes: [String] = []
  private(set) var lists: [String] = []
  private(set) var definitions: [String] = []
  /// By `RuleID`.
  private(set) var rules: [String] = []
  /// By name, in lower case.
  private(set) var tables: [String: String] = [:]
  private(set) var sections: [String: String] = [:]
  private(set) var promises: [Span: String] = [:]
  private(set) var scenarios: [Span: String] = [:]
  let otherwise = "otherwise"
  let whenUnsure = "when-unsure"
  private var taken: Set<String> = [
    "otherwise", "when-unsure", "main", "overview", "changes", "try", "map", "rules", "overrides",
    "promises", "scenarios", "words", "search", "policy-data",
  ]

  init(_ syntax: PolicySyntax, _ policy: Policy) {
    for fact in policy.vocabulary.facts {
      let anchor = anchor("fact", fact.phrase)
      facts.append(anchor)
      values.append(fact.values.map { self.anchor(anchor, $0) })
    }
    outcomes = policy.vocabulary.outcomes.map { anchor("outcome", $0.name) }
    notes = policy.vocabulary.notes.map { anchor("note", $0.name) }
    lists = syntax.lexicon.lists.names.map { anchor("list", $0) }
    definitions = policy.vocabulary.definitions.map { anchor("definition", $0.phrase) }
    rules = policy.rules.map { anchor("rule", $0.name) }
    promises = Dictionary(
      policy.promises.map { ($0.span, anchor("promise", $0.name)) }, uniquingKeysWith: { $1 })
    scenarios = Dictionary(
      policy.scenarios.map { ($0.span, anchor("scenario", $0.name)) }, uniquingKeysWith: { $1 })
    for document in syntax.documents {
      for statement in document.statements { add(statement) }
    }
  }

  private mutating func add(_ statement: StatementSyntax) {
    switch statement.kind {
    case .table(let table):
      tables[Anchors.key(table.name.text)] = anchor("table", table.name.text)
    case .section(let section):
      let key = Anchors.key(section.name.text)
      if sections[key] == nil { sections[key] = anchor("section", section.name.text) }
    case .fact, .outcome, .note, .list, .define, .rule, .otherwise, .whenUnsure, .promise,
      .scenario, .unreadable:
      break
    }
  }

  /// Names are compared without regard to case.
  static func key(_ name: String) -> String { WordTable.lowercased(name) }

  /// A place that nothing else has, with a name that can be read: `rule-nothing-goes-out`.
  private mutating func anchor(_ kind: String, _ name: String) -> String {
    var slug = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": slug.unicodeScalars.append(scalar)
      case "A"..."Z": slug.unicodeScalars.append(Unicode.Scalar(UInt8(scalar.value) | 0x20))
      default: if !slug.isEmpty, !slug.hasSuffix("-") { slug += "-" }
      }
      if slug.utf8.count >= Anchors.longest { break }
    }
    if slug.hasSuffix("-") { slug.removeLast() }
    let plain = slug.isEmpty ? kind : "\(kind)-\(slug)"
    var candidate = slug.isEmpty ? "\(kind)-1" : plain
    var number = counts[plain] ?? 2
    while !taken.insert(candidate).inserted {
      candidate = "\(plain)-\(number)"
      number += 1
    }
    counts[plain] = number
    return candidate
  }

  private static let longest = 60
  /// The next number for names that read alike.
  private var counts: [String: Int] = [:]
}
