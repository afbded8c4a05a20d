import JSON
package import Model
package import Program
package import Values

/// Decides messages that come as lines of JSON, and writes one record a line.
///
/// What it writes is the record that senders build on; each is a whole line, and every line that is
/// not blank gives one, in the order of the input. One for each thread.
package final class DecisionStream {
  package typealias Options = DecisionSetup.Options

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

  package var counts: Counts { counters.pointee }

  // Behind a pointer, so that the language has no accesses to watch over.
  let counters: UnsafeMutablePointer<Counts>
  let setup: DecisionSetup
  private let errors: ErrorRecord
  package let lines: LineDecider
  /// What counts the decisions by outcome and rule, where that is wanted.
  package let tally: DecisionTally?
  /// Today for messages that do not say `on`.
  package var today: Day
  /// Whether a record is nothing but the decision on a line's own message.
  private let isPlain: Bool

  package init(_ setup: DecisionSetup, tally: DecisionTally? = nil) {
    self.tally = tally
    counters = .allocate(capacity: 1)
    counters.initialize(to: Counts())
    self.setup = setup
    errors = ErrorRecord(program: setup.program)
    lines = LineDecider(setup.format)
    today = setup.defaultDay
    let options = setup.options
    isPlain = options.each == nil && !options.texts && options.explain == nil
  }

  deinit { counters.deallocate() }

  /// A stream of decisions by one policy; messages that do not say `on` are decided on that day.
  package convenience init(_ policy: Policy, options: Options, defaultDay: Day) {
    self.init(DecisionSetup(policy, options: options, defaultDay: defaultDay))
  }

  /// Decides the message of one line, given without its end and with its number from 1, and adds
  /// the record; nothing for a blank line. A byte order mark before the first line is skipped.
  ///
  /// A message that stands alone, and not on a line, has no number; if it is blank it is rejected.
  package func decide(line: UnsafeRawBufferPointer, number: Int?, into output: ByteBuffer) {
    var copy = Array(line)
    copy += [UInt8](repeating: 0, count: DecisionStream.padding)
    copy.withUnsafeBytes {
      decide(
        padded: UnsafeRawBufferPointer(rebasing: $0[..<line.count]), number: number, into: output)
    }
  }

  /// How many bytes behind a line may be looked at, whatever they are.
  package static let padding = MessageReader.padding

  /// Decides the message of one line behind which `padding` bytes may be looked at.
  package func decide(
    padded line: UnsafeRawBufferPointer, number: Int?, into output: ByteBuffer
  ) {
    let text = number ?? 1 == 1 ? MessageDecoder.withoutMark(line) : line
    if isPlain, line.count <= MessageDecoder.longestLine,
      let answer = lines.decide(padded: text, today: today.number, into: output)
    {
      counters.pointee.ignoredFields += answer.ignoredFieldCount
      count(answer.verdict)
      switch answer.verdict.kind {
      case .decided, .unsure: break
      case .conflict, .gap:
        let id = lines.reader.id.map { String(decoding: text[$0], as: UTF8.self) }
        output.append(errors.record(of: disagreement(answer.verdict.kind), id: id, line: number))
        output.append("\n")
      }
    } else if number == nil || !text.isBlank {
      decide(irregular: text, isTooLong: line.count > MessageDecoder.longestLine, number, output)
    }
  }

  private func count(_ verdict: Verdict) {
    tally?.count(verdict, by: lines.decider)
    switch verdict.kind {
    case .decided: counters.pointee.decided += 1
    case .unsure:
      counters.pointee.decided += 1
      counters.pointee.unsure += 1
    case .conflict, .gap: counters.pointee.rejected += 1
    }
  }

  // MARK: - By way of values

  private func decide(
    irregular text: UnsafeRawBufferPointer, isTooLong: Bool, _ number: Int?, _ output: ByteBuffer
  ) {
    do throws(MessageError) {
      // Whoever cuts lines into pieces may hand over no more than shows that one is too long.
      guard !isTooLong else { throw .tooLong }
      let members = try MessageDecoder.members(of: text)
      if let each = setup.options.each {
        try decide(each: each, of: members, into: output)
        return lines.records.end(to: output)
      }
      let decoded = try setup.decoder.decode(members).get()
      counters.pointee.ignoredFields += decoded.ignoredFieldCount
      if decide(decoded, line: number, into: output) { return lines.records.end(to: output) }
    } catch {
      reject(error, line: number, into: output)
    }
    output.append("\n")
  }

  /// Writes the decision but for its end, or why there is none; whether there is one.
  func decide(_ decoded: DecodedMessage, line: Int?, into output: ByteBuffer) -> Bool {
    let message = decoded.message(today: today)
    let decider = lines.decider
    decider.message.set(decoded.values)
    let verdict = decider.decide(today: message.today.number)
    count(verdict)
    switch verdict.kind {
    case .decided, .unsure:
      lines.records.begin(verdict, decider, id: decoded.id, to: output)
      writeAdditions(message, into: output)
      return true
    case .conflict, .gap:
      output.append(
        errors.record(of: disagreement(verdict.kind), id: decoded.id, line: line))
      return false
    }
  }

  /// Writes the members that the options ask for.
  private func writeAdditions(_ message: Message, into output: ByteBuffer) {
    guard setup.options.texts || setup.options.explain != nil else { return }
    var writer = JSONWriter()
    writer.beginObject()
    if setup.options.texts {
      writer.key("texts")
      writer.beginArray()
      for note in lines.decider.noteNumbers {
        let note = setup.vocabulary.notes[note]
        writer.string(note.text(for: message, setup.vocabulary))
      }
      writer.endArray()
    }
    if let explain = setup.options.explain, let evaluator = setup.evaluator {
      writer.key("explanation")
      explain(evaluator.explain(message), &writer)
    }
    output.append(",")
    output.append(writer.bytes.dropFirst())
  }

  /// Why the decider does not decide.
  private func disagreement(_ verdict: Verdict.Kind) -> Disagreement {
    guard verdict == .conflict else { return .gap }
    let decider = lines.decider
    decider.sortWinners()
    return .conflict((0..<decider.winnerCount).map { RuleID(decider.winners[$0]) })
  }

  func reject(_ error: MessageError, line: Int?, into output: ByteBuffer) {
    counters.pointee.rejected += 1
    output.append(errors.record(of: error, line: line))
  }
}

extension MessageDecoder {
  /// What a line of messages holds besides a byte order mark before the first one; nil if it is blank.
  package static func message(
    in line: UnsafeRawBufferPointer, number: Int
  ) -> UnsafeRawBufferPointer? {
    let text = number == 1 ? withoutMark(line) : line
    return text.isBlank ? nil : text
  }

  /// What stands behind a byte order mark, if the bytes begin with one.
  package static func withoutMark(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    bytes.starts(with: [0xef, 0xbb, 0xbf])
      ? UnsafeRawBufferPointer(rebasing: bytes.dropFirst(3)) : bytes
  }
}

extension UnsafeRawBufferPointer {
  /// Whether there is nothing but the white space of JSON.
  fileprivate var isBlank: Bool {
    allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) }
  }
}
