/// A shell that can be taught to complete the words of `rulec`.
enum Shell: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// The script that teaches it.
  func completions(of commands: [CommandDescription]) -> String {
    switch self {
    case .bash: BashCompletion.script(for: commands)
    case .zsh: ZshCompletion.script(for: commands)
    case .fish: FishCompletion.script(for: commands)
    }
  }

  /// The options that stand without a command.
  static let optionsWithoutCommand: [OptionDescription] = [
    .colour, OptionDescription(name: "--help", help: "list the commands"),
    OptionDescription(name: "--version", help: "show the version"),
  ]

  /// The text as one word of the shell, whatever it holds.
  func quoted(_ text: String) -> String {
    switch self {
    case .bash, .zsh: "'" + replacing(["'": #"'\''"#], in: text) + "'"
    case .fish: "'" + replacing(["'": #"\'"#, #"\"#: #"\\"#], in: text) + "'"
    }
  }
}

/// The text with other words for some of its characters.
func replacing(_ substitutes: [Character: String], in text: String) -> String {
  text.map { substitutes[$0] ?? String($0) }.joined()
}
