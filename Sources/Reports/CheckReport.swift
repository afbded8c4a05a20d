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

  /// `3 files, 12 rules, 2 of 2 promises proved, 4 of 5 scenarios passed, 1 error, no warnings`
  package var summary: String {
    var parts = [counted(result.ruleFileCount, "file"), counted(result.ruleCount, "rule")]
    if let proved = result.provedCount {
      parts.append("\(proved) of \(counted(result.promiseCount, "promise")) proved")
    } else {
      parts.append(counted(result.promiseCount, "promise"))
    }
    parts.append(scenarios)
    parts.append(CheckReport.countedOrNone(result.errorCount, "error"))
    parts.append(CheckReport.countedOrNone(result.warningCount, "warning"))
    let line = parts.joined(separator: ", ")
    return result.provedCount == nil
      ? line + "; conflicts, gaps and promises were not proved" : line
  }

  private var scenarios: String {
    guard result.canDecide else { return "\(counted(result.scenarioCount, "scenario")) not run" }
    let passed = result.scenarios.count { $0.passed }
    return "\(passed) of \(counted(result.scenarios.count, "scenario")) passed"
  }

  private static func countedOrNone(_ count: Int, _ noun: String) -> String {
    count == 0 ? "no \(noun)s" : counted(count, noun)
  }
}
