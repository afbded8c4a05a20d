import Engine
import JSON
import Model
import Registers
import Syntax
package import Values

/// What a mail says to a policy, for one recipient at a time.
struct MailFacts {
  private let policy: MailPolicy
  private let mail: Mail
  private let leaves: [MailPart]
  private let moment: Moment

  init(_ policy: MailPolicy, _ mail: Mail, _ moment: Moment) {
    (self.policy, self.mail, self.moment) = (policy, mail, moment)
    leaves = MailPart.read(mail.fields, mail.body).root.leaves
  }

  /// The message as the policy reads it. A value that is none of its fact stands there as it was written, for the
  /// policy to refuse.
  func message(to recipient: String, number: Int) -> [JSONValue.Member] {
    var fields = JSONFields()
    var unknown: [JSONValue] = []
    for fact in policy.vocabulary.facts {
      guard let source = policy.mapping.sources[fact.id.index] else { continue }
      switch value(of: fact, source, recipient) {
      case .said(let value): fields.insert(value, at: fact.path[...])
      case .notSaid: break
      case .unknown: unknown.append(.string(fact.field))
      }
    }
    let id = mail.queueID.isEmpty ? "mail/\(number)" : "\(mail.queueID)/\(number)"
    var members = [
      JSONValue.Member(name: "id", value: .string(id)),
      JSONValue.Member(name: "on", value: .string(moment.day.description)),
    ]
    members += fields.members + envelope(recipient)
    if !unknown.isEmpty {
      members.append(JSONValue.Member(name: "unknown", value: .array(unknown)))
    }
    return members
  }

  /// The addresses of the envelope, where no fact holds them.
  private func envelope(_ recipient: String) -> [JSONValue.Member] {
    guard !policy.vocabulary.facts.contains(where: { $0.path.first == "envelope" }) else {
      return []
    }
    let sources = policy.mapping.sources
    let addresses = [
      ("from", mail.sender, FactSource.senderAddress), ("to", recipient, .recipientAddress),
    ]
    let members = addresses.filter { !sources.contains($0.2) }.map {
      JSONValue.Member(name: $0.0, value: .string(Mail.address($0.1)))
    }
    return members.isEmpty ? [] : [JSONValue.Member(name: "envelope", value: .object(members))]
  }

  private enum Saying {
    case said(JSONValue)
    case notSaid
    /// There may be something to say, and nobody knows it.
    case unknown
  }

  private func value(of fact: Fact, _ source: FactSource, _ recipient: String) -> Saying {
    switch source {
    case .unknown: return .unknown
    case .register(let number, let key, let by):
      guard let somebody = text(by, recipient), !somebody.isEmpty else { return .unknown }
      var value: FactValue?
      policy.registers[number].lookUp(key, somebody.utf8, on: moment.day) {
        if $0 == fact.id { value = $1 }
      }
      return value.map { .said($0.json(of: fact)) } ?? .notSaid
    default:
      guard let text = text(source, recipient, fact), !text.isEmpty else { return .notSaid }
      return .said(WrittenValue(fact, text).json(today: moment.day))
    }
  }

  /// What a source says, in words; nil where it says nothing.
  private func text(_ source: FactSource, _ recipient: String, _ fact: Fact? = nil) -> String? {
    switch source {
    case .header(let name): mail.fields.first(named: name)?.text
    case .subject: mail.fields.first(named: "Subject")?.text
    case .senderAddress: Mail.address(mail.sender)
    case .senderDomain: Mail.domain(of: Mail.address(mail.sender))
    case .recipientAddress: Mail.address(recipient)
    case .recipientDomain: Mail.domain(of: Mail.address(recipient))
    case .messageSize: size(mail.size, fact)
    case .attachmentSize: size(attachments.reduce(0) { $0 + $1.size(in: mail.body) }, fact)
    case .attachmentCount: String(attachments.count)
    case .attachmentNames: attachments.compactMap(\.fileName).joined(separator: ", ")
    case .recipientCount: String(mail.recipients.count)
    case .recipientsOutside(let domains): String(mail.recipients.count { isOutside($0, domains) })
    case .macro(let name): mail.macros[name]
    case .hour: String(moment.hour)
    case .constant(let text): text
    case .register, .unknown: nil
    }
  }

  private var attachments: [MailPart] { leaves.filter(\.isAttachment) }

  private func isOutside(_ recipient: String, _ domains: [String]) -> Bool {
    let address = Mail.address(recipient)
    return !domains.contains { TextMatch.inDomain.matches(address, $0) }
  }

  private func size(_ bytes: Int, _ fact: Fact?) -> String {
    guard case .number(let isWhole, let unit, _, _)? = fact?.kind else { return String(bytes) }
    return (SizeUnit(unit) ?? .byte).written(bytes, isWhole: isWhole)
  }
}

/// When a mail is decided.
package struct Moment: Hashable, Sendable {
  package let day: Day
  /// From 0 to 23.
  package let hour: Int

  package init(day: Day, hour: Int) { (self.day, self.hour) = (day, hour) }
}
