import Findings
import Reports

/// `rulec help`: the commands, one command, or what a finding means.
struct HelpCommand: Command {
  static let description = CommandDescription(
    name: "help", summary: "explain a command, or what a finding means",
    arguments: [
      ArgumentDescription(
        name: "COMMAND|CODE",
        help: "a command such as `check`, or the code of a finding such as `unknown-word`")
    ],
    examples: ["rulec help check", "rulec help mixed-and-or"])

  /// The topic under which all findings are listed.
  private static let allCodes = "codes"

  private let topic: String?

  init(_ arguments: Arguments) throws(UsageError) {
    topic = arguments.argument(0)
    guard let topic else { return }
    guard page(of: topic) != nil else { throw unknown(topic) }
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    try console.write(topic.flatMap(page) ?? HelpText.overview)
    return .done
  }

  private func page(of topic: String) -> String? {
    if topic == HelpCommand.allCodes {
      return HelpText.table(FindingCode.allCases.map { ($0.rawValue, CodeHelp.page(of: $0).title) })
    }
    if let command = CommandLineTool.commands.first(where: { $0.description.name == topic }) {
      return HelpText.page(of: command.description)
    }
    return FindingCode(rawValue: topic).map { CodeHelp.page(of: $0).text }
  }

  private func unknown(_ topic: String) -> UsageError {
    let names =
      CommandLineTool.commands.map { $0.description.name } + FindingCode.allCases.map(\.rawValue)
      + [HelpCommand.allCodes]
    return UsageError(
      "there is no command and no finding of the name `\(topic)`",
      help: Spelling.nearest(topic, in: names).map { "did you mean `rulec help \($0)`?" }
        ?? "`rulec help` lists the commands")
  }
}
