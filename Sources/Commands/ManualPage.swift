import Reports

/// The page that `man rulec` shows, from the same descriptions as `--help`.
///
/// It is written with the macros of man(7), which groff and mandoc both read.
enum ManualPage {
  static func text(of commands: [CommandDescription]) -> String {
    let sections = [
      ("NAME", ["rulec \\- check rules for sending messages, and decide by them"]),
      ("SYNOPSIS", [synopsis("rulec COMMAND [POLICY] [OPTIONS]")]),
      ("DESCRIPTION", paragraphs(description)),
      ("COMMANDS", commands.flatMap(lines)),
      (
        "OPTIONS OF EVERY COMMAND", CommandDescription.commonOptions.map { item($0.usage, $0.help) }
      ),
      ("EXIT STATUS", ExitCode.allCases.map { item("\($0.rawValue)", $0.meaning) }),
      (
        "ENVIRONMENT",
        [item("NO_COLOR", "if it is set, no colour is used, unless --color asks for it")]
      ),
      ("FILES", files.map(item)),
      ("EXAMPLES", examples(commands.flatMap(\.examples))),
      ("SEE ALSO", paragraphs(seeAlso)),
    ]
    let title = ".TH RULEC 1 \(CommandLineTool.versionDay) \"rulec \(CommandLineTool.version)\""
    let lines = [title, ".nh", ".ad l"] + sections.flatMap { [".SH " + $0] + $1 }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let description = [
    HelpText.purpose,
    "Results go to standard output, everything else to standard error. Options stand before or after "
      + "arguments, as `--option value` or `--option=value`; behind `--` every word is an argument.",
  ]

  private static let files = [
    ("rules", "the folder of the policy, where none is named"),
    ("*.rules", "the rule files of a policy, in its folder and the folders in that"),
    ("*.policy", "a built policy, by custom; `rulec` tells it by what it holds"),
  ]

  private static let seeAlso = [
    "`rulec help codes` lists the codes of all findings, and `rulec help CODE` explains one of them. "
      + "The language is described in `grammar.md`, which comes with the source."
  ]

  private static func lines(of command: CommandDescription) -> [String] {
    [".SS " + Roff.literal(command.name), synopsis(command.usage), ".PP"]
      + paragraphs([HelpText.sentence(command.summary)] + command.details)
      + command.arguments.map { item($0.name, $0.help) }
      + command.options.map { item($0.usage, $0.help) }
  }

  private static func paragraphs(_ texts: [String]) -> [String] {
    Array(texts.map { [Roff.prose($0)] }.joined(separator: [".PP"]))
  }

  /// A term, and what is said of it, further to the right.
  private static func item(_ term: String, _ help: String) -> String {
    ".TP\n\\fB\(Roff.literal(term))\\fR\n\(Roff.prose(help))"
  }

  /// A usage line, which is broken only between its arguments and options.
  private static func synopsis(_ usage: String) -> String {
    var depth = 0
    let parted = usage.map { character in
      if character == "[" { depth += 1 }
      if character == "]" { depth -= 1 }
      return character == " " && depth > 0 ? "\u{a0}" : String(character)
    }
    return Roff.wrapped(Roff.literal(parted.joined()))
  }

  private static func examples(_ commandLines: [String]) -> [String] {
    [".nf"] + commandLines.map(Roff.unbroken) + [".fi"]
  }
}

/// Text as groff and mandoc read it.
private enum Roff {
  /// The text as it is typed: every sign is the plain one of the keyboard.
  static func literal(_ text: String) -> String {
    let signs: [Character: String] = [
      "-": #"\-"#, "'": #"\(aq"#, "`": #"\(ga"#, "^": #"\(ha"#, "~": #"\(ti"#,
    ]
    return text.map { signs[$0] ?? escaped(String($0)) }.joined()
  }

  /// Running text in lines of its own; what stands between backticks is bold.
  static func prose(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    let words = parts.enumerated().map { place, part in
      place % 2 == 1 ? "\\fB\(literal(String(part)))\\fR" : dashed(escaped(String(part)))
    }
    return wrapped(words.joined())
  }

  /// Breaks a text into lines of input, none of which is taken for a request.
  static func wrapped(_ text: String) -> String {
    Paragraph.wrapped(text, width: 76).split(separator: "\n").map { guarded(String($0)) }
      .joined(separator: "\n")
  }

  /// One line of output; a long one is continued on further lines of input.
  static func unbroken(_ text: String) -> String {
    let lines = Paragraph.wrapped(literal(text), width: 76).split(separator: "\n")
    return guarded(lines.joined(separator: " \\\n"))
  }

  /// A dash that does not join two letters is the sign of an option, a date or an empty place.
  private static func dashed(_ text: String) -> String {
    var result = ""
    let characters = Array(text)
    for (place, character) in characters.enumerated() {
      let isHyphen =
        place > 0 && place + 1 < characters.count
        && characters[place - 1].isLetter && characters[place + 1].isLetter
      result += character == "-" && !isHyphen ? #"\-"# : String(character)
    }
    return result
  }

  private static func escaped(_ text: String) -> String {
    text.map { character in
      if character == "\\" { return #"\e"# }
      if character == "\u{a0}" { return #"\~"# }
      if character.isASCII { return String(character) }
      return character.unicodeScalars.map { #"\[u"# + hexadecimal($0.value) + "]" }.joined()
    }.joined()
  }

  /// At least four digits, in capitals.
  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func guarded(_ line: String) -> String {
    line.hasPrefix(".") || line.hasPrefix("'") ? #"\&"# + line : line
  }
}
