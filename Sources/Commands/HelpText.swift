/// The pages that `--help` and `rulec help` show.
enum HelpText {
  static let width = 80

  /// The page that lists every command.
  static var overview: String {
    let commands = CommandLineTool.commands.map { $0.description }
    return """
      rulec reads a policy that is written in plain English, checks it, and says how
      each message is to be sent.

      usage: rulec COMMAND [POLICY] [OPTIONS]

      \(table(commands.map { ($0.name, $0.summary) }))
      `rulec help COMMAND` says more about a command, and `rulec help CODE` about a
      finding such as unknown-word. `rulec --version` gives the version.

      exit codes: 0 done, and nothing found
                  1 done, and something was found
                  2 not done

      """
  }

  /// The page of one command.
  static func page(of description: CommandDescription) -> String {
    let summary = description.summary
    var page = "\(summary.prefix(1).uppercased())\(summary.dropFirst()).\n"
    page += "\nusage: \(wrapped(description.usage, hanging: 7))\n"
    for paragraph in description.details {
      page += "\n\(wrapped(paragraph, hanging: 0))\n"
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

  /// Two columns; a long word on the left has its line to itself.
  private static func table(_ rows: [(String, String)]) -> String {
    let column = 22
    var text = ""
    for (left, right) in rows {
      if left.count + 4 > column {
        text += "  \(left)\n" + String(repeating: " ", count: column)
      } else {
        text += "  \(left)" + String(repeating: " ", count: column - 2 - left.count)
      }
      text += wrapped(right, hanging: column) + "\n"
    }
    return text
  }

  /// Breaks a text between words; all lines but the first are indented. What stands in brackets
  /// stays together.
  static func wrapped(_ text: String, hanging: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in words(text) {
      if !line.isEmpty, hanging + line.count + 1 + word.count > width {
        lines.append(line)
        line = word
      } else {
        line += line.isEmpty ? word : " " + word
      }
    }
    lines.append(line)
    return lines.joined(separator: "\n" + String(repeating: " ", count: hanging))
  }

  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    var isOpen = false
    for word in text.split(separator: " ") {
      if isOpen, let last = words.popLast() {
        words.append("\(last) \(word)")
      } else {
        words.append(String(word))
      }
      if word.hasPrefix("[") { isOpen = true }
      if word.hasSuffix("]") { isOpen = false }
    }
    return words
  }
}
