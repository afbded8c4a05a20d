package import Findings
package import Syntax
package import Values

/// Every word that a policy declares, with its meaning.
package struct Vocabulary: Sendable {
  package var facts: [Fact] = []
  package var outcomes: [Outcome] = []
  package var notes: [Note] = []
  package var definitions: [Definition] = []

  package init() {}

  package subscript(id: FactID) -> Fact { facts[id.index] }
  package subscript(id: OutcomeID) -> Outcome { outcomes[id.index] }
  package subscript(id: NoteID) -> Note { notes[id.index] }
  package subscript(id: DefinitionID) -> Definition { definitions[id.index] }
}

/// Something that a message says, or that is known about its recipient.
package struct Fact: Sendable {
  package enum Kind: Hashable, Sendable {
    /// One of the declared values.
    case choice
    /// Any number of the declared values, none included.
    case set
    case yesOrNo
    case number(isWhole: Bool, unit: String?, low: Decimal6?, high: Decimal6?)
    case date
    case text
  }

  package enum Presence: Hashable, Sendable {
    /// A message without it lacks something: the fact is missing.
    case required
    /// A message without it says that nothing is recorded.
    case optional
    /// A message without it has this value.
    case defaulted(FactValue)
  }

  package let id: FactID
  /// How its sentences begin, as declared: `recipient prefers`.
  package let phrase: String
  /// The negative phrase: `recipient does not prefer`; nil where there is none.
  package let negative: String?
  package let kind: Kind
  package let presence: Presence
  /// The declared values of a choice or set, in declared spelling, by `ValueID`.
  package let values: [String]
  /// The field of the message's JSON object, one step for each level.
  package let path: [String]
  package let span: Span

  package init(
    id: FactID, phrase: String, negative: String?, kind: Kind, presence: Presence,
    values: [String], path: [String], span: Span
  ) {
    self.id = id
    self.phrase = phrase
    self.negative = negative
    self.kind = kind
    self.presence = presence
    self.values = values
    self.path = path
    self.span = span
  }

  /// The path as messages and decisions write it: `message.purpose`.
  package var field: String {
    path.joined(separator: ".")
  }
}

extension Fact.Kind {
  /// A number with its unit: `5 MB`, `£20`.
  package static func quantity(_ digits: String, unit: String?) -> String {
    guard let unit else { return digits }
    return ["£", "€", "$"].contains(unit) ? unit + digits : "\(digits) \(unit)"
  }

  /// The numbers that are allowed, to stand behind a noun: ` from 0 to 5`; nothing if all are.
  package static func rangeInWords(_ low: Decimal6?, _ high: Decimal6?) -> String {
    switch (low, high) {
    case (let low?, let high?): " from \(low) to \(high)"
    case (let low?, nil): " from \(low) on"
    case (nil, let high?): " up to \(high)"
    case (nil, nil): ""
    }
  }
}

/// The value of a fact in one message.
package enum FactValue: Hashable, Sendable {
  case choice(ValueID)
  case set(Set<ValueID>)
  case flag(Bool)
  case number(Decimal6)
  case day(Day)
  /// UTF-8, compared without regard to ASCII case.
  case text(String)
}

package struct Outcome: Sendable {
  package let id: OutcomeID
  package let name: String
  package let span: Span

  package init(id: OutcomeID, name: String, span: Span) {
    self.id = id
    self.name = name
    self.span = span
  }
}

package struct Note: Sendable {
  /// A piece of a note's text.
  package enum Piece: Hashable, Sendable {
    case text(String)
    /// The value of a fact takes its place.
    case fact(FactID)
  }

  package let id: NoteID
  package let name: String
  /// Empty where the vocabulary gives the note no text.
  package let text: [Piece]
  package let span: Span

  package init(id: NoteID, name: String, text: [Piece], span: Span) {
    self.id = id
    self.name = name
    self.text = text
    self.span = span
  }
}

/// A condition with a name, used like a yes-or-no fact.
package struct Definition: Sendable {
  package let id: DefinitionID
  package let phrase: String
  package let negative: String?
  package var condition: Condition
  package let span: Span

  package init(
    id: DefinitionID, phrase: String, negative: String?, condition: Condition, span: Span
  ) {
    self.id = id
    self.phrase = phrase
    self.negative = negative
    self.condition = condition
    self.span = span
  }
}
