import Foundation
import SendPolicy
import Testing

/// The public face, as a Swift program uses it: the policy that the project ships, from its folder.
struct PolicyTests {
  private static let rules =
    #filePath.split(separator: "/").dropLast(3).reduce(into: "") {
      $0 += "/" + $1
    } + "/rules"

  private static let message = """
    {"id": 1, "purpose": "another matter", "recipient": "acting for themselves",
     "address_is_verified": true, "message_contains": ["personal-data", "specially-protected-data"],
     "council_has_promised_this_recipient": "plain email", "recipient_is_flagged_for": [],
     "number_of_people_named_in_message": 1, "number_of_recipients_outside_council": 1,
     "number_of_households_written_to": 1, "recipient_is_risk_to_someone_in_case": false}
    """

  @Test func `a promise of plain email is kept`() throws {
    let policy = try Policy(contentsOf: PolicyTests.rules)
    let today = try #require(PolicyDate("2026-11-23"))
    let decision = try policy.decide(PolicyTests.message, on: today)
    #expect(decision.outcome == "send plain")
    #expect(decision.notes == ["consent note"])
    #expect(decision.isSure)
    #expect(decision.rules == ["Whoever was promised plain email gets it"])
    #expect(decision.policy == policy.hash)
    #expect(decision.texts.count == 1)
  }

  @Test func `a value that nobody declared is refused by its field`() throws {
    let policy = try Policy(contentsOf: PolicyTests.rules)
    let today = try #require(PolicyDate(year: 2026, month: 11, day: 23))
    let error = #expect(throws: MessageError.self) {
      try policy.decide(#"{"purpose": "sen-tribunal"}"#, on: today)
    }
    #expect(error?.code == "bad-value")
    #expect(error?.field == "purpose")
    #expect(error?.message.contains("SEN-tribunal") == true)
  }

  @Test func `many tasks may ask one policy at once`() async throws {
    let policy = try Policy(contentsOf: PolicyTests.rules)
    let today = try #require(PolicyDate("2026-11-23"))
    let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<16 {
        group.addTask { try policy.decide(PolicyTests.message, on: today).outcome }
      }
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(outcomes == ["send plain"])
  }

  @Test func `a folder that is not there is an error in words`() {
    let error = #expect(throws: PolicyErrors.self) { try Policy(contentsOf: "/no/such/folder") }
    #expect(error?.description.contains("/no/such/folder") == true)
  }

  @Test func `a policy with a contradiction is never taken into use`() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).rules")
    let text = """
      outcome send plain
      outcome hold for review
      fact message is urgent: yes or no
      if message is urgent then send plain
      if today is not a working day then hold for review
      otherwise send plain
      when unsure hold for review
      """
    try Data(text.replacing("\n", with: "\n\n").utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let error = #expect(throws: PolicyErrors.self) { try Policy(contentsOf: file.path) }
    #expect(error?.findings.map(\.code) == ["conflict"])
  }

  @Test func `days outside 2000 to 2099 are no policy dates`() {
    #expect(PolicyDate("1999-12-31") == nil)
    #expect(PolicyDate(year: 2026, month: 2, day: 29) == nil)
    #expect(PolicyDate("2099-12-31") != nil)
  }
}
