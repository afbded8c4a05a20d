import Engine
import Model
import Program
import Syntax
import Values

/// What one thread needs to decide messages that come as JSON.
final class Desk {
  let decider: Decider
  let reader: MessageReader
  /// Writes records of messages on the day for which it was made.
  private var records: (day: Day, stream: DecisionStream)?

  init(_ program: Program) {
    decider = Decider(program)
    reader = MessageReader(program)
  }

  /// Decides about one message, as `Policy.decide` says.
  func decide(
    _ json: UnsafeRawBufferPointer, today: Day, _ core: PolicyCore
  ) throws(MessageError) -> Decision {
    let verdict: Verdict
    var message: Message?
    if reader.read(json, into: decider.message) {
      verdict = decider.decideWithDoubts(today: reader.day ?? today.number)
    } else {
      let decoded = try Desk.decoded(json, core)
      message = decoded.message(today: today)
      decider.message.set(decoded.values)
      verdict = decider.decideWithDoubts(today: (decoded.day ?? today).number)
    }
    try decider.checkDecided(verdict, core)
    let notes = decider.noteNumbers
    if message == nil, notes.contains(where: { core.words.notesWithFacts[$0] }) {
      message = try Desk.decoded(json, core).message(today: today)
    }
    return Decision(verdict, decider, notes, message, core.words)
  }

  private static func decoded(
    _ json: UnsafeRawBufferPointer, _ core: PolicyCore
  ) throws(MessageError) -> DecodedMessage {
    switch core.decoder.decode(json) {
    case .success(let message): return message
    case .failure(let error): throw MessageError(error)
    }
  }

  // MARK: - Records

  /// The record of one message, and what it says.
  func record(
    _ json: UnsafeRawBufferPointer, today: Day, _ core: PolicyCore
  ) -> (record: [UInt8], kind: RecordKind) {
    if records?.day != today {
      records = (today, DecisionStream(core.meaning, options: .init(), defaultDay: today))
    }
    guard var (day, stream) = records else { return (Desk.recordOfNothing, .rejected) }
    let before = stream.counts
    var output: [UInt8] = []
    stream.decide(line: json, number: 1, into: &output)
    if output.isEmpty { return (Desk.recordOfNothing, .rejected) }
    let after = stream.counts
    records = (day, stream)
    if output.last == UInt8(ascii: "\n") { output.removeLast() }
    if after.rejected > before.rejected { return (output, .rejected) }
    return (output, after.unsure > before.unsure ? .unsure : .sure)
  }

  /// What is said of a message without a character, which among the lines of a file would be passed over.
  private static var recordOfNothing: [UInt8] {
    let code = Engine.MessageError.Code.badJSON.rawValue
    return Array(
      "{\"line\":1,\"error\":{\"code\":\"\(code)\",\"message\":\"the message is empty\"}}".utf8)
  }
}
