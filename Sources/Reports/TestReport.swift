package import Analysis
import Findings
import JSON

/// The forms in which a run of the scenarios can be read.
package enum TestFormat: String, CaseIterable, Sendable {
  case text, json
  /// For build servers.
  case junit
}

/// How the scenarios of a policy came out, in each form.
package struct TestReport {
  private let result: CheckResult
  private let coverage: CoverageReport?

  package init(_ result: CheckResult, _ coverage: CoverageReport? = nil) {
    (self.result, self.coverage) = (result, coverage)
  }

  private var passedCount: Int { result.scenarios.count { $0.passed } }
  private var failedCount: Int { result.scenarios.count - passedCount }

  /// The report in one of its forms; ends with a line break.
  package func text(as format: TestFormat, isColoured: Bool) -> String {
    switch format {
    case .text: plainText(Paint(isColoured: isColoured))
    case .json: json
    case .junit: junit
    }
  }

  // MARK: For people

  /// `12 scenarios: 11 passed, 1 failed`
  package var summary: String {
    guard !result.scenarios.isEmpty else {
      return "the policy has no scenarios" + (coverage.map { "; \($0.summary)" } ?? "")
    }
    let all = counted(result.scenarios.count, "scenario")
    guard failedCount > 0 else {
      return "\(all): all passed" + (coverage.map { "; \($0.summary)" } ?? "")
    }
    return "\(all): \(passedCount) passed, \(failedCount) failed"
  }

  private func plainText(_ paint: Paint) -> String {
    if let coverage { return coverage.text(isColoured: paint.isColoured) }
    var text = ""
    for scenario in result.scenarios {
      let mark = scenario.passed ? paint("passed", .good) : paint("FAILED", .error)
      text += "\(mark)  \(scenario.name)\n"
      guard !scenario.passed else { continue }
      text += "        \(result.files.name(of: scenario.span))\n"
      for failure in scenario.failures { text += "        \(failure)\n" }
      text += "        the decision is: \(scenario.decision)\n"
    }
    return text
  }

  // MARK: For programs

  private var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.key("policy")
      writer.string(result.hash)
      writer.key("scenarios")
      writer.array { writer in
        for scenario in result.scenarios { write(scenario, &writer) }
      }
      writer.key("summary")
      writer.object { writer in
        let counts = [
          ("scenarios", result.scenarios.count), ("passed", passedCount), ("failed", failedCount),
        ]
        for (name, count) in counts {
          writer.key(name)
          writer.number(count)
        }
      }
      if let coverage {
        var json = CoverageJSON(coverage, in: writer)
        json.writeAll()
        writer = json.writer
      }
    }
    return writer.text + "\n"
  }

  private func write(_ scenario: ScenarioResult, _ writer: inout JSONWriter) {
    let file = result.files[scenario.span.file]
    writer.object { writer in
      writer.key("name")
      writer.string(scenario.name)
      writer.key("file")
      writer.string(file.path)
      writer.key("line")
      writer.number(file.line(at: scenario.span.start))
      writer.key("passed")
      writer.bool(scenario.passed)
      writer.key("decision")
      writer.string(scenario.decision)
      writer.key("failures")
      writer.array { writer in
        for failure in scenario.failures { writer.string(failure) }
      }
    }
  }

  // MARK: For build servers

  /// One suite a file. Source: the JUnit XML that Jenkins, GitLab and GitHub's reporters read.
  private var junit: String {
    let others = coverage?.testCounts ?? (tests: 0, failures: 0)
    let total = result.scenarios.count + others.tests
    let failures = failedCount + others.failures
    var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    text += #"<testsuites name="rulec" tests="\#(total)" failures="\#(failures)">"# + "\n"
    for file in Set(result.scenarios.map(\.span.file)).sorted() {
      text += suite(of: file)
    }
    if let coverage { text += coverage.junitSuite }
    return text + "</testsuites>\n"
  }

  private func suite(of file: FileID) -> String {
    let scenarios = result.scenarios.filter { $0.span.file == file }
    let failed = scenarios.count { !$0.passed }
    let path = XMLText.attribute(result.files[file].path)
    let counts = #"tests="\#(scenarios.count)" failures="\#(failed)" errors="0" skipped="0""#
    var text = #"  <testsuite name="\#(path)" \#(counts)>"# + "\n"
    for scenario in scenarios {
      let name = XMLText.attribute(scenario.name)
      let line = result.files[file].line(at: scenario.span.start)
      let head =
        #"    <testcase classname="\#(path)" name="\#(name)" file="\#(path)" line="\#(line)""#
      text += scenario.passed ? head + "/>\n" : head + ">\n" + failure(of: scenario)
    }
    return text + "  </testsuite>\n"
  }

  private func failure(of scenario: ScenarioResult) -> String {
    let message = XMLText.attribute(scenario.failures.joined(separator: "; "))
    let lines = scenario.failures + ["the decision is: \(scenario.decision)"]
    let text = XMLText.content(lines.joined(separator: "\n"))
    return #"      <failure message="\#(message)">\#(text)</failure>"# + "\n    </testcase>\n"
  }
}
