import Foundation
import SendPolicy
import Testing

/// A policy is replaced while many threads ask it.
struct PolicyStoreTests {
  @Test func `readers get the old policy or the new one, whole`() async throws {
    let (first, second) = (try policy("send plain"), try policy("send encrypted"))
    let store = PolicyStore(first)
    let today = try #require(PolicyDate("2026-11-23"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask {
          for _ in 0..<2000 {
            let policy = store.current
            let decision = try policy.decide("{}", on: today)
            #expect(decision.policy == policy.hash)
            let expected = policy.hash == first.hash ? "send plain" : "send encrypted"
            #expect(decision.outcome == expected)
          }
        }
      }
      for _ in 0..<2 {
        group.addTask {
          for round in 0..<500 { store.replace(with: round % 2 == 0 ? second : first) }
        }
      }
      try await group.waitForAll()
    }
    store.replace(with: second)
    #expect(store.current.hash == second.hash)
  }

  @Test func `sessions of one policy decide at once`() async throws {
    let policy = try shippedPolicy.get()
    let today = try #require(PolicyDate("2026-11-23"))
    let decisions = try await withThrowingTaskGroup(of: Set<CodedDecision>.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let session = PolicySession(policy)
          let purpose = try policy.fact("purpose")
          try session.message.set(purpose, to: purpose.value("FOI-response"))
          return try Set((0..<500).map { _ in try session.decide(on: today) })
        }
      }
      return try await group.reduce(into: Set()) { $0.formUnion($1) }
    }
    #expect(decisions.count == 1)
  }

  @Test func `a policy with errors does not take the place of one without`() throws {
    let store = PolicyStore(try policy("send plain"))
    let hash = store.current.hash
    #expect(throws: PolicyErrors.self) { try store.reload(contentsOf: "/no/such/folder") }
    #expect(store.current.hash == hash)
    let file = try write("send by post")
    defer { try? FileManager.default.removeItem(atPath: file) }
    try store.reload(contentsOf: file)
    #expect(store.current.hash != hash)
  }

  /// A policy that sends every message the same way.
  private func policy(_ outcome: String) throws -> Policy {
    let file = try write(outcome)
    defer { try? FileManager.default.removeItem(atPath: file) }
    return try Policy(contentsOf: file)
  }

  private func write(_ outcome: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).rules")
    let text = """
      fact message is urgent: yes or no

      outcome \(outcome)

      outcome hold for review

      if message is urgent then \(outcome)

      otherwise \(outcome)

      when unsure hold for review
      """
    try Data(text.utf8).write(to: file)
    return file.path
  }
}
