import Analysis
import Findings
import Syntax
import TestSupport
import Testing
import Values
import Workspace

@testable import Reports

@Suite struct `The pages about findings` {
  @Test(arguments: FindingCode.allCases) func `are each about their own code`(code: FindingCode) {
    let page = CodeHelp.page(of: code)
    #expect(page.code == code)
    #expect(!page.title.hasSuffix("."))
    #expect(page.meaning.hasSuffix(".") && page.cure.hasSuffix("."))
    #expect(page.text.split(separator: "\n").allSatisfy { $0.count <= 84 })
  }

  @Test func `have titles of their own`() {
    #expect(
      Set(FindingCode.allCases.map { CodeHelp.page(of: $0).title }).count
        == FindingCode.allCases.count)
  }

  /// docs/codes.md and `rulec help CODE` say the same. `RULEC_RECORD=1 swift test` writes the file
  /// anew, and fails, so that nobody takes that for a pass.
  @Test func `are those of docs/codes.md`() throws {
    let root = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
    let path = root.joined(separator: "/") + "/docs/codes.md"
    if System.environment("RULEC_RECORD") != nil {
      System.delete(path)
      try FileReplacement.create(path, with: Array(CodeHelp.document.utf8))
      Issue.record("docs/codes.md has been written anew")
    }
    let written = try String(decoding: FileContents.read(path).get(), as: UTF8.self)
    let expected = CodeHelp.document.split(separator: "\n", omittingEmptySubsequences: false)
    let found = written.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(zip(expected, found).first { $0 != $1 }?.0 == nil)
    #expect(expected.count == found.count)
  }

  @Test(arguments: FindingCode.allCases)
  func `show the finding, and nothing else`(code: FindingCode) {
    let found = findings(in: CodeHelp.page(of: code).bad)
    #expect(!found.isEmpty)
    let others = found.filter { $0.code != code }.map { "\($0.code.rawValue): \($0.message)" }
    #expect(others.isEmpty)
  }

  @Test(arguments: FindingCode.allCases)
  func `show it put right`(code: FindingCode) {
    let found = findings(in: CodeHelp.page(of: code).cured)
    #expect(found.map { "\($0.code.rawValue): \($0.message)" }.isEmpty)
  }

  /// What the checker finds, save in the shared words: not every example uses all of them.
  private func findings(in example: CodeHelp.Example) -> [Finding] {
    let bytes = Escapes.bytes(of: example.rules + "\n")
    var files = [SourceFile(path: "example.rules", bytes: bytes)]
    if !example.isWhole {
      files.append(SourceFile(path: "words.rules", bytes: Array(CodeHelp.words.utf8)))
    }
    let text = PolicyText(ruleFiles: files) { name in
      switch example.lists[name] {
      case .text(let text): .success(Array(text.utf8))
      case .tooLarge: .failure(.tooLarge(bytes: 70_000_000))
      case nil: .failure(.missing)
      }
    }
    let today = Day(year: 2026, month: 11, day: 23) ?? .firstProved
    let result = check(text, today: today, workLimit: example.workLimit ?? defaultWorkLimit)
    return result.findings.filter { result.files[$0.span.file].path == "example.rules" }
  }
}
