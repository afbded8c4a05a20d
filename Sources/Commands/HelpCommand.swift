import Findings
import Reports

/// `rulec help`: the commands, one command, or what a finding means; and the same for shells and `man`.
struct HelpCommand: Command {
  static let description = CommandDescription(
    name: "help", summary: "explain a command, or what a finding means",
    arguments: [
      ArgumentDescription(
        name: "COMMAND|CODE|\(allCodes)",
        help: "a command such as `check`, or the code of a finding such as `unknown-word`; "
          + "`\(allCodes)` lists the codes of all findings")
    ],
    options: [
      .choice(
        "--completions", Shell.self,
        help: "write what makes this shell complete the words of `rulec`"),
      OptionDescription(name: "--man", help: "write the manual page, for `man` to show"),
    ],
    examples: [
      "rulec help check", "rulec help mixed-and-or",
      "rulec help --completions fish > ~/.config/fish/completions/rulec.fish",
      "rulec help --man > rulec.1",
    ])

  /// The topic under which all findings are listed.
  private static let allCodes = "codes"

  /// What is shown.
  private let text: String

  init(_ arguments: Arguments) throws(UsageError) {
    let topic = arguments.argument(0)
    let shell = arguments["--completions"].flatMap(Shell.init)
    let wants = [topic, shell?.rawValue, arguments.has("--man") ? "--man" : nil]
    guard wants.count(where: { $0 != nil }) < 2 else {
      throw UsageError(
        "a word to explain, --completions and --man do not go together",
        help: "ask for one of them at a time")
    }
    if let topic {
      guard let page = HelpCommand.page(of: topic) else { throw HelpCommand.unknown(topic) }
      text = page
    } else if let shell {
      text = shell.completions(of: CommandLineTool.descriptions)
    } else if arguments.has("--man") {
      text = ManualPage.text(of: CommandLineTool.descriptions)
    } else {
      text = HelpText.overview
    }
  }

  func run(_ console: Console) throws(Failure) -> ExitCode {
    try console.write(text)
    return .done
  }

  private static func page(of topic: String) -> String? {
    if topic == allCodes {
      return HelpText.table(FindingCode.allCases.map { ($0.rawValue, CodeHelp.page(of: $0).title) })
    }
    if let command = CommandLineTool.descriptions.first(where: { $0.name == topic }) {
      return HelpText.page(of: command)
    }
    return FindingCode(rawValue: topic).map { CodeHelp.page(of: $0).text }
  }

  private static func unknown(_ topic: String) -> UsageError {
    let names =
      CommandLineTool.descriptions.map(\.name) + FindingCode.allCases.map(\.rawValue)
      + [allCodes]
    return UsageError(
      "there is no command and no finding of the name `\(topic)`",
      help: Spelling.nearest(topic, in: names).map { "did you mean `rulec help \($0)`?" }
        ?? "`rulec help` lists the commands")
  }
}
