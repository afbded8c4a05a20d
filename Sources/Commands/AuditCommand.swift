import Audit
import Loading
import Program
import Reports
import Workspace

/// `rulec audit`: what was really sent, held against the policy and its promises.
struct AuditCommand: Command {
  static let description = CommandDescription(
    name: "audit", summary: "hold what was really sent against the policy",
    details: [
      "Reads messages as they were really sent, one JSON object a line: the outcome in the field `sent`, the day in "
        + "`on`. Lists every one that the policy decides otherwise, and every one that broke a promise, and counts "
        + "them by month, rule and promise. The exit code is 1 if there is one.",
      "With --person it tells one person's messages in the order of their days, whether they were sent as they "
        + "should have been or not: what was known, what was done, what the policy says and why.",
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--messages", value: .one("FILE"),
        help: "what was sent, one message a line; `-`, as if left out, is standard input"),
      OptionDescription(
        name: "--person", value: .one("FIELD=VALUE"),
        help:
          "the timeline of the messages that have this in a field; small and capital letters are one"
      ),
      .choice("--format", AuditFormat.self, help: "text for people, json for programs"),
      .jobs,
      .firstLine,
    ],
    examples: [
      "rulec audit rules --messages rules/examples/sent-2022-2023.ndjson",
      "rulec audit rules --messages sent-2023.ndjson --person case_number=4711",
    ])

  private let policy: String
  private let messages: String
  private let person: AuditedPerson?
  private let format: AuditFormat
  private let jobs: Int
  private let firstLine: Int

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    messages = arguments["--messages"] ?? "-"
    format = arguments.choice("--format", or: .text)
    jobs = try arguments.jobs()
    firstLine = try arguments.firstLine()
    person = try AuditCommand.person(arguments["--person"])
  }

  private static func person(_ text: String?) throws(UsageError) -> AuditedPerson? {
    guard let text else { return nil }
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
      throw UsageError(
        "--person takes a field and what it holds, and `\(text)` is not that",
        help: "for example --person recipient_address=mrs.x@example.org")
    }
    return AuditedPerson(
      path: sides[0].split(separator: ".").map(String.init), value: String(sides[1]))
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(nil, console)
    let input = try MessageInput.open(messages, console)
    guard let loaded = try PolicyLoading.flawlessPolicy(policy, on: today, console) else {
      input.close()
      return .found
    }
    let (program, meaning) = (loaded.program, try PolicyLoading.loaded(try loaded.meaning()))
    let (auditor, lines) = (Auditor(meaning), LineFormat(program))
    let audit = AuditRun(meaning, isTimeline: person != nil, format, console)
    let jobs = LineJobs(jobs, input, firstLine: firstLine) { [person] in
      let quick = person == nil ? QuickCheck(lines, program, today: today) : nil
      return AuditWorker(auditor, quick, person, today: today, for: audit)
    }
    _ = try jobs.run()
    // After a failure a job may still be reading, and the file is open until the process ends.
    input.close()
    return try audit.end().isClean ? .done : .found
  }
}
