import DecisionLog
import Engine
import Program
import Workspace

/// Decides the messages of one input in several jobs at once and writes the decisions in the order of the
/// messages.
///
/// Each job takes the next block of lines, decides it by itself, and waits until the blocks before it have been
/// written. Memory is bounded by the number of jobs, whatever the length of the input.
final class DecisionJobs: @unchecked Sendable {
  /// What the jobs share, only to be looked at inside the monitor.
  private struct State {
    /// How many jobs have not ended.
    var running = 0
    /// Whether a job is reading, and so may be waiting for input.
    var isReading = false
    /// Whether nothing more is to be read.
    var hasEnded = false
    /// How many blocks have been read, and how many of these have been written.
    var read = 0
    var written = 0
    var readingError: SystemError?
    var writingFailure: Failure?
    var counts = DecisionStream.Counts()
  }

  private let setup: DecisionSetup
  private let input: MessageInput
  private let console: Console
  private let log: DecisionLog?
  private let policy: String
  private let jobs: Int
  private let chunk: Int
  private let reader: LineReader
  private let monitor = Monitor()
  private var state = State()

  /// The most jobs.
  static let most = 256
  /// Of a block so many bytes are decided before they are written.
  private static let packet = 1 << 20

  /// With a log, the hash of the policy that decides is recorded too.
  init(
    _ jobs: Int, _ setup: DecisionSetup, _ input: MessageInput, _ console: Console,
    log: DecisionLog? = nil, policy: String = "", firstLine: Int = 1,
    chunk: Int = LineReader.usualChunk
  ) {
    self.jobs = jobs
    self.log = log
    self.policy = policy
    self.setup = setup
    self.input = input
    self.console = console
    self.chunk = chunk
    reader = LineReader(firstLine: firstLine, hasManyBlocks: jobs > 1, input.read)
  }

  /// Decides all messages; one job needs no thread. Where the output fails, a job that waits for input is left
  /// behind: it does no more than to end when input comes.
  func run() throws(Failure) -> DecisionStream.Counts {
    var started = 0
    while jobs > 1, started < jobs, startJob() { started += 1 }
    if started == 0 {
      state.running = 1
      work()
    }
    let end = monitor.enter {
      monitor.wait { isOver }
      return state
    }
    if let failure = end.writingFailure { throw failure }
    if let error = end.readingError {
      throw .problem("cannot read \(input.name): \(error.reason)")
    }
    return end.counts
  }

  private var isOver: Bool {
    state.running == 0 || state.writingFailure != nil && state.running == 1 && state.isReading
  }

  /// Starts a job in a thread of its own; false if the system has no more.
  private func startJob() -> Bool {
    monitor.enter { state.running += 1 }
    let isStarted = System.startThread { [self] in work() }
    if !isStarted { monitor.enter { state.running -= 1 } }
    return isStarted
  }

  // MARK: - One job

  private func work() {
    let stream = DecisionStream(setup)
    let block = LineBlock(chunk: chunk)
    let output = ByteBuffer()
    let batch = log?.makeBatch()
    while let number = readBlock(into: block),
      decide(block, number, by: stream, batch, into: output)
    {}
    monitor.enter {
      state.running -= 1
      state.counts += stream.counts
      monitor.wakeAll()
    }
  }

  /// Reads the next block when no other job is reading, and gives its number; nil at the end.
  private func readBlock(into block: LineBlock) -> Int? {
    let isMine = monitor.enter {
      monitor.wait { state.hasEnded || !state.isReading }
      guard !state.hasEnded else { return false }
      state.isReading = true
      return true
    }
    guard isMine else { return nil }
    let result = Result { () throws(SystemError) in try reader.fill(block) }
    return monitor.enter {
      defer { monitor.wakeAll() }
      state.isReading = false
      switch result {
      case .success(true) where !state.hasEnded:
        state.read += 1
        return state.read - 1
      case .failure(let error): state.readingError = error
      case .success: break
      }
      state.hasEnded = true
      return nil
    }
  }

  /// Decides a block and writes the decisions when it is its turn; false if they cannot be written.
  private func decide(
    _ block: LineBlock, _ number: Int, by stream: DecisionStream, _ batch: LogBatch?,
    into output: ByteBuffer
  ) -> Bool {
    output.removeAll()
    while let line = block.nextLine() {
      if let batch {
        batch.decide(
          padded: line, number: block.lineNumber, by: stream, policy: policy, into: output)
      } else {
        stream.decide(padded: line, number: block.lineNumber, into: output)
      }
      guard output.count >= DecisionJobs.packet else { continue }
      guard write(output, batch, ofBlock: number) else { return false }
      output.removeAll()
    }
    guard write(output, batch, ofBlock: number) else { return false }
    monitor.enter {
      state.written += 1
      monitor.wakeAll()
    }
    return true
  }

  /// Writes the decisions when it is their turn, once they are on record.
  private func write(_ output: ByteBuffer, _ batch: LogBatch?, ofBlock number: Int) -> Bool {
    let isMine = monitor.enter {
      monitor.wait { state.written == number || state.writingFailure != nil }
      return state.writingFailure == nil
    }
    guard isMine else { return false }
    do throws(Failure) {
      if let batch, !batch.isEmpty, let log, !log.commit(batch) {
        throw .problem(
          "the log cannot be written: \(log.status.failure?.reason ?? "it is closed")",
          help: "nothing more was decided; what was written is on record")
      }
      try console.handOn(output.bytes)
      return true
    } catch {
      monitor.enter {
        state.writingFailure = error
        state.hasEnded = true
        monitor.wakeAll()
      }
      return false
    }
  }
}
