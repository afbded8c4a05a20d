import Testing

@testable import Mail

@Suite struct `A part that is handed over` {
  @Test func `is written as mail systems want it`() {
    var mail = Mail()
    mail.fields = [
      HeaderField("X-Send-Policy-Part", " token"), HeaderField("Subject", "two\n\tlines"),
    ]
    mail.body = Array("first\r\n.second\n..third".utf8)
    #expect(
      String(decoding: Submission.content(of: mail), as: UTF8.self)
        == "X-Send-Policy-Part: token\r\nSubject: two\r\n\tlines\r\n\r\n"
        + "first\r\n..second\r\n...third\r\n.\r\n")
  }

  @Test func `is not accepted where no server is`() throws {
    var mail = Mail()
    mail.recipients = ["<a@b.org>"]
    let nobody = try #require(HostPort("127.0.0.1:1"))
    guard case .notAccepted(let reason) = Submission.submit(mail, to: nobody) else {
      Issue.record("it was accepted")
      return
    }
    #expect(reason.hasPrefix("127.0.0.1:1 cannot be reached"))
  }
}

@Suite struct `A size in the unit of its fact` {
  @Test(arguments: [
    ("MB", 35_000_000, false, "35.000000"), ("MB", 35_000_001, false, "35.000001"),
    ("MB", 1, true, "1"), ("kB", 1500, false, "1.500"), ("GB", 1, false, "0.000001"),
    (nil, 1500, true, "1500"),
  ])
  func `is never less than it is`(unit: String?, bytes: Int, isWhole: Bool, text: String) throws {
    #expect(try #require(SizeUnit(unit)).written(bytes, isWhole: isWhole) == text)
  }
}
