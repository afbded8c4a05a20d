import Foundation
import SendPolicy
import Testing

/// The Swift examples of the pages are parts of the functions below, word for word.
@Suite struct LibraryExampleTests {
  private let today = PolicyDate(year: 2026, month: 11, day: 23)

  private static let examples = Page.all.flatMap { $0.blocks("swift") }

  @Test(arguments: examples) func theExampleStandsBelow(_ block: Page.Block) throws {
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    let lines = block.lines.drop { $0 == "import SendPolicy" || $0.isEmpty }
      .map { $0.isEmpty ? "" : "    \($0)" }
    #expect(source.contains("\n" + lines.joined(separator: "\n") + "\n"), "\(block.place)")
  }

  // MARK: README.md

  @Test func theShortestProgramDecides() throws {
    #expect(FileManager.default.changeCurrentDirectoryPath(root.path))
    let decision = try shortestProgram(on: #require(today))
    #expect(decision.outcome == "send plain")
    #expect(decision.notes == ["consent note"])
    #expect(decision.rules == ["Whoever was promised plain email gets it"])
  }

  private func shortestProgram(on today: PolicyDate) throws -> Decision {
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
    return decision
  }

  // MARK: docs/embedding.md

  private final class Queue {
    var sent: [String] = []
    var held: [String] = []
    func send(_ json: String, as outcome: String, with texts: [String]) { sent.append(outcome) }
    func hold(_ json: String, because reason: String) { held.append(reason) }
  }

  @Test func whatIsWrongIsHeld() throws {
    let policy = try Policy(contentsOf: root.appending(path: "rules").path)
    let queue = Queue()
    try sendOrHold(#"{"purpose": "complaint-response"}"#, policy, queue, on: #require(today))
    try sendOrHold(#"{"purpose": "complnt"}"#, policy, queue, on: #require(today))
    #expect(queue.sent == ["hold for the sender"])
    #expect(queue.held.count == 1 && queue.held[0].contains("complnt"))
  }

  private func sendOrHold(
    _ json: String, _ policy: Policy, _ queue: Queue, on today: PolicyDate
  ) {
    do {
      let decision = try policy.decide(json, on: today)
      queue.send(json, as: decision.outcome, with: decision.texts)
    } catch {
      // Nothing is decided. `error.field` is what is wrong, in a sentence that names what would be right.
      queue.hold(json, because: error.message)
    }
  }

  @Test func factsAreToldOneByOne() throws {
    let policy = try Policy(contentsOf: root.appending(path: "rules").path)
    let today = try #require(today)
    let purpose = try policy.fact("purpose")
    let complaint = try purpose.value("complaint-response")
    let isVerified = try policy.fact("address_is_verified")
    let session = PolicySession(policy)

    session.message.reset()
    try session.message.set(purpose, to: complaint)
    try session.message.set(isVerified, to: true)
    let decision = try session.decide(on: today)
    print(policy.outcomes[decision.outcome])  // hold for the sender
    print(session.missing[0].name)  // message_contains
    #expect(policy.outcomes[decision.outcome] == "hold for the sender")
    #expect(session.missing[0].name == "message_contains")
  }

  @Test func aChangedPolicyIsTakenUp() throws {
    #expect(FileManager.default.changeCurrentDirectoryPath(root.path))
    let policy = try Policy(contentsOf: "rules")
    var said: [String] = []
    let log = { said.append($0) }
    let (json, today) = try ("{}", #require(today))
    let store = PolicyStore(policy)

    // Any thread, for every message:
    let decision = try store.current.decide(json, on: today)

    // Whoever is told that there is a new policy:
    do {
      try store.reload(contentsOf: "rules")
    } catch {
      // It has errors: the old policy stays.
      for finding in error.findings { log("\(finding.file ?? ""): \(finding.message)") }
    }
    #expect(decision.outcome == "hold for the sender")
    #expect(said.isEmpty)
    #expect(store.current.hash == policy.hash)
  }
}
