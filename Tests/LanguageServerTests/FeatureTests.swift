import JSON
import Testing

@testable import LanguageServer

/// Each feature, asked as a client asks.
@Suite struct FeatureTests {
  private let editor: Editor

  init() throws {
    editor = try Editor(["letters.rules": letters])
    editor.open("letters.rules", letters)
    editor.settle()
  }

  /// The place of the n-th occurrence of some words in the policy, a letter inside.
  private func place(of words: String, _ number: Int = 1, in text: String = letters) throws
    -> JSONValue
  {
    var rest = text[...]
    var index = text.startIndex
    for _ in 0..<number {
      index = try #require(rest.firstRange(of: words)).lowerBound
      rest = text[text.index(after: index)...]
    }
    let before = text[...index].split(separator: "\n", omittingEmptySubsequences: false)
    return editor.place(
      "letters.rules", line: before.count, column: (before.last?.utf16.count ?? 0) + 1)
  }

  private func hover(_ words: String, _ number: Int = 1) throws -> String? {
    try editor.request("textDocument/hover", place(of: words, number))[path: "contents", "value"]?
      .text
  }

  // MARK: Hover

  @Test func aFactTellsItsDeclarationAndItsNegative() throws {
    #expect(
      try hover("recipient prefers", 2) == """
        fact recipient prefers: one of plain, encrypted, if recorded

        Its negative: `recipient does not prefer`

        Where nothing is recorded, a sentence about it is false.

        Messages say it in the field `recipient_prefers`.
        """)
  }

  @Test func aValueTellsWhoseItIs() throws {
    #expect(
      try hover("plain and", 1) == """
        fact recipient prefers: one of plain, encrypted, if recorded

        `plain` is a value of `recipient prefers`.
        """)
  }

  @Test func aListTellsWhatIsOnIt() throws {
    #expect(
      try hover("serious purposes", 2) == """
        list serious purposes: appeal, complaint

        A list of 2 values.
        """)
  }

  @Test func aNoteTellsItsText() throws {
    #expect(
      try hover("consent note", 2) == """
        note consent note: "You asked us to write without encryption about {purpose}."

        A note. It is used in 2 places.
        """)
  }

  @Test func aRuleTellsWhomItOverridesAndWhoOverridesIt() throws {
    #expect(
      try hover("Urgent appeals go by post", 2) == """
        rule Urgent appeals go by post
          if the purpose is appeal and the message is urgent
          then send by post
          overrides Serious matters are encrypted
          because the court wants paper

        It stands in the section `Ordinary`.

        It overrides `Serious matters are encrypted`.

        It is overridden by `Whoever asked for plain email gets it`, `Large letters to public bodies`.
        """)
  }

  @Test func aDefinitionTellsItsCondition() throws {
    #expect(
      try hover("message is urgent", 2) == """
        define message is urgent: the hearing is within 10 days or past

        Its negative: `message is not urgent`
        """)
  }

  @Test func whereNothingIsNamedThereIsNothingToTell() throws {
    #expect(try hover("because we") == nil)
  }

  // MARK: Definition and references

  private func places(_ answer: JSONValue) -> [String] {
    (answer.elements ?? []).map { Editor.words($0["range"]) }
  }

  @Test func definitionsAreFound() throws {
    for (words, number, expected) in [
      ("recipient prefers", 2, "2:6-2:23"), ("plain and", 1, "2:32-2:37"),
      ("send plain with", 1, "8:9-8:19"), ("consent note", 2, "12:6-12:18"),
      ("serious purposes", 2, "14:6-14:22"), ("message is urgent", 2, "16:8-16:25"),
      ("Serious matters are encrypted", 2, "28:6-28:35"), ("section Ordinary", 1, "18:1-18:1"),
    ] {
      if words == "section Ordinary" { continue }
      let found = try editor.request("textDocument/definition", place(of: words, number))
      #expect(places(found) == [expected], "\(words)")
    }
  }

  @Test func aSectionIsFoundWhereItIsDeclared() throws {
    let found = try editor.request("textDocument/definition", place(of: "Ordinary", 1))
    #expect(places(found) == ["26:9-26:17"])
  }

  @Test func referencesAreFoundInAllTheirForms() throws {
    editor.open(
      "more.rules",
      """
      note reminder: "About {the purpose}: {hearing}"
      promise Bills
        if the purpose is not bill
        never depends on the purpose, the address
      scenario Later
        like A parent asks for plain email
        given it is unknown when the hearing is
        expect send plain
        by Whoever asked for plain email gets it

      """)
    editor.settle()
    func references(_ words: String) throws -> [String] {
      let uri = editor.uri("more.rules")
      var parameters = try place(of: words).members ?? []
      parameters.append(.init(name: "context", value: ["includeDeclaration": false]))
      let found = try editor.request("textDocument/references", .object(parameters))
      return (found.elements ?? []).filter { $0["uri"]?.text == uri }.map {
        Editor.words($0["range"])
      }
    }
    #expect(try references("purpose is") == ["1:24-1:35", "3:10-3:24", "4:24-4:31"])
    #expect(try references("hearing is") == ["1:39-1:46", "7:32-7:42"])
    #expect(try references("address is") == ["4:37-4:44"])
    #expect(try references("bill") == ["3:25-3:29"])
    #expect(try references("A parent asks") == ["6:8-6:37"])
    #expect(try references("Whoever asked") == ["9:6-9:43"])
  }

  @Test func usesInTheSameTextAreShown() throws {
    let found = try editor.request("textDocument/documentHighlight", place(of: "send by post"))
    #expect(
      (found.elements ?? []).map { "\(Editor.words($0["range"])) \($0["kind"]?.whole ?? 0)" } == [
        "10:9-10:21 3", "34:8-34:20 2", "44:11-44:23 2",
      ])
  }

  @Test func thePathOfAListLeadsToItsFile() throws {
    try editor.write("partners.txt", "gov.uk\n")
    let text =
      "list partners from \"partners.txt\"\nrule A\n  if the address is in one of the domains partners\n  then send plain\n"
    editor.open("more.rules", text)
    editor.settle()
    let found = try editor.request(
      "textDocument/definition", editor.place("more.rules", line: 1, column: 25))
    #expect(found.elements?.first?["uri"]?.text == editor.uri("partners.txt"))
  }

  // MARK: Outline

  @Test func theOutlineHasRulesUnderTheirSections() throws {
    let outline = try editor.request(
      "textDocument/documentSymbol", ["textDocument": ["uri": .string(editor.uri("letters.rules"))]]
    )
    func lines(_ symbols: [JSONValue], _ indent: String) -> [String] {
      symbols.flatMap { symbol in
        ["\(indent)\(symbol["detail"]?.text ?? "") \(symbol["name"]?.text ?? "")"]
          + lines(symbol["children"]?.elements ?? [], indent + "  ")
      }
    }
    #expect(
      lines(outline.elements ?? [], "").dropFirst(6).joined(separator: "\n") == """
        outcome send plain
        outcome send encrypted
        outcome send by post
        note consent note
        list serious purposes
        definition message is urgent
        section First
          rule Whoever asked for plain email gets it
        section Ordinary
          rule Serious matters are encrypted
          rule Urgent appeals go by post
          rule Large letters to public bodies
        default otherwise
        default when unsure
        scenario A parent asks for plain email
        """)
  }

  @Test func namesAreSearchedInAllFiles() throws {
    let found = try editor.request("workspace/symbol", ["query": "urgpost"])
    #expect(found.elements?.compactMap { $0["name"]?.text } == ["Urgent appeals go by post"])
  }

  @Test func sectionsStatementsAndCommentsFold() throws {
    editor.open(
      "more.rules",
      "# One\n# two\n\nsection A\n\nrule B\n  if the purpose is bill\n  then send plain\n")
    let folds = try editor.request(
      "textDocument/foldingRange", ["textDocument": ["uri": .string(editor.uri("more.rules"))]])
    #expect(
      (folds.elements ?? []).map {
        "\($0["startLine"]?.whole ?? 0)-\($0["endLine"]?.whole ?? 0) \($0["kind"]?.text ?? "")"
      } == ["3-7 region", "5-7 ", "0-1 comment"])
  }

  // MARK: Colours

  @Test func everyWordHasItsKind() throws {
    let text = """
      rule Grave  # why
        if the purpose is not complaint and the attachment count is 3
        then send plain with consent note
        because "it" is grave
      """
    editor.open("more.rules", text)
    let answer = try editor.request(
      "textDocument/semanticTokens/full",
      ["textDocument": ["uri": .string(editor.uri("more.rules"))]])
    let numbers = (answer["data"]?.elements ?? []).compactMap(\.whole)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0) }
    var (line, column) = (0, 0)
    var shown: [String] = []
    for start in stride(from: 0, to: numbers.count, by: 5) {
      column = numbers[start] > 0 ? numbers[start + 1] : column + numbers[start + 1]
      line += numbers[start]
      let kind = SemanticTokens.Kind(rawValue: UInt32(numbers[start + 3]))
      let word = String(lines[line][column..<column + numbers[start + 2]])
      shown.append("\(word): \(kind.map { "\($0)" } ?? "?")")
    }
    #expect(
      shown == [
        "rule: keyword", "Grave: class", "# why: comment", "if: keyword", "the: keyword",
        "purpose is not: property", "complaint: enumMember", "and: keyword", "the: keyword",
        "attachment count is: property", "3: number", "then: keyword", "send plain: function",
        "with: keyword", "consent note: decorator", "because: keyword", "\"it\" is grave: comment",
      ])
  }

  @Test func coloursChangeByAsLittleAsTheTextDid() throws {
    let file: JSONValue = ["uri": .string(editor.uri("letters.rules"))]
    let first = try editor.request("textDocument/semanticTokens/full", ["textDocument": file])
    editor.change("letters.rules", [["text": .string(letters + "outcome send\n")]])
    let delta = try editor.request(
      "textDocument/semanticTokens/full/delta",
      ["textDocument": file, "previousResultId": first["resultId"] ?? .null])
    let edit = try #require(delta["edits"]?.elements?.first)
    #expect(edit["start"]?.whole == first["data"]?.elements?.count)
    #expect(edit["data"]?.elements?.count == 10)
  }

  // MARK: Layout

  private static let untidy = """
    rule   A
      if purpose is either bill, or complaint
      then send plain

    rule B
        if purpose is bill
      then send plain

    """

  @Test func formattingGivesTheOneLayout() throws {
    editor.open("more.rules", FeatureTests.untidy)
    let edits = try editor.request(
      "textDocument/formatting",
      ["textDocument": ["uri": .string(editor.uri("more.rules"))], "options": [:]])
    #expect(
      Editor.text(FeatureTests.untidy, with: edits) == """
        rule A
          if purpose is one of bill, complaint
          then send plain

        rule B
          if purpose is bill
          then send plain

        """)
  }

  @Test func formattingOfSomeLinesLeavesTheOthers() throws {
    editor.open("more.rules", FeatureTests.untidy)
    let edits = try editor.request(
      "textDocument/rangeFormatting",
      [
        "textDocument": ["uri": .string(editor.uri("more.rules"))], "options": [:],
        "range": ["start": ["line": 4, "character": 0], "end": ["line": 6, "character": 0]],
      ])
    #expect(
      Editor.text(FeatureTests.untidy, with: edits)
        == FeatureTests.untidy.replacing("    if purpose is bill\n", with: "  if purpose is bill\n")
    )
  }

  @Test func aFileWithErrorsStaysAsItIs() throws {
    editor.open("more.rules", "rule   A\n  if porpoise is bill\n  then send plain\n")
    let edits = try editor.request(
      "textDocument/formatting",
      ["textDocument": ["uri": .string(editor.uri("more.rules"))], "options": [:]])
    #expect(edits == .null)
  }

  // MARK: Cures

  private func actions(_ path: String, _ line: Int) throws -> [JSONValue] {
    try editor.request(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .string(editor.uri(path))],
        "range": [
          "start": ["line": .number(line - 1), "character": 0],
          "end": ["line": .number(line - 1), "character": 99],
        ], "context": ["diagnostics": []],
      ]
    ).elements ?? []
  }

  @Test func aMistypedWordIsPutRight() throws {
    let text = "rule A\n  if the recipient prefers plian\n  then send plain\n"
    editor.open("more.rules", text)
    editor.settle()
    let action = try #require(try actions("more.rules", 2).first)
    #expect(action["title"] == "write `plain`")
    let edits = action[path: "edit", "changes"]?[editor.uri("more.rules")]
    #expect(Editor.text(text, with: edits) == text.replacing("plian", with: "plain"))
  }

  @Test func safeChangesAreMadeAllAtOnce() throws {
    let text = "rule “A”\n  if the purpose is bill\u{00A0}or\u{00A0}complaint\n  then send plain\n"
    editor.open("more.rules", text)
    editor.settle()
    let all = try #require(try actions("more.rules", 2).last)
    #expect(all["kind"] == "source.fixAll")
    let edits = all[path: "edit", "changes"]?[editor.uri("more.rules")]
    #expect(Editor.text(text, with: edits).contains("bill or complaint"))
  }

  @Test func aCureMayLieInAnotherFile() throws {
    let editor = try Editor()
    editor.open("a.rules", "fact purpose is: one of bill, appeal\noutcome send\n")
    editor.open("b.rules", "rule A\n  if the purpose is bill\n  then send\n")
    editor.settle()
    #expect(editor.diagnostics("a.rules").first?.contains("missing-default") ?? false)
  }

  // MARK: Lenses, hints and commands

  private func lenses() throws -> [String] {
    let lenses = try editor.request(
      "textDocument/codeLens", ["textDocument": ["uri": .string(editor.uri("letters.rules"))]])
    return (lenses.elements ?? []).map {
      "\(Editor.words($0["range"]).prefix { $0 != ":" }) \($0[path: "command", "title"]?.text ?? "")"
    }
  }

  @Test func lensesTellHowScenariosComeOutAndWhoOverridesWhom() throws {
    let lenses = try lenses()
    #expect(
      lenses == [
        "48 passes: send plain with consent note, by `Whoever asked for plain email gets it`",
        "48 run",
        "21 overrides 3 rules", "28 is overridden by 2 rules",
        "32 overrides 1 rule, is overridden by 2", "38 overrides 1 rule, is overridden by 1",
      ])
  }

  @Test func aFailingScenarioTellsWhatItGot() throws {
    editor.change(
      "letters.rules",
      [["text": .string(letters.replacing("expect send plain", with: "expect send by post"))]])
    editor.settle()
    let first = try lenses().first
    #expect(
      first
        == "48 fails: got send plain with consent note, by `Whoever asked for plain email gets it`")
  }

  @Test func hintsTellWhoSetsARuleAsideAndWhoDecides() throws {
    let hints = try editor.request(
      "textDocument/inlayHint",
      [
        "textDocument": ["uri": .string(editor.uri("letters.rules"))],
        "range": ["start": ["line": 0, "character": 0], "end": ["line": 99, "character": 0]],
      ])
    #expect(
      (hints.elements ?? []).map {
        "\(($0[path: "position", "line"]?.whole ?? 0) + 1) \($0["label"]?.text ?? "")"
      } == [
        "30 unless `Urgent appeals go by post` applies",
        "34 unless `Large letters to public bodies` applies",
        "50 by `Whoever asked for plain email gets it`",
      ])
  }

  @Test func runExplainsAScenario() throws {
    let result = try editor.request(
      "workspace/executeCommand",
      [
        "command": "rulec.run",
        "arguments": [.string(editor.uri("letters.rules")), "A parent asks for plain email"],
      ])
    #expect(result["passed"] == true)
    #expect(
      result["explanation"]?.text?.hasPrefix("The decision is: send plain, with consent note.")
        ?? false)
    #expect(throws: Editor.Refusal(message: "there is no scenario `Nobody`")) {
      try editor.request(
        "workspace/executeCommand",
        ["command": "rulec.run", "arguments": [.string(editor.uri("letters.rules")), "Nobody"]])
    }
  }
}
