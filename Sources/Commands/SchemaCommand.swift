import Analysis
import Model
import Reports
import Values

/// `rulec schema`: what a message looks like, for the programs that write messages.
struct SchemaCommand: Command {
  static let description = CommandDescription(
    name: "schema", summary: "describe the policy's messages as a JSON Schema",
    details: [
      "Writes the JSON Schema (2020-12) of a message, made from the vocabulary. Programs that send "
        + "messages to the policy can be tested against it."
    ],
    arguments: [.policy],
    examples: ["rulec schema rules > message.schema.json"])

  private let policy: String

  init(_ arguments: Arguments) throws(UsageError) {
    policy = arguments.policy
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    let today = PolicyLoading.someDay(console)
    let policy = try PolicyLoading.readablePolicy(policy, on: today, console)
    guard let policy else { return .found }
    try console.write(MessageSchema(policy.vocabulary).text)
    return .done
  }
}
