import Commands
import Testing

@Suite struct `A command line` {
  @Test(
    arguments: [
      (["chek"], "there is no command `chek`", "did you mean `rulec check`?"),
      (["conquer"], "there is no command `conquer`", "`rulec help` lists the commands"),
      (["--versoin"], "the first word after `rulec` is a command", "did you mean --version?"),
      (
        ["check", "--fromat", "json"], "`rulec check` has no option --fromat",
        "did you mean --format?"
      ),
      (["check", "--zzz"], "`rulec check` has no option --zzz", "its options are --format, "),
      (["check", "-x"], "`rulec check` has no option -x", "its options are"),
      (
        ["check", "--format", "jsom"],
        "--format cannot be `jsom`: it is text, json, sarif or github",
        "did you mean --format json?"
      ),
      (["check", "--format"], "--format needs a value after it: text, json, sarif or github", ""),
      (["check", "--format", "--fix"], "--format needs a value after it", ""),
      (["check", "--on"], "--on needs a value after it", "--on DATE: the day"),
      (["check", "--on="], "--on needs a value after it", ""),
      (["check", "--fix=yes"], "--fix takes no value: write --fix alone", ""),
      (
        ["check", "--on", "1 September 2026"], "`1 September 2026` is no date that --on can read",
        "--on 2026-09-01"
      ),
      (["check", "--on", "2026-02-30"], "is no date that --on can read", ""),
      (["check", "--on", "2100-01-01"], "a policy is proved for the years 2000 to 2099", ""),
      (["check", "--on", "1999-12-31"], "a policy is proved for the years 2000 to 2099", ""),
      (
        ["check", "--on=2026-01-01", "--on=2026-01-02"],
        "--on is given twice: leave one of them out",
        ""
      ),
      (["check", "--work-limit", "-1"], "--work-limit needs a whole number from 0", ""),
      (["check", "--work-limit", "many"], "`many` is none", ""),
      (
        ["check", "my", "rules"],
        "`rulec check` takes no more than POLICY, and `rules` is one too many",
        "put quotes round a name that has spaces in it"
      ),
      (["explain"], "`rulec explain` needs --message JSON|@FILE|-", "rulec explain [POLICY]"),
      (["new"], "`rulec new` needs FOLDER", "rulec new FOLDER"),
      (["new", ""], "a folder needs a name", ""),
      (["fmt", "--check", "--stdout"], "--check and --stdout do not go together", ""),
      (
        ["help", "unknown-wrod"], "there is no command and no finding", "`rulec help unknown-word`"
      ),
      (["help", "mixed-and-or", "more"], "`more` is one too many", ""),
      (
        ["check", "nowhere-at-all"], "there is no folder or file `nowhere-at-all`",
        "`rulec new FOLDER`"
      ),
    ] as [([String], String, String)]
  )
  func `that cannot be understood says what is wrong and what to do`(
    words: [String], message: String, help: String
  ) {
    let outcome = rulec(words, input: [])
    #expect(outcome.code == .notDone)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("rulec: "))
    #expect(outcome.errors.contains(message))
    #expect(outcome.errors.contains(help))
    #expect(outcome.errors.hasSuffix("\n"))
  }

  @Test(
    arguments: [
      ["POLICY", "--format", "json"], ["--format", "json", "POLICY"], ["--format=json", "POLICY"],
      ["--format=json", "--", "POLICY"], ["POLICY", "--color", "never", "--format=json"],
    ]
  )
  func `takes options before and after arguments`(words: [String]) throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy])
    let words = ["check"] + words.map { $0 == "POLICY" ? folder.path : $0 }
    let outcome = rulec(words, input: [])
    #expect(outcome.code == .done)
    #expect(outcome.output.hasPrefix("{\"policy\":"))
  }

  @Test func `takes every word behind two hyphens as an argument`() {
    let outcome = rulec("check", "--", "--format")
    #expect(outcome.errors.contains("there is no folder or file `--format`"))
  }

  @Test func `may have --color before the command`() throws {
    let folder = try TemporaryFolder(["a.rules": smallPolicy + "fact bad\n"])
    for words in [["--color", "always", "check"], ["--color=always", "check"]] {
      let outcome = rulec(words + [folder.path], input: [])
      #expect(outcome.output.contains("\u{1B}["))
    }
  }

  @Test func `without a command shows the commands`() {
    let outcome = rulec()
    #expect(outcome.code == .notDone)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("usage: rulec COMMAND"))
    #expect(rulec("--help").code == .done)
    #expect(rulec("--help").output == outcome.errors)
    #expect(rulec("help").output == outcome.errors)
  }

  @Test func `gives the version`() {
    #expect(rulec("--version").output == "rulec \(CommandLineTool.version)\n")
    #expect(rulec("--version").code == .done)
  }

  @Test(arguments: CommandLineTool.commands.map { $0.description.name })
  func `can ask for the help of every command`(name: String) {
    let outcome = rulec(name, "--help")
    #expect(outcome.code == .done)
    #expect(outcome.output.contains("usage: rulec \(name)"))
    #expect(outcome.output == rulec("help", name).output)
    #expect(outcome.output == rulec(name, "-h").output)
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }
}

@Suite struct `Colour` {
  private static func isColoured(
    _ words: [String], _ change: (inout Console.Surroundings) -> Void
  ) throws -> Bool {
    let folder = try TemporaryFolder(["a.rules": smallPolicy + "fact bad\n"])
    let outcome = rulec(["check", folder.path] + words, input: [], change: change)
    return outcome.output.contains("\u{1B}[")
  }

  @Test func `is used where a person reads`() throws {
    #expect(try Self.isColoured([]) { $0.isOutputTerminal = true })
    #expect(try !Self.isColoured([]) { _ in })
    #expect(
      try !Self.isColoured([]) {
        $0.isOutputTerminal = true
        $0.isColourUnwanted = true
      })
  }

  @Test func `is as the command line says`() throws {
    #expect(try Self.isColoured(["--color", "always"]) { _ in })
    #expect(try !Self.isColoured(["--color", "never"]) { $0.isOutputTerminal = true })
  }
}
