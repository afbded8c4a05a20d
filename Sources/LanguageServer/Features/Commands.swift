import Analysis
import Engine
import Findings
import JSON
import Model
import Reports
import Syntax

// What a lens does when it is clicked.
extension Session {
  /// `rulec.run` with the URI of a text and the name of a scenario in it: runs the scenario, says how it comes out, and
  /// gives the explanation in sentences.
  func carryOut(_ command: String, _ arguments: [JSONValue]) throws(ResponseError) -> JSONValue {
    guard command == "rulec.run" else {
      throw ResponseError(.invalidParameters, "there is no command `\(command)`")
    }
    guard arguments.count == 2, let uri = arguments[0].text, let name = arguments[1].text else {
      throw ResponseError(
        .invalidParameters, "`rulec.run` is told a text and the name of a scenario")
    }
    let query = try query(["textDocument": ["uri": .string(uri)]])
    guard let policy = query.view.resolution.policy else {
      throw ResponseError(
        .requestFailed, "the scenario cannot run, because the policy has errors")
    }
    let key = WordTable.lowercased(name)
    guard let scenario = policy.scenarios.first(where: { WordTable.lowercased($0.name) == key })
    else { throw ResponseError(.requestFailed, "there is no scenario `\(name)`") }
    return run(scenario, of: policy)
  }

  private func run(_ scenario: Scenario, of policy: Policy) -> JSONValue {
    var alone = policy
    alone.scenarios = [scenario]
    alone.hash = PolicyHash.hash(of: policy.files.files)
    let result = runScenarios(of: alone).first
    let message = Message(policy.vocabulary, given: scenario.given, today: scenario.day)
    let explanation = Evaluator(alone).explain(message).text
    let words: String
    if let result {
      words =
        result.passed
        ? "`\(scenario.name)` passes: \(result.decision)."
        : "`\(scenario.name)` fails: \(result.failures.joined(separator: "; "))."
    } else {
      words = "`\(scenario.name)` expects nothing."
    }
    notify(
      "window/showMessage",
      ["type": .number(result?.passed ?? true ? 3 : 2), "message": .string(words)])
    return [
      "scenario": .string(scenario.name), "passed": .bool(result?.passed ?? true),
      "result": .string(words), "explanation": .string(explanation),
    ]
  }
}
