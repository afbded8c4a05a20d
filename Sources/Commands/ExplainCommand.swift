import Analysis
import Engine
import Findings
import JSON
import Model
import Program
import Reports
import Syntax
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
      "Decides one message and says which rules applied and which facts made them apply, which rules were "
        + "set aside, and by what, and which came nearest. Then it says which smallest changes to the "
        + "message would change the outcome; each was tried, and where it says so there are no others.",
      "With --why-not it says what stood in the way of another outcome, and what it would take; or that "
        + "nothing gives it, which is then proved.",
    ],
    arguments: [.policy],
    options: [
      OptionDescription(
        name: "--message", value: .one("JSON|@FILE|-"),
        help: "the message: itself in single quotes, the file that holds it behind @, or - for "
          + "standard input", isRequired: true),
      .day("today, unless the message says `on` itself, as 2026-09-01"),
      OptionDescription(
        name: "--why-not", value: .one("OUTCOME"), help: "say why the outcome is not this one"),
      OptionDescription(
        name: "--changes", value: .one("N"),
        help: "how many of the smallest changes are shown; \(usualChanges) if left out"),
      .choice("--format", Format.self, help: "text for people, json for programs"),
    ],
    examples: [
      #"rulec explain rules --message '{"recipient_prefers": "plain"}'"#,
      "rulec explain rules --message @message.json --why-not \"send by post\"",
    ])

  private static let usualChanges = 12

  private let policy: String
  private let message: String
  private let day: Day?
  private let whyNot: String?
  private let changeCount: Int
  private let format: Format

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
    message = arguments["--message"] ?? "-"
    day = try arguments.day("--on")
    whyNot = arguments["--why-not"]
    changeCount = try arguments.count("--changes") ?? ExplainCommand.usualChanges
    format = arguments.choice("--format", or: .text)
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = try PolicyLoading.today(day, console)
    let bytes = try messageBytes(console)
    let policy = try PolicyLoading.readablePolicy(policy, on: today, console)
    guard let policy else { return .found }
    let outcome = try whyNot.map { name throws(Failure) in try self.outcome(name, policy) }
    let evaluator = Evaluator(policy)
    switch format {
    case .text: return try writeText(of: bytes, evaluator, outcome, today, console)
    case .json: return try writeJSON(of: bytes, evaluator, outcome, today, console)
    }
  }

  /// The outcome of a name, which may be written in small letters or capitals.
  private func outcome(_ name: String, _ policy: Policy) throws(Failure) -> OutcomeID {
    let outcomes = policy.vocabulary.outcomes
    if let outcome = outcomes.first(where: { $0.name.lowercased() == name.lowercased() }) {
      return outcome.id
    }
    let names = outcomes.map(\.name)
    throw .usage(
      UsageError(
        "the policy has no outcome `\(name)`",
        help: Spelling.nearest(name, in: names).map { "did you mean `\($0)`?" }
          ?? "its outcomes are \(names.map { "`\($0)`" }.joined(separator: ", "))"))
  }

  private func messageBytes(_ console: Console) throws(Failure) -> [UInt8] {
    guard message == "-" || message.hasPrefix("@") else { return Array(message.utf8) }
    let path = message == "-" ? message : String(message.dropFirst())
    let input = try MessageInput.open(path, console)
    defer { input.close() }
    return try input.contents(atMost: MessageDecoder.longestLine)
  }

  private func writeText(
    of bytes: [UInt8], _ evaluator: Evaluator, _ outcome: OutcomeID?, _ today: Day,
    _ console: Console
  ) throws(Failure) -> ExitCode {
    let decoder = MessageDecoder(evaluator.policy.vocabulary)
    switch bytes.withUnsafeBytes({ decoder.decode(MessageDecoder.withoutMark($0)) }) {
    case .success(let decoded):
      let message = decoded.message(today: today)
      let report = ExplanationReport(evaluator.explain(message), Phrasing(evaluator.policy))
      let search = ChangeSearch(message, evaluator)
      if let outcome {
        try console.write(report.text(WhyNot(outcome, search, atMost: changeCount)))
      } else {
        try console.write(report.text(with: search.changes(atMost: changeCount)))
      }
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

  /// The decision as `decide --explain` writes it, and what would change it.
  private func writeJSON(
    of bytes: [UInt8], _ evaluator: Evaluator, _ outcome: OutcomeID?, _ today: Day,
    _ console: Console
  ) throws(Failure) -> ExitCode {
    let (count, phrasing) = (changeCount, Phrasing(evaluator.policy))
    let options = DecisionStream.Options(explain: { explanation, writer in
      let search = ChangeSearch(explanation.message, evaluator)
      ExplanationReport(explanation, phrasing).write(
        to: &writer, with: search.changes(atMost: count),
        outcome.map { WhyNot($0, search, atMost: count) })
    })
    let stream = DecisionStream(evaluator.policy, options: options, defaultDay: today)
    let output = ByteBuffer()
    guard bytes.withUnsafeBytes({ MessageDecoder.message(in: $0, number: 1) != nil }) else {
      throw .problem("there is no message")
    }
    bytes.withUnsafeBytes { stream.decide(line: $0, number: nil, into: output) }
    try console.handOn(output.bytes)
    return stream.counts.rejected > 0 ? .found : .done
  }
}
