import Foundation
import SendPolicy
import Testing

/// The example of README.md is the function below, word for word.
@Suite struct LibraryExampleTests {
  @Test func theExampleDoesWhatItsCommentsSay() throws {
    #expect(FileManager.default.changeCurrentDirectoryPath(root.path))
    let today = try #require(PolicyDate(year: 2026, month: 11, day: 23))
    let decision = try example(on: today)
    #expect(decision.outcome == "send plain")
    #expect(decision.notes == ["consent note"])
    #expect(decision.rules == ["Whoever was promised plain email gets it"])
  }

  @Test func thePageShowsThisExample() throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    let body = lines.drop { !$0.hasSuffix("// README begins") }.dropFirst()
      .prefix { !$0.hasSuffix("// README ends") }
    let shown = try Page("README.md").blocks("swift").first?.lines ?? []
    #expect(shown == ["import SendPolicy", ""] + body.map { String($0.dropFirst(4)) })
  }

  private func example(on today: PolicyDate) throws -> Decision {
    // README begins
    let policy = try Policy(contentsOf: "rules")
    let decision = try policy.decide(
      """
      {
        "purpose": "another matter", "message_contains": ["specially-protected-data"],
        "number_of_people_named_in_message": 1, "number_of_recipients_outside_council": 1,
        "number_of_households_written_to": 1, "address_is_verified": true,
        "recipient": "acting for themselves", "recipient_is_flagged_for": [],
        "recipient_is_risk_to_someone_in_case": false,
        "council_has_promised_this_recipient": "plain email"
      }
      """, on: today)
    print(decision.outcome)  // send plain
    print(decision.notes)  // ["consent note"]
    print(decision.rules)  // ["Whoever was promised plain email gets it"]
    // README ends
    return decision
  }
}
