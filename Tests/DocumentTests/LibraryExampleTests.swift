import Foundation
import SendPolicy
import Testing

/// The example of README.md is the function below, word for word.
@Suite struct LibraryExampleTests {
  @Test func theExampleRuns() throws {
    #expect(FileManager.default.changeCurrentDirectoryPath(root.path))
    let example = try LibraryExampleTests.example()
    #expect(example.outcome == "refuse to send")
  }

  @Test func thePageShowsThisExample() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.drop { !$0.hasSuffix("// README begins") }.dropFirst()
      .prefix { !$0.hasSuffix("// README ends") }
    let shown = try Page("README.md").blocks("swift").first?.lines ?? []
    #expect(shown == ["import SendPolicy", ""] + body.map { String($0.dropFirst(4)) })
  }

  private static func example() throws -> Decision {
    // README begins
    let policy = try Policy(contentsOf: "rules")
    let today = PolicyDate(year: 2026, month: 11, day: 23)!
    let message = #"{"purpose": "newsletter", "classification": "SECRET"}"#
    let decision = try policy.decide(message, on: today)
    print(decision.outcome)  // refuse to send
    print(decision.rules)  // ["Secret papers are never sent from here"]
    // README ends
    return decision
  }
}
