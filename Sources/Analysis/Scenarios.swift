package import Engine
package import Findings
package import Model
import Syntax
import Values

/// How one scenario came out.
package struct ScenarioResult: Sendable {
  package let name: String
  package let span: Span
  /// What was expected and did not come out, in sentences; empty if the scenario passes.
  package let failures: [String]
  /// The decision as words: `send plain with consent note`.
  package let decision: String
  /// The rules that decided, by name; none where it is not sure.
  package let rules: [String]
  /// The finding that says so, if the scenario fails.
  package let finding: Finding?

  package var passed: Bool { failures.isEmpty }
}

/// Runs a policy's scenarios through the evaluator. One without an expectation is only there to be taken over, and
/// passes.
package func runScenarios(of policy: Policy) -> [ScenarioResult] {
  guard !policy.scenarios.isEmpty else { return [] }
  let evaluator = Evaluator(policy)
  return policy.scenarios.filter { !$0.expectations.isEmpty }.map { scenario in
    ScenarioRun(evaluator: evaluator, scenario: scenario).result
  }
}

extension Scenario {
  /// The message that it is about.
  package func message(_ vocabulary: Vocabulary) -> Message {
    Message(vocabulary, given: given, today: day)
  }
}

extension Scenario.Expectation {
  /// Whether a decision is as expected.
  package func isMet(by decision: Decision) -> Bool {
    switch self {
    case .unsure: !decision.isSure
    case .outcome(let outcome, let notes):
      decision.outcome == outcome && notes.map { $0 == Set(decision.notes) } ?? true
    case .by(let rules, _): decision.isSure && decision.winners.contains(where: rules.contains)
    case .byOtherwise: decision.isSure && decision.madeByOtherwise
    }
  }
}

private struct ScenarioRun {
  let evaluator: Evaluator
  let scenario: Scenario

  var policy: Policy { evaluator.policy }

  var result: ScenarioResult {
    switch evaluator.decide(scenario.message(policy.vocabulary)) {
    case .failure(let disagreement):
      return result(
        failures: [words(disagreement)], decision: words(disagreement), rules: [], missing: [])
    case .success(let decision):
      let failures = scenario.expectations.compactMap { failure($0.0, decision) }
      return result(
        failures: failures, decision: words(decision),
        rules: decision.isSure ? decision.ruleNames(in: policy) : [],
        missing: decision.isSure ? [] : decision.missing)
    }
  }

  private func result(
    failures: [String], decision: String, rules: [String], missing: [FactID]
  ) -> ScenarioResult {
    var finding: Finding?
    if !failures.isEmpty {
      finding = .failingScenario(
        scenario.name, failures, decision: decision,
        at: scenario.expectations.first?.1 ?? scenario.span, name: scenario.span,
        givenLines: givenLines(missing), end: scenario.end)
    }
    return ScenarioResult(
      name: scenario.name, span: scenario.span, failures: failures, decision: decision,
      rules: rules, finding: finding)
  }

  // MARK: Expectations

  private func failure(_ expectation: Scenario.Expectation, _ decision: Decision) -> String? {
    if expectation.isMet(by: decision) { return nil }
    switch expectation {
    case .unsure: return "expected unsure, but the decision is sure"
    case .outcome(let outcome, let notes):
      let expected = policy.vocabulary[outcome].name
      if decision.outcome != outcome {
        let found = policy.vocabulary[decision.outcome].name
        return "expected `\(expected)`, and it came out as `\(found)`"
      }
      return noteFailure(notes ?? [], Set(decision.notes))
    case .by(_, let name):
      return "expected by `\(name)`, but that rule is not one of those that decided"
    case .byOtherwise: return "expected by `otherwise`, but a rule decided"
    }
  }

  private func noteFailure(_ expected: Set<NoteID>, _ found: Set<NoteID>) -> String {
    func names(_ notes: Set<NoteID>) -> String {
      notes.sorted().map { "`\(policy.vocabulary[$0].name)`" }.joined(separator: ", ")
    }
    var parts: [String] = []
    let lacking = expected.subtracting(found)
    let surplus = found.subtracting(expected)
    if !lacking.isEmpty { parts.append("the notes lack \(names(lacking))") }
    if !surplus.isEmpty { parts.append("\(names(surplus)) was not expected") }
    return parts.joined(separator: ", and ")
  }

  // MARK: Words

  private func words(_ decision: Decision) -> String {
    let outcome = policy.vocabulary[decision.outcome].name
    let notes = decision.notes.map { policy.vocabulary[$0].name }
    let with = notes.isEmpty ? "" : " with " + notes.joined(separator: ", ")
    let rules = decision.ruleNames(in: policy).map { "`\($0)`" }.joined(separator: ", ")
    if decision.isSure { return "\(outcome)\(with), by \(rules)" }
    let facts = decision.missing.map { "`\(policy.vocabulary[$0].phrase)`" }.joined(separator: ", ")
    return "unsure, so \(outcome)\(with); it would need to know \(facts)"
  }

  private func words(_ disagreement: Disagreement) -> String {
    let names = disagreement.rules.map { "`\(policy[$0].name)`" }.joined(separator: " and ")
    return names.isEmpty
      ? "no rule decides this message" : "\(names) disagree, and nothing says which overrides which"
  }

  /// A `given` line for each fact that was missing, for the officer to correct.
  private func givenLines(_ missing: [FactID]) -> String {
    missing.filter { scenario.given[$0] == nil }.map {
      "\n  given \(sentence(policy.vocabulary[$0]))"
    }
    .joined()
  }

  private func sentence(_ fact: Fact) -> String {
    switch fact.kind {
    case .choice: "\(fact.phrase) \(fact.values.first ?? "…")"
    case .set: "\(fact.phrase) nothing"
    case .yesOrNo: fact.negative ?? fact.phrase
    case .number(_, _, let low, _): "\(fact.phrase) \(low ?? Decimal6(0))"
    case .date: "\(fact.phrase) today"
    case .text: "\(fact.phrase) \"…\""
    }
  }
}

extension Finding {
  fileprivate static func failingScenario(
    _ name: String, _ failures: [String], decision: String, at span: Span, name place: Span,
    givenLines: String, end: Span
  ) -> Finding {
    Finding(
      .failingScenario, "the scenario `\(name)` fails: " + failures.joined(separator: "; "),
      at: span,
      related: [RelatedPlace("the scenario", at: place)],
      reason: failures == [decision] ? nil : "the decision is: \(decision)",
      help: givenLines.isEmpty
        ? "decide which is right, the rules or the scenario, and change the other"
        : "give the facts that it needs: add the lines and correct their values",
      fixes: givenLines.isEmpty ? [] : [.replace(end, with: givenLines, "add the missing facts")])
  }
}
