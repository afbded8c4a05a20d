import Engine
import Workspace

/// Hands mails to a submission server.
///
/// Source: RFC 5321; section 4.5.2 for the full stops that lines begin with. Everything has to be done within a
/// minute: the mail system that waits for the filter waits longer than that.
package struct Submission {
  private let socket: Descriptor
  private let end: Int
  private var pending: [UInt8] = []

  private static let patience = 60
  private static let longestReply = 1 << 16

  /// Hands over a mail with its sender and recipients.
  package static func submit(_ mail: Mail, to server: HostPort) -> SubmissionResult {
    let end = System.nanoseconds + patience * 1_000_000_000
    do throws(SystemError) {
      let socket = try System.connection(host: server.host, port: server.port, atMost: 10_000)
      defer { try? socket.closeFile() }
      var submission = Submission(socket: socket, end: end)
      return submission.run(mail)
    } catch {
      return .notAccepted("\(server.text) cannot be reached: \(error.reason)")
    }
  }

  private init(socket: Descriptor, end: Int) { (self.socket, self.end) = (socket, end) }

  /// The command that the server refused or did not answer.
  private struct Refusal: Error {
    let reason: String
  }

  private mutating func run(_ mail: Mail) -> SubmissionResult {
    do throws(Refusal) {
      _ = try reply(wanted: "2")
      let extensions = try say("EHLO localhost", wanted: "2")
      try say(Submission.sender(of: mail, extensions), wanted: "2")
      for recipient in mail.recipients {
        try say("RCPT TO:\(Submission.bracketed(recipient))", wanted: "2")
      }
      try say("DATA", wanted: "3")
    } catch {
      return .notAccepted(error.reason)
    }
    do throws(Refusal) {
      try send(Submission.content(of: mail))
    } catch {
      // Without its last line no server takes a mail.
      return .notAccepted(error.reason)
    }
    do throws(Refusal) {
      let answer = try reply(wanted: nil)
      guard answer.first == "2" else {
        return .notAccepted("the server says \(answer.prefix(200))")
      }
    } catch {
      return .unknown(error.reason)
    }
    try? send(Array("QUIT\r\n".utf8))
    return .accepted
  }

  private static func sender(of mail: Mail, _ extensions: String) -> String {
    let known = extensions.uppercased()
    let kept = mail.senderParameters.filter { parameter in
      let name = parameter.uppercased().prefix { $0 != "=" }
      return name == "SMTPUTF8" && known.contains("SMTPUTF8")
    }
    var words = ["MAIL FROM:\(bracketed(mail.sender))"] + kept
    let isPlain = mail.body.allSatisfy { $0 < 0x80 }
    if !isPlain, known.contains("8BITMIME") { words.append("BODY=8BITMIME") }
    return words.joined(separator: " ")
  }

  private static func bracketed(_ address: String) -> String {
    let bare = Mail.address(address).unicodeScalars.filter { $0.value > 0x20 && $0.value != 0x7F }
    return "<\(String(String.UnicodeScalarView(bare)))>"
  }

  /// The mail as it is sent, up to the full stop that ends it.
  static func content(of mail: Mail) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(mail.size + 1024)
    for field in mail.fields {
      bytes += field.name.utf8
      bytes.append(0x3A)
      if field.value.first != 0x20, field.value.first != 0x09 { bytes.append(0x20) }
      // Mail systems hand on folded values with line feeds alone.
      for byte in field.value where byte != 0x0D {
        if byte == 0x0A { bytes.append(0x0D) }
        bytes.append(byte)
      }
      bytes += [0x0D, 0x0A]
    }
    bytes += [0x0D, 0x0A]
    var isAtStart = true
    for byte in mail.body {
      if isAtStart, byte == UInt8(ascii: ".") { bytes.append(byte) }
      if byte == 0x0A, bytes.last != 0x0D { bytes.append(0x0D) }
      bytes.append(byte)
      isAtStart = byte == 0x0A
    }
    if !isAtStart { bytes += [0x0D, 0x0A] }
    return bytes + Array(".\r\n".utf8)
  }

  // MARK: - Speaking

  @discardableResult
  private mutating func say(_ line: String, wanted: Character) throws(Refusal) -> String {
    try send(Array((line + "\r\n").utf8))
    return try reply(wanted: wanted)
  }

  private func send(_ bytes: [UInt8]) throws(Refusal) {
    var position = 0
    while position < bytes.count {
      let part = bytes[position...].withUnsafeBytes { try? socket.send($0) }
      guard let part else { throw Refusal(reason: "the server has closed the connection") }
      position += part
      if part == 0, !socket.waitUntilReady(writing: true, atMost: rest) {
        throw Refusal(reason: "the server takes too long")
      }
    }
  }

  private var rest: Int { max(0, (end - System.nanoseconds) / 1_000_000) }

  /// The next reply, all lines of it; refused if it does not begin with the wanted figure.
  private mutating func reply(wanted: Character?) throws(Refusal) -> String {
    var lines: [String] = []
    while true {
      if let lineEnd = pending.firstIndex(of: 0x0A) {
        let line = String(decoding: pending[..<lineEnd], as: UTF8.self).trimmed
        pending.removeFirst(lineEnd + 1)
        lines.append(line)
        guard lines.count < 200 else { throw Refusal(reason: "the server says too much") }
        if line.utf8.count > 3, Array(line.utf8)[3] == UInt8(ascii: "-") { continue }
        break
      }
      try readMore()
    }
    if let wanted, lines[lines.count - 1].first != wanted {
      throw Refusal(reason: "the server says \(lines[lines.count - 1].prefix(200))")
    }
    return lines.joined(separator: "\n")
  }

  private mutating func readMore() throws(Refusal) {
    guard pending.count < Submission.longestReply else {
      throw Refusal(reason: "the server says too much")
    }
    guard socket.waitUntilReady(writing: false, atMost: rest) else {
      throw Refusal(reason: "the server does not answer")
    }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let received = chunk.withUnsafeMutableBytes { buffer in
      Result { () throws(SystemError) in try socket.receive(into: buffer) }
    }
    guard case .success(let count) = received, count != 0 else {
      throw Refusal(reason: "the server has closed the connection")
    }
    pending += chunk[..<(count ?? 0)]
  }
}
