import DecisionLog
import Engine
import JSON
package import Program
import Values

/// Where one thread has its messages decided: by the policy of the moment, counted, and put on record before anybody
/// is answered.
///
/// `begin`, then `decide` for some messages, then `commit`; only then may the answers be sent. Within one such round
/// the policy does not change. Not to be shared between threads.
package final class DecisionDesk {
  private let context: ServiceContext
  /// The policy of the round.
  package private(set) var policy: ServedPolicy
  private var changeCount: Int
  private var stream: DecisionStream
  private var batch: LogBatch?
  /// An empty one, for when the other is being written.
  private var spare: LogBatch?
  private var today: Day?
  private var counted = DecisionStream.Counts()
  private let latencies = LatencyHistogram()

  package init(_ context: ServiceContext) {
    self.context = context
    changeCount = context.policies.changeCount
    policy = context.policies.current
    stream = DecisionDesk.stream(policy)
    batch = context.log?.makeBatch()
    spare = context.log?.makeBatch()
    today = context.today()
  }

  private static func stream(_ policy: ServedPolicy) -> DecisionStream {
    DecisionStream(policy.setup, tally: policy.setup.makeTally())
  }

  /// Begins a round: takes up the policy and the date of the moment.
  package func begin() {
    let changes = context.policies.changeCount
    if changes != changeCount {
      handInCounts()
      (changeCount, policy) = (changes, context.policies.current)
      (stream, counted) = (DecisionDesk.stream(policy), DecisionStream.Counts())
    }
    today = context.today()
    if let today { stream.today = today }
  }

  /// Decides the message of a line, given without its end and with its number from 1, and adds the answer, a line;
  /// nothing for a blank line. Behind it `DecisionStream.padding` bytes may be looked at.
  package func decide(
    padded line: UnsafeRawBufferPointer, number: Int?, into output: ByteBuffer
  ) {
    guard today != nil else {
      return output.append(
        ServiceError.badClock.record(id: nil, line: number) + [UInt8(ascii: "\n")])
    }
    if let batch {
      batch.decide(padded: line, number: number, by: stream, policy: policy.hash, into: output)
    } else {
      stream.decide(padded: line, number: number, into: output)
    }
  }

  /// Ends a round: puts it on record. If that is not possible, nothing that was decided may be answered.
  package func commit() -> Bool {
    guard let batch, !batch.isEmpty else { return true }
    return context.log?.commit(batch) ?? true
  }

  /// How many bytes are to be put on record.
  var recordBytes: Int { batch?.byteCount ?? 0 }

  /// Hands over what is to be put on record, which ends the round in place of `commit`. What was handed over before must
  /// have been put on record.
  func handOver() -> LogBatch? {
    (batch, spare) = (spare, batch)
    return spare
  }

  /// Decides one message by itself and puts it on record; the answer, a line without its end.
  package func answer(to message: [UInt8]) -> [UInt8] {
    begin()
    let output = ByteBuffer()
    (message + [UInt8](repeating: 0, count: DecisionStream.padding)).withUnsafeBytes {
      decide(
        padded: UnsafeRawBufferPointer(rebasing: $0[..<message.count]), number: nil, into: output)
    }
    if !commit() { ServiceError.logUnavailable.replaceAnswers(in: output, 0..<output.count) }
    handInCounts()
    return Array(output.bytes.dropLast())
  }

  // MARK: - Counts

  /// Notes how long some messages took, from being read to being answered, in nanoseconds.
  package func note(latency: Int, of count: Int) { latencies.record(latency, count) }

  /// Adds to the service's counts what this desk has counted since it last did.
  package func handInCounts() {
    let now = stream.counts
    context.counts.add(
      decided: now.decided - counted.decided, unsure: now.unsure - counted.unsure,
      rejected: now.rejected - counted.rejected, stream.tally, latencies)
    counted = now
  }
}
