import Analysis
import Findings
import Model
import Reports

extension PageWriter {
  /// The policy in figures, and whatever is wrong with it.
  mutating func writeOverview() {
    let check = contents.check
    element("ul", ["class": "figures"]) { page in
      page.figure("\(check.ruleCount)", check.ruleCount == 1 ? "rule" : "rules", "rules")
      if check.promiseCount > 0 {
        let proved = check.provedCount ?? 0
        page.figure(
          "\(proved) of \(check.promiseCount)",
          check.promiseCount == 1 ? "promise proved" : "promises proved", "promises",
          isGood: proved == check.promiseCount)
      }
      if !check.scenarios.isEmpty {
        let passed = check.scenarios.count { $0.passed }
        page.figure(
          "\(passed) of \(check.scenarios.count)", "scenarios passed", "scenarios",
          isGood: passed == check.scenarios.count)
      }
      let vocabulary = page.policy.vocabulary
      page.figure(
        "\(vocabulary.outcomes.count)", vocabulary.outcomes.count == 1 ? "outcome" : "outcomes",
        "outcomes")
    }
    writeProofs()
    writeOutcomeLegend()
    writeFindings()
    paragraph("fine") { page in
      page.write("The number of this version of the policy is ")
      page.element("code", ["class": "hash"]) { $0.write($0.policy.hash) }
      page.write(". Every decision made by it bears that number.")
    }
  }

  private mutating func figure(
    _ number: String, _ noun: String, _ chapter: String, isGood: Bool? = nil
  ) {
    let state = isGood.map { $0 ? " good" : " bad" } ?? ""
    element("li", ["class": "figure\(state)"]) { page in
      page.link(to: chapter) { page in
        page.span("number") { $0.write(number) }
        page.write(" ")
        page.span("noun") { $0.write(noun) }
      }
    }
  }

  /// What is proved about conflicts and gaps, in a sentence.
  private mutating func writeProofs() {
    let findings = contents.check.findings
    let hasOpen = findings.contains { $0.code == .notProved }
    let conflicts = findings.contains { $0.code == .conflict }
    let gap = findings.contains { $0.code == .gap }
    paragraph("lead") { page in
      if page.contents.check.provedCount == nil {
        page.write("Nothing has been proved about this policy yet.")
      } else if conflicts || gap {
        page.write(
          "This policy has errors, and must not decide messages until they are put right.")
      } else if hasOpen {
        page.write(
          "Not every question about this policy could be answered. What is open stands below.")
      } else {
        page.write(
          "It is proved, for every message on every day from 2000 to 2099, that no two rules "
            + "contradict each other and that every message gets a decision.")
      }
    }
  }

  private mutating func writeOutcomeLegend() {
    element("div", ["class": "legend"]) { page in
      page.element("p", ["class": "label", "id": "legend-label"]) {
        $0.write("What can happen to a message")
      }
      page.element("ul", ["class": "chips", "aria-labelledby": "legend-label"]) { page in
        for outcome in page.policy.vocabulary.outcomes {
          page.element("li") { $0.writeOutcome(outcome.id) }
        }
      }
    }
  }

  // MARK: Findings

  private mutating func writeFindings() {
    let findings = contents.check.findings
    guard !findings.isEmpty else { return }
    element("h3", ["id": "findings"]) { $0.write("What the checker found") }
    element("ul", ["class": "findings"]) { page in
      for finding in findings {
        page.element("li", ["class": finding.severity.rawValue]) { $0.write(finding) }
      }
    }
  }

  /// One finding, with its place, its example and its cure.
  mutating func write(_ finding: Finding) {
    paragraph { page in
      page.element("strong", ["class": "severity"]) { $0.write(finding.severity.rawValue) }
      page.write(" ")
      page.sentence(finding.message)
    }
    if let example = finding.example { write(example) }
    if let reason = finding.reason { paragraph("reason") { $0.sentence(reason) } }
    if let help = finding.help { paragraph("help") { $0.sentence("To cure it: \(help)") } }
    paragraph("place") { page in
      page.write(page.contents.check.files.name(of: finding.span))
      page.write(" · ")
      page.element("code") { $0.write(finding.code.rawValue) }
    }
  }

  private mutating func write(_ example: FindingExample) {
    for message in [example.message, example.other].compactMap({ $0 }) {
      writeMessage(message, on: example.day)
    }
  }

  /// A message that can be tried in the form.
  mutating func writeMessage(_ json: String, on day: String) {
    element("div", ["class": "message", "data-message": json, "data-on": day]) { page in
      page.element("code") { $0.write(json) }
      page.span("on") { $0.write(" on \(day)") }
    }
  }
}
