package import JSON
package import Model
package import Syntax
package import Values

/// A message as it was sent, with its facts in the policy's terms.
package struct DecodedMessage: Sendable {
  /// The field `id` as JSON text: a number digit for digit, a string in quotes; nil without one.
  package let id: String?
  /// The field `on`: today, for this message; nil without one.
  package let day: Day?
  /// The state of each fact, by `FactID`.
  package let values: [FactState]
  /// How many fields there are that no fact is read from, and that mean nothing else.
  package let ignoredFieldCount: Int

  /// The message, to be decided on its own day or else on this one.
  package func message(today: Day) -> Message {
    Message(values: values, today: day ?? today)
  }
}

/// Reads messages as JSON into the facts of one vocabulary.
///
/// A fact of the wrong type or with a value that nobody declared is an error, never a missing fact.
/// Of several errors the first of these is reported: length, encoding, grammar, fields that stand
/// twice, `id`, `on`, `unknown`, the facts in the order of the vocabulary.
package struct MessageDecoder: Sendable {
  /// The most bytes of a line: 1 MiB.
  package static let longestLine = 1 << 20
  /// The fields that have a meaning of their own, so that no fact is read from them.
  package static let ownFields = ["id", "on", "sent", "unknown"]

  private let facts: [FactDecoder]
  private let tree: FieldTree
  /// The facts by their path, joined with dots.
  private let factsByField: [ExactText: FactID]
  private let known: Set<ExactText>

  /// A decoder of messages to a policy. Fields named in `passing` are not counted as ignored.
  package init(_ vocabulary: Vocabulary, passing: [String] = []) {
    facts = vocabulary.facts.map(FactDecoder.init)
    tree = FieldTree(vocabulary.facts)
    factsByField = Dictionary(
      vocabulary.facts.map { (ExactText($0.field), $0.id) },
      uniquingKeysWith: { first, _ in first })
    known = Set((MessageDecoder.ownFields + passing).map(ExactText.init))
  }

  /// Reads one line. Linear time.
  package func decode(
    _ line: UnsafeRawBufferPointer
  ) -> Result<DecodedMessage, MessageError> {
    Result { () throws(MessageError) in
      try decodeMembers(MessageDecoder.members(of: line))
    }
  }

  /// Reads a message of which the JSON has been read, in which no name stands twice.
  package func decode(_ members: [JSONValue.Member]) -> Result<DecodedMessage, MessageError> {
    Result { () throws(MessageError) in try decodeMembers(members) }
  }

  /// What a message says of a fact that holds this in the fact's field.
  package func state(
    of fact: FactID, holding value: JSONValue
  ) -> Result<FactState, MessageError> {
    Result { () throws(MessageError) in
      try facts[fact.index].state(of: value == .null ? .empty : .value(value), isUnknown: false)
    }
  }

  /// How many fields there are that no fact is read from, and that mean nothing else.
  package func ignoredFieldCount(in members: [JSONValue.Member]) -> Int {
    tree.fields(of: members, known: known).ignored
  }

  /// The members of the object that a line holds.
  package static func members(
    of line: UnsafeRawBufferPointer
  ) throws(MessageError) -> [JSONValue.Member] {
    guard line.count <= longestLine else { throw .tooLong }
    do {
      return try JSONReader.readObject(line)
    } catch {
      throw MessageError(error)
    }
  }

  /// The field `id` as JSON text, nil without one.
  package static func id(in members: [JSONValue.Member]) throws(MessageError) -> String? {
    guard let value = value(of: "id", in: members) else { return nil }
    switch value {
    case .null: return nil
    case .number(let digits): return digits
    case .string(let text):
      var writer = JSONWriter()
      writer.string(text)
      return writer.text
    case .bool, .array, .object:
      throw .wrongType("id", value, wanted: "a text or a number")
    }
  }

  private func decodeMembers(
    _ members: [JSONValue.Member]
  ) throws(MessageError) -> DecodedMessage {
    let id = try MessageDecoder.id(in: members)
    do {
      let day = try MessageDecoder.day(in: members)
      let (fields, ignored) = tree.fields(of: members, known: known)
      let unknown = try unknownFacts(in: members, fields)
      var values: [FactState] = []
      values.reserveCapacity(facts.count)
      for (fact, field) in zip(facts, fields) {
        let isUnknown = unknown.contains(fact.fact.id)
        values.append(try fact.state(of: field, isUnknown: isUnknown))
      }
      return DecodedMessage(id: id, day: day, values: values, ignoredFieldCount: ignored)
    } catch {
      var error = error
      error.id = id
      throw error
    }
  }
}

// MARK: - The message's own fields

extension MessageDecoder {
  /// What a message holds under a name; nothing if it has no such member.
  static func value(of name: String, in members: [JSONValue.Member]) -> JSONValue? {
    members.first { ExactText($0.name) == ExactText(name) }?.value
  }

  private static func day(in members: [JSONValue.Member]) throws(MessageError) -> Day? {
    guard let value = value(of: "on", in: members) else { return nil }
    switch value {
    case .null: return nil
    case .string(let text):
      guard let day = Day.parseISO(text.utf8) else {
        throw .badValue("on", value, "; it takes a day that exists, written as `2026-05-31`")
      }
      guard day >= .firstProved, day <= .lastProved else {
        throw .badValue("on", value, "; it takes days from \(Day.firstProved) to \(Day.lastProved)")
      }
      return day
    case .bool, .number, .array, .object:
      throw .wrongType("on", value, wanted: "a day, written as `2026-05-31`")
    }
  }

  /// The facts whose look-up failed: those that the field `unknown` names.
  private func unknownFacts(
    in members: [JSONValue.Member], _ fields: [FieldTree.Field]
  ) throws(MessageError) -> Set<FactID> {
    guard let value = MessageDecoder.value(of: "unknown", in: members) else { return [] }
    if case .null = value { return [] }
    guard case .array(let elements) = value else {
      throw .wrongType("unknown", value, wanted: "an array of field names")
    }
    var paths: [String] = []
    for element in elements {
      guard case .string(let path) = element else {
        throw MessageError(
          .wrongType, field: "unknown",
          "`unknown` holds \(element.inWords); it takes field names alone")
      }
      paths.append(path)
    }
    var unknown: Set<FactID> = []
    for path in paths {
      let fact = try fact(namedUnknown: path)
      guard !fields[fact.index].hasValue else {
        throw MessageError(
          .badValue, field: "unknown",
          "`unknown` names `\(path.excerpt)`, but the message has a value for it")
      }
      unknown.insert(fact)
    }
    return unknown
  }

  private func fact(namedUnknown path: String) throws(MessageError) -> FactID {
    if let fact = factsByField[ExactText(path)] { return fact }
    throw MessageError(
      .badValue, field: "unknown",
      "`unknown` names `\(path.excerpt)`, from which the policy reads no fact"
        + Suggestion.words(for: path, among: facts.map(\.fact.field)))
  }
}
