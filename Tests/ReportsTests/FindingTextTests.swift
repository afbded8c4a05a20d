import Findings
import Testing

@testable import Reports

@Suite struct `A finding in the terminal` {
  private func text(_ finding: Finding, _ files: SourceFiles, isColoured: Bool = false) -> String {
    FindingText(files, isColoured: isColoured).text(of: finding)
  }

  private func snippet(_ marked: String) -> String {
    let file = MarkedFile(marked)
    let lines = text(Finding(.syntax, "m", at: file.span), file.files).split(separator: "\n")
    return lines.dropFirst(2).joined(separator: "\n")
  }

  @Test func `shows place, source, other places, reason, help and cures`() {
    let source = """
      fact purpose is: one of SEN-tribunal, council-tax

      if purpose is «SEN-tribunul» then send plain
      """
    let file = MarkedFile(source)
    let declaration = Span(file: FileID(0), start: 5, end: 15)
    let finding = Finding(
      .unknownValue, "`SEN-tribunul` is not a value of `purpose is`", at: file.span,
      related: [RelatedPlace("its values are declared here", at: declaration)],
      reason: "the sentence would never be true", help: "did you mean `SEN-tribunal`?",
      fixes: [.replace(file.span, with: "SEN-tribunal", "write `SEN-tribunal`")])
    #expect(
      text(finding, file.files) == """
        error[unknown-value]: `SEN-tribunul` is not a value of `purpose is`
         --> sen.rules:3:15
           |
         3 | if purpose is SEN-tribunul then send plain
           |               ^^^^^^^^^^^^
         see sen.rules:1:6: its values are declared here
           |
         1 | fact purpose is: one of SEN-tribunal, council-tax
           |      ----------
        why: the sentence would never be true
        help: did you mean `SEN-tribunal`?
        fix: write `SEN-tribunal`
           |
         3 | if purpose is SEN-tribunal then send plain
           |               ~~~~~~~~~~~~

        """)
  }

  private func example(
    _ outcomes: [String], _ rules: [String], other: String? = nil
  ) -> String {
    let file = MarkedFile("«if» a")
    let example = FindingExample(
      message: #"{"a":true}"#, other: other, day: "2026-01-01", outcomes: outcomes, rules: rules)
    let finding = Finding(.conflict, "rules disagree", at: file.span, example: example)
    let text = text(finding, file.files)
    return text.firstRange(of: "example").map { String(text[$0.lowerBound...]) } ?? ""
  }

  @Test func `shows a message that proves it`() {
    let start = "example: on 2026-01-01, this message\n  {\"a\":true}\n  gets "
    #expect(
      example(["send plain", "hold"], ["sen.rules:1", "Third"])
        == start + "`send plain` by `sen.rules:1`\n  and `hold` by `Third`\n")
    #expect(
      example(["hold"], ["First", "Third"]) == start + "`hold` by `First`, `Third`\n")
    #expect(example([], []) == start + "no outcome\n")
  }

  @Test func `shows two messages that should be decided alike`() {
    let other = #"{"a":false}"#
    #expect(
      example(["send plain", "hold"], ["First"], other: other) == """
        example: on 2026-01-01, this message
          {"a":true}
          gets `send plain`, and this one
          {"a":false}
          gets `hold`

        """)
    #expect(
      example(["hold", "hold"], ["First"], other: other) == """
        example: on 2026-01-01, these two messages
          {"a":true}
          {"a":false}

        """)
  }

  @Test(
    arguments: [
      ("a «b» c", " 1 | a b c\n   |   ^"),
      ("a b«»", " 1 | a b\n   |    ^"),
      ("a« »b", " 1 | a b\n   |  ^"),
      ("\t«x»\ty", " 1 |     x    y\n   |     ^"),
      ("é ü «ß»", " 1 | é ü ß\n   |     ^"),
      ("漢字 «漢» x", " 1 | 漢字 漢 x\n   |      ^^"),
      ("e\u{301} «x»", " 1 | e\u{301} x\n   |   ^"),
      ("pla«\u{200B}»in", " 1 | pla⟨U+200B⟩in\n   |    ^^^^^^^^"),
      ("a \u{1B}[31m «b»", " 1 | a ⟨U+001B⟩[31m b\n   |                ^"),
      ("«»", " 1 |\n   | ^"),
      ("a\n«»", " 2 |\n   | ^"),
      ("one «two\n  three\n» four", " 1 | one two\n   |     ^^^\n 2 |   three\n   |   ^^^^^"),
      ("«a\r\nb\r\n\r\nd\r\ne»", " 1 | a\n   | ^\n 2 | b\n   | ^\n 3 |\n   | …"),
    ]
  )
  func `keeps the mark under what is meant`(marked: String, expected: String) {
    #expect(snippet(marked) == "   |\n" + expected || snippet(marked) == expected)
  }

  @Test func `shows what is no text`() {
    let bytes = Array("a ".utf8) + [0xC2, 0xAB, 0x92, 0xC2, 0xBB] + Array(" b".utf8)
    let file = MarkedFile(bytes)
    let shown = text(Finding(.encoding, "m", at: file.span), file.files)
    #expect(shown.contains(" 1 | a \u{FFFD} b\n   |   ^\n"))
  }

  @Test func `cuts a long line around the mark`() throws {
    let filler = String(repeating: "0123456789 ", count: 40_000)
    let shown = snippet(filler + "«here»" + filler)
    let lines = shown.split(separator: "\n")
    let source = try #require(lines.dropFirst().first)
    let marks = try #require(lines.dropFirst(2).first)
    #expect(source.hasPrefix(" 1 | …") && source.hasSuffix("…"))
    #expect(source.count <= Snippet.width + 8)
    let start = try #require(marks.firstIndex(of: "^"))
    let column = marks.distance(from: marks.startIndex, to: start)
    #expect(source.dropFirst(column).hasPrefix("here"))
    #expect(marks.hasSuffix("^^^^"))
  }

  @Test func `cuts only where it must`() {
    let exact = String(repeating: "x", count: Snippet.width)
    #expect(!snippet("«\(exact)»").contains("…"))
    #expect(snippet("«\(exact)x»").contains("…"))
    #expect(snippet("«\(exact)»x").split(separator: "\n").last?.hasSuffix("^") == true)
  }

  @Test func `shows the first lines of what a fix writes`() {
    let file = MarkedFile("rule A\n  if a then send plain«»\n\nif b then send post")
    let finding = Finding(
      .conflict, "m", at: file.span,
      fixes: [.replace(file.span, with: "\n  overrides B", "let A override B")])
    #expect(
      text(finding, file.files).hasSuffix(
        """
        fix: let A override B
           |
         2 |   if a then send plain
         3 |   overrides B
           |   ~~~~~~~~~~~

        """))
  }

  @Test func `shows the places that a fix changes, and counts those far away`() {
    let file = MarkedFile("«a»\nb\nc\nd\n\n\ne")
    let edits = [0, 2, 10].map { start in
      Edit(Span(file: FileID(0), start: UInt32(start), end: UInt32(start + 1)), "x")
    }
    let finding = Finding(.tidiedCharacter, "m", at: file.span, fixes: [Fix("write x", edits)])
    #expect(text(finding, file.files).hasPrefix("warning[tidied-character]: m\n"))
    let end = " 1 | x\n   | ~\n 2 | x\n   | ~\n  and 1 more place\n"
    #expect(text(finding, file.files).hasSuffix(end))
  }

  @Test func `breaks long advice between words`() {
    let file = MarkedFile("«a»")
    let words = String(repeating: "word ", count: 30) + "`a long piece of code` end"
    let shown = text(Finding(.syntax, "m", at: file.span, help: words), file.files)
    let lines = shown.split(separator: "\n").drop { !$0.hasPrefix("help: ") }
    #expect(lines.count == 2 && lines.last?.hasPrefix("  word") == true)
    #expect(lines.allSatisfy { $0.count <= Snippet.width })
  }

  @Test func `names the file of a fix that is elsewhere`() {
    let files = SourceFiles([
      SourceFile(path: "a.rules", bytes: Array("if a".utf8)),
      SourceFile(path: "b.rules", bytes: Array("fact b".utf8)),
    ])
    let other = Span(file: FileID(1), start: 5, end: 6)
    let finding = Finding(
      .unknownWord, "m", at: Span(file: FileID(0), start: 3, end: 4),
      fixes: [.replace(other, with: "a", "write `a`")])
    #expect(text(finding, files).contains("fix: write `a`\n --> b.rules:1:6\n   |\n 1 | fact a\n"))
  }

  @Test func `survives fixes that fit nothing`() {
    let file = MarkedFile("«abc»")
    let far = Span(file: FileID(0), start: 90, end: 99)
    let finding = Finding(
      .syntax, "m", at: far, related: [RelatedPlace("r", at: far)],
      fixes: [
        Fix("nothing", []), .replace(far, with: "x\n\n", "far"),
        Fix("overlapping", [Edit(file.span, "x"), Edit(file.span, "y")]),
      ])
    #expect(!text(finding, file.files).isEmpty)
  }

  @Test func `is coloured only where that is asked for`() {
    let file = MarkedFile("«a»")
    let finding = Finding(.syntax, "m", at: file.span)
    #expect(
      text(finding, file.files, isColoured: true).hasPrefix("\u{1B}[1;31merror[syntax]\u{1B}[0m"))
    #expect(!text(finding, file.files).contains("\u{1B}"))
  }
}
