import Engine

/// What the mail system is to do with a mail: changes, and how it ends.
package struct MailConclusion: Hashable, Sendable {
  package enum Change: Hashable, Sendable {
    case addField(HeaderField)
    /// The field of that name and number, counted from 1, gets another value; with an empty one it is deleted.
    case changeField(String, number: Int, value: [UInt8])
    case replaceBody([UInt8])
    case addRecipient(String)
    case removeRecipient(String)
    case hold(String)
  }

  package enum End: Hashable, Sendable {
    case accept
    /// The reply as SMTP has it.
    case reply(String)
  }

  package private(set) var changes: [Change] = []
  package private(set) var end = End.accept
  private var fields: [HeaderField]
  private let ownFields: Set<String>
  private var remaining: [String]

  init(_ mail: Mail, ownFields: Set<String>) {
    fields = mail.fields
    remaining = mail.recipients
    self.ownFields = ownFields
  }

  /// The mail is to come again later.
  static func puttingOff(_ mail: Mail, _ reason: String) -> MailConclusion {
    var conclusion = MailConclusion(mail, ownFields: [])
    conclusion.putOff(reason)
    return conclusion
  }

  /// The mail is to come again later.
  mutating func putOff(_ reason: String) {
    changes = []
    end = .reply("451 4.7.1 \(reason.onOneLine.asciiOnly)")
  }

  mutating func removeRecipients(_ recipients: [String]) {
    remaining.removeAll { recipients.contains($0) }
    changes += recipients.map { .removeRecipient($0) }
  }

  mutating func carryOut(_ plan: MailPlan, _ mail: Mail) {
    var plan = plan
    if case .reply(let reply) = plan.way {
      changes = []
      end = .reply(reply)
      return
    }
    if !plan.below.isEmpty || !plan.attached.isEmpty {
      switch NoteInsertion.altered(mail, below: plan.below, attached: plan.attached) {
      case .success(let altered): take(altered)
      case .failure(let problem): plan.way = .hold(problem.rawValue)
      }
    }
    removeOwnFields()
    for field in plan.fields { set(field) }
    switch plan.way {
    case .accept, .reply: break
    case .route(let server): set(HeaderField(MailPolicy.routeField, "smtp:\(server)"))
    case .hold(let reason): changes.append(.hold(reason.asciiOnly))
    case .redirect(let address):
      removeRecipients(remaining)
      changes.append(.addRecipient("<\(address)>"))
    }
    if let reason = plan.waiting { changes.append(.hold(reason.onOneLine.asciiOnly)) }
  }

  private mutating func take(_ altered: AlteredMail) {
    for (name, value) in altered.fields {
      if value.isEmpty { remove(name) } else { set(HeaderField(name, value)) }
    }
    changes.append(.replaceBody(altered.body))
  }

  /// Nobody but this filter says what only it can know.
  private mutating func removeOwnFields() {
    let names = Set(fields.map { $0.name.lowercased() }).intersection(ownFields)
    for name in names.sorted() { remove(name) }
  }

  private mutating func set(_ field: HeaderField) {
    remove(field.name, butFirst: true)
    if fields.first(named: field.name) != nil {
      changes.append(.changeField(field.name, number: 1, value: field.value))
    } else {
      changes.append(.addField(field))
      fields.append(field)
    }
  }

  /// Takes fields of a name out, the last one first, so that the numbers of the others stay.
  private mutating func remove(_ name: String, butFirst: Bool = false) {
    let count = fields.count { $0.isNamed(name) }
    let lowest = butFirst ? 2 : 1
    for number in stride(from: count, through: lowest, by: -1) {
      changes.append(.changeField(name, number: number, value: []))
    }
    let first = fields.firstIndex { $0.isNamed(name) }
    var index = 0
    fields.removeAll { field in
      defer { index += 1 }
      return field.isNamed(name) && !(butFirst && index == first)
    }
  }
}
