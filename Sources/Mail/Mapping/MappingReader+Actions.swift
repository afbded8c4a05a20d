import Engine
import Findings
import Syntax

extension MappingReader {
  /// `accept` | `route to SERVER` | `hold` | `reject` | `defer` | `redirect to ADDRESS`, each `with header "…"`
  mutating func outcomeAction(_ statement: inout MappingStatement) -> OutcomeAction? {
    let span = statement.here
    let action: OutcomeAction.Way?
    switch statement.eatAny([
      "accept", "route to", "hold", "quarantine", "reject", "defer", "redirect to",
    ]) {
    case "accept"?: action = .accept
    case "route to"?: action = route(&statement)
    case "hold"?, "quarantine"?: action = .hold(holdReason(&statement))
    case "reject"?: action = reply(&statement, "550 5.7.1 the message may not be sent", "5")
    case "defer"?: action = reply(&statement, "451 4.7.1 try again later", "4")
    case "redirect to"?: action = redirect(&statement)
    default:
      report(.notAnAction(statement.isAtEnd ? "" : statement.rest, at: span))
      return nil
    }
    guard let action else { return nil }
    var result = OutcomeAction(action)
    while statement.eat("with header") || statement.eat("and header") {
      guard let field = field(&statement) else { return nil }
      result.fields.append(field)
    }
    return result
  }

  private func holdReason(_ statement: inout MappingStatement) -> String {
    var probe = statement
    guard probe.eat("with"), let reason = probe.eatString() else {
      return "held by the send policy"
    }
    statement = probe
    return reason.onOneLine
  }

  private mutating func route(_ statement: inout MappingStatement) -> OutcomeAction.Way? {
    let span = statement.here
    guard let server = statement.eatItem(), HostPort(server) != nil else {
      report(.notAServer(at: span))
      return nil
    }
    return .route(server)
  }

  private mutating func redirect(_ statement: inout MappingStatement) -> OutcomeAction.Way? {
    let span = statement.here
    let address = statement.eatItem().map(Mail.address) ?? ""
    let parts = address.split(separator: "@")
    guard parts.count == 2,
      address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x3C && $0 != 0x3E })
    else {
      report(.notAnAddress(at: span))
      return nil
    }
    return .redirect(address)
  }

  /// `with 550 5.7.1 "TEXT"`; `first` is the digit that such replies begin with.
  private mutating func reply(
    _ statement: inout MappingStatement, _ usual: String, _ first: String
  ) -> OutcomeAction.Way? {
    var probe = statement
    guard probe.eat("with"), probe.word != "header" else { return .reply(usual) }
    statement = probe
    let span = statement.here
    guard let code = statement.eatItem(), let status = statement.eatItem(),
      let text = statement.eatString(), MappingReader.isCode(code, first),
      MappingReader.isStatus(status, first)
    else {
      report(.notAReply(first, at: span))
      return nil
    }
    return .reply("\(code) \(status) \(text.onOneLine.asciiOnly)")
  }

  private static func isCode(_ text: String, _ first: String) -> Bool {
    text.utf8.count == 3 && text.hasPrefix(first) && Int(text) != nil
  }

  /// Source: RFC 3463, section 2.
  private static func isStatus(_ text: String, _ first: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 3 && parts[0] == first[...]
      && parts.allSatisfy { (1...3).contains($0.utf8.count) && UInt($0) != nil }
  }

  /// `"NAME: VALUE"`
  private mutating func field(_ statement: inout MappingStatement) -> HeaderField? {
    let span = statement.here
    let parts = statement.eatString()?.split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let parts, parts.count == 2, String(parts[0]).isFieldName else {
      report(.notAField(at: span))
      return nil
    }
    return HeaderField(String(parts[0]), HeaderText.written(String(parts[1]).onOneLine))
  }

  /// `add the text below the message` | `attach the text` | `header "…"` | `hold` | `nothing`
  mutating func noteAction(_ statement: inout MappingStatement) -> NoteAction? {
    let span = statement.here
    if statement.eat("add text below the message") || statement.eat("add text") { return .below }
    if statement.eat("attach text") { return .attached }
    if statement.eat("nothing") { return .nothing }
    if statement.eat("hold") || statement.eat("quarantine") { return .hold }
    if statement.eat("header") { return field(&statement).map { .field($0) } }
    report(.notANoteAction(statement.isAtEnd ? "" : statement.rest, at: span))
    return nil
  }
}

extension String {
  /// The text without line breaks and other signs that nobody sees, and without white space at its ends.
  var onOneLine: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      scalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
    }
    return String(scalars).trimmed
  }

  /// The text with a question mark for everything that SMTP's replies cannot say.
  var asciiOnly: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.isASCII ? $0 : "?" }))
  }
}
