import Coverage
import Model
import Reports
import Syntax
import Values

/// `rulec ask`: an interview that ends with a decision.
struct AskCommand: Command {
  static let description = CommandDescription(
    name: "ask", summary: "ask for what matters, and decide",
    details: [
      "Asks for one fact after the other, the one that settles most first, and only for facts that can still "
        + "change the decision. Then it says what is decided and why, and writes the message on one line, for "
        + "`rulec decide` and `rulec explain`.",
      "Answers are typed, or come line by line from standard input.",
    ],
    arguments: [.policy],
    options: [
      .day("today, as 2026-09-01"),
      OptionDescription(
        name: "--scenario", value: .one("NAME"),
        help: "write the message and its decision as a scenario of this name, too"),
    ],
    examples: ["rulec ask rules", "rulec ask rules --on 2026-09-01 < answers.txt"])

  private let policy: String
  private let day: Day?
  private let scenario: String?

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    day = try arguments.day("--on")
    scenario = arguments["--scenario"]
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let policy = try PolicyLoading.readablePolicy(policy, on: today, console)
    guard let policy else { return .found }
    let phrasing = Phrasing(policy)
    let result = try Interview(policy, phrasing, on: today, console).run()
    console.say("")
    try console.write(ExplanationReport(result.explanation, phrasing).text())
    try console.write("\nThe message on one line, for `rulec decide` and `rulec explain`:\n")
    try console.write(result.json + "\n")
    if let scenario {
      let text = scenarioText(
        named: scenario, told: result.told, unknown: result.unknown, result.explanation)
      try console.write("\nAs a scenario:\n\n" + text)
    }
    return .done
  }
}
