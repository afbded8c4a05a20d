/// Completions for zsh, by its function `_arguments`.
enum ZshCompletion {
  static func script(for commands: [CommandDescription]) -> String {
    """
    #compdef rulec
    # Completions of rulec for zsh, written by `rulec help --completions zsh`.

    _rulec_commands() {
      local -a commands=(
    \(commands.map { "    " + quoted("\($0.name):\($0.summary)") }.joined(separator: "\n"))
      )
      _describe -t commands command commands
    }

    # A file behind @, and nothing else.
    _rulec_file_behind_at() {
      compset -P @ && _files
    }

    _rulec() {
      local curcontext=$curcontext state state_descr line
      local -A opt_args
      _arguments -C \\
    \(lines(Shell.optionsWithoutCommand.map(option), indent: 4))
        '1: :_rulec_commands' \\
        '*:: :->words' && return
      [[ $state == words ]] || return 1
      curcontext=${curcontext%:*}-$words[1]:
      case $words[1] in
    \(commands.map(branch).joined(separator: "\n"))
      esac
    }

    if [[ $funcstack[1] == _rulec ]]; then
      _rulec "$@"
    else
      compdef _rulec rulec
    fi

    """
  }

  private static func branch(_ command: CommandDescription) -> String {
    let specifications =
      command.allOptions.map(option)
      + command.arguments.map { argument in
        let colons = argument.isRequired ? ":" : "::"
        return quoted("\(colons)\(escaped(argument.name)):\(action(argument.candidates))")
      }
    return """
          \(command.name))
            _arguments -S \\
      \(lines(specifications, indent: 8).dropLast(2)) ;;
      """
  }

  /// What `_arguments` is told about an option.
  private static func option(_ option: OptionDescription) -> String {
    let help = "[\(escaped(option.help))]"
    switch (option.value, option.candidates) {
    case (.none, _), (_, nil):
      return quoted("\(option.name)\(help)")
    case (.one(let placeholder), let candidates?):
      return quoted(
        "\(nameWithValue(option))\(help):\(escaped(placeholder)):\(action(candidates))")
    case (.choice, let candidates?):
      return quoted(
        "\(nameWithValue(option))\(help):\(option.name.drop { $0 == "-" }):\(action(candidates))")
    }
  }

  /// A long option may have its value behind `=`, or in the next word as a short one has.
  private static func nameWithValue(_ option: OptionDescription) -> String {
    option.name.hasPrefix("--") ? option.name + "=" : option.name
  }

  /// How `_arguments` finds what to offer.
  private static func action(_ candidates: Candidates) -> String {
    if candidates.takesFileBehindAt { return "_rulec_file_behind_at" }
    let words = candidates.words.map { escaped($0) }.joined(separator: " ")
    switch candidates.files {
    case .none: return words.isEmpty ? " " : "(\(words))"
    case .folders: return "_files -/"
    case .all:
      return words.isEmpty ? "_files" : "_alternative \"files::_files\" \"words::(\(words))\""
    }
  }

  private static func lines(_ specifications: [String], indent: Int) -> String {
    specifications.map { String(repeating: " ", count: indent) + $0 + " \\" }.joined(
      separator: "\n")
  }

  /// The text inside of what `_arguments` is told, where some characters have a meaning.
  private static func escaped(_ text: String) -> String {
    replacing([":": #"\:"#, "[": #"\["#, "]": #"\]"#, #"\"#: #"\\"#], in: text)
  }

  private static func quoted(_ text: String) -> String { Shell.zsh.quoted(text) }
}
