import Analysis
import Engine
import Findings
import Model
import Syntax
import Values

extension PageWriter {
  /// The messages that the policy was tried with, and what came of each.
  mutating func writeScenarios() {
    writeResults()
    if let coverage = contents.coverage { write(coverage) }
    writeFiles(where: \.isScenario) { page, statements in
      for placed in statements {
        page.write(placed.comments)
        if case .scenario(let scenario) = placed.statement.kind { page.write(scenario) }
      }
    }
  }

  /// How many passed.
  private mutating func writeResults() {
    let results = contents.check.scenarios
    let failed = results.count { !$0.passed }
    paragraph("lead") { page in
      page.write(results.count == 1 ? "1 scenario was run" : "\(results.count) scenarios were run")
      page.write(failed == 0 ? ", and every one of them passed." : "; \(failed) of them failed.")
    }
  }

  private mutating func write(_ syntax: ScenarioSyntax) {
    guard let anchor = links.anchors.scenarios[syntax.name.span],
      let scenario = scenariosBySpan[syntax.name.span]
    else { return }
    let result = resultsBySpan[syntax.name.span]
    let state = result.map { $0.passed ? "good" : "bad" } ?? "base"
    element("details", ["id": anchor, "class": "scenario \(state)", "data-kind": "scenario"]) {
      page in
      page.element("summary") { page in
        page.span("mark") { page in
          page.write(result.map { $0.passed ? "passed" : "failed" } ?? "not run")
        }
        page.write(" ")
        page.span("scenario-name") { $0.write(scenario.name) }
      }
      page.element("div", ["class": "scenario-body"]) { page in
        page.writeClauses(syntax.clauses)
        if let result { page.write(result) }
        let message = Message(page.policy.vocabulary, given: scenario.given, today: scenario.day)
        page.element("div", page.trial(scenario, message)) { _ in }
      }
    }
  }

  /// A message for the form, with the facts that could not be looked up.
  private func trial(_ scenario: Scenario, _ message: Message) -> Attributes {
    let vocabulary = policy.vocabulary
    let facts = scenario.given.keys.sorted()
    let unknown = facts.filter { scenario.given[$0] == .unknown }.map { vocabulary[$0].field }
    return [
      "class": "message", "data-message": message.json(facts, vocabulary),
      "data-on": scenario.day.description,
    ] + (unknown.isEmpty ? [:] : ["data-unknown": unknown.joined(separator: "\n")])
  }

  private mutating func write(_ result: ScenarioResult) {
    for failure in result.failures { paragraph("failure") { $0.sentence(failure) } }
    paragraph("decision") { page in
      page.write("The decision: ")
      page.sentence(result.decision)
      page.write(".")
    }
  }
}
