import Analysis
import DecisionLog
import Engine
import JSON
import Loading
import Model
import Program
import Reports
import Values
import Workspace

/// `rulec decide`: a message a line in, a decision a line out.
struct DecideCommand: Command {
  static let description = CommandDescription(
    name: "decide", summary: "decide messages, one a line",
    details: [
      "Reads one JSON object a line and writes one decision a line, in the same order. A line that "
        + "is no message of the policy gives an error in its place, and the run goes on; the exit "
        + "code is then 1. Empty lines are skipped."
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--messages", value: .one("FILE"),
        help: "the file with the messages; `-`, or left out, for standard input"),
      .day("today for messages that do not say `on` themselves, as 2026-09-01"),
      OptionDescription(
        name: "--each", value: .one("FIELD"),
        help: "decide once for every object in the array FIELD, such as the recipients"),
      OptionDescription(name: "--explain", help: "add to each decision why it is so"),
      OptionDescription(name: "--texts", help: "add the texts of the notes"),
      .jobs,
      .firstLine,
    ] + LogOptions.descriptions,
    examples: [
      "rulec decide rules --messages messages.ndjson",
      "rulec decide rules --each recipients < messages.ndjson > decisions.ndjson",
      "rulec decide rules --jobs 8 < messages.ndjson > decisions.ndjson",
    ])

  private let policy: String
  private let messages: String
  private let day: Day?
  private let jobs: Int
  private let firstLine: Int
  private let isExplained: Bool
  private let log: LogOptions
  private let options: DecisionStream.Options

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    messages = arguments["--messages"] ?? "-"
    day = try arguments.day("--on")
    if let field = arguments["--each"], MessageDecoder.ownFields.contains(field) {
      throw UsageError("--each names an array of recipients, and `\(field)` is no such field")
    }
    jobs = try arguments.jobs()
    firstLine = try arguments.firstLine()
    isExplained = arguments.has("--explain")
    log = try LogOptions(arguments)
    options = DecisionStream.Options(each: arguments["--each"], texts: arguments.has("--texts"))
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let input = try MessageInput.open(messages, console)
    guard let loaded = try PolicyLoading.flawlessPolicy(policy, on: today, console) else {
      input.close()
      return .found
    }
    if messages == "-", console.surroundings.isInputTerminal {
      console.say("Type one message a line, and Ctrl-D on a line of its own to end.")
    }
    let meaning = isExplained ? try PolicyLoading.loaded(try loaded.meaning()) : nil
    var options = options
    if let phrasing = meaning.map(Phrasing.init) {
      options.explain = { ExplanationReport($0, phrasing).write(to: &$1) }
    }
    let setup = DecisionSetup(
      loaded.program, loaded.program.vocabulary, meaning: meaning, options: options,
      defaultDay: today)
    let log = try log.open(console)
    let policy = loaded.program.hash
    log?.commit(.started(policy: policy, each: options.each, hashed: self.log.hashedFields))
    let counts = try DecisionJobs(
      jobs, setup, input, console, log: log, policy: policy, firstLine: firstLine
    ).run()
    log?.commit(.stopped())
    log?.close()
    // After a failure a job may still be reading, and the file is open until the process ends.
    input.close()
    console.say(summary(of: counts))
    return counts.rejected > 0 ? .found : .done
  }

  /// `1200 messages decided, 3 of them unsure; 2 rejected`
  private func summary(of counts: DecisionStream.Counts) -> String {
    guard counts.decided + counts.rejected > 0 else { return "there were no messages" }
    var parts = [counted(counts.decided, "message") + " decided"]
    if counts.unsure > 0 { parts[0] += ", \(counts.unsure) of them unsure" }
    if counts.rejected > 0 { parts.append("\(counts.rejected) rejected") }
    if counts.ignoredFields > 0 {
      let fields = counted(counts.ignoredFields, "field")
      parts.append("\(fields) that no fact names left out of account")
    }
    return parts.joined(separator: "; ")
  }
}
