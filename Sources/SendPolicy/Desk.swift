import Engine
import Model
import Program
import Syntax
import Values

/// What one thread needs to decide messages that come as JSON.
final class Desk {
  private let lines: LineDecider
  private let output = ByteBuffer()
  private var padded: [UInt8] = []
  /// Writes records of messages that are out of the ordinary, on the day for which it was made.
  private var others: (day: Day, stream: DecisionStream)?

  init(_ core: PolicyCore) {
    lines = LineDecider(core.program, core.records)
  }

  /// Decides about one message, as `Policy.decide` says.
  func decide(
    _ json: UnsafeRawBufferPointer, today: Day, _ core: PolicyCore
  ) throws(MessageError) -> Decision {
    let decider = lines.decider
    let verdict: Verdict
    var message: Message?
    if lines.reader.read(json, into: decider.message) {
      verdict = decider.decideWithDoubts(today: lines.reader.day ?? today.number)
    } else {
      let decoded = try Desk.decoded(json, core)
      message = decoded.message(today: today)
      decider.message.set(decoded.values)
      verdict = decider.decideWithDoubts(today: (decoded.day ?? today).number)
    }
    try decider.checkDecided(verdict)
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

  /// Hands on the record of one message, without a line's end, and what it says.
  func withRecord<Result>(
    of json: UnsafeRawBufferPointer, today: Day, _ core: PolicyCore,
    _ body: (UnsafeRawBufferPointer, RecordKind) -> Result
  ) -> Result {
    output.removeAll()
    // More than shows that it is too long is not looked at.
    let line = json.prefix(MessageDecoder.longestLine + 1)
    padded.removeAll(keepingCapacity: true)
    padded.append(contentsOf: line)
    padded.append(contentsOf: repeatElement(0, count: DecisionStream.padding))
    let kind = padded.withUnsafeBytes {
      record(UnsafeRawBufferPointer(rebasing: $0[..<line.count]), today, core)
    }
    if output.bytes.last != UInt8(ascii: "\n") {
      return body(output.bytes, kind)
    }
    return body(UnsafeRawBufferPointer(rebasing: output.bytes.dropLast()), kind)
  }

  private func record(
    _ line: UnsafeRawBufferPointer, _ today: Day, _ core: PolicyCore
  ) -> RecordKind {
    switch lines.decide(padded: line, today: today.number, into: output)?.kind {
    case .decided: return .sure
    case .unsure: return .unsure
    case .conflict, .gap, nil: break
    }
    let stream = stream(today, core)
    let before = stream.counts
    stream.decide(padded: line, number: 1, into: output)
    if output.count == 0 {
      // Among the lines of a file it would be passed over.
      output.append(
        #"{"line":1,"error":{"code":"bad-json","message":"the message is empty"}}"#)
      return .rejected
    }
    if stream.counts.rejected > before.rejected { return .rejected }
    return stream.counts.unsure > before.unsure ? .unsure : .sure
  }

  private func stream(_ today: Day, _ core: PolicyCore) -> DecisionStream {
    if let others, others.day == today { return others.stream }
    let setup = DecisionSetup(
      core.program, core.words.vocabulary, meaning: nil, options: .init(), defaultDay: today)
    let stream = DecisionStream(setup)
    others = (today, stream)
    return stream
  }
}
