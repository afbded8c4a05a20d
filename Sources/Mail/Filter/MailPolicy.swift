package import Model
package import Registers
import Engine

/// What is needed to decide mails by a policy: a mapping that fits its words, and the registers. It never changes.
package final class MailPolicy: Sendable {
  package let vocabulary: Vocabulary
  package let mapping: MailMapping
  /// In the order in which the mapping names them.
  package let registers: [Register]
  let decoder: MessageDecoder
  /// The names of fields that only this filter writes: what a mail brings under them is taken out.
  let ownFields: Set<String>

  package init(_ vocabulary: Vocabulary, _ mapping: MailMapping, _ registers: [Register]) {
    (self.vocabulary, self.mapping, self.registers) = (vocabulary, mapping, registers)
    decoder = MessageDecoder(vocabulary)
    let fields = (mapping.outcomes + [mapping.unjudged]).flatMap(\.fields).map(\.name)
    let noteFields = mapping.notes.compactMap { note -> String? in
      if case .field(let field) = note { field.name } else { nil }
    }
    ownFields = Set((fields + noteFields + MailPolicy.markFields).map { $0.lowercased() })
  }

  /// The field by which Postfix is told to send a mail by way of another server: `milter_header_checks` gives it to
  /// its FILTER action.
  package static let routeField = "X-Send-Policy-Route"
  /// The field by which the filter knows a mail that it has split off another.
  package static let partField = "X-Send-Policy-Part"
  private static let markFields = [routeField, partField]
}

/// What the policy decided about a mail to one recipient, and what is to be done.
package struct Judgement: Sendable {
  package let recipient: String
  /// What the policy was told: one JSON object.
  package let message: String
  /// The outcome and the rules that decided; nil and none where nothing was decided.
  package var outcome: String?
  package var rules: [String] = []
  package var plan: MailPlan
}

/// What is to be done with a mail to a recipient.
package struct MailPlan: Hashable, Sendable {
  package var way: OutcomeAction.Way
  package var fields: [HeaderField] = []
  package var below: [String] = []
  package var attached: [String] = []
  /// Why it waits all the same until somebody lets it go; nil where it does not.
  package var waiting: String?

  package static func hold(_ reason: String) -> MailPlan { MailPlan(way: .hold(reason)) }

  /// Holds what would otherwise go on.
  mutating func hold(_ reason: String) {
    switch way {
    case .accept, .route, .redirect: way = .hold(reason.onOneLine)
    case .hold, .reply: break
    }
  }

  /// Whether the mail is to come again later.
  var isPuttingOff: Bool {
    if case .reply(let reply) = way { reply.hasPrefix("4") } else { false }
  }
}
