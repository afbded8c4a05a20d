package import Findings
package import Model
package import Registers
import Syntax

/// What `mail.conf` says: where the facts of a mail come from, and what becomes of it when the policy has decided.
package struct MailMapping: Sendable {
  /// By fact, where it comes from; nil where nothing is said of the fact.
  package internal(set) var sources: [FactSource?]
  /// By outcome.
  package internal(set) var outcomes: [OutcomeAction]
  /// By note.
  package internal(set) var notes: [NoteAction]
  /// What becomes of a mail about which the policy cannot be asked, because a value in it is none of the fact's.
  package internal(set) var unjudged = OutcomeAction(.hold("the message could not be judged"))
  /// What becomes of a mail whose recipients are decided differently.
  package internal(set) var several = SeveralRecipients.held
  /// The files of the registers, as they are written, each once.
  package internal(set) var registers: [String] = []
}

/// Where a fact of a mail comes from.
package indirect enum FactSource: Hashable, Sendable {
  /// The first field of the name.
  case header(String)
  case subject
  case senderAddress, senderDomain, recipientAddress, recipientDomain
  case messageSize, attachmentSize, attachmentCount, attachmentNames
  case recipientCount
  /// How many recipients are in none of these domains.
  case recipientsOutside([String])
  /// What the mail system says under a name.
  case macro(String)
  case hour
  /// The same in every mail, as it is written.
  case constant(String)
  /// What is on file, in the register of that number, about whom this source names.
  case register(Int, key: RegisterKey, by: FactSource)
  /// Nobody knows it when a mail is sent.
  case unknown
}

/// What becomes of a mail.
package struct OutcomeAction: Hashable, Sendable {
  package enum Way: Hashable, Sendable {
    /// It goes on as it is.
    case accept
    /// It goes on by way of another mail server, `[gateway.example]:25`.
    case route(String)
    /// It waits until somebody has looked at it, with the reason for that.
    case hold(String)
    /// It is refused for good, or for the time being; the reply as SMTP has it: `550 5.7.1 …`.
    case reply(String)
    /// It goes to this address in place of the recipient's.
    case redirect(String)
  }

  package let way: Way
  package internal(set) var fields: [HeaderField] = []

  init(_ way: Way) { self.way = way }
}

/// What becomes of a note.
package enum NoteAction: Hashable, Sendable {
  case below, attached
  case field(HeaderField)
  case hold
  case nothing
}

package enum SeveralRecipients: Hashable, Sendable {
  case held
  /// Those who are decided otherwise get a mail of their own, by this submission server.
  case split(by: HostPort)
}

/// A server by name or address, and its port.
package struct HostPort: Hashable, Sendable {
  package let host: String
  package let port: Int

  /// Reads `127.0.0.1:10587` or `[gateway.example]:25`.
  package init?(_ text: String) {
    guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")),
      let port = Int(text[text.utf8.index(after: colon)...]), (1...65_535).contains(port)
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
    (self.host, self.port) = (host, port)
  }

  package var text: String { "\(host):\(port)" }
}

extension MailMapping {
  /// Why a mapping cannot be used.
  package struct Problems: Error, Sendable {
    package let findings: [Finding]
    package let files: SourceFiles
  }

  /// Reads a mapping and checks it against the vocabulary of a policy. Linear time.
  package static func read(
    _ bytes: [UInt8], name: String, _ vocabulary: Vocabulary
  ) -> Result<MailMapping, Problems> {
    let source = SourceFile(path: name, bytes: bytes)
    let files = SourceFiles([source])
    if let problem = EncodingCheck.problem(source, FileID(0)) {
      return .failure(Problems(findings: [problem.finding], files: files))
    }
    var reader = MappingReader(source, vocabulary)
    let mapping = reader.read()
    let errors = reader.findings.filter { $0.severity == .error }
    guard errors.isEmpty else {
      return .failure(
        Problems(findings: errors.sorted(by: Finding.inReadingOrder), files: files))
    }
    return .success(mapping)
  }
}

extension MailMapping {
  /// What a register lacks that the mapping looks for in it, in one sentence.
  package func problem(with registers: [Register], _ vocabulary: Vocabulary) -> String? {
    for (fact, source) in zip(vocabulary.facts, sources) {
      guard case .register(let number, let key, _)? = source else { continue }
      let register = registers[number]
      if !register.facts.contains(fact.id) {
        return "`\(register.name)` has no column for `\(fact.phrase)`, which comes from it"
      }
      if !register.keys.contains(key) {
        return
          "`\(register.name)` has no column `\(key.rawValue)`, by which people are looked up in it"
      }
    }
    return nil
  }
}
