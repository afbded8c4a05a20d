import Analysis
import Findings
import JSON
import Model
import Syntax

/// What there is to know about the name under the cursor.
struct Hover {
  private let query: Query
  private var view: PolicyView { query.view }
  private var lexicon: Lexicon { view.lexicon }

  /// A declaration of more lines is cut.
  private static let mostLines = 24

  init(_ query: Query) { self.query = query }

  func json(_ client: Client) -> JSONValue {
    let here = view.occurrences.at(query.offset, in: query.file)
    guard let first = here.first else { return .null }
    let pages = here.map(\.symbol).map { page(about: $0, at: first) }
    let divider = client.takesMarkdown ? "\n\n---\n\n" : "\n\n"
    let text = pages.map { $0.text(isMarkdown: client.takesMarkdown) }.joined(separator: divider)
    return [
      "contents": [
        "kind": .string(client.takesMarkdown ? "markdown" : "plaintext"), "value": .string(text),
      ],
      "range": view.range(first.span).json,
    ]
  }

  /// A declaration and what is said about it, a paragraph each.
  struct Page {
    var declaration: String?
    var paragraphs: [String] = []

    func text(isMarkdown: Bool) -> String {
      let code = declaration.map { isMarkdown ? "```rules\n\($0)\n```" : $0 }
      return ((code.map { [$0] } ?? []) + paragraphs).joined(separator: "\n\n")
    }
  }

  private func page(about symbol: Symbol, at occurrence: Occurrence) -> Page {
    var page = Page()
    let declaration = view.occurrences.declarations(of: symbol).first
    let isHere = occurrence.isDeclaration && !symbol.isValue
    if let declaration, !isHere { page.declaration = statement(at: declaration.span) }
    switch symbol {
    case .fact(let fact): page.paragraphs += paragraphs(about: lexicon[fact])
    case .definition(let definition):
      if let negative = lexicon[definition].negativeText {
        page.paragraphs.append("Its negative: `\(negative)`")
      }
    case .value(let fact, let value):
      let name = lexicon[fact].values.names[value.index]
      page.paragraphs.append("`\(name)` is a value of `\(lexicon[fact].phrase.text)`.")
    case .outcome: page.paragraphs.append("An outcome. \(uses(of: symbol))")
    case .note: page.paragraphs.append("A note. \(uses(of: symbol))")
    case .list(let list): page.paragraphs += paragraphs(about: list)
    case .rule(let name): page.paragraphs += paragraphs(aboutRule: name)
    case .section(let name): page.paragraphs += paragraphs(aboutSection: name)
    case .scenario: page.paragraphs += scenarioParagraphs(symbol)
    case .promise: page.paragraphs.append("A promise: it holds for every message there can be.")
    }
    return page
  }

  private func uses(of symbol: Symbol) -> String {
    let count = view.occurrences.of(symbol).count { !$0.isDeclaration }
    return count == 0 ? "It is used nowhere." : "It is used in \(count.words("place"))."
  }

  /// The statement in which something is declared, as it is written.
  private func statement(at span: Span) -> String? {
    guard let document = view.document(span.file) else { return nil }
    for statement in document.statements {
      let whole = document.tokens.span(statement.range)
      guard whole.contains(span) else { continue }
      let lines = view.files.text(whole).split(
        separator: "\n", omittingEmptySubsequences: false)
      let shown = lines.prefix(Hover.mostLines).joined(separator: "\n")
      return lines.count > Hover.mostLines ? shown + "\n  …" : shown
    }
    return nil
  }

  // MARK: Vocabulary

  private func paragraphs(about fact: DeclaredFact) -> [String] {
    var paragraphs: [String] = []
    if let negative = fact.negativeText { paragraphs.append("Its negative: `\(negative)`") }
    switch fact.presence {
    case .required:
      paragraphs.append("A message has to say it: without it, what hangs on it is not known.")
    case .optional:
      paragraphs.append("Where nothing is recorded, a sentence about it is false.")
    case .defaulted: break
    }
    paragraphs.append("Messages say it in the field `\(fact.path.joined(separator: "."))`.")
    return paragraphs
  }

  private func paragraphs(about list: ListID) -> [String] {
    let items = view.resolution.listItems[list] ?? []
    var words = items.prefix(12).map { "`\($0.name.text)`" }.joined(separator: ", ")
    if items.count > 12 { words += " and \(items.count - 12) more" }
    guard lexicon[list].path != nil else { return ["A list of \(items.count.words("value"))."] }
    return ["A list of \(items.count.words("value")) from a file: \(words)"]
  }

  // MARK: Rules

  private func paragraphs(aboutRule name: String) -> [String] {
    guard let policy = view.resolution.policy else { return [] }
    let relation = view.neighbours
    let rules = policy.rules.filter { $0.isNamed && WordTable.lowercased($0.name) == name }
    return rules.flatMap { rule -> [String] in
      var paragraphs: [String] = []
      if let section = rule.section { paragraphs.append("It stands in the section `\(section)`.") }
      let (below, above) = (relation.overridden(by: rule.id), relation.overriders(of: rule.id))
      if !below.isEmpty { paragraphs.append("It overrides \(listed(below, policy)).") }
      if !above.isEmpty { paragraphs.append("It is overridden by \(listed(above, policy)).") }
      return paragraphs
    }
  }

  private func listed(_ rules: [RuleID], _ policy: Policy) -> String {
    rules.prefix(6).map { "`\(policy[$0].name)`" }.joined(separator: ", ")
      + (rules.count > 6 ? " and \(rules.count - 6) more" : "")
  }

  private func paragraphs(aboutSection name: String) -> [String] {
    guard let policy = view.resolution.policy else { return [] }
    let count = policy.rules.count { $0.section.map { WordTable.lowercased($0) } == name }
    return ["The section holds \(count.words("rule"))."]
  }

  private func scenarioParagraphs(_ symbol: Symbol) -> [String] {
    guard case .scenario(let name) = symbol,
      let result = query.policy.examination.result(of: name)
    else { return [] }
    return [result.passed ? "It passes." : "It fails: \(result.failures.joined(separator: "; "))."]
  }
}

extension Symbol {
  fileprivate var isValue: Bool {
    if case .value = self { true } else { false }
  }
}

extension Int {
  /// `1 rule`, `2 rules`.
  func words(_ noun: String) -> String { self == 1 ? "1 \(noun)" : "\(self) \(noun)s" }
}
