import Testing
import Values

@testable import Mail

@Suite struct `The header of a mail` {
  @Test(arguments: [
    ("Hello", "Hello"),
    (" Two\r\n words", "Two words"),
    ("=?iso-8859-1?Q?Caf=E9_au_lait?=", "Café au lait"),
    ("=?utf-8?B?w4lsb8Ovc2U=?= Smith", "Éloïse Smith"),
    ("=?utf-8?Q?one?= =?utf-8?Q?two?=", "onetwo"),
    ("=?UTF-8*en?q?=E2=82=AC?=\r\n =?windows-1252?Q?=80?=", "€€"),
    ("=?unknown-8bit?Q?=E9?=", "=?unknown-8bit?Q?=E9?="),
    ("=?utf-8?Q?not closed", "=?utf-8?Q?not closed"),
    ("a =? b", "a =? b"),
  ])
  func `is read as people see it`(value: String, text: String) {
    #expect(HeaderField("Subject", value).text == text)
  }

  @Test func `is read where nobody said how it is written`() {
    #expect(HeaderField("Subject", [0x43, 0x61, 0x66, 0xE9]).text == "Café")
  }

  @Test(arguments: ["plain", "Grüße", String(repeating: "ü€", count: 100), "a\r\nBcc: b"])
  func `comes back as it was written`(text: String) {
    let written = HeaderText.written(text)
    #expect(written.utf8.allSatisfy { $0 < 0x80 })
    #expect(!written.contains("\nB"))
    #expect(HeaderField("X", written).text == text.replacing("\r\n", with: "  "))
  }

  @Test func `has parameters in every form`() {
    func name(_ value: String) -> String? {
      ParameterField(HeaderField("Content-Disposition", value))["filename"]
    }
    #expect(name(" attachment; filename=plain.pdf") == "plain.pdf")
    #expect(name("attachment;\r\n filename=\"a \\\"b\\\"; c.pdf\"") == "a \"b\"; c.pdf")
    #expect(name("attachment; filename*=utf-8'en'%E2%82%AC%20=rates.pdf") == "€ =rates.pdf")
    #expect(
      name("attachment; filename*0*=iso-8859-1''Caf%E9; filename*1=\" menu\"; filename*2=.pdf")
        == "Café menu.pdf")
    #expect(name("attachment; filename=\"=?utf-8?Q?=E2=82=AC.pdf?=\"") == "€.pdf")
    #expect(name("attachment; filename=a.pdf (a comment; filename=b.pdf)") == "a.pdf")
  }
}

@Suite struct `The parts of a mail` {
  static func mail(_ type: String?, _ body: String) -> Mail {
    var mail = Mail()
    if let type { mail.fields.append(HeaderField("Content-Type", type)) }
    mail.body = Array(body.replacing("\n", with: "\r\n").utf8)
    return mail
  }

  static let mixed = mail(
    "multipart/mixed; boundary=outer",
    """
    preamble
    --outer
    Content-Type: multipart/alternative; boundary="in ner"

    --in ner
    Content-Type: text/plain; charset=iso-8859-1
    Content-Transfer-Encoding: quoted-printable

    Gr=FC=DFe
    --in ner
    Content-Type: text/html; charset=utf-8

    <html><body><p>Hello</p></body></html>
    --in ner--
    --outer
    Content-Type: application/pdf; name="plan.pdf"
    Content-Transfer-Encoding: base64
    Content-Disposition: attachment

    QUJDREVGR0hJSg==
    --outer
    Content-Disposition: attachment; filename*=utf-8''%C3%BCber.txt

    text
    --outer--
    epilogue
    """)

  @Test func `are found with their names and sizes`() {
    let mail = Self.mixed
    let tree = MailPart.read(mail.fields, mail.body)
    #expect(tree.isWhole)
    let attachments = tree.root.leaves.filter(\.isAttachment)
    #expect(attachments.map(\.fileName) == ["plan.pdf", "über.txt"])
    #expect(attachments.map { $0.size(in: mail.body) } == [10, 4])
    #expect(
      tree.root.leaves.map(\.type.value) == [
        "text/plain", "text/html", "application/pdf", "text/plain",
      ])
  }

  @Test func `a mail without a type is one plain text`() {
    let mail = Self.mail(nil, "hello\n")
    let root = MailPart.read(mail.fields, mail.body).root
    #expect(root.leaves.count == 1 && !root.isAttachment)
  }

  @Test func `are not followed without end`() {
    let deep = (0..<100).map { "--b\($0)\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\n\n" }
    let mail = Self.mail("multipart/mixed; boundary=b0", deep.joined())
    #expect(!MailPart.read(mail.fields, mail.body).isWhole)
    let wide = Self.mail(
      "multipart/mixed; boundary=b", String(repeating: "--b\n\nx\n", count: 3000))
    #expect(!MailPart.read(wide.fields, wide.body).isWhole)
  }

  @Test func `no bytes at all make the reader fall over`() {
    let parts: [String] = [
      "--outer", "\r\n", "Content-Type: ", "multipart/mixed; boundary=", "outer", "\"", ";", "*0*=",
      "=?utf-8?Q?", "?=", "text/html", "charset=utf-16", "base64", "Content-Transfer-Encoding: ",
      "quoted-printable", "=", "\0", "é", "--", "(", "\\", "%E", "'", "<", "</body>", " ",
    ]
    for seed in 1...2000 as ClosedRange<UInt64> {
      var random = SplitMix(state: seed)
      var mail = Self.mixed
      var text: [UInt8] = []
      for _ in 0..<random.next() % 60 {
        text += parts[Int(random.next() % UInt64(parts.count))].utf8
      }
      if seed % 2 == 0 {
        let place = Int(random.next() % UInt64(mail.body.count))
        mail.body.replaceSubrange(place..<min(place + 40, mail.body.count), with: text)
      } else {
        mail.fields = [HeaderField("Content-Type", text)]
      }
      let tree = MailPart.read(mail.fields, mail.body)
      for part in tree.root.all {
        #expect(part.content.lowerBound >= 0 && part.content.upperBound <= mail.body.count)
        _ = part.fileName
      }
      _ = HeaderField("Subject", text).text
      _ = NoteInsertion.altered(mail, below: ["a € note"], attached: seed % 3 == 0 ? ["b"] : [])
    }
  }
}

@Suite struct `A note in a mail` {
  private func altered(_ mail: Mail, _ note: String) throws -> (Mail, AlteredMail) {
    let result = try NoteInsertion.altered(mail, below: [note], attached: []).get()
    var after = mail
    after.body = result.body
    for (name, value) in result.fields {
      after.fields.removeAll { $0.isNamed(name) }
      if !value.isEmpty { after.fields.append(HeaderField(name, value)) }
    }
    return (after, result)
  }

  /// What a reader sees of each text.
  private func texts(_ mail: Mail) -> [String] {
    MailPart.read(mail.fields, mail.body).root.leaves.filter { !$0.isAttachment }.map { part in
      let bytes = part.encoding.decoded(mail.body[part.content])
      return Charset(part.type["charset"] ?? "us-ascii")?.text(bytes) ?? "?"
    }
  }

  @Test func `stands below the text, in every version of it`() throws {
    let (after, _) = try altered(`The parts of a mail`.mixed, "You asked – plain.")
    let texts = texts(after)
    #expect(texts.count == 2)
    #expect(texts[0].hasPrefix("Grüße") && texts[0].contains("You asked – plain."))
    #expect(texts[1] == "<html><body><p>Hello</p><p>You asked &#8211; plain.</p>\r\n</body></html>")
    let attachments = MailPart.read(after.fields, after.body).root.leaves.filter(\.isAttachment)
    #expect(attachments.map { $0.size(in: after.body) } == [10, 4])
  }

  @Test(arguments: [nil, "7bit", "8bit", "quoted-printable", "base64"])
  func `keeps the way in which the text travels`(encoding: String?) throws {
    var mail = `The parts of a mail`.mail("text/plain; charset=utf-8; format=flowed", "")
    let travelling = TransferEncoding(encoding.map { HeaderField("CTE", $0) })
    mail.body = travelling.encoded(Array("Hello = you\r\n".utf8))
    if let encoding { mail.fields.append(HeaderField("Content-Transfer-Encoding", encoding)) }
    let (after, _) = try altered(mail, "Grüße")
    #expect(texts(after) == ["Hello = you\r\n\r\n\r\nGrüße\r\n"])
    if encoding == "base64" { #expect(after.fields.count == 2) }
    #expect(encoding == "8bit" || after.body.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: [
    ("us-ascii", "utf-8"), ("iso-8859-1", "utf-8"), ("windows-1252", "windows-1252"),
    ("utf-8", "utf-8"),
  ])
  func `changes the character set only where it has to`(before: String, after: String) throws {
    let mail = `The parts of a mail`.mail("text/plain; charset=\(before)", "Hello\n")
    let (altered, _) = try altered(mail, "5 €")
    #expect(texts(altered) == ["Hello\r\n\r\n\r\n5 €\r\n"])
    let type = try #require(altered.fields.first(named: "Content-Type"))
    #expect(ParameterField(type)["charset"] == after)
  }

  @Test(arguments: ["application/pdf", "text/plain; charset=x-unknown", "image/png; name=a.png"])
  func `is a part of its own where no text can take it`(type: String) throws {
    let mail = `The parts of a mail`.mail(type, "content\n")
    let (after, _) = try altered(mail, "5 €")
    let root = MailPart.read(after.fields, after.body).root
    #expect(root.type.value == "multipart/mixed" && root.children.count == 2)
    let first = root.children[0]
    #expect(String(decoding: after.body[first.content], as: UTF8.self) == "content\r\n")
    #expect(
      root.children[1].encoding.decoded(after.body[root.children[1].content]) == Array("5 €".utf8))
  }

  @Test(arguments: [
    ("multipart/signed; boundary=b; protocol=\"application/pgp-signature\"", "--b\n\nx\n--b--\n"),
    ("multipart/encrypted; boundary=b", "--b\n\nx\n--b--\n"),
    ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", "AAAA"),
    ("text/plain", "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n"),
    (
      "multipart/mixed; boundary=b",
      "--b\nContent-Type: multipart/signed; boundary=c\n\n--c\n\nx\n--c--\n--b--\n"
    ),
  ])
  func `is never put into what is signed or encrypted`(type: String, body: String) {
    let mail = `The parts of a mail`.mail(type, body)
    guard case .failure(.protected) = NoteInsertion.altered(mail, below: ["note"], attached: [])
    else {
      Issue.record("it was altered")
      return
    }
  }
}
