import DecisionLog
import Engine
import Program
import Workspace

/// Decides the messages of one input in several jobs at once and writes the decisions in the order of the
/// messages.
struct DecisionJobs {
  private let jobs: LineJobs<DecisionWorker>

  /// With a log, the hash of the policy that decides is recorded too.
  init(
    _ jobs: Int, _ setup: DecisionSetup, _ input: MessageInput, _ console: Console,
    log: DecisionLog? = nil, policy: String = "", firstLine: Int = 1,
    chunk: Int = LineReader.usualChunk
  ) {
    self.jobs = LineJobs(jobs, input, firstLine: firstLine, chunk: chunk) {
      DecisionWorker(setup, console, log, policy)
    }
  }

  /// Decides all messages.
  func run() throws(Failure) -> DecisionStream.Counts {
    try jobs.run().reduce(into: DecisionStream.Counts()) { $0 += $1.counts }
  }
}

/// Decides messages and writes the decisions, once they are on record.
private final class DecisionWorker: LineWorker {
  private let stream: DecisionStream
  private let console: Console
  private let log: DecisionLog?
  private let batch: LogBatch?
  private let policy: String
  private let output = ByteBuffer()

  /// Of a block so many bytes are decided before they are written.
  private static let packet = 1 << 20

  init(_ setup: DecisionSetup, _ console: Console, _ log: DecisionLog?, _ policy: String) {
    stream = DecisionStream(setup)
    self.console = console
    self.log = log
    batch = log?.makeBatch()
    self.policy = policy
  }

  var counts: DecisionStream.Counts { stream.counts }

  func take(_ line: UnsafeRawBufferPointer, number: Int) {
    if let batch {
      batch.decide(padded: line, number: number, by: stream, policy: policy, into: output)
    } else {
      stream.decide(padded: line, number: number, into: output)
    }
  }

  var isFull: Bool { output.count >= DecisionWorker.packet }

  func handOn() throws(Failure) {
    if let batch, !batch.isEmpty, let log, !log.commit(batch) {
      throw .problem(
        "the log cannot be written: \(log.status.failure?.reason ?? "it is closed")",
        help: "nothing more was decided; what was written is on record")
    }
    try console.handOn(output.bytes)
    output.removeAll()
  }
}
