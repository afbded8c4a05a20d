import Engine
import Values

/// The mail with texts added for its reader.
struct AlteredMail: Sendable {
  var body: [UInt8]
  /// Fields of the mail's own header that have another value now; an empty one is deleted.
  var fields: [(name: String, value: String)] = []
}

/// Why nothing can be added to a mail.
enum AlterationProblem: String, Error, Sendable {
  case protected = "the message is signed or encrypted, and nothing can be added to it"
  case tooComplex = "the message has too many parts to look at"
}

/// Adds the texts of notes to a mail: below what it says, in plain text and in HTML, or as a part of their own.
///
/// Character set and transfer encoding of each part are kept where they can hold the text, and changed where not. A
/// mail that is signed or encrypted is not touched.
struct NoteInsertion {
  private let mail: Mail
  private let root: MailPart

  private init(_ mail: Mail, _ root: MailPart) { (self.mail, self.root) = (mail, root) }

  /// The mail with some texts below what it says, and others as a part of their own.
  static func altered(
    _ mail: Mail, below: [String], attached: [String]
  ) -> Result<AlteredMail, AlterationProblem> {
    let tree = MailPart.read(mail.fields, mail.body)
    guard tree.isWhole else { return .failure(.tooComplex) }
    let insertion = NoteInsertion(mail, tree.root)
    if tree.root.all.contains(where: \.isProtected) || insertion.holdsArmour {
      return .failure(.protected)
    }
    var altered = AlteredMail(body: mail.body)
    var attached = attached
    if !below.isEmpty {
      if let edited = insertion.written(below) {
        altered = edited
      } else {
        attached = below + attached
      }
    }
    if !attached.isEmpty { insertion.attach(attached, to: &altered) }
    return .success(altered)
  }

  /// Whether a text of the mail is an OpenPGP message (RFC 9580, section 6.2).
  private var holdsArmour: Bool {
    root.leaves.contains { part in
      guard part.type.value == "text/plain" else { return false }
      let text = part.encoding.decoded(mail.body[part.content])
      return TextMatch.contains.matches(text, Array("-----BEGIN PGP ".utf8))
    }
  }

  // MARK: - Below

  /// Where the texts are to stand: the first text of the mail, with its other versions.
  private func targets(in part: MailPart) -> [MailPart] {
    switch part.type.value {
    case "multipart/alternative": return part.children.flatMap(targets)
    case _ where part.isMultipart:
      for child in part.children {
        let found = targets(in: child)
        if !found.isEmpty { return found }
      }
      return []
    case "text/plain", "text/html":
      return part.isAttachment || part.encoding == .unknown ? [] : [part]
    default: return []
    }
  }

  /// The mail with the texts below; nil if there is no text in it that can take them.
  private func written(_ texts: [String]) -> AlteredMail? {
    let targets = targets(in: root)
    guard !targets.isEmpty else { return nil }
    var altered = AlteredMail(body: [])
    var position = 0
    for target in targets {
      guard let content = NewContent(target, mail.body, texts) else { return nil }
      if target.header.isEmpty, target.content.lowerBound == 0 {
        altered.fields = content.fields
        return AlteredMail(body: content.bytes, fields: content.fields)
      }
      altered.body += mail.body[position..<target.header.lowerBound]
      altered.body += header(of: target, with: content.fields)
      altered.body += content.bytes
      position = target.content.upperBound
    }
    altered.body += mail.body[position...]
    return altered
  }

  private func header(of part: MailPart, with fields: [(name: String, value: String)]) -> [UInt8] {
    guard !fields.isEmpty else { return Array(mail.body[part.header]) }
    let kept = part.fields.filter { field in !fields.contains { field.isNamed($0.name) } }
    var bytes: [UInt8] = []
    for field in kept { bytes += field.name.utf8 + [0x3A] + field.value + [0x0D, 0x0A] }
    for field in fields { bytes += "\(field.name): \(field.value)\r\n".utf8 }
    return bytes + [0x0D, 0x0A]
  }

  // MARK: - As a part of their own

  private func attach(_ texts: [String], to altered: inout AlteredMail) {
    let note = Array(texts.joined(separator: "\r\n\r\n").utf8)
    var part = Array(
      ("Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: inline\r\n"
        + "Content-Transfer-Encoding: quoted-printable\r\n\r\n").utf8)
    part += QuotedPrintable.encoded(note) + [0x0D, 0x0A]
    let tree = MailPart.read(mail.fields, altered.body)
    if tree.root.type.value == "multipart/mixed", let closing = tree.root.closing,
      let boundary = tree.root.type["boundary"]
    {
      altered.body.insert(contentsOf: "--\(boundary)\r\n".utf8 + part, at: closing)
      return
    }
    wrap(part, &altered)
  }

  /// Makes the whole mail the first of two parts.
  private func wrap(_ part: [UInt8], _ altered: inout AlteredMail) {
    func value(_ name: String) -> String? {
      let changed = altered.fields.first { $0.name == name }?.value
      return changed
        ?? mail.fields.first(named: name).map {
          String(decoding: $0.value, as: UTF8.self).trimmed
        }
    }
    var boundary = "=_" + SHA256.hex(of: altered.body.suffix(1 << 16)).prefix(40)
    while TextMatch.contains.matches(altered.body, Array(boundary.utf8)) {
      boundary = "=_" + SHA256.hex(of: boundary.utf8).prefix(40)
    }
    var body = Array("--\(boundary)\r\n".utf8)
    for name in ["Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID"] {
      if let value = value(name) { body += "\(name): \(value)\r\n".utf8 }
    }
    body += [0x0D, 0x0A] + altered.body
    body += "\r\n--\(boundary)\r\n".utf8 + part + "--\(boundary)--\r\n".utf8
    let isPlain = altered.body.allSatisfy { $0 < 0x80 }
    altered.body = body
    altered.fields = [("Content-Type", "multipart/mixed; boundary=\"\(boundary)\"")]
    altered.fields.append(("Content-Transfer-Encoding", isPlain ? "7bit" : "8bit"))
    for name in ["Content-Disposition", "Content-ID"] where mail.fields.first(named: name) != nil {
      altered.fields.append((name, ""))
    }
    if mail.fields.first(named: "MIME-Version") == nil {
      altered.fields.append(("MIME-Version", "1.0"))
    }
  }
}

/// A text of the mail with notes below it.
private struct NewContent {
  let bytes: [UInt8]
  /// The fields of the part that have to be others.
  let fields: [(name: String, value: String)]

  /// Nil if nobody here knows the character set well enough.
  init?(_ part: MailPart, _ body: [UInt8], _ texts: [String]) {
    let old = part.encoding.decoded(body[part.content])
    let name = part.type["charset"] ?? "us-ascii"
    let isHTML = part.type.value == "text/html"
    guard
      let (new, charset) = isHTML
        ? NewContent.html(old, name, texts) : NewContent.plain(old, name, texts)
    else { return nil }
    var fields: [(name: String, value: String)] = []
    if charset != name {
      fields.append(("Content-Type", part.type.written(with: "charset", charset)))
    }
    var encoding = part.encoding
    if encoding == .identity, new.count != old.count,
      !NewContent.travels(new, as: body[part.content])
    {
      encoding = .quotedPrintable
      fields.append(("Content-Transfer-Encoding", encoding.name))
    }
    bytes = encoding.encoded(new)
    self.fields = fields
  }

  /// Whether bytes can travel as they are, as those that came did.
  private static func travels(_ new: [UInt8], as old: ArraySlice<UInt8>) -> Bool {
    new.allSatisfy { $0 < 0x80 } || old.contains { $0 >= 0x80 }
  }

  private static func plain(
    _ old: [UInt8], _ name: String, _ texts: [String]
  ) -> (bytes: [UInt8], charset: String)? {
    let note = "\r\n" + texts.map { "\r\n" + wrapped($0) + "\r\n" }.joined()
    let isASCII = note.utf8.allSatisfy { $0 < 0x80 }
    guard let charset = Charset(name) else {
      return isASCII && Charset.holdsASCII(name) ? (old + Array(note.utf8), name) : nil
    }
    if let bytes = charset.bytes(note) { return (old + bytes, name) }
    guard case .utf16 = charset else { return (Array((charset.text(old) + note).utf8), "utf-8") }
    return nil
  }

  /// In HTML every character can be written in ASCII.
  private static func html(
    _ old: [UInt8], _ name: String, _ texts: [String]
  ) -> (bytes: [UInt8], charset: String)? {
    if case .utf16? = Charset(name) { return nil }
    guard Charset(name) != nil || Charset.holdsASCII(name) else { return nil }
    let note = texts.map { "<p>\(escaped($0))</p>\r\n" }.joined()
    let place = end(of: old)
    return (Array(old[..<place]) + Array(note.utf8) + Array(old[place...]), name)
  }

  /// Where the last `</body>` begins, or else the last `</html>`, or else the end.
  private static func end(of html: [UInt8]) -> Int {
    for tag in ["</body", "</html"] {
      let tag = Array(tag.utf8)
      var place = html.count - tag.count
      while place >= 0 {
        if html[place] == tag[0],
          TextMatch.equals.matches(html[place..<place + tag.count], tag)
        {
          return place
        }
        place -= 1
      }
    }
    return html.count
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\n": result += "<br>"
      case _ where scalar.isASCII: result.unicodeScalars.append(scalar)
      default: result += "&#\(scalar.value);"
      }
    }
  }

  /// Lines of at most 76 characters, broken between words.
  private static func wrapped(_ text: String) -> String {
    var lines: [String] = []
    for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in paragraph.split(separator: " ") {
        if !line.isEmpty, line.unicodeScalars.count + word.unicodeScalars.count >= 76 {
          lines.append(line)
          line = ""
        }
        line += line.isEmpty ? String(word) : " " + word
      }
      lines.append(line)
    }
    return lines.joined(separator: "\r\n")
  }
}
