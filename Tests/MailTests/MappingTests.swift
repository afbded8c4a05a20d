import Findings
import Model
import Testing

@testable import Mail

@Suite struct `A mapping of mails` {
  private func problems(_ mapping: String) throws -> [String] {
    let office = try Office()
    let result = MailMapping.read(Array(mapping.utf8), name: "mail.conf", office.policy.vocabulary)
    guard case .failure(let problems) = result else { return [] }
    return problems.findings.map { finding in
      "\(problems.files.name(of: finding.span)) \(finding.message)"
    }
  }

  @Test func `says of everything in the policy what is to be done`() throws {
    let mapping = try Office().policy.mapping
    #expect(mapping.sources.allSatisfy { $0 != nil })
    #expect(mapping.outcomes[1].way == .route("[gateway.example]:25"))
    #expect(mapping.notes == [.below, .field(HeaderField("Importance", "high")), .hold])
    #expect(mapping.registers == ["promises.csv"])
    #expect(mapping.several == .split(by: try #require(HostPort("127.0.0.1:10587"))))
  }

  @Test(arguments: [
    ("purpose comes", "purpose come", []),
    (
      "the subject comes from the subject", "subjekt comes from the subject",
      [
        "mail.conf:2 no fact of the policy is called `subjekt`"
      ]
    ),
    (
      "the subject comes from the subject", "the subject comes from the stars",
      [
        "mail.conf:2 nothing comes from `the stars`"
      ]
    ),
    (
      "purpose comes from header \"X-Purpose\"", "purpose is always SEN-tribunul",
      [
        "mail.conf:1 `purpose is` is the text `SEN-tribunul`, which is none of its values; did you mean `SEN-tribunal`?"
      ]
    ),
    ("purpose comes from header \"X-Purpose\"", "purpose is never known", []),
    (
      "purpose comes from header \"X-Purpose\"", "purpose comes from the number of attachments",
      [
        "mail.conf:1 this gives a whole number, and `purpose is` is something else"
      ]
    ),
    (
      "purpose comes from header \"X-Purpose\"", "# nothing",
      [
        "mail.conf:18 nothing says where `purpose is` comes from, and the policy needs it"
      ]
    ),
    (
      "by the recipient's address\nthe council", "\nthe council",
      [
        "mail.conf:6 nothing says whom to look up in the register"
      ]
    ),
    (
      "send plain means accept", "send plane means accept",
      [
        "mail.conf:8 the policy has no outcome and no note `send plane`"
      ]
    ),
    (
      "send plain means accept", "send plain means deliver",
      [
        "mail.conf:8 an outcome cannot mean `deliver with header \"X-Send-Policy: plain\"`"
      ]
    ),
    ("[gateway.example]:25", "gateway", ["mail.conf:9 a server has to stand here"]),
    (
      "try again means defer", "",
      [
        "mail.conf:18 nothing says what becomes of a message whose outcome is `try again`"
      ]
    ),
    ("try again means defer", "every other outcome means defer", []),
    (
      "try again means defer", "try again means defer with 550 5.1.1 \"no\"",
      [
        "mail.conf:12 a reply has to stand here"
      ]
    ),
    (
      "see to it means hold", "", ["mail.conf:18 nothing says what becomes of the note `see to it`"]
    ),
    ("see to it means hold", "see to it means sing", ["mail.conf:16 a note cannot mean `sing`"]),
    (
      "see to it means hold", "see to it, try again means hold",
      [
        "mail.conf:16 outcomes and notes stand in one sentence"
      ]
    ),
    (
      "see to it means hold", "see to it means hold fast",
      [
        "mail.conf:16 the sentence is complete before `fast`"
      ]
    ),
    (
      "see to it means hold", "see to it means hold\nsee to it means nothing",
      [
        "mail.conf:17 `see to it` stands here for the second time"
      ]
    ),
    (
      "split mail goes to 127.0.0.1:10587", "",
      [
        "mail.conf:17 several recipients are split, and nothing says by which server"
      ]
    ),
    (
      "split mail goes to 127.0.0.1:10587", "mail is nice",
      [
        "mail.conf:18 this line says neither where a fact comes from nor what an outcome means"
      ]
    ),
    (
      "\"Importance: high\"", "\"high\"",
      [
        "mail.conf:15 a header has to stand here, in quotation marks"
      ]
    ),
  ])
  func `is refused with the line and what is wrong`(
    old: String, new: String, expected: [String]
  ) throws {
    #expect(Office.mapping.contains(old))
    #expect(try problems(Office.mapping.replacing(old, with: new)) == expected)
  }
}
