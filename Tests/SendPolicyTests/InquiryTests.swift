import Foundation
import SendPolicy
import Testing

/// A policy with one look-up that is worth its price only now and then.
private let rules = """
  fact purpose is: one of newsletter, tribunal, another matter
  fact council has promised plain email: yes or no, if absent no
    from register.promised
  fact deadline is: date, if recorded
  fact address is: text
  fact files are: whole number from 0
  fact message contains: any of health, money, names

  outcome send plain
  outcome send encrypted
  outcome hold

  note urgent

  rule Newsletters go plain
    if the purpose is newsletter
    then send plain

  rule What was promised is kept
    if the purpose is tribunal and the council has promised plain email
    then send plain

  rule Many files are held
    if the files are more than 20 and the purpose is not newsletter
      and the address is in the domain "example.org" and the message contains health or money
    then hold
    overrides What was promised is kept

  rule Urgent
    if the deadline is within 3 days or past
    then add urgent
    unless the purpose is newsletter

  otherwise send encrypted

  when unsure hold

  """

@Suite struct `An inquiry` {
  private let today = PolicyDate("2026-11-23")

  private func withPolicy(_ body: (Policy) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(rules.utf8).write(to: folder.appending(path: "a.rules"))
    try body(Policy(contentsOf: folder.path))
  }

  @Test func `asks for nothing that cannot matter any more`() throws {
    try withPolicy { policy in
      let inquiry = try PolicyInquiry(policy, on: #require(today))
      #expect(Set(inquiry.needed.map(\.name)) == Set(policy.facts.map(\.name)))
      #expect(inquiry.needed.first?.name == "purpose")
      let purpose = try policy.fact("purpose")
      try inquiry.message.set(purpose, to: purpose.value("newsletter"))
      #expect(inquiry.needed.isEmpty)
      #expect(try inquiry.decide().outcome == "send plain")

      inquiry.message.reset()
      try inquiry.message.set(purpose, to: purpose.value("another matter"))
      #expect(
        Set(inquiry.needed.map(\.name)) == ["deadline", "address", "files", "message_contains"])
      try inquiry.message.set(policy.fact("files"), to: 20)
      // Neither the address nor what it contains matters to so few files.
      #expect(inquiry.needed.map(\.name) == ["deadline"])
      try inquiry.message.setNotRecorded(policy.fact("deadline"))
      #expect(inquiry.needed.isEmpty)
      #expect(try inquiry.decide().outcome == "send encrypted")
    }
  }

  @Test func `never asks again for what cannot be found out`() throws {
    try withPolicy { policy in
      let inquiry = try PolicyInquiry(policy, on: #require(today))
      let purpose = try policy.fact("purpose")
      try inquiry.message.set(purpose, to: purpose.value("tribunal"))
      try inquiry.message.set(policy.fact("files"), to: 3)
      try inquiry.message.setUnknown(policy.fact("register.promised"))
      // Whatever the deadline is, the decision stays unsure.
      #expect(inquiry.needed.isEmpty)
      let decision = try inquiry.decide()
      #expect(!decision.isSure && decision.outcome == "hold")
      #expect(decision.missing.contains("register.promised"))
    }
  }

  @Test func `knows every kind of fact that it was told`() throws {
    try withPolicy { policy in
      let inquiry = try PolicyInquiry(policy, on: #require(today))
      let (purpose, contains) = try (policy.fact("purpose"), policy.fact("message_contains"))
      try inquiry.message.set(purpose, to: purpose.value("tribunal"))
      try inquiry.message.set(policy.fact("files"), to: 21)
      try inquiry.message.set(policy.fact("deadline"), year: 2026, month: 11, day: 27)
      try inquiry.message.set(policy.fact("address"), to: "pat@Example.org")
      #expect(
        Set(inquiry.needed.map(\.name)) == ["message_contains", "register.promised"])
      try inquiry.message.insert(contains.value("names"), into: contains)
      try inquiry.message.insert(contains.value("money"), into: contains)
      #expect(inquiry.needed.isEmpty)
      #expect(try inquiry.decide().rules == ["Many files are held"])
    }
  }
}
