package import Analysis
package import Findings
import JSON

/// The forms in which a check can be read.
package enum CheckFormat: String, CaseIterable, Sendable {
  /// For people.
  case text
  /// For programs.
  case json
  /// For tools that gather findings of many checkers (SARIF 2.1.0).
  case sarif
  /// For annotations in a GitHub workflow.
  case github
}

/// What a check found, in each of its forms.
package struct CheckReport {
  private let result: CheckResult
  /// What stands before the path of a file, seen from where the command was called: `rules/`.
  private let prefix: String

  package init(_ result: CheckResult, prefix: String) {
    self.result = result
    self.prefix = prefix
  }

  /// The report in one of its forms; ends with a line break, where it is not empty.
  package func text(
    as format: CheckFormat, isColoured: Bool, toolVersion: String
  ) -> String {
    switch format {
    case .text: CheckReport.text(of: result.findings, result.files, isColoured: isColoured)
    case .json: FindingsJSON(result).text
    case .sarif: SARIF(result.findings, result.files, prefix, toolVersion).text
    case .github:
      result.findings.map { GitHubAnnotation($0, result.files, prefix).line + "\n" }.joined()
    }
  }

  /// Findings for people, an empty line between any two.
  package static func text(
    of findings: [Finding], _ files: SourceFiles, isColoured: Bool
  ) -> String {
    let text = FindingText(files, isColoured: isColoured)
    return findings.map { text.text(of: $0) }.joined(separator: "\n")
  }

  /// `3 files, 12 rules, 2 of 2 promises proved, 4 of 5 scenarios passed, no conflict, no gap, 1 error,
  /// no warnings`
  package var summary: String {
    var parts = [counted(result.ruleFileCount, "file"), counted(result.ruleCount, "rule")]
    parts += [promises, scenarios] + contradictions
    parts.append(CheckReport.countedOrNone(result.errorCount, "error"))
    parts.append(CheckReport.countedOrNone(result.warningCount, "warning"))
    let line = parts.joined(separator: ", ")
    guard result.provedCount == nil else { return line }
    let cure = result.canDecide ? "" : ": put the errors right first"
    return line + "; conflicts, gaps and promises were not looked at" + cure
  }

  private var promises: String {
    let count = CheckReport.countedOrNone(result.promiseCount, "promise")
    guard let proved = result.provedCount, result.promiseCount > 0 else { return count }
    return "\(proved) of \(count) proved"
  }

  private var scenarios: String {
    let count = result.canDecide ? result.scenarios.count : result.scenarioCount
    guard count > 0 else { return "no scenarios" }
    guard result.canDecide else { return "\(counted(count, "scenario")) not run" }
    return "\(result.scenarios.count { $0.passed }) of \(counted(count, "scenario")) passed"
  }

  /// That there is no conflict and no gap is said only where everything was proved.
  private var contradictions: [String] {
    guard result.provedCount != nil else { return [] }
    // The last one, without an example, says that there are more.
    let conflicts = result.findings.filter { $0.code == .conflict }
    let shown = conflicts.count { $0.example != nil }
    let gaps = result.findings.count { $0.code == .gap }
    let open = result.findings.count { $0.code == .notProved }
    var parts: [String] = []
    if shown > 0 || open == 0 {
      let count = shown == 0 ? "no conflict" : counted(shown, "conflict")
      parts.append(shown < conflicts.count ? "more than \(count)" : count)
    }
    if gaps > 0 || open == 0 { parts.append(gaps == 0 ? "no gap" : counted(gaps, "gap")) }
    if open > 0 { parts.append("\(counted(open, "question")) not answered") }
    return parts
  }

  private static func countedOrNone(_ count: Int, _ noun: String) -> String {
    count == 0 ? "no \(noun)s" : counted(count, noun)
  }
}
