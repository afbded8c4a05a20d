import Analysis
import Coverage
import Loading
import Model
import Reports
import Syntax
import Values

/// `rulec test`: the policy's scenarios, one by one, and what they leave untried.
struct TestCommand: Command {
  static let description = CommandDescription(
    name: "test", summary: "run the scenarios of a policy",
    details: [
      "Decides the message of every scenario and compares the decision with what the scenario "
        + "expects. The exit code is 1 if one of them fails.",
      "With --coverage it says what the scenarios leave untried: rules, tables' rows and guards that "
        + "none comes to, sentences that are never true or never false where it matters, `overrides` "
        + "lines, outcomes and notes. And it changes the policy in many small ways, one at a time, as "
        + "a person might by mistake, and says which of the changes no scenario and no promise would "
        + "notice. Changes that decide every message as before are proved to, and left out.",
      "With --suggest it writes scenarios that would close those holes. Each says what the policy "
        + "decides today: an officer confirms it, or puts the policy right.",
      "What is left untried does not count as found, unless --require says how much is to be noticed.",
    ],
    arguments: [.policy],
    options: [
      .choice(
        "--format", TestFormat.self,
        help: "text for people, json for programs, junit for build servers"),
      OptionDescription(name: "--coverage", help: "say what the scenarios leave untried"),
      OptionDescription(
        name: "--suggest",
        help: "write scenarios that would close the holes; alone it writes nothing else"),
      OptionDescription(
        name: "--require", value: .one("PERCENT"),
        help: "the exit code is 1 if scenarios and promises notice less of the changes that make a "
          + "difference"),
      OptionDescription(
        name: "--work-limit", value: .one("N"),
        help:
          "about how many steps may go into --coverage and --suggest; \(defaultWorkLimit) if left "
          + "out"),
    ],
    examples: [
      "rulec test rules", "rulec test rules --format junit > scenarios.xml",
      "rulec test rules --coverage", "rulec test rules --suggest > suggested.rules",
    ])

  private let policy: String
  private let format: TestFormat
  private let covers: Bool
  private let suggests: Bool
  private let required: Int?
  private let workLimit: Int

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    format = arguments.choice("--format", or: .text)
    suggests = arguments.has("--suggest")
    required = try arguments.number("--require", in: 0...100)
    covers = arguments.has("--coverage") || required != nil
    workLimit = try arguments.count("--work-limit") ?? defaultWorkLimit
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let text = try PolicyLoading.source(policy).text
    let wantsMore = covers || suggests
    let result = check(
      text, today: PolicyLoading.someDay(console), workLimit: wantsMore ? defaultWorkLimit : nil)
    // A failing scenario says itself what is wrong; other errors leave nothing to measure.
    let failing = result.scenarios.count { !$0.passed }
    guard let meaning = result.policy, !wantsMore || result.errorCount == failing else {
      PolicyLoading.say(errorsOf: result, console)
      return .found
    }
    guard wantsMore, failing == 0 else {
      let code = try show(TestReport(result), isGood: failing == 0, console)
      if wantsMore { console.say("what is left untried can be said once every scenario passes") }
      return code
    }
    var limits = CoverageLimits()
    limits.workLimit = workLimit
    let coverage = CoverageReport(
      coverage(of: meaning, suggestingFor: suggests ? text : nil, limits: limits),
      required: required, suggests: suggests)
    let report = TestReport(result, coverage)
    guard !covers, format == .text else {
      return try show(report, isGood: coverage.isEnough, console)
    }
    try console.write(coverage.suggestions)
    console.say(report.summary)
    return .done
  }

  private func show(
    _ report: TestReport, isGood: Bool, _ console: Console
  ) throws(Failure) -> ExitCode {
    try console.write(report.text(as: format, isColoured: console.hasColouredOutput))
    console.say(report.summary)
    return isGood ? .done : .found
  }
}
