import Engine
import Model
import Program
import Values
import Workspace

/// What one thread needs to decide messages that come as JSON.
final class Desk {
  private let stream: DecisionStream
  private let output = ByteBuffer()
  private var padded: [UInt8] = []

  init(_ core: PolicyCore) { stream = DecisionStream(core.setup) }

  /// Decides about one message, as `Policy.decide` says.
  func decide(
    _ json: UnsafeRawBufferPointer, today: Day, _ core: PolicyCore
  ) throws(MessageError) -> Decision {
    let (decider, reader) = (stream.lines.decider, stream.lines.reader)
    let decoder = core.setup.decoder
    let read = try reader.read(json, into: decider.message, or: decoder)
    let verdict = decider.decideWithDoubts(today: (read.day ?? today).number)
    try decider.checkDecided(verdict)
    let notes = decider.noteNumbers
    var decoded = read.decoded
    if decoded == nil, notes.contains(where: { core.words.notesWithFacts[$0] }) {
      decoded = try decoder.message(json)
    }
    return Decision(verdict, decider, notes, decoded?.message(today: today), core.words)
  }

  // MARK: - Records

  /// Hands on the record of one message, without a line's end, and what it says.
  func withRecord<Result>(
    of json: UnsafeRawBufferPointer, today: Day,
    _ body: (UnsafeRawBufferPointer, RecordKind) -> Result
  ) -> Result {
    stream.today = today
    let kind = decide(json, number: nil)
    return body(UnsafeRawBufferPointer(rebasing: output.bytes.dropLast()), kind)
  }

  /// Decides the messages of lines and puts their records into `room`, as many of both as there is room for.
  func decide(
    lines: UnsafeRawBufferPointer, today: Day, into room: UnsafeMutableRawBufferPointer,
    _ progress: inout LineProgress
  ) {
    stream.today = today
    (progress.taken, progress.written, progress.needed) = (0, 0, 0)
    while progress.taken < lines.count {
      let rest = UnsafeRawBufferPointer(rebasing: lines[progress.taken...])
      let end = System.offset(of: UInt8(ascii: "\n"), in: rest) ?? rest.count
      let before = stream.counts
      _ = decide(UnsafeRawBufferPointer(rebasing: rest[..<end]), number: progress.lines + 1)
      guard output.count <= room.count - progress.written else {
        progress.needed = output.count
        return
      }
      UnsafeMutableRawBufferPointer(rebasing: room[progress.written...])
        .copyMemory(from: output.bytes)
      progress.written += output.count
      progress.taken += min(end + 1, rest.count)
      progress.lines += 1
      progress.add(stream.counts, less: before)
    }
  }

  /// Puts the record of a message into `output`, nothing for a blank line.
  private func decide(_ json: UnsafeRawBufferPointer, number: Int?) -> RecordKind {
    output.removeAll()
    // More than shows that it is too long is not looked at.
    let line = json.prefix(MessageDecoder.longestLine + 1)
    padded.removeAll(keepingCapacity: true)
    padded.append(contentsOf: line)
    padded.append(contentsOf: repeatElement(0, count: DecisionStream.padding))
    let before = stream.counts
    padded.withUnsafeBytes {
      let line = UnsafeRawBufferPointer(rebasing: $0[..<line.count])
      stream.decide(padded: line, number: number, into: output)
    }
    if stream.counts.rejected > before.rejected { return .rejected }
    return stream.counts.unsure > before.unsure ? .unsure : .sure
  }
}

/// How far the deciding of lines has come.
package struct LineProgress {
  /// How many bytes of the lines are done, and how many bytes of records have been written, this time.
  package var taken = 0
  package var written = 0
  /// How many bytes the next record needs; 0 if there was room for all.
  package var needed = 0
  /// How many lines are done, this time and before; of their messages, how many were decided, how many of these are
  /// unsure, and how many were rejected.
  package var lines: Int
  package var decided: Int
  package var unsure: Int
  package var rejected: Int

  package init(lines: Int, decided: Int, unsure: Int, rejected: Int) {
    self.lines = lines
    self.decided = decided
    self.unsure = unsure
    self.rejected = rejected
  }

  fileprivate mutating func add(_ now: DecisionStream.Counts, less before: DecisionStream.Counts) {
    decided += now.decided - before.decided
    unsure += now.unsure - before.unsure
    rejected += now.rejected - before.rejected
  }
}

extension MessageReader {
  /// Reads a message, by way of values where it is out of the ordinary, and gives the day that it says is today.
  func read(
    _ json: UnsafeRawBufferPointer, into message: CodedMessage, or decoder: MessageDecoder
  ) throws(MessageError) -> (day: Day?, decoded: DecodedMessage?) {
    if read(MessageDecoder.withoutMark(json), into: message) {
      return (day.map { Day(clamping: Int($0)) }, nil)
    }
    let decoded = try decoder.message(json)
    message.set(decoded.values)
    return (decoded.day, decoded)
  }
}

extension MessageDecoder {
  /// The facts of a message.
  fileprivate func message(
    _ json: UnsafeRawBufferPointer
  ) throws(MessageError) -> DecodedMessage {
    switch decode(MessageDecoder.withoutMark(json)) {
    case .success(let message): return message
    case .failure(let error): throw MessageError(error)
    }
  }
}
