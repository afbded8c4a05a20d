@testable import Commands
import Testing

@Suite struct `The manual page` {
  @Test func `says of every command what its help says`() {
    let outcome = rulec("help", "--man")
    #expect(outcome.code == .done)
    let text = read(outcome.output)
    for command in CommandLineTool.descriptions {
      #expect(text.contains(" \(command.usage) "))
      let said =
        [command.summary.dropFirst() + "."] + command.details.map { $0[...] }
        + command.arguments.map { "\($0.name) \($0.help)" }
        + command.allOptions.map { "\($0.usage) \($0.help)" } + command.examples.map { $0[...] }
      for sentence in said {
        #expect(text.contains(sentence.filter { $0 != "`" }), "\(command.name)")
      }
    }
  }

  @Test func `has the sections that manual pages have, in their order`() {
    let lines = rulec("help", "--man").output.split(separator: "\n")
    #expect(
      lines.filter { $0.hasPrefix(".SH ") }.map { $0.dropFirst(4) } == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS OF EVERY COMMAND", "EXIT STATUS",
        "ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO",
      ])
    #expect(lines.first?.hasPrefix(".TH RULEC 1 ") ?? false)
    #expect(lines.contains { $0.contains("\"rulec \(CommandLineTool.version)\"") })
  }

  @Test func `holds no text that is taken for a request`() {
    let command = CommandDescription(
      name: "odd", summary: #"write a\b and “c” where 1-2 is said"#, details: [".rules 'tis"],
      examples: ["'quoted'", String(repeating: "word ", count: 30) + "~/.end"])
    let lines = ManualPage.text(of: [command]).split(separator: "\n")
    #expect(lines.contains(#"Write a\eb and \[u201C]c\[u201D] where 1\-2 is said."#))
    #expect(lines.contains(#"\&.rules 'tis"#))
    #expect(lines.contains(#"\(aqquoted\(aq"#))
    #expect(lines.contains { $0.hasSuffix(#"\(ti/.end"#) })
    #expect(lines.allSatisfy { $0.utf8.count <= 80 })
    let requests: Set = [".TH", ".SH", ".SS", ".PP", ".TP", ".nf", ".fi", ".nh", ".ad"]
    for line in lines where line.hasPrefix(".") || line.hasPrefix("'") {
      #expect(requests.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
  }

  /// The page as a person reads it, in one line.
  private func read(_ page: String) -> String {
    var text = page.split(separator: "\n").filter { ![".PP", ".TP"].contains($0) }
      .joined(separator: " ")
    let signs = [
      (#" \ "#, " "), (#"\fB"#, ""), (#"\fR"#, ""), (#"\-"#, "-"), (#"\~"#, " "), (#"\&"#, ""),
      (#"\(aq"#, "'"), (#"\(ti"#, "~"), (#"\(ga"#, "`"), (#"\(ha"#, "^"), (#"\e"#, #"\"#),
    ]
    for (sign, meaning) in signs { text = text.replacing(sign, with: meaning) }
    return text
  }
}
