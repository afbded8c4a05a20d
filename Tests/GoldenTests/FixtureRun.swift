@testable import Analysis
@testable import Commands
import Findings
import JSON
import Reports
import Syntax
import TestSupport
import Values

/// What comes of one fixture: the sections that it should hold, and what must never be.
struct FixtureRun {
  /// The sections that the fixture should expect.
  private(set) var sections: [Fixture.Section] = []
  /// What is wrong whatever the fixture expects.
  private(set) var problems: [String] = []

  private let text: PolicyText
  private let today: Day
  private let workLimit: Int?
  private let showsVocabulary: Bool

  init(_ fixture: Fixture) {
    var policy = FixturePolicy(fixture)
    if !policy.hasVocabulary { policy.addSharedVocabulary() }
    text = policy.text
    today = policy.today
    workLimit = policy.workLimit
    showsVocabulary = FixturePolicy(fixture).hasVocabulary
    run()
  }

  private mutating func run() {
    let result = checked(text)
    let found = shown(result.findings, result)
    let report = CheckReport.text(of: found, result.files, isColoured: false)
    add("check", found.isEmpty ? "nothing found" : report)
    if !found.isEmpty { add("findings", json(found, result)) }
    for finding in found { addFixes(of: finding, result) }
    addSafeFixes(result)
    if result.errorCount == 0 || result.canDecide { addTidied(result) }
  }

  private func checked(_ text: PolicyText) -> CheckResult {
    check(text, today: today, workLimit: workLimit)
  }

  /// Of the shared vocabulary only errors are shown: no case uses all of its words.
  private func shown(_ findings: [Finding], _ result: CheckResult) -> [Finding] {
    findings.filter { finding in
      showsVocabulary || result.files[finding.span.file].path != FixturePolicy.vocabularyPath
        || finding.severity == .error
    }
  }

  private mutating func add(_ title: String, _ text: String) {
    var text = text
    while text.hasSuffix("\n") { text.removeLast() }
    sections.append(Fixture.Section(title: title, text: Escapes.shown(text)))
  }

  // MARK: Findings

  /// Each finding on a line of its own, as `check --format json` writes it.
  private func json(_ findings: [Finding], _ result: CheckResult) -> String {
    let filtered = CheckResult(
      files: result.files, findings: findings, policy: result.policy, hash: result.hash,
      ruleFileCount: result.ruleFileCount, ruleCount: result.ruleCount,
      promiseCount: result.promiseCount, provedCount: result.provedCount,
      scenarioCount: result.scenarioCount, scenarios: result.scenarios)
    let report = CheckReport(filtered, prefix: "")
      .text(as: .json, isColoured: false, toolVersion: "0")
    guard let object = try? JSONReader.read(Array(report.utf8)[...]),
      case .array(let elements)? = object["findings"]
    else { return "no JSON" }
    return elements.map { element in
      var writer = JSONWriter()
      writer.value(element)
      return writer.text
    }.joined(separator: "\n")
  }

  // MARK: Fixes

  /// The text after each offered fix; every one must cure its finding and bring no other error.
  private mutating func addFixes(of finding: Finding, _ result: CheckResult) {
    for fix in finding.fixes {
      let fixed = text.applying([fix], of: result)
      add("fix: \(fix.title)", fixed.difference(from: text))
      let after = checked(fixed)
      let same = { (other: Finding) in
        other.code == finding.code && other.message == finding.message
      }
      if after.findings.count(where: same) >= result.findings.count(where: same) {
        problems.append("the fix `\(fix.title)` does not cure `\(finding.message)`")
      }
      let most = errors(result).count - (finding.severity == .error ? 1 : 0)
      if errors(after).count > max(0, most) {
        let news = errors(after).map(\.message)
        problems.append("the fix `\(fix.title)` brings errors: \(news)")
      }
    }
  }

  /// What keeps a policy from being read; scenarios run only once nothing does.
  private func errors(_ result: CheckResult) -> [Finding] {
    result.findings.filter { $0.severity == .error && !$0.code.isProof }
  }

  /// The text after `check --fix`.
  private mutating func addSafeFixes(_ result: CheckResult) {
    guard result.findings.contains(where: { $0.fixes.contains(where: \.isSafe) }) else { return }
    var fixing = Fixing(text)
    let last = fixing.run(check: checked)
    let fixed = text.replacing(fixing.changedFiles)
    add("check --fix", fixed.difference(from: text))
    if last.findings.contains(where: { $0.fixes.contains(where: \.isSafe) }) {
      problems.append("`check --fix` leaves a safe fix unmade")
    }
  }

  // MARK: Layout

  /// The text that `fmt` writes; it means the same, and is its own layout.
  private mutating func addTidied(_ result: CheckResult) {
    let tidied = text.formatted
    let difference = tidied.difference(from: text)
    if !difference.isEmpty { add("fmt", difference) }
    if tidied.formatted.difference(from: tidied) != "" {
      problems.append("`fmt` changes its own layout:\n\(tidied.formatted.difference(from: tidied))")
    }
    let after = checked(tidied)
    if after.errorCount != result.errorCount {
      problems.append("`fmt` brings errors: \(after.findings.map(\.message))")
    }
    guard let policy = result.policy, let other = after.policy else { return }
    for part in MeaningComparison(policy, other).differences {
      problems.append("`fmt` changes the meaning of \(part)")
    }
  }
}
