import Foundation
import SendPolicy
import Testing

/// Messages told fact by fact are decided as the same messages in JSON are.
struct CodedFactTests {
  @Test func `every example message told fact by fact is decided as in JSON`() throws {
    let policy = try shippedPolicy.get()
    let session = PolicySession(policy)
    let messages = try examples()
    #expect(messages.count > 5)
    for message in messages {
      session.message.reset()
      try tell(message, to: session.message, policy)
      let text = String(
        decoding: try JSONSerialization.data(withJSONObject: message), as: UTF8.self)
      let today = try #require(PolicyDate(message["on"] as? String ?? "2026-11-23"))
      let expected = try policy.decide(text, on: today)
      #expect(try session.decideInWords(on: today) == expected, "\(message)")
      let coded = try session.decide(on: today)
      #expect(policy.outcomes[coded.outcome] == expected.outcome)
      #expect(coded.isSure == expected.isSure)
      #expect(session.missing.map(\.name) == expected.missing)
      let notes = policy.notes.indices.filter(session.hasNote)
      #expect(notes.map { policy.notes[$0] } == expected.notes)
      let rules = (0..<coded.ruleCount).map { policy.rules[session.rule(at: $0)] }
      #expect(rules == expected.rules.filter { $0 != "otherwise" })
      let again = try Array(text.utf8).withUnsafeBytes { try session.decide($0, on: today) }
      #expect(again == coded)
    }
  }

  @Test func `a batch is decided as its messages are`() throws {
    let policy = try shippedPolicy.get()
    let today = try #require(PolicyDate("2026-11-23"))
    let session = PolicySession(policy)
    let batch = MessageBatch(policy)
    var expected: [CodedDecision] = []
    for message in try examples() {
      session.message.reset()
      try tell(message, to: session.message, policy)
      try batch.append(session.message)
      expected.append(try session.decide(on: today))
    }
    var found: [CodedDecision] = []
    try session.decide(batch, on: today) { index, decision in
      #expect(index == found.count)
      found.append(decision)
      #expect(throws: Never.self) { try batch.append(session.message) }
    }
    #expect(found == expected)
    #expect(batch.count == 2 * expected.count)
  }

  @Test func `an interview asks only for what can matter, and ends sure`() throws {
    let policy = try shippedPolicy.get()
    let today = try #require(PolicyDate("2026-11-23"))
    let session = PolicySession(policy)
    let message = try #require(try examples().first)
    var asked: [String] = []
    while let fact = try next(session, today) {
      #expect(!asked.contains(fact.name))
      asked.append(fact.name)
      try tell([fact.name: message[fact.name] as Any], to: session.message, policy)
    }
    #expect(try session.decide(on: today).isSure)
    #expect(!asked.isEmpty && asked.count < policy.facts.count)
  }

  private func next(_ session: PolicySession, _ today: PolicyDate) throws -> PolicyFact? {
    _ = try session.decide(on: today)
    return session.missing.first
  }

  @Test func `what nobody declared is refused in words`() throws {
    let policy = try shippedPolicy.get()
    let unknown = #expect(throws: FactError.self) { try policy.fact("purpos") }
    #expect(unknown?.kind == .unknownName)
    #expect(unknown?.message.contains("did you mean `purpose`") == true)
    let purpose = try policy.fact("purpose")
    let value = #expect(throws: FactError.self) { try purpose.value("FOI-respons") }
    #expect(value?.message.contains("did you mean `FOI-response`") == true)
    let people = try policy.fact("number_of_people_named_in_message")
    #expect(throws: FactError.self) { try people.value("one") }
    let message = PolicySession(policy).message
    #expect(kind { try message.set(purpose, to: true) } == .wrongKind)
    #expect(kind { try message.set(people, to: -1) } == .notAllowed)
    #expect(kind { try message.set(people, toMillionths: 500_000) } == .notAllowed)
    #expect(kind { try message.set(people, to: .max) } == .notAllowed)
    #expect(kind { try message.setNotRecorded(purpose) } == .notAllowed)
    let consent = try policy.fact("date_of_consent")
    #expect(kind { try message.set(consent, year: 2026, month: 2, day: 30) } == .notAllowed)
    #expect(kind { try message.set(consent, year: 1899, month: 12, day: 31) } == .notAllowed)
    let contents = try policy.fact("message_contains")
    let data = try contents.value("financial-data")
    #expect(kind { try message.set(purpose, to: data) } == .unknownValue)
    let address = try policy.fact("recipient_address")
    let broken: [UInt8] = [0x61, 0xff]
    #expect(
      kind { try broken.withUnsafeBytes { try message.set(address, toUTF8: $0) } } == .notAllowed)
  }

  @Test func `facts of another policy are refused`() throws {
    let policy = try shippedPolicy.get()
    let other = try Policy(contentsOf: repository + "/rules")
    let purpose = try other.fact("purpose")
    let message = PolicySession(policy).message
    #expect(kind { try message.setUnknown(purpose) } == .otherPolicy)
    #expect(kind { try MessageBatch(other).append(message) } == .otherPolicy)
  }

  @Test func `a record says what the decision says, or why there is none`() throws {
    let policy = try shippedPolicy.get()
    let today = try #require(PolicyDate("2026-11-23"))
    func record(_ text: String) -> String {
      let bytes = Array(text.utf8).withUnsafeBytes { policy.record($0, on: today) }
      return String(decoding: bytes, as: UTF8.self)
    }
    #expect(record(#"{"id": "a"}"#).hasPrefix(#"{"id":"a","outcome":"#))
    #expect(
      record(#"{"id": "a", "purpose": 3}"#).hasPrefix(
        #"{"id":"a","error":{"code":"wrong-type""#))
    for empty in ["", " \r\n", "\u{feff}"] {
      #expect(record(empty).hasPrefix(#"{"error":{"code":"bad-json""#), "\(empty)")
    }
    #expect(record(String(repeating: "x", count: 2 << 20)).contains(#""code":"too-long""#))
  }

  @Test func `a byte order mark before a message counts for nothing`() throws {
    let policy = try shippedPolicy.get()
    let today = try #require(PolicyDate("2026-11-23"))
    let session = PolicySession(policy)
    for text in [#"{"purpose": "complaint-response"}"#, #"{"unknown": ["purpose"]}"#] {
      let (plain, marked) = (Array(text.utf8), Array("\u{feff}\(text)".utf8))
      #expect(try policy.decide(marked, on: today) == policy.decide(plain, on: today))
      func record(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBytes { policy.record($0, on: today) }
      }
      func coded(_ bytes: [UInt8]) throws -> CodedDecision {
        try bytes.withUnsafeBytes { try session.decide($0, on: today) }
      }
      #expect(record(marked) == record(plain))
      #expect(try coded(marked) == coded(plain))
    }
    let twice = Array("\u{feff}\u{feff}{}".utf8)
    #expect(throws: MessageError.self) { try policy.decide(twice, on: today) }
  }

  /// The kind of error that telling a fact ends in.
  private func kind(_ body: () throws -> Void) -> FactError.Kind? {
    do { try body() } catch { return (error as? FactError)?.kind }
    return nil
  }

  private func examples() throws -> [[String: Any]] {
    let text = try String(
      contentsOfFile: repository + "/rules/examples/messages.ndjson", encoding: .utf8)
    return try text.split(separator: "\n").compactMap {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  /// Tells what a JSON message without nested objects says.
  private func tell(
    _ json: [String: Any], to message: MessageBuilder, _ policy: Policy
  ) throws {
    for name in json["unknown"] as? [String] ?? [] { try message.setUnknown(policy.fact(name)) }
    for fact in policy.facts {
      guard let value = json[fact.name] else { continue }
      switch (fact.kind, value) {
      case (.choice, let name as String): try message.set(fact, to: fact.value(name))
      case (.set, let names as [String]):
        try message.clear(fact)
        for name in names { try message.insert(fact.value(name), into: fact) }
      case (.set, let name as String): try message.insert(fact.value(name), into: fact)
      case (.yesOrNo, let flag as Bool): try message.set(fact, to: flag)
      case (.number, let number as Double):
        try message.set(fact, toMillionths: Int64((number * 1e6).rounded()))
      case (.date, let text as String):
        let parts = text.split(separator: "-").compactMap { Int($0) }
        try message.set(fact, year: parts[0], month: parts[1], day: parts[2])
      case (.text, let text as String): try message.set(fact, to: text)
      default: Issue.record("\(fact.name) is \(value)")
      }
    }
  }
}

let repository = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
/// The policy that the project ships, proved once for all tests.
let shippedPolicy = Result { try Policy(contentsOf: repository + "/rules") }
