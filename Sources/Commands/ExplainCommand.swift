import Analysis
import Engine
import JSON
import Model
import Program
import Reports
import Values

/// `rulec explain`: one decision, in sentences.
struct ExplainCommand: Command {
  /// The forms in which a decision is explained.
  private enum Format: String, CaseIterable {
    case text, json
  }

  static let description = CommandDescription(
    name: "explain", summary: "say in sentences why a message is decided as it is",
    details: [
      "Decides one message and says which rules applied and which facts made them apply, and which "
        + "rules were set aside, and by what."
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--message", value: .one("JSON|@FILE|-"),
        help: "the message: itself in single quotes, the file that holds it behind @, or - for "
          + "standard input", isRequired: true),
      .day("today, unless the message says `on` itself, as 2026-09-01"),
      .choice("--format", Format.self, help: "text for people, json for programs"),
    ],
    examples: [
      #"rulec explain rules --message '{"recipient_prefers": "plain"}'"#,
      "rulec explain rules --message @message.json",
    ])

  private let policy: String
  private let message: String
  private let day: Day?
  private let format: Format

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    message = arguments["--message"] ?? "-"
    day = try arguments.day("--on")
    format = arguments.choice("--format", or: .text)
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let bytes = try messageBytes(console)
    let policy = try PolicyLoading.readablePolicy(policy, on: today, console)
    guard let policy else { return .found }
    switch format {
    case .text: return try writeText(of: bytes, policy, today, console)
    case .json: return try writeJSON(of: bytes, policy, today, console)
    }
  }

  private func messageBytes(_ console: Console) throws(Failure) -> [UInt8] {
    guard message == "-" || message.hasPrefix("@") else { return Array(message.utf8) }
    let path = message == "-" ? message : String(message.dropFirst())
    let input = try MessageInput.open(path, console)
    defer { input.close() }
    return try input.contents(atMost: MessageDecoder.longestLine)
  }

  private func writeText(
    of bytes: [UInt8], _ policy: Policy, _ today: Day, _ console: Console
  ) throws(Failure) -> ExitCode {
    let decoder = MessageDecoder(policy.vocabulary)
    switch bytes.withUnsafeBytes({ decoder.decode(MessageDecoder.withoutMark($0)) }) {
    case .success(let decoded):
      let explanation = Evaluator(policy).explain(decoded.message(today: today))
      try console.write(explanation.text)
      if decoded.ignoredFieldCount > 0 {
        let fields = counted(decoded.ignoredFieldCount, "field")
        console.say("\(fields) that no fact names left out of account")
      }
      return .done
    case .failure(let error):
      console.say("rulec: nothing can be decided about this message: \(error.message)")
      if error.code == .badJSON {
        console.say(#"       a message is a JSON object, such as {"purpose": "general"}"#)
      }
      return .found
    }
  }

  /// The decision as `decide --explain` writes it.
  private func writeJSON(
    of bytes: [UInt8], _ policy: Policy, _ today: Day, _ console: Console
  ) throws(Failure) -> ExitCode {
    let options = DecisionStream.Options(explain: { $0.write(to: &$1) })
    let stream = DecisionStream(policy, options: options, defaultDay: today)
    let output = ByteBuffer()
    guard bytes.withUnsafeBytes({ MessageDecoder.message(in: $0, number: 1) != nil }) else {
      throw .problem("there is no message")
    }
    bytes.withUnsafeBytes { stream.decide(line: $0, number: nil, into: output) }
    try console.handOn(output.bytes)
    return stream.counts.rejected > 0 ? .found : .done
  }
}
