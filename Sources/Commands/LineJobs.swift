import Workspace

/// What one job does with lines. Never used by two threads at once.
protocol LineWorker: AnyObject, SendableMetatype {
  /// Takes a line without its end, behind which `DecisionStream.padding` bytes may be looked at; the file's lines
  /// have numbers from 1.
  func take(_ line: UnsafeRawBufferPointer, number: Int)

  /// Whether so much has come of the lines that it should be handed on before the block ends.
  var isFull: Bool { get }

  /// Hands on what has come of the lines so far: behind what came of all lines before them, and never while another
  /// worker does.
  func handOn() throws(Failure)
}

/// Takes the lines of one input in several jobs at once, so that what comes of them is in the order of the lines.
///
/// Each job takes the next block of lines, works on it by itself, and waits until what came of the blocks before it has
/// been handed on. Memory is bounded by the number of jobs, whatever the length of the input.
final class LineJobs<Worker: LineWorker>: @unchecked Sendable {
  /// What the jobs share, only to be looked at inside the monitor.
  private struct State {
    /// How many jobs have not ended.
    var running = 0
    /// Whether a job is reading, and so may be waiting for input.
    var isReading = false
    /// Whether nothing more is to be read.
    var hasEnded = false
    /// How many blocks have been read, and how many of these have been handed on.
    var read = 0
    var written = 0
    var readingError: SystemError?
    var writingFailure: Failure?
    /// Those of the jobs that have ended.
    var workers: [Worker] = []
  }

  private let input: MessageInput
  private let jobs: Int
  private let chunk: Int
  private let makeWorker: () -> Worker
  private let reader: LineReader
  private let monitor = Monitor()
  private var state = State()

  /// `makeWorker` is asked in each job for its worker.
  init(
    _ jobs: Int, _ input: MessageInput, firstLine: Int = 1,
    chunk: Int = LineReader.usualChunk, makeWorker: @escaping () -> Worker
  ) {
    self.jobs = jobs
    self.input = input
    self.chunk = chunk
    self.makeWorker = makeWorker
    reader = LineReader(firstLine: firstLine, hasManyBlocks: jobs > 1, input.read)
  }

  /// Takes all lines, and gives the workers; one job needs no thread. Where handing on fails, a job that waits for
  /// input is left behind: it does no more than to end when input comes.
  func run() throws(Failure) -> [Worker] {
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
    return end.workers
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
    let worker = makeWorker()
    let block = LineBlock(chunk: chunk)
    while let number = readBlock(into: block), take(block, number, by: worker) {}
    monitor.enter {
      state.running -= 1
      state.workers.append(worker)
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

  /// Takes the lines of a block and hands on what came of them when it is its turn; false if that fails.
  private func take(_ block: LineBlock, _ number: Int, by worker: Worker) -> Bool {
    while let line = block.nextLine() {
      worker.take(line, number: block.lineNumber)
      guard !worker.isFull || handOn(from: worker, ofBlock: number) else { return false }
    }
    guard handOn(from: worker, ofBlock: number) else { return false }
    monitor.enter {
      state.written += 1
      monitor.wakeAll()
    }
    return true
  }

  private func handOn(from worker: Worker, ofBlock number: Int) -> Bool {
    let isMine = monitor.enter {
      monitor.wait { state.written == number || state.writingFailure != nil }
      return state.writingFailure == nil
    }
    guard isMine else { return false }
    do throws(Failure) {
      try worker.handOn()
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
