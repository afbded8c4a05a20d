import Testing
import Values

@testable import Mail

@Suite struct `The milter protocol` {
  static func packet(_ letter: Character, _ data: [UInt8] = []) -> [UInt8] {
    let length = UInt32(data.count + 1)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + [letter.asciiValue ?? 0]
      + data
  }

  static func texts(_ texts: String...) -> [UInt8] { texts.flatMap { Array($0.utf8) + [0] } }

  static let options = packet("O", [0, 0, 0, 6, 0, 0, 1, 0xFF, 0, 0x1F, 0xFF, 0xFF])

  static let conversation: [[UInt8]] = [
    options, packet("D", [0x43] + texts("j", "mx.example")),
    packet("C", texts("localhost") + [0x34, 0x04, 0xD2] + texts("127.0.0.1")),
    packet("D", [0x4D] + texts("{auth_authen}", "officer")),
    packet("M", texts("<officer@council.example>", "BODY=8BITMIME")),
    packet("R", texts("<mrs.x@example.org>")), packet("R", texts("<other@example.org>")),
    packet("L", texts("Subject", "Hello")), packet("L", texts("X-Purpose", "another matter")),
    packet("N"), packet("B", Array("one\r\n".utf8)), packet("B", Array("two\r\n".utf8)),
    packet("D", [0x45] + texts("i", "4XYZ")), packet("E"),
  ]

  @Test func `is spoken as Postfix speaks it, however the bytes come`() {
    for size in [1, 3, 7, 100_000] {
      var heard: [Mail] = []
      var session = MilterSession { mail in
        heard.append(mail)
        var conclusion = MailConclusion(mail, ownFields: [])
        conclusion.carryOut(.hold("look"), mail)
        return conclusion
      }
      let bytes = Self.conversation.flatMap { $0 }
      var answer: [UInt8] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        answer += session.receive(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(heard.count == 1)
      #expect(heard.first?.sender == "<officer@council.example>")
      #expect(heard.first?.senderParameters == ["BODY=8BITMIME"])
      #expect(heard.first?.recipients == ["<mrs.x@example.org>", "<other@example.org>"])
      #expect(heard.first?.fields.map(\.text) == ["Hello", "another matter"])
      #expect(heard.first?.body == Array("one\r\ntwo\r\n".utf8))
      #expect(heard.first?.queueID == "4XYZ")
      #expect(heard.first?.macros["{auth_authen}"] == "officer")
      #expect(heard.first?.macros["j"] == "mx.example")
      let expected =
        Self.packet("O", [0, 0, 0, 6, 0, 0, 0, 0x3F, 0, 0x0C, 0xD3, 0x82])
        + Self.packet("q", Self.texts("look")) + Self.packet("a")
      #expect(answer == expected)
      #expect(!session.isOver)
    }
  }

  @Test func `keeps nothing of one mail for the next`() {
    var heard: [Mail] = []
    var session = MilterSession { mail in
      heard.append(mail)
      return MailConclusion(mail, ownFields: [])
    }
    for packet in Self.conversation { _ = session.receive(packet) }
    for packet in Self.conversation.dropFirst(4).dropLast(5) { _ = session.receive(packet) }
    _ = session.receive(Self.packet("A"))
    _ = session.receive(Self.packet("M", Self.texts("<b@c.example>")))
    _ = session.receive(Self.packet("R", Self.texts("<d@e.example>")))
    _ = session.receive(Self.packet("E", Array("x".utf8)))
    #expect(heard.count == 2)
    #expect(heard.last?.recipients == ["<d@e.example>"])
    #expect(heard.last?.fields.isEmpty == true)
    #expect(heard.last?.body == Array("x".utf8))
    #expect(heard.last?.macros["i"] == nil)
  }

  @Test func `changes are written as the protocol has them`() {
    var writer = MilterWriter()
    var mail = Office.mail(to: ["a@b.org"])
    mail.fields.append(HeaderField("X-Send-Policy-Route", "x"))
    var conclusion = MailConclusion(mail, ownFields: ["x-send-policy-route"])
    conclusion.carryOut(MailPlan(way: .redirect("b@c.org"), below: ["A note"]), mail)
    writer.conclusion(conclusion)
    let expected =
      Self.packet("b", Array("Dear Mrs X\r\n\r\n\r\nA note\r\n".utf8))
      + Self.packet("m", [0, 0, 0, 1] + Self.texts("x-send-policy-route", ""))
      + Self.packet("-", Self.texts("<a@b.org>")) + Self.packet("+", Self.texts("<b@c.org>"))
      + Self.packet("a")
    #expect(writer.bytes == expected)
  }

  @Test func `a mail that is too large is not kept, and is judged as such`() {
    var heard: [Mail] = []
    var session = MilterSession { mail in
      heard.append(mail)
      return MailConclusion(mail, ownFields: [])
    }
    for packet in Self.conversation.dropLast(4) { _ = session.receive(packet) }
    let piece = Self.packet("B", [UInt8](repeating: 0x41, count: 65_535))
    for _ in 0..<1030 { _ = session.receive(piece) }
    _ = session.receive(Self.packet("E"))
    #expect(heard.first?.isTooLarge == true)
    #expect(heard.first?.body.isEmpty == true)
  }

  @Test(arguments: [
    [packet("M", texts("<a@b>"))], [packet("O", [0, 0, 0, 6])],
    [packet("O", [0, 0, 0, 6, 0, 0, 0, 1, 0, 0, 0, 0])], [options, packet("?")],
    [[0, 0, 0, 0]], [[0xFF, 0xFF, 0xFF, 0xFF, 0x4F]], [options, packet("R", texts("<a@b>"))],
  ])
  func `what does not follow it ends the conversation`(packets: [[UInt8]]) {
    var session = MilterSession { MailConclusion($0, ownFields: []) }
    for packet in packets { _ = session.receive(packet) }
    #expect(session.isOver)
  }

  @Test func `the end of a mail that never began puts it off`() {
    var session = MilterSession { MailConclusion($0, ownFields: []) }
    _ = session.receive(Self.options)
    #expect(session.receive(Self.packet("E")) == Self.packet("t"))
  }

  @Test func `no bytes at all make it fall over`() throws {
    let office = try Office()
    for seed in 1...1500 as ClosedRange<UInt64> {
      var random = SplitMix(state: seed)
      var packets = Self.conversation + [Self.packet("A"), Self.packet("K"), Self.packet("Q")]
      for _ in 0..<random.next() % 4 {
        packets.swapAt(
          Int(random.next() % UInt64(packets.count)), Int(random.next() % UInt64(packets.count)))
      }
      var bytes = packets.flatMap { $0 }
      for _ in 0..<random.next() % 6 {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(random.next() % 256)
      }
      var session = MilterSession { office.conclude($0) }
      _ = session.receive(bytes)
    }
  }
}
