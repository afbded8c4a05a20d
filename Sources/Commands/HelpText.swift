import Reports

/// The pages that `--help` and `rulec help` show.
enum HelpText {
  static let purpose =
    "rulec reads a policy that is written in plain English, checks it, and says how each message is "
    + "to be sent."

  /// The page that lists every command.
  static var overview: String {
    let commands = CommandLineTool.descriptions
    let exitCodes = ExitCode.allCases.map { "\($0.rawValue) \($0.meaning)" }
    return """
      \(Paragraph.wrapped(purpose))

      usage: rulec COMMAND [POLICY] [OPTIONS]

      \(table(commands.map { ($0.name, $0.summary) }))
      `rulec help COMMAND` says more about a command, `rulec help CODE` about a
      finding such as unknown-word; `rulec help codes` lists the codes of all
      findings. `rulec --version` gives the version.

      exit codes: \(exitCodes.joined(separator: "\n            "))

      """
  }

  /// The page of one command.
  static func page(of description: CommandDescription) -> String {
    var page = "\(sentence(description.summary))\n"
    page += "\nusage: \(Paragraph.wrapped(description.usage, hanging: 7))\n"
    for paragraph in description.details {
      page += "\n\(Paragraph.wrapped(paragraph))\n"
    }
    let rows =
      description.arguments.map { ($0.name, $0.help) }
      + description.allOptions.map { ($0.usage, $0.help) }
    page += "\n" + table(rows)
    if !description.examples.isEmpty {
      page += "\nexamples:\n" + description.examples.map { "  \($0)\n" }.joined()
    }
    return page
  }

  /// The phrase with a capital letter and a full stop.
  static func sentence(_ phrase: String) -> String {
    "\(phrase.prefix(1).uppercased())\(phrase.dropFirst())."
  }

  /// Two columns; a long word on the left has its line to itself.
  static func table(_ rows: [(String, String)]) -> String {
    let column = 22
    var text = ""
    for (left, right) in rows {
      if left.count + 4 > column {
        text += "  \(left)\n" + String(repeating: " ", count: column)
      } else {
        text += "  \(left)" + String(repeating: " ", count: column - 2 - left.count)
      }
      text += Paragraph.wrapped(right, hanging: column) + "\n"
    }
    return text
  }
}
