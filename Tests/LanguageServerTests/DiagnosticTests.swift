import JSON
import Testing

@testable import LanguageServer

/// What is wrong is said where it is wrong, for the text as it is typed.
@Suite struct DiagnosticTests {
  @Test func aPolicyWithoutFaultsHasNone() throws {
    let editor = try Editor(["letters.rules": letters])
    editor.open("letters.rules", letters)
    editor.settle()
    #expect(editor.diagnostics("letters.rules") == [])
  }

  @Test func whatIsTypedAndNotSavedCounts() throws {
    let editor = try Editor(["letters.rules": letters])
    editor.open("letters.rules", letters)
    editor.settle()
    editor.open(
      "letters.rules",
      letters.replacing("if the recipient prefers plain", with: "if the recipient prefers plian"))
    editor.settle()
    #expect(
      editor.diagnostics("letters.rules") == [
        "22:28-22:33 unknown-value: `plian` is not a value of `recipient prefers`"
      ])
    editor.close("letters.rules")
    editor.settle()
    #expect(editor.diagnostics("letters.rules") == [])
  }

  @Test func aWordTakenOutOfOneFileIsMissedInAnother() throws {
    let rule = "rule Bills\n  if the purpose is bill\n  then send encrypted\n"
    let editor = try Editor(["letters.rules": letters, "team/bills.rules": rule])
    editor.open("letters.rules", letters)
    editor.settle()
    editor.open("letters.rules", letters.replacing(", bill,", with: ","))
    editor.settle()
    #expect(
      editor.diagnostics("team/bills.rules") == [
        "2:21-2:25 unknown-value: `bill` is not a value of `purpose is`"
      ])
  }

  @Test func aNewFileThatIsNotSavedBelongsToThePolicy() throws {
    let editor = try Editor(["letters.rules": letters])
    editor.open("new.rules", "rule Bills\n  if the purpose is bill\n  then send plane\n")
    editor.settle()
    #expect(
      editor.diagnostics("new.rules") == [
        "3:8-3:18 unknown-name: `send plane` is not an outcome"
      ])
  }

  @Test func proofsFollowWhenTheTypingPauses() throws {
    let editor = try Editor(["letters.rules": letters])
    editor.open("letters.rules", letters.replacing("  overrides section Ordinary\n", with: ""))
    editor.session.publish()
    #expect(editor.diagnostics("letters.rules") == [])
    editor.settle()
    let codes = editor.diagnostics("letters.rules").map { $0.split(separator: " ")[1] }
    #expect(codes == ["conflict:", "conflict:", "conflict:"])
  }

  @Test func whatWasProvedStaysUpAndMovesWithTheText() throws {
    let editor = try Editor(["letters.rules": letters])
    let text = letters.replacing("  overrides section Ordinary\n", with: "")
    editor.open("letters.rules", text)
    editor.settle()
    let before = try #require(editor.diagnostics("letters.rules").first)
    let start: JSONValue = ["line": 0, "character": 0]
    editor.change(
      "letters.rules", [["range": ["start": start, "end": start], "text": "# A comment.\n"]])
    editor.session.publish()
    let after = try #require(editor.diagnostics("letters.rules").first)
    #expect(before.hasPrefix("20:6"))
    #expect(after.hasPrefix("21:6"))
  }

  @Test func aFailingScenarioIsShown() throws {
    let editor = try Editor(["letters.rules": letters])
    editor.open(
      "letters.rules",
      letters.replacing("expect send plain with", with: "expect send encrypted with"))
    editor.settle()
    #expect(editor.diagnostics("letters.rules").contains { $0.contains("failing-scenario") })
  }

  @Test func listsInFilesAreReadAsTheyAreTyped() throws {
    let rules = letters.replacing(
      "list serious purposes: appeal, complaint", with: "list serious purposes from \"serious.txt\""
    )
    let editor = try Editor(["letters.rules": rules, "serious.txt": "appeal\ncomplaint\n"])
    editor.open("letters.rules", rules)
    editor.open("serious.txt", "appeal\ncomplain\n")
    editor.settle()
    #expect(
      editor.diagnostics("serious.txt").first?.hasPrefix("2:1-2:9 unknown-value") ?? false)
    editor.close("serious.txt")
    editor.settle()
    #expect(editor.diagnostics("serious.txt") == [])
  }

  @Test func aFileThatChangesOnTheDiskIsReadAgain() throws {
    let editor = try Editor(["letters.rules": letters, "more.rules": "# Nothing yet.\n"])
    editor.open("letters.rules", letters)
    editor.settle()
    try editor.write("more.rules", "outcome send by pigeon\n")
    editor.notify(
      "workspace/didChangeWatchedFiles",
      ["changes": [["uri": .string(editor.uri("more.rules")), "type": 2]]])
    editor.settle()
    #expect(editor.diagnostics("more.rules").first?.contains("unused") ?? false)
  }

  @Test func eachFolderIsAPolicyOfItsOwn() throws {
    let editor = try Editor(["a/letters.rules": letters, "b/letters.rules": letters])
    editor.open("a/letters.rules", letters)
    editor.open("b/letters.rules", letters + "outcome send plain\n")
    editor.settle()
    #expect(editor.diagnostics("a/letters.rules") == [])
    #expect(editor.diagnostics("b/letters.rules").first?.contains("duplicate") ?? false)
  }

  @Test func aTextThatWasNeverSavedIsAPolicy() throws {
    let editor = try Editor()
    editor.notify(
      "textDocument/didOpen",
      ["textDocument": ["uri": "untitled:1", "version": 1, "text": "outcome send\nrule A\n"]])
    editor.settle()
    let said = editor.sent.last { $0["method"] == "textDocument/publishDiagnostics" }
    #expect(said?[path: "params", "uri"] == "untitled:1")
    #expect(said?[path: "params", "diagnostics"]?.elements?.isEmpty == false)
  }

  @Test func theOtherPartyOfAFindingIsShown() throws {
    let editor = try Editor(["letters.rules": letters])
    editor.open("letters.rules", letters + "\nnote consent note\n")
    editor.settle()
    let said = editor.sent.last { $0["method"] == "textDocument/publishDiagnostics" }
    let related = said?[path: "params", "diagnostics"]?.elements?.first?["relatedInformation"]
    #expect(related?.elements?.first?["message"] == "it is declared here first")
  }

  @Test func aLoneSurrogateDoesNotBreakTheText() throws {
    let editor = try Editor()
    editor.session.receive(
      ClientMessage(
        Array(
          #"{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"untitled:1","version":1,"text":"outcome a \ud83d\n"}}}"#
            .utf8)))
    editor.settle()
    #expect(editor.session.homes["untitled:1"] != nil)
  }
}
