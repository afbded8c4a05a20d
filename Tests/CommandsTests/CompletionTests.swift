@testable import Commands
import Findings
import Testing

@Suite struct `Completions` {
  @Test(arguments: Shell.allCases)
  func `know every command and its options`(shell: Shell) {
    let outcome = rulec("help", "--completions", shell.rawValue)
    #expect(outcome.code == .done)
    #expect(!CommandLineTool.descriptions.isEmpty)
    for command in CommandLineTool.descriptions {
      let lines = lines(about: command.name, in: outcome.output, of: shell)
      for option in command.allOptions {
        let words: [String] = if case .choice(let words) = option.value { words } else { [] }
        let offer = words.joined(separator: " ")
        let isKnown = lines.contains { line in
          switch shell {
          case .bash: line.split { " '".contains($0) }.contains { $0 == option.name }
          case .zsh:
            line.hasPrefix("'\(option.name)\(words.isEmpty ? "" : "=")") && line.contains(offer)
          case .fish:
            line.contains(
              option.name.hasPrefix("--")
                ? " -l \(option.name.dropFirst(2)) " : " -s \(option.name.dropFirst()) ")
              && line.contains(offer)
          }
        }
        #expect(isKnown, "\(command.name) \(option.name)")
      }
    }
  }

  @Test(arguments: Shell.allCases)
  func `know what stands behind an option or in an argument's place`(shell: Shell) {
    let command = CommandDescription(
      name: "log", summary: "read the log",
      arguments: [
        ArgumentDescription(name: "verify|show", help: "what to do", isRequired: true),
        ArgumentDescription(name: "FOLDER", help: "where"),
      ],
      options: [
        OptionDescription(name: "--into", value: .one("FILE.html"), help: "a page"),
        OptionDescription(name: "-o", value: .one("JSON|@FILE|-"), help: "a message"),
        OptionDescription(name: "--on", value: .one("DATE"), help: "a day"),
        OptionDescription(name: "--as", value: .choice(["text", "json"]), help: "how"),
      ])
    let script = shell.completions(of: [command])
    let expected =
      switch shell {
      case .bash:
        [
          "'log 0') words='verify show' ;;", "'log 1') files=folders ;;",
          "'log --into') files=all ;;", "'log -o') files=behind-at ;;",
          "'log --as') words='text json' ;;", "| 'log --on' |",
        ]
      case .zsh:
        [
          "':verify|show:(verify show)'", "'::FOLDER:_files -/'",
          "'--into=[a page]:FILE.html:_files'",
          "'-o[a message]:JSON|@FILE|-:_rulec_file_behind_at'", "'--on=[a day]:DATE: '",
          "'--as=[how]:as:(text json)'",
        ]
      case .fish:
        [
          "log 0' -f -a 'verify show' ", "log 1' -f -a '(__fish_complete_directories)' ",
          "-l into -r -F -d ", "-s o -r -f -a '(__rulec_files_behind_at)' ", "-l on -r -f -d ",
          "-l as -r -f -a 'text json' ",
        ]
      }
    for part in expected {
      #expect(script.contains(part), "\(part)")
    }
  }

  @Test(arguments: Shell.allCases)
  func `know every finding that can be explained`(shell: Shell) {
    let script = rulec("help", "--completions", shell.rawValue).output
    for code in FindingCode.allCases {
      #expect(script.contains(" \(code.rawValue) "))
    }
    #expect(script.contains(" codes'") || script.contains(" codes)"))
  }

  @Test func `keep what a description says in quotes`() {
    let command = CommandDescription(
      name: "odd", summary: #"what's $HOME: `ls` [or] a\b"#,
      options: [OptionDescription(name: "--odd", help: #"it's [$x]: `y` \"#)])
    let zsh = Shell.zsh.completions(of: [command])
    #expect(zsh.contains(#"'odd:what'\''s $HOME: `ls` [or] a\b'"#))
    #expect(zsh.contains(#"'--odd[it'\''s \[$x\]\: `y` \\]'"#))
    let fish = Shell.fish.completions(of: [command])
    #expect(fish.contains(#"-d 'what\'s $HOME: `ls` [or] a\\b'"#))
    #expect(fish.contains(#"-d 'it\'s [$x]: `y` \\'"#))
  }

  @Test(
    arguments: [
      (["--completions", "tcsh"], "--completions cannot be `tcsh`: it is bash, zsh or fish"),
      (["--completions"], "--completions needs a value after it: bash, zsh or fish"),
      (["--completions", "zsh", "--man"], "do not go together"),
      (["check", "--man"], "do not go together"),
    ])
  func `are asked for alone, and for a shell that is known`(words: [String], message: String) {
    let outcome = rulec(["help"] + words, input: [])
    #expect(outcome.code == .notDone)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(message))
  }

  /// The lines of a script that speak of a command, without the blanks before them.
  private func lines(about command: String, in script: String, of shell: Shell) -> [Substring] {
    let lines = script.split(separator: "\n").map { $0.drop { $0 == " " } }
    switch shell {
    case .bash: return lines.filter { $0.hasPrefix("'\(command)') words='") }
    case .zsh:
      guard let start = lines.firstIndex(of: "\(command))") else { return [] }
      let end = lines[start...].firstIndex { $0.hasSuffix(" ;;") } ?? start
      return Array(lines[start...end])
    case .fish: return lines.filter { $0.contains("-n '__rulec_is \(command)' ") }
    }
  }
}
