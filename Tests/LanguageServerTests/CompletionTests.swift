import JSON
import Testing

@testable import LanguageServer

/// What is offered is what may stand at the cursor, the likeliest first.
@Suite struct CompletionTests {
  /// The labels offered where `‸` stands in a text that follows the policy.
  private func offered(_ marked: String) throws -> [String] {
    let editor = try Editor(["letters.rules": letters])
    let place = try editor.cursor("new.rules", marked)
    editor.open("letters.rules", letters)
    editor.session.publish()
    let items = try editor.request("textDocument/completion", place)["items"]?.elements ?? []
    return items.compactMap { $0["label"]?.text }
  }

  private static let facts = [
    "purpose is", "recipient prefers", "message is about health", "attachment count is",
    "hearing is",
    "address is", "message is urgent",
  ]
  private static let outcomes = ["send plain", "send encrypted", "send by post"]
  private static let clauses = ["then", "because", "see", "overrides", "from", "until", "unless"]

  struct Case: CustomTestStringConvertible {
    let text: String
    let first: [String]
    var testDescription: String { text }

    init(_ text: String, _ first: [String]) { (self.text, self.first) = (text, first) }
  }

  @Test(arguments: [
    Case("rule A\n  if ‸", facts),
    Case("rule A\n  if the ‸", facts),
    Case("rule A\n  if the purpose is bill and ‸", facts),
    Case("rule A\n  if not ‸", facts),
    Case("rule A\n  if all of:\n    - ‸", facts),
    Case("rule A\n  if (‸", facts),
    Case("define letter is grave: ‸", facts),
    Case("promise A\n  if ‸", facts),
    Case(
      "rule A\n  if message ‸",
      [
        "message is about health", "message is urgent", "message is not about health",
        "message is not urgent",
      ]),
    Case(
      "rule A\n  if the purpose is ‸",
      ["appeal", "bill", "complaint", "serious purposes", "one of …, …"]),
    Case(
      "rule A\n  if the purpose is one of ‸", ["appeal", "bill", "complaint", "serious purposes"]),
    Case(
      "rule A\n  if the purpose is one of bill, ‸",
      ["appeal", "bill", "complaint", "serious purposes"]),
    Case("rule A\n  if the recipient does not prefer ‸", ["plain", "encrypted"]),
    Case(
      "rule A\n  if the attachment count is ‸",
      ["more than …", "less than …", "at least …", "at most …"]),
    Case("rule A\n  if the hearing is within ‸", ["within the last …"]),
    Case("rule A\n  if the address is ‸", ["in the domain …"]),
    Case("rule A\n  if the purpose is bill ‸", ["and", "or", "unless", "then", "because"]),
    Case("rule A\n  if the purpose is bill\n  ‸", ["and", "or", "unless"] + clauses.prefix(4)),
    Case("rule A\n  if the purpose is bill\n  then ‸", outcomes + ["add"]),
    Case("rule A\n  if the purpose is bill\n  then send ‸", outcomes),
    Case("rule A\n  if the purpose is bill\n  then send plain ‸", ["with", "because", "unless"]),
    Case("rule A\n  if the purpose is bill\n  then send plain with ‸", ["consent note"]),
    Case("rule A\n  if the purpose is bill\n  then add ‸", ["consent note"]),
    Case(
      "rule A\n  if the purpose is bill\n  then send plain\n  overrides ‸",
      ["Whoever asked for plain email gets it", "Serious matters are encrypted"]),
    Case(
      "rule A\n  if the purpose is bill\n  then send plain\n  overrides section ‸",
      ["section First", "section Ordinary"]),
    Case("rule A\n  ‸", ["if"]),
    Case("section ‸", ["First", "Ordinary"]),
    Case("scenario A\n  given ‸", facts.dropLast() + ["message is not about health"]),
    Case("scenario A\n  given the purpose is ‸", ["appeal", "bill", "complaint"]),
    Case("scenario A\n  expect ‸", outcomes + ["unsure"]),
    Case(
      "scenario A\n  by ‸",
      ["Whoever asked for plain email gets it", "Serious matters are encrypted"]),
    Case("scenario B\n  like ‸", ["A parent asks for plain email", "B"]),
    Case(
      "promise A\n  if the purpose is bill\n  never ‸",
      outcomes + ["serious purposes"].prefix(0) + ["add", "depends on"]),
    Case("promise A\n  never depends on ‸", ["purpose is", "recipient prefers"]),
    Case("otherwise ‸", outcomes),
    Case("when unsure ‸", outcomes),
    Case("fact letter is: ‸", ["one of …, …", "any of …, …", "yes or no", "whole number"]),
    Case("fact letter is: yes or no, ‸", ["if recorded", "if absent …"]),
    Case("note letter: \"Dear {‸\"", ["purpose is", "recipient prefers"]),
    Case("list letters: ‸", ["appeal", "bill", "complaint", "plain"]),
    Case("table T\n  | ‸", ["purpose is", "recipient prefers"]),
    Case("table T\n  | purpose is | then |\n  | ‸", ["appeal", "bill", "complaint"]),
    Case("table T\n  | purpose is | then |\n  | bill | ‸", outcomes + ["add"]),
    Case("table T\n  | message is about health | then |\n  | ‸", ["yes", "no"]),
    Case("‸", ["rule", "guard", "section", "table", "promise", "scenario", "fact"]),
    Case("outcome send\n\nr‸", ["rule", "guard", "section"]),
    Case("rule A\n  because the hearing ‸", []),
    Case("# the purpose ‸", []),
    Case("rule A\n  if the purpose is \"‸\"", []),
  ])
  func offersWhatMayStandThere(_ expected: Case) throws {
    let offered = try offered(expected.text)
    #expect(Array(offered.prefix(expected.first.count)) == expected.first, "\(offered)")
    if expected.first.isEmpty { #expect(offered == []) }
  }

  @Test func whatIsOfferedTakesThePlaceOfWhatIsWritten() throws {
    let editor = try Editor(["letters.rules": letters])
    let text = "rule A\n  if the recipient pre"
    let place = try editor.cursor("new.rules", text + "‸")
    let items = try editor.request("textDocument/completion", place)["items"]?.elements ?? []
    let item = try #require(items.first { $0["label"] == "recipient prefers" })
    let edit = try #require(item["textEdit"])
    #expect(Editor.text(text, with: [edit]) == "rule A\n  if the recipient prefers")
  }

  @Test func aRuleIsFilledInPlaceByPlace() throws {
    let editor = try Editor(["letters.rules": letters])
    let place = try editor.cursor("new.rules", "‸")
    let items = try editor.request("textDocument/completion", place)["items"]?.elements ?? []
    let text = items.first { $0["label"] == "rule" }?[path: "textEdit", "newText"]?.text
    #expect(
      text == """
        rule ${1:Name}
          if ${2:condition}
          then ${3|send plain,send encrypted,send by post|}
          because ${4:reason}
        """)
  }

  @Test func aClientWithoutPlacesGetsPlainWords() throws {
    let editor = try Editor(["letters.rules": letters], capabilities: [:])
    let place = try editor.cursor("new.rules", "rule A\n  if the attachment count is ‸")
    let items = try editor.request("textDocument/completion", place)["items"]?.elements ?? []
    #expect(items.first?[path: "textEdit", "newText"] == "more than 200")
  }

  /// Wherever the cursor stands in a policy, something is answered.
  @Test func everyPlaceOfAPolicyHasAnAnswer() throws {
    let editor = try Editor(["letters.rules": letters])
    editor.open("letters.rules", letters)
    for (line, text) in letters.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      for column in 0...text.utf16.count {
        let place = editor.place("letters.rules", line: line + 1, column: column + 1)
        #expect(try editor.request("textDocument/completion", place)["items"] != nil)
        _ = try editor.request("textDocument/hover", place)
      }
    }
  }
}
