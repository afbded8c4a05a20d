package import JSON
package import Model
package import Values

/// Decides messages that come as lines of JSON, and writes one record a line.
///
/// What it writes is the record that senders build on; each is a whole line, and every line that is
/// not blank gives one, in the order of the input.
package struct DecisionStream: Sendable {
  /// Writes what explains a decision, as one JSON value.
  package typealias ExplanationWriter = @Sendable (Explanation, inout JSONWriter) -> Void

  /// What the records hold beside the decision.
  package struct Options: Sendable {
    /// The field of an array whose elements are decided one by one, each laid over the message.
    package var each: String?
    /// Whether the notes' texts are written, with their facts filled in.
    package var texts: Bool
    /// Writes the explanations; nil for records without.
    package var explain: ExplanationWriter?

    package init(each: String? = nil, texts: Bool = false, explain: ExplanationWriter? = nil) {
      self.each = each
      self.texts = texts
      self.explain = explain
    }
  }

  /// What has been done so far; with `each`, the elements count in place of the messages.
  package struct Counts: Hashable, Sendable {
    /// Decisions, sure or not.
    package var decided = 0
    /// Errors in place of decisions.
    package var rejected = 0
    /// Those of the decisions that are not sure.
    package var unsure = 0
    /// Fields that no fact is read from, over all messages that were decided.
    package var ignoredFields = 0

    package init() {}

    package static func += (a: inout Counts, b: Counts) {
      a.decided += b.decided
      a.rejected += b.rejected
      a.unsure += b.unsure
      a.ignoredFields += b.ignoredFields
    }
  }

  package private(set) var counts = Counts()

  private let evaluator: Evaluator
  private let decoder: MessageDecoder
  private let record: DecisionRecord
  private let defaultDay: Day
  private var writer = JSONWriter()

  /// A stream of decisions by one policy; messages that do not say `on` are decided on that day.
  package init(_ policy: Policy, options: Options, defaultDay: Day) {
    evaluator = Evaluator(policy)
    decoder = MessageDecoder(policy.vocabulary, passing: options.each.map { [$0] } ?? [])
    record = DecisionRecord(policy: policy, options: options)
    self.defaultDay = defaultDay
  }

  /// Decides the message of one line, given without its end and with its number from 1, and adds
  /// the record; nothing for a blank line. A byte order mark before the first line is skipped.
  package mutating func decide(
    line: UnsafeRawBufferPointer, number: Int, into output: inout [UInt8]
  ) {
    guard let text = MessageDecoder.message(in: line, number: number) else { return }
    swap(&writer.bytes, &output)
    writer.beginObject()
    do throws(MessageError) {
      // Whoever cuts lines into pieces may hand over no more than shows that one is too long.
      guard line.count <= MessageDecoder.longestLine else { throw .tooLong }
      let members = try MessageDecoder.members(of: text)
      if let each = record.options.each {
        try decide(each: each, of: members)
      } else {
        try decide(members, line: number)
      }
    } catch {
      reject(error, line: number)
    }
    writer.endObject()
    writer.newLine()
    swap(&writer.bytes, &output)
  }

  private mutating func decide(
    _ members: [JSONValue.Member], line: Int
  ) throws(MessageError) {
    let decoded = try decoder.decode(members).get()
    counts.ignoredFields += decoded.ignoredFieldCount
    if decide(decoded, line: line) { writePolicy() }
  }

  /// Writes the decision, or why there is none; whether there is one.
  private mutating func decide(_ decoded: DecodedMessage, line: Int?) -> Bool {
    let message = decoded.message(today: defaultDay)
    let deliberation = Deliberation(message, evaluator)
    switch deliberation.decision {
    case .success(let decision):
      counts.decided += 1
      if !decision.isSure { counts.unsure += 1 }
      record.write(decision, message, id: decoded.id, to: &writer)
      if let explain = record.options.explain {
        writer.key("explanation")
        explain(Explanation(deliberation), &writer)
      }
      return true
    case .failure(let disagreement):
      counts.rejected += 1
      record.write(disagreement, id: decoded.id, line: line, to: &writer)
      return false
    }
  }

  private mutating func reject(_ error: MessageError, line: Int?) {
    counts.rejected += 1
    record.write(error, line: line, to: &writer)
  }

  private mutating func writePolicy() {
    writer.key("policy")
    writer.string(record.policy.hash)
  }
}

extension MessageDecoder {
  /// What a line of messages holds besides a byte order mark before the first one; nil if it is blank.
  package static func message(
    in line: UnsafeRawBufferPointer, number: Int
  ) -> UnsafeRawBufferPointer? {
    let text = UnsafeRawBufferPointer(rebasing: line.dropFirst(number == 1 ? line.markLength : 0))
    return text.isBlank ? nil : text
  }
}

// MARK: - Element by element

extension DecisionStream {
  /// Decides once for each element of an array, the element's fields laid over the message's own.
  ///
  /// An element that cannot be decided has its error in its place. Nothing has been written if the
  /// message as a whole is rejected.
  private mutating func decide(
    each field: String, of members: [JSONValue.Member]
  ) throws(MessageError) {
    let id = try MessageDecoder.id(in: members)
    let elements = try MessageDecoder.elements(of: field, in: members, id: id)
    let own = ExactText(field)
    let base = members.filter { ExactText($0.name) != own && $0.name != "id" }
    counts.ignoredFields += decoder.ignoredFieldCount(in: base)
    if let id {
      writer.key("id")
      writer.raw(id)
    }
    writer.key("decisions")
    writer.beginArray()
    for (index, element) in elements.enumerated() {
      writer.beginObject()
      decide(element, at: index, of: field, over: base)
      writer.endObject()
    }
    writer.endArray()
    writePolicy()
  }

  private mutating func decide(
    _ element: JSONValue, at index: Int, of field: String, over base: [JSONValue.Member]
  ) {
    guard case .object(let members) = element else {
      let message = "element \(index + 1) of `\(field)` is \(element.inWords); it takes objects"
      return reject(MessageError(.wrongType, field: field, message), line: nil)
    }
    let names = Set(members.map { ExactText($0.name) })
    let merged = base.filter { !names.contains(ExactText($0.name)) } + members
    switch decoder.decode(merged) {
    case .success(let decoded):
      counts.ignoredFields += decoder.ignoredFieldCount(in: members)
      _ = decide(decoded, line: nil)
    case .failure(let error):
      reject(error, line: nil)
    }
  }
}

extension MessageDecoder {
  /// The elements of the array that a field holds.
  fileprivate static func elements(
    of field: String, in members: [JSONValue.Member], id: String?
  ) throws(MessageError) -> [JSONValue] {
    let value = value(of: field, in: members) ?? .null
    if case .array(let elements) = value { return elements }
    var error = MessageError.wrongType(field, value, wanted: "an array of objects")
    if case .null = value {
      error = MessageError(
        .wrongType, field: field, "the message has no `\(field)`; it takes an array of objects")
    }
    error.id = id
    throw error
  }
}

extension UnsafeRawBufferPointer {
  /// How many bytes a byte order mark at the beginning has.
  fileprivate var markLength: Int {
    starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  /// Whether there is nothing but the white space of JSON.
  fileprivate var isBlank: Bool {
    allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) }
  }
}
