import Findings
import Workspace

/// `rulec`: a command line in, an exit code out.
package enum CommandLineTool {
  package static let version = Version.number
  /// The day of that version, which its manual page bears.
  package static let versionDay = Version.day

  /// Every command, in the order in which a newcomer meets them.
  package static var commands: [any Command.Type] {
    [
      NewCommand.self, CheckCommand.self, TestCommand.self, ExplainCommand.self, AskCommand.self,
      DecideCommand.self, ServeCommand.self, LogCommand.self, AuditCommand.self, DiffCommand.self,
      FormatCommand.self, TableCommand.self, RegisterCommand.self, ReportCommand.self,
      SchemaCommand.self, BuildCommand.self, BenchCommand.self, LspCommand.self, HelpCommand.self,
    ]
  }

  /// What each of them can be told.
  package static var descriptions: [CommandDescription] { commands.map { $0.description } }

  /// Carries out the command line of this process.
  package static func main() -> Never {
    System.ignoreClosedPipes()
    let words = Array(CommandLine.arguments.dropFirst())
    System.endProcess(run(words, .ofProcess()).rawValue)
  }

  /// Carries out a command line.
  package static func run(_ words: [String], _ console: Console) -> ExitCode {
    do throws(Failure) {
      let code = try carryOut(words, console)
      try console.flush()
      return code
    } catch {
      report(error, console)
      return .notDone
    }
  }

  private static func carryOut(
    _ words: [String], _ console: Console
  ) throws(Failure) -> ExitCode {
    let (name, rest) = parted(words)
    guard let name else {
      if rest.contains("--help") || rest.contains("-h") { return try showOverview(console) }
      if rest.contains("--version") { return try showVersion(console) }
      if let option = rest.first(where: { $0.hasPrefix("-") && !$0.hasPrefix("--color") }) {
        throw .usage(unknown(option: option))
      }
      console.sayAsIs(HelpText.overview)
      return .notDone
    }
    guard let command = commands.first(where: { $0.description.name == name }) else {
      throw .usage(unknown(command: name))
    }
    guard let task = try understood(rest, by: command, console) else {
      return try showHelp(command.description, console)
    }
    return try task.run(console)
  }

  /// What the words ask of a command; nothing if they ask for its help.
  private static func understood(
    _ words: [String], by command: any Command.Type, _ console: Console
  ) throws(Failure) -> (any Command)? {
    do throws(UsageError) {
      let arguments = try Arguments(words, for: command.description)
      console.colour = arguments.choice(OptionDescription.colour.name, or: .auto)
      return arguments.wantsHelp ? nil : try command.init(arguments)
    } catch {
      throw .usage(error)
    }
  }

  /// The command's name and all other words; `--color` may stand before the name.
  private static func parted(_ words: [String]) -> (name: String?, rest: [String]) {
    var index = 0
    while index < words.count, words[index].hasPrefix("--color") {
      index += words[index] == "--color" ? 2 : 1
    }
    guard index < words.count, !words[index].hasPrefix("-") else { return (nil, words) }
    return (words[index], Array(words[..<index] + words[(index + 1)...]))
  }

  private static func showVersion(_ console: Console) throws(Failure) -> ExitCode {
    try console.write("rulec \(version)\n")
    return .done
  }

  private static func showOverview(_ console: Console) throws(Failure) -> ExitCode {
    try console.write(HelpText.overview)
    return .done
  }

  private static func showHelp(
    _ description: CommandDescription, _ console: Console
  ) throws(Failure) -> ExitCode {
    try console.write(HelpText.page(of: description))
    return .done
  }

  // MARK: What goes wrong

  private static func report(_ failure: Failure, _ console: Console) {
    switch failure {
    case .usage(let error):
      console.say("rulec: \(error.message)")
      if let help = error.help { console.say("       \(help)") }
    case .problem(let message, let help):
      console.say("rulec: \(message)")
      if let help { console.say("       \(help)") }
    case .outputClosed: break
    }
  }

  private static func unknown(command name: String) -> UsageError {
    let names = descriptions.map(\.name)
    return UsageError(
      "there is no command `\(name)`",
      help: Spelling.nearest(name, in: names).map { "did you mean `rulec \($0)`?" }
        ?? "`rulec help` lists the commands")
  }

  private static func unknown(option name: String) -> UsageError {
    UsageError(
      "the first word after `rulec` is a command, and \(name) is none",
      help: Spelling.nearest(name, in: ["--help", "--version"]).map { "did you mean \($0)?" }
        ?? "`rulec help` lists the commands")
  }
}
