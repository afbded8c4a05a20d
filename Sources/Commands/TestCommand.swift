import Analysis
import Reports
import Values

/// `rulec test`: the policy's scenarios, one by one.
struct TestCommand: Command {
  static let description = CommandDescription(
    name: "test", summary: "run the scenarios of a policy",
    details: [
      "Decides the message of every scenario and compares the decision with what the scenario "
        + "expects. The exit code is 1 if one of them fails."
    ],
    arguments: [.policy],
    options: [
      .choice(
        "--format", TestFormat.self,
        help: "text for people, json for programs, junit for build servers")
    ],
    examples: ["rulec test rules", "rulec test rules --format junit > scenarios.xml"])

  private let policy: String
  private let format: TestFormat

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    format = arguments.choice("--format", or: .text)
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = PolicyLoading.someDay(console)
    let result = try PolicyLoading.checked(policy, on: today)
    guard result.canDecide else {
      PolicyLoading.say(errorsOf: result, console)
      return .found
    }
    let report = TestReport(result)
    try console.write(report.text(as: format, isColoured: console.hasColouredOutput))
    console.say(report.summary)
    return result.scenarios.allSatisfy(\.passed) ? .done : .found
  }
}
