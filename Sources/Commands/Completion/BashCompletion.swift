/// Completions for bash 3.2 and later, which need no package of completions beside them.
///
/// Where files fit, the script offers no words and leaves them to `-o default`, which knows how names
/// with blanks are quoted. Bash parts words at `=` and `@`, which the script steps over.
enum BashCompletion {
  static func script(for commands: [CommandDescription]) -> String {
    """
    # Completions of rulec for bash, written by `rulec help --completions bash`.

    _rulec() {
      local current=${COMP_WORDS[COMP_CWORD]} command='' option='' ended='' place=0 word index
      for ((index = 1; index < COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]}
        if [[ $word != *[!=@]* ]]; then
          continue
        elif [[ -n $option ]]; then
          option=''
        elif [[ -n $ended || $word == - || $word != -* ]]; then
          if [[ -n $command ]]; then place=$((place + 1)); else command=$word; fi
        elif [[ $word == -- ]]; then
          ended=yes
        else
          case "$command $word" in
            \(valueOptions(of: commands)))
              option=$word ;;
          esac
        fi
      done
      [[ $current != *[!=@]* ]] && current=''

      local words='' files=none
      if [[ -n $option ]]; then
        case "$command $option" in
    \(optionValues(of: commands))
        esac
      elif [[ -z $ended && $current == -* ]]; then
        case $command in
    \(options(of: commands))
        esac
      elif [[ -z $command ]]; then
        words='\(commands.map(\.name).joined(separator: " "))'
      else
        case "$command $place" in
    \(arguments(of: commands))
        esac
      fi

      COMPREPLY=($(compgen -W "$words" -- "$current"))
      case $files in
        none) compopt +o default 2> /dev/null ;;
        folders) compopt +o default -o dirnames 2> /dev/null ;;
        behind-at)
          compopt +o default -o filenames 2> /dev/null
          if [[ ${COMP_WORDS[COMP_CWORD]} == *@* || ${COMP_WORDS[COMP_CWORD - 1]} == *@ ]]; then
            local IFS=$'\\n'
            COMPREPLY=($(compgen -f -- "${current#@}"))
            [[ $current == @* ]] && COMPREPLY=("${COMPREPLY[@]/#/@}")
          fi ;;
      esac
      return 0
    }

    complete -o default -F _rulec rulec

    """
  }

  /// The patterns of all options that take a value, each with its command before it.
  private static func valueOptions(of commands: [CommandDescription]) -> String {
    let options = commands.flatMap { command in
      command.options.filter { $0.value != .none }.map { quoted("\(command.name) \($0.name)") }
    }
    return (options + [forAnyCommand]).joined(separator: " | ")
  }

  private static func optionValues(of commands: [CommandDescription]) -> String {
    var lines = [OptionDescription.colour.candidates.flatMap { line(forAnyCommand, $0) }]
    for command in commands {
      for option in command.options {
        guard let candidates = option.candidates else { continue }
        lines.append(line(quoted("\(command.name) \(option.name)"), candidates))
      }
    }
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  private static func options(of commands: [CommandDescription]) -> String {
    let rows =
      [("''", Shell.optionsWithoutCommand)] + commands.map { (quoted($0.name), $0.allOptions) }
    return rows.compactMap { line($0, Candidates(words: $1.map(\.name))) }.joined(separator: "\n")
  }

  private static func arguments(of commands: [CommandDescription]) -> String {
    var lines: [String?] = []
    for command in commands {
      for (place, argument) in command.arguments.enumerated() {
        lines.append(line(quoted("\(command.name) \(place)"), argument.candidates))
      }
    }
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  /// A line of a `case`; nothing where there is nothing to offer.
  private static func line(_ pattern: String, _ candidates: Candidates) -> String? {
    var settings: [String] = []
    if !candidates.words.isEmpty {
      settings.append("words=" + quoted(candidates.words.joined(separator: " ")))
    }
    if candidates.takesFileBehindAt { settings.append("files=behind-at") }
    switch candidates.files {
    case .none: break
    case .folders: settings.append("files=folders")
    case .all: settings.append("files=all")
    }
    guard !settings.isEmpty else { return nil }
    return "      \(pattern)) \(settings.joined(separator: " ")) ;;"
  }

  private static let forAnyCommand = "*" + quoted(" \(OptionDescription.colour.name)")

  private static func quoted(_ text: String) -> String { Shell.bash.quoted(text) }
}
