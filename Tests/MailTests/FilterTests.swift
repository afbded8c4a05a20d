import Synchronization
import Testing
import Values

@testable import Mail

@Suite struct `A filter of mails` {
  private let office: Office

  init() throws { office = try Office() }

  private func conclusion(_ mail: Mail) -> MailConclusion { office.conclude(mail) }

  @Test func `sends plainly what was promised, with the note below`() throws {
    let result = conclusion(Office.mail(to: ["Mrs.X@Example.org"]))
    #expect(result.end == .accept)
    #expect(result.changes.contains(.addField(HeaderField("X-Send-Policy", "plain"))))
    let body = result.changes.compactMap {
      if case .replaceBody(let body) = $0 { body } else { nil }
    }
    let text = String(decoding: try #require(body.first), as: UTF8.self)
    #expect(text.hasPrefix("Dear Mrs X\r\n"))
    #expect(text.contains("because you asked us to"))
    #expect(office.recorded.count == 1)
    #expect(office.recorded[0].answer.contains(#""rules":["Promised"]"#))
    let message = office.recorded[0].message
    #expect(
      message.hasPrefix(
        #"{"id":"4ABC/1","on":"2026-11-24","purpose":"another matter","subject":"Your review""#))
    #expect(
      message.hasSuffix(#""envelope":{"from":"officer@council.example","to":"Mrs.X@Example.org"}}"#)
    )
  }

  @Test(arguments: ["stranger@example.org", "old@example.org"])
  func `routes everything else to the gateway`(address: String) {
    let result = conclusion(Office.mail(to: [address]))
    #expect(result.end == .accept)
    #expect(
      result.changes.contains(
        .addField(HeaderField("X-Send-Policy-Route", "smtp:[gateway.example]:25"))))
  }

  @Test func `refuses, puts off and holds`() {
    #expect(
      conclusion(Office.mail(to: ["a@b.org"], subject: "a secret")).end
        == .reply("550 5.7.1 not this way"))
    #expect(
      conclusion(Office.mail(to: ["a@b.org"], subject: "later")).end
        == .reply("451 4.7.1 try again later"))
    var large = Office.mail(to: ["a@b.org"])
    large.fields[2] = HeaderField("Content-Type", "application/pdf")
    large.body = [UInt8](repeating: 0x41, count: 1_000_001)
    #expect(conclusion(large).changes == [.hold("somebody has to look")])
    #expect(
      conclusion(Office.mail(to: ["a@b.org"], subject: "see to it")).changes.last
        == .hold("the note `see to it` has to be seen to"))
  }

  @Test func `makes what waits ready to be let go as it was decided`() {
    let changes = conclusion(Office.mail(to: ["mrs.x@example.org"], subject: "see to it")).changes
    #expect(changes.contains { if case .replaceBody = $0 { true } else { false } })
    #expect(changes.contains(.addField(HeaderField("X-Send-Policy", "plain"))))
    #expect(changes.last == .hold("the note `see to it` has to be seen to"))
  }

  @Test func `holds what it cannot judge, and says why`() {
    let wrong = conclusion(Office.mail(to: ["a@b.org"], purpose: "SEN-tribunul"))
    #expect(
      wrong.changes == [
        .hold(
          "`purpose` is the text `SEN-tribunul`, which is none of its values; did you mean `SEN-tribunal`?"
        )
      ])
    var mail = Office.mail(to: ["a@b.org"])
    mail.isTooLarge = true
    #expect(conclusion(mail).changes.last == .hold("the message has more than 64 MB"))
    #expect(office.recorded.count == 2)
  }

  @Test func `lets nothing go that is not on record`() {
    office.refuseToRecord()
    let result = conclusion(Office.mail(to: ["mrs.x@example.org"]))
    #expect(result.changes.isEmpty)
    #expect(result.end == .reply("451 4.7.1 nothing could be decided and put on record"))
  }

  @Test func `takes out marks that somebody else made`() {
    var mail = Office.mail(to: ["a@b.org"])
    mail.fields += [
      HeaderField("X-Send-Policy", "plain"), HeaderField("x-send-policy", "plain"),
      HeaderField("X-Send-Policy-Route", "smtp:[evil.example]:25"),
      HeaderField("X-Send-Policy-Part", "guessed"),
    ]
    let changes = conclusion(mail).changes
    #expect(changes.contains(.changeField("x-send-policy", number: 2, value: [])))
    #expect(changes.contains(.changeField("x-send-policy", number: 1, value: [])))
    #expect(changes.contains(.changeField("x-send-policy-route", number: 1, value: [])))
    #expect(changes.contains(.changeField("x-send-policy-part", number: 1, value: [])))
    #expect(office.recorded.count == 1)
  }

  @Test func `holds what is signed and would have to be altered`() {
    var mail = Office.mail(to: ["mrs.x@example.org"])
    mail.fields[2] = HeaderField("Content-Type", "multipart/signed; boundary=b")
    mail.body = Array("--b\r\n\r\nx\r\n--b--\r\n".utf8)
    let result = conclusion(mail)
    #expect(!result.changes.contains { if case .replaceBody = $0 { true } else { false } })
    #expect(
      result.changes.last
        == .hold("the message is signed or encrypted, and nothing can be added to it"))
  }

  // MARK: Several recipients

  private static let both = ["mrs.x@example.org", "other@example.org", "third@example.org"]

  @Test func `splits a mail whose recipients are decided differently`() throws {
    let result = conclusion(Office.mail(to: Self.both))
    #expect(result.changes.contains(.removeRecipient("<other@example.org>")))
    #expect(result.changes.contains(.removeRecipient("<third@example.org>")))
    #expect(!result.changes.contains(.removeRecipient("<mrs.x@example.org>")))
    #expect(result.changes.contains { if case .replaceBody = $0 { true } else { false } })
    let part = try #require(office.submitted.first)
    #expect(office.submitted.count == 1)
    #expect(part.recipients == ["<other@example.org>", "<third@example.org>"])
    #expect(part.body == Office.mail(to: []).body)
    #expect(office.recorded.count == 3)
  }

  @Test func `knows a part again while it is on its way, once`() throws {
    let office = office
    let filter = Mutex<MailFilter?>(nil)
    let returned = Mutex<[MailConclusion]>([])
    let made = MailFilter(
      MailFilter.Surroundings(
        moment: { Moment(day: Day(clamping: 20_000), hour: 9) },
        submit: { _, part in
          let filter = filter.withLock { $0 }
          for _ in 0..<2 {
            if let filter {
              returned.withLock { $0.append(filter.conclude(part, by: office.desk)) }
            }
          }
          return .accepted
        },
        token: { "a token" }))
    filter.withLock { $0 = made }
    _ = made.conclude(Office.mail(to: ["other@example.org", "mrs.x@example.org"]), by: office.desk)
    let conclusions = returned.withLock { $0 }
    #expect(conclusions.count == 2)
    for conclusion in conclusions {
      #expect(conclusion.end == .accept)
      #expect(conclusion.changes.contains(.changeField("x-send-policy-part", number: 1, value: [])))
    }
    // Two decisions on the whole, none on the part that came back, and one when it came once more.
    #expect(office.recorded.count == 3)
    filter.withLock { $0 = nil }
  }

  @Test func `puts a mail off that cannot be split, before anybody has got it`() {
    office.answer([.notAccepted("the server is not there")])
    let result = conclusion(Office.mail(to: Self.both))
    #expect(result.changes.isEmpty)
    #expect(result.end == .reply("451 4.7.1 it could not be split: the server is not there"))
  }

  @Test func `holds the rest where nobody knows whether a part has gone`() {
    office.answer([.unknown("no answer")])
    let result = conclusion(Office.mail(to: Self.both))
    #expect(result.end == .accept)
    #expect(result.changes == [.hold("it could not be split to the end: no answer")])
  }

  @Test func `looks at all recipients of the mail, not only at those of a part`() {
    let many = (1...5).map { "p\($0)@example.org" } + ["clerk@council.example"]
    let result = conclusion(Office.mail(to: many))
    #expect(result.changes == [.hold("somebody has to look")])
    #expect(office.recorded.allSatisfy { $0.answer.contains(#""outcome":"hold for review""#) })
  }

  @Test func `holds a mail for all where the mapping says so`() throws {
    let text = Office.mapping.replacing(
      "several recipients are split\n", with: "several recipients are held\n")
    let office = try Office(mapping: text)
    let result = office.conclude(Office.mail(to: Self.both))
    #expect(result.changes == [.hold("its recipients are decided differently")])
    #expect(office.submitted.isEmpty)
  }
}
