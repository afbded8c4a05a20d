import Analysis
import Engine
import JSON
import Model
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
    ],
    examples: [
      "rulec decide rules --messages messages.ndjson",
      "rulec decide rules --each recipients < messages.ndjson > decisions.ndjson",
    ])

  private let policy: String
  private let messages: String
  private let day: Day?
  private let options: DecisionStream.Options

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    messages = arguments["--messages"] ?? "-"
    day = try arguments.day("--on")
    if let field = arguments["--each"], MessageDecoder.ownFields.contains(field) {
      throw UsageError("--each names an array of recipients, and `\(field)` is no such field")
    }
    let writer: DecisionStream.ExplanationWriter = { explanation, writer in
      explanation.write(to: &writer)
    }
    options = DecisionStream.Options(
      each: arguments["--each"], texts: arguments.has("--texts"),
      explain: arguments.has("--explain") ? writer : nil)
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let input = try MessageInput.open(messages, console)
    defer { input.close() }
    let loaded = try PolicyLoading.flawlessPolicy(policy, on: today, console)
    guard let policy = try loaded?.meaning() else { return .found }
    if messages == "-", console.surroundings.isInputTerminal {
      console.say("Type one message a line, and Ctrl-D on a line of its own to end.")
    }
    var stream = DecisionStream(policy, options: options, defaultDay: today)
    try decide(input, with: &stream, console)
    console.say(summary(of: stream.counts))
    return stream.counts.rejected > 0 ? .found : .done
  }

  /// Decides line after line. What has been decided is handed on before more is waited for, so that
  /// a program at the other end of both pipes gets each answer at once.
  private func decide(
    _ input: MessageInput, with stream: inout DecisionStream, _ console: Console
  ) throws(Failure) {
    var reader = LineReader(input.read)
    var output: [UInt8] = []
    while try fill(&reader, input) {
      while decideLine(&reader, with: &stream, into: &output) {
        guard output.count >= Console.packet else { continue }
        try console.write(output)
        output.removeAll(keepingCapacity: true)
      }
      try console.write(output)
      output.removeAll(keepingCapacity: true)
      try console.flush()
    }
  }

  private func decideLine(
    _ reader: inout LineReader, with stream: inout DecisionStream, into output: inout [UInt8]
  ) -> Bool {
    let number = reader.lineNumber + 1
    return reader.nextLine { stream.decide(line: $0, number: number, into: &output) }
  }

  private func fill(_ reader: inout LineReader, _ input: MessageInput) throws(Failure) -> Bool {
    do throws(SystemError) {
      return try reader.fill()
    } catch {
      throw .problem("cannot read \(input.name): \(error.reason)")
    }
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
