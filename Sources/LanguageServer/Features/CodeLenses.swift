import Analysis
import Findings
import JSON
import Model
import Syntax

/// What stands above a statement: how a scenario came out, and how many rules a rule overrides.
struct CodeLenses {
  private let query: Query
  private let client: Client
  private var view: PolicyView { query.view }

  init(_ query: Query, _ client: Client) { (self.query, self.client) = (query, client) }

  var json: JSONValue {
    guard let document = view.document(query.file) else { return [] }
    var lenses: [JSONValue] = []
    for case .scenario(let scenario) in document.statements.lazy.map(\.kind) {
      lenses += self.lenses(of: scenario)
    }
    for rule in view.resolution.policy?.rules ?? [] where rule.span.file == query.file {
      if let lens = lens(of: rule) { lenses.append(lens) }
    }
    return .array(lenses)
  }

  private func lens(
    _ span: Span, _ title: String, _ command: String = "", _ arguments: JSONValue = []
  )
    -> JSONValue
  {
    [
      "range": view.range(span).json,
      "command": [
        "title": .string(title), "command": .string(command), "arguments": arguments,
      ],
    ]
  }

  // MARK: Scenarios

  private func lenses(of scenario: ScenarioSyntax) -> [JSONValue] {
    guard view.resolution.policy != nil else { return [] }
    let span = scenario.name.span
    var lenses: [JSONValue] = []
    let key = WordTable.lowercased(scenario.name.text)
    if let result = query.policy.examination.result(of: key) {
      lenses.append(lens(span, CodeLenses.words(result)))
    }
    lenses.append(
      lens(
        span, "run", "rulec.run",
        [.string(view.uri(query.file)), .string(scenario.name.text)]))
    return lenses
  }

  private static func words(_ result: ScenarioResult) -> String {
    result.passed ? "passes: \(result.decision)" : "fails: got \(result.decision)"
  }

  // MARK: Rules

  private func lens(of rule: Rule) -> JSONValue? {
    let (below, above) = (
      view.neighbours.overridden(by: rule.id), view.neighbours.overriders(of: rule.id)
    )
    guard let policy = view.resolution.policy, !below.isEmpty || !above.isEmpty else { return nil }
    var parts: [String] = []
    if !below.isEmpty { parts.append("overrides \(below.count.words("rule"))") }
    if !above.isEmpty {
      parts.append(
        "is overridden by \(below.isEmpty ? above.count.words("rule") : "\(above.count)")")
    }
    let title = parts.joined(separator: ", ")
    guard client.commands.contains("rulec.showPlaces") else { return lens(rule.span, title) }
    let places = (below + above).map { view.location(policy[$0].span) }
    return lens(
      rule.span, title, "rulec.showPlaces",
      [
        .string(view.uri(rule.span.file)), view.range(rule.span).start.json, .array(places),
      ])
  }
}
