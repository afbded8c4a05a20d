import Foundation
import SendPolicy
import Testing

/// The examples in the library's comments, line for line, so that they compile and run.
struct DocumentedExamples {
  private let today = PolicyDate(year: 2026, month: 11, day: 23)

  private struct Address { let isVerified: Bool }

  @Test func `the examples in the comments run`() throws {
    let rules = repository + "/rules"
    let today = try #require(today)
    let (message, addresses) = ("{}", [Address(isVerified: true), Address(isVerified: false)])
    let policy = try Policy(contentsOf: rules)
    let decision = try policy.decide(message, on: today)
    #expect(!decision.isSure)
    let isVerified = try policy.fact("address_is_verified")
    let session = PolicySession(policy)
    for address in addresses {
      session.message.reset()
      try session.message.set(isVerified, to: address.isVerified)
      let decision = try session.decide(on: today)
      #expect(policy.outcomes[decision.outcome] == "hold for the sender")
    }
    let purpose = try policy.fact("purpose")
    let appeal = try purpose.value("SEN-tribunal")
    session.message.reset()
    try session.message.set(purpose, to: appeal)
    let inquiry = try PolicyInquiry(policy, on: today)
    inquiry.message.reset()
    try inquiry.message.set(purpose, to: appeal)
    while let fact = inquiry.needed.first {
      try lookUp(fact, for: inquiry.message)
    }
    #expect(try decide(inquiry).isSure)
    let store = PolicyStore(try Policy(contentsOf: rules))
    #expect(try store.current.decide(message, on: today) == decision)
    try store.reload(contentsOf: rules)
  }

  private func decide(_ inquiry: PolicyInquiry) throws -> Decision {
    let decision = try inquiry.decide()
    return decision
  }

  private func lookUp(_ fact: PolicyFact, for message: MessageBuilder) throws {
    switch fact.kind {
    case .choice: try message.set(fact, to: fact.value(fact.values[0]))
    case .set: try message.clear(fact)
    case .yesOrNo: try message.set(fact, to: false)
    case .number: try message.set(fact, to: 1)
    case .date: try message.set(fact, year: 2026, month: 11, day: 1)
    case .text: try message.set(fact, to: "pat@example.org")
    }
  }

  /// Lines that say the same in other words here: they print, or name the reader's own folder.
  private static let told = ["print(", "contentsOf:", "store.current"]

  @Test func `these are the examples in the comments`() throws {
    let own = try String(contentsOfFile: #filePath, encoding: .utf8)
    let folder = repository + "/Sources/SendPolicy"
    var lineCount = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      var isExample = false
      for line in try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8).split(
        separator: "\n")
      {
        let text = line.drop { $0 == " " || $0 == "/" }
        if text.hasPrefix("```") {
          isExample = text == "```swift"
        } else if isExample, !DocumentedExamples.told.contains(where: text.contains) {
          lineCount += 1
          #expect(own.contains(" \(text)\n"), "\(file): \(text)")
        }
      }
    }
    #expect(lineCount > 10)
  }
}
