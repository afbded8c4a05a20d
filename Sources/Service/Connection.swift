import Engine
import Program
import Workspace

/// One connection: what came and has not been decided, and what was answered and has not been taken.
///
/// Both are bounded: nothing more is read while the answers are not taken.
final class Connection {
  enum Kind {
    /// Messages in, decisions out.
    case decisions
    /// A request for how the service is.
    case status
  }

  let socket: Descriptor
  let kind: Kind
  let held = HeldBytes()
  let output = ByteBuffer()
  /// What a round has added to a connection's output.
  struct Round {
    let connection: Connection
    /// How long the output was at its end.
    let end: Int
    /// How many messages were answered.
    let answered: Int
  }

  /// How much of the output has been taken, and how much may be sent because it is on record.
  private(set) var sent = 0
  var sendable = 0
  /// The number of the last line.
  private(set) var lineNumber = 0
  /// How many answers were added in this round.
  private(set) var answered = 0
  /// Whether the rest of a line is passed over because it is too long.
  private var isSkipping = false
  /// Whether the other side sends no more.
  private(set) var hasEnded = false
  /// Whether nothing more is answered, and what comes is thrown away.
  private(set) var isEnding = false
  /// Whether an end of writing has been told to the other side.
  var isShut = false
  /// When the last message came, or what was to be taken began to wait, on the clock that only goes forward.
  var lastMessage: Int
  var isReading = true
  var isWriting = false
  var isTouched = false

  /// No more is decided while so many bytes are not taken.
  static let mostUnsent = 1 << 18
  private static let lineFeed = UInt8(ascii: "\n")

  init(_ socket: Descriptor, _ kind: Kind, now: Int) {
    self.socket = socket
    self.kind = kind
    lastMessage = now
  }

  var unsent: Int { sendable - sent }
  /// Whether there is room for more answers.
  var hasRoom: Bool { output.count - sent < Connection.mostUnsent }
  /// Whether there may be a whole line that was held back because there was no room.
  var hasBacklog = false
  /// Whether everything has been decided and taken.
  var isDone: Bool { (hasEnded || isEnding) && output.count == sent && !hasBacklog }

  // MARK: - Deciding

  /// Takes bytes that have come, behind which `DecisionStream.padding` bytes may be looked at, and decides the lines
  /// that are whole, as long as there is room for the answers.
  func take(_ new: UnsafeRawBufferPointer, by desk: DecisionDesk) {
    guard !isEnding else { return }
    var new = new
    if isSkipping {
      guard let end = System.offset(of: Connection.lineFeed, in: new) else { return }
      isSkipping = false
      new = UnsafeRawBufferPointer(rebasing: new[(end + 1)...])
    }
    if held.isEmpty {
      let rest = decideLines(of: new, by: desk)
      held.append(rest)
    } else {
      let hasEnd = System.offset(of: Connection.lineFeed, in: new) != nil
      held.append(new)
      if hasEnd || hasBacklog { decideHeld(by: desk) }
    }
    if !hasBacklog, held.count > MessageDecoder.longestLine { cutLine(by: desk) }
  }

  /// Goes on with what was held back.
  func decideHeld(by desk: DecisionDesk) {
    let rest = decideLines(of: held.bytes, by: desk)
    held.drop(held.count - rest.count)
    if hasEnded, !hasBacklog { finish(by: desk) }
  }

  /// Decides whole lines, and gives back what is left.
  private func decideLines(
    of bytes: UnsafeRawBufferPointer, by desk: DecisionDesk
  ) -> UnsafeRawBufferPointer {
    var rest = bytes
    hasBacklog = false
    while let end = System.offset(of: Connection.lineFeed, in: rest) {
      guard hasRoom else {
        hasBacklog = true
        break
      }
      decide(UnsafeRawBufferPointer(rebasing: rest[..<end]), by: desk)
      rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
    }
    return rest
  }

  private func decide(_ line: UnsafeRawBufferPointer, by desk: DecisionDesk) {
    lineNumber += 1
    let before = output.count
    desk.decide(padded: line, number: lineNumber, into: output)
    if output.count > before { answered += 1 }
  }

  /// Answers a line that is longer than a message may be, and passes over the rest of it.
  private func cutLine(by desk: DecisionDesk) {
    decide(held.bytes, by: desk)
    held.removeAll()
    isSkipping = true
  }

  /// The other side sends no more: the last line may lack its end.
  func noteEnd(by desk: DecisionDesk) {
    hasEnded = true
    if !hasBacklog { finish(by: desk) }
  }

  private func finish(by desk: DecisionDesk) {
    if !held.isEmpty, !isSkipping { decide(held.bytes, by: desk) }
    held.removeAll()
  }

  // MARK: - Answering

  /// Ends a round, and gives what was added in it; nil if that is nothing. Until it is settled the output is not begun
  /// anew.
  func endRound() -> Round? {
    defer { answered = 0 }
    guard output.count > sendable else { return nil }
    return Round(connection: self, end: output.count, answered: answered)
  }

  /// What was answered in a round may be sent if it is on record, and is replaced by an error if not.
  func settle(upTo end: Int, isOnRecord: Bool) {
    var end = end
    if !isOnRecord, kind == .decisions, end > sendable {
      end =
        sendable
        + ServiceError.logUnavailable.replaceAnswers(in: output, sendable..<end)
    }
    sendable = end
  }

  /// Sends what is taken now.
  func send() throws(SystemError) {
    while sent < sendable {
      let part = UnsafeRawBufferPointer(rebasing: output.bytes[sent..<sendable])
      let count = try socket.send(part)
      guard count > 0 else { return }
      sent += count
    }
    // What is not on record yet stays where it is.
    guard sent == output.count else { return }
    output.removeAll()
    (sent, sendable) = (0, 0)
  }

  /// Says why nothing more is answered, when the round is settled: before, answers may stand in front of it that are
  /// not on record yet. What the other side still sends is thrown away.
  func end(with error: ServiceError?) {
    guard !isEnding else { return }
    isEnding = true
    hasBacklog = false
    held.removeAll()
    guard let error else { return }
    output.append(error.record(id: nil, line: nil) + [Connection.lineFeed])
  }
}
