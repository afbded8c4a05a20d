package import JSON
package import Model
package import Syntax
package import Values

/// A message as it was really sent.
package struct SentMessage: Sendable {
  package let id: String?
  package let message: Message
  /// Whether the message says its own day, so that it is not judged as of today.
  package let isDated: Bool
  /// The outcome that it met.
  package let outcome: OutcomeID
}

/// Reads exports of what was sent: messages with the outcome in the field `sent`.
package struct SentMessageDecoder: Sendable {
  private let decoder: MessageDecoder
  private let outcomes: [Outcome]
  private let today: Day

  /// `today` stands in for the day of a message that does not say `on`.
  package init(_ vocabulary: Vocabulary, today: Day) {
    decoder = MessageDecoder(vocabulary)
    outcomes = vocabulary.outcomes
    self.today = today
  }

  package func decode(_ members: [JSONValue.Member]) -> Result<SentMessage, MessageError> {
    decoder.decode(members).flatMap { decoded in
      outcome(JSONValue.object(members)["sent"]).map { outcome in
        SentMessage(
          id: decoded.id, message: decoded.message(today: today), isDated: decoded.day != nil,
          outcome: outcome)
      }.mapError { error in
        var error = error
        error.id = decoded.id
        return error
      }
    }
  }

  private func outcome(_ sent: JSONValue?) -> Result<OutcomeID, MessageError> {
    let names = outcomes.map(\.name)
    switch sent {
    case nil, .null:
      return .failure(
        MessageError(
          .badValue, field: "sent",
          "the message does not say what was done: its field `sent` takes an outcome, such as "
            + "`\(names.first ?? "")`"))
    case .string(let text):
      if let outcome = outcomes.first(where: { $0.name.utf8.elementsEqual(text.utf8) }) {
        return .success(outcome.id)
      }
      let help = ", which is no outcome of the policy" + Suggestion.words(for: text, among: names)
      return .failure(.badValue("sent", .string(text), help))
    case .some(let value):
      return .failure(.wrongType("sent", value, wanted: "the name of an outcome"))
    }
  }
}
