/// Completions for fish 3 and later, a line for every word that can be typed.
enum FishCompletion {
  static func script(for commands: [CommandDescription]) -> String {
    let withValue = commands.flatMap(\.allOptions).filter { $0.value != .none }.map(\.name)
    var names: [String] = []
    for name in withValue where !names.contains(name) { names.append(name) }
    let withoutCommand = "-n '__rulec_is \"\"'"
    let lines =
      Shell.optionsWithoutCommand.map { line(withoutCommand, $0) }
      + commands.map { "\(withoutCommand) -a \(quoted($0.name)) -d \(quoted($0.summary))" }
      + commands.flatMap(lines)
    return """
      # Completions of rulec for fish, written by `rulec help --completions fish`.

      # The words before the cursor that are no options and no values of options.
      function __rulec_words
          set -l is_value no
          for word in (commandline -opc)[2..-1]
              if test $is_value = yes
                  set is_value no
              else if contains -- $word \(names.joined(separator: " "))
                  set is_value yes
              else if not string match -q -- '-?*' $word
                  printf '%s\\n' $word
              end
          end
      end

      # Whether the first of them is this one, and, where a number is given, so many follow it.
      function __rulec_is
          set -l words (__rulec_words)
          test "$words[1]" = "$argv[1]"
          and begin
              not set -q argv[2]
              or test (count $words) -eq (math $argv[2] + 1)
          end
      end

      # The files that fit behind the @ that is typed, with @ before each.
      function __rulec_files_behind_at
          set -l file (commandline -ct | string replace -rf '^(--[^=]*=)?@' '')
          and __fish_complete_path "$file" | string replace -r '^' '@'
      end

      complete -c rulec -f
      \(lines.map { "complete -c rulec \($0)" }.joined(separator: "\n"))

      """
  }

  private static func lines(_ command: CommandDescription) -> [String] {
    command.allOptions.map { line("-n '__rulec_is \(command.name)'", $0) }
      + command.arguments.enumerated().map { place, argument in
        "-n '__rulec_is \(command.name) \(place)'\(offer(argument.candidates))"
          + " -d \(quoted(argument.name))"
      }
  }

  private static func line(_ condition: String, _ option: OptionDescription) -> String {
    let letters = option.name.drop { $0 == "-" }
    let kind = option.name.hasPrefix("--") ? "-l" : letters.count == 1 ? "-s" : "-o"
    let value = option.candidates.map { " -r\(offer($0))" } ?? ""
    return "\(condition) \(kind) \(letters)\(value) -d \(quoted(option.help))"
  }

  private static func offer(_ candidates: Candidates) -> String {
    var words = candidates.words
    if candidates.takesFileBehindAt { words.append("(__rulec_files_behind_at)") }
    if candidates.files == .folders { words.append("(__fish_complete_directories)") }
    return (candidates.files == .all ? " -F" : " -f")
      + (words.isEmpty ? "" : " -a " + quoted(words.joined(separator: " ")))
  }

  private static func quoted(_ text: String) -> String { Shell.fish.quoted(text) }
}
