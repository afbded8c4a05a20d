import Analysis
import Model
import Reports
import Values
import Workspace

/// `rulec diff`: in what two policies treat messages differently.
struct DiffCommand: Command {
  static let description = CommandDescription(
    name: "diff", summary: "find every difference between two policies",
    details: [
      "Finds every group of messages that the two policies decide differently, on any day from 2000 "
        + "to 2099: which messages they are, what is decided by which rules, and an example. Or it "
        + "says that there is none, which is then proved. The exit code is 1 if there is a "
        + "difference.",
      "With --messages it also decides the messages of a file under both policies, and says how many "
        + "of them are decided differently, and which.",
    ],
    arguments: [
      ArgumentDescription(
        name: "OLD",
        help: "the policy as it was: a folder, a single .rules file, or a built policy",
        isRequired: true),
      ArgumentDescription(name: "NEW", help: "the policy as it is now", isRequired: true),
    ],
    options: [
      OptionDescription(
        name: "--messages", value: .one("FILE"),
        help: "messages to decide under both policies, one a line; `-` for standard input"),
      .choice("--format", DifferenceFormat.self, help: "text for people, json for programs"),
      .firstLine,
      OptionDescription(
        name: "--work-limit", value: .one("N"),
        help: "how much work one question may take before it is given up"),
    ],
    examples: [
      "rulec diff rules proposal", "rulec diff rules proposal --messages last-month.ndjson",
    ])

  private let paths: (old: String, new: String)
  private let messages: String?
  private let format: DifferenceFormat
  private let firstLine: Int
  private let workLimit: Int

  init(_ arguments: Arguments) throws(UsageError) {
    paths = (arguments.argument(0) ?? "", arguments.argument(1) ?? "")
    messages = arguments["--messages"]
    format = arguments.choice("--format", or: .text)
    firstLine = try arguments.firstLine()
    workLimit = try arguments.count("--work-limit") ?? defaultWorkLimit
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let input = try messages.map { path throws(Failure) in try MessageInput.open(path, console) }
    defer { input?.close() }
    let day = PolicyLoading.someDay(console)
    let old = try PolicyLoading.meaning(paths.old, on: day, console)
    let new = try PolicyLoading.meaning(paths.new, on: day, console)
    guard let old, let new else { return .found }
    let difference = difference(from: old, to: new, workLimit: workLimit)
    var comparison: MessageComparison?
    if let input {
      let today = try PolicyLoading.today(nil, console)
      var started = MessageComparison(from: old, to: new, difference, defaultDay: today)
      try decide(input, &started)
      comparison = started
    }
    let report = DifferenceReport(difference, names: paths, messages: comparison)
    try console.write(report.text(as: format, isColoured: console.hasColouredOutput))
    let isAlike = comparison.map { $0.different == 0 && $0.rejected == 0 } ?? true
    return difference.isClean && isAlike ? .done : .found
  }

  private func decide(
    _ input: MessageInput, _ comparison: inout MessageComparison
  ) throws(Failure) {
    let reader = LineReader(firstLine: firstLine, input.read)
    let block = LineBlock()
    do throws(SystemError) {
      while try reader.fill(block) {
        while let line = block.nextLine() {
          comparison.decide(line: line, number: block.lineNumber)
        }
      }
    } catch {
      throw .problem("cannot read \(input.name): \(error.reason)")
    }
  }
}
