import Analysis
import Findings
import JSON
import Model
import Syntax

/// What is not written at a place and matters there: which rules set a rule aside, and which rule decides a
/// scenario.
struct InlayHints {
  private let query: Query
  private var view: PolicyView { query.view }

  init(_ query: Query) { self.query = query }

  func json(within range: PositionRange) -> JSONValue {
    guard let document = view.document(query.file), let policy = view.resolution.policy else {
      return []
    }
    let asked = view.span(range, in: query.file)
    var hints: [JSONValue] = []
    let rules = Dictionary(
      policy.rules.filter { $0.span.file == query.file }.map { ($0.span, $0.id) },
      uniquingKeysWith: { first, _ in first })
    for statement in document.statements {
      let whole = document.tokens.span(statement.range)
      guard whole.start <= asked.end, asked.start <= whole.end else { continue }
      switch statement.kind {
      case .rule(let rule):
        guard let id = rules[rule.name?.span ?? rule.keyword], let consequent = rule.consequent
        else { continue }
        hints += hint(about: id, behind: consequent.span, policy)
      case .scenario(let scenario): hints += hint(about: scenario, document)
      default: break
      }
    }
    return .array(hints)
  }

  private func hint(_ text: String, behind span: Span, tooltip: String) -> JSONValue {
    [
      "position": view.range(span).end.json, "label": .string(text), "paddingLeft": true,
      "tooltip": .string(tooltip),
    ]
  }

  /// Who sets a rule aside by naming it. The ladder of sections stands at their heads for all to see.
  private func hint(about rule: RuleID, behind span: Span, _ policy: Policy) -> [JSONValue] {
    let above = view.neighbours.overridersByName(of: rule).map { "`\(policy[$0].name)`" }
    guard !above.isEmpty else { return [] }
    let shown = above.prefix(2).joined(separator: " or ")
    let more = above.count > 2 ? " or \(above.count - 2) more" : ""
    let all = above.prefix(40).joined(separator: "\n")
    return [
      hint(
        "unless \(shown)\(more) \(above.count == 1 ? "applies" : "apply")", behind: span,
        tooltip: "This rule is set aside wherever one of these applies:\n\(all)")
    ]
  }

  /// Which rule decides a scenario that does not say it.
  private func hint(about scenario: ScenarioSyntax, _ document: DocumentSyntax) -> [JSONValue] {
    let saysIt = scenario.clauses.contains { if case .by = $0.kind { true } else { false } }
    let expect = scenario.clauses.last { if case .expect = $0.kind { true } else { false } }
    let key = WordTable.lowercased(scenario.name.text)
    guard !saysIt, let expect, let result = query.policy.examination.result(of: key),
      result.passed, !result.rules.isEmpty
    else { return [] }
    let names = result.rules.prefix(2).map { "`\($0)`" }.joined(separator: " and ")
    let more = result.rules.count > 2 ? " and \(result.rules.count - 2) more" : ""
    return [
      hint(
        "by \(names)\(more)", behind: document.tokens.span(expect.range),
        tooltip: "What decides this scenario")
    ]
  }
}
