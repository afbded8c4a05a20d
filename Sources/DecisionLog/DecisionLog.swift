import Program
import Values
import Workspace

/// A log of decisions, to which any number of threads add their records.
///
/// Who adds waits until the records are where the mode wants them. Whoever comes first writes for all who wait, so
/// that many share one write and one sync. What cannot be written is taken back, and nobody who waited for it is told
/// to go on.
package final class DecisionLog: @unchecked Sendable {
  /// When a record is on the disk.
  package enum Sync: String, CaseIterable, Sendable {
    /// Before it is answered: it is still there after the power has failed.
    case always
    /// Each second: it is still there after the process was killed, and after a power failure but for the last
    /// second.
    case interval
    /// When the system finds it convenient.
    case never
  }

  /// What becomes of decisions when the log cannot be written.
  package enum Failing: String, CaseIterable, Sendable {
    /// There are none until it can.
    case stop
    /// They are given without a record.
    case `continue`
  }

  package struct Options: Sendable {
    package var path: String
    package var sync = Sync.interval
    package var failing = Failing.stop
    /// After so many bytes another file is begun; nil for never.
    package var rotationSize: Int?
    /// Whether another file is begun each day, in UTC.
    package var rotatesDaily = false
    package var hashing: FactHashing?
    /// The version of what decides.
    package var engine = Version.number
    /// Nanoseconds since 1 January 1970.
    package var clock: @Sendable () -> Int = { System.now }
    /// Takes what somebody has to be told, a line each.
    package var say: @Sendable (String) -> Void = { _ in }

    package init(path: String) { self.path = path }
  }

  /// How a log is, for those who look after it.
  package struct Status: Sendable {
    package var head = LogHead()
    /// Bytes of the present file.
    package var size = 0
    /// Since when it could not be written, and why; nil if it can.
    package var failure: (since: Int, reason: String)?
    /// Decisions that were given without a record since the process began.
    package var unrecorded = 0
  }

  /// What is only looked at inside the monitor.
  struct State {
    /// Lines that nobody has begun to write, and what becomes of them.
    var pending = ByteBuffer()
    var settlement = Settlement()
    /// Empty memory, for the lines that come while others are written.
    var spare = ByteBuffer()
    /// The last record of all, written or not.
    var head: LogHead
    var size: Int
    var isWriting = false
    /// Whether nothing is to be added until another file has been begun.
    var isHalting = false
    var isClosed = false
    var failure: Failure?
    var unrecorded = 0
    var lastTime = 0
    /// Whether something was written and not synced.
    var isUnsynced = false
    /// The day on which the file was begun or opened, and when it was last looked for under its name.
    var day: Day
    var lastLook = System.nanoseconds
  }

  /// What has become of lines that were added together.
  final class Settlement {
    var isWritten: Bool?
  }

  struct Failure {
    let since: Int
    let reason: String
    /// When the next attempt may be made, on the clock that only goes forward.
    var nextAttempt: Int
    let unrecordedBefore: Int
  }

  package let options: Options
  let monitor = Monitor()
  var state: State
  /// Only for whoever writes, or is inside the monitor while nobody does.
  let file: LogFile

  /// How long to wait between two attempts to write, and between two syncs, in nanoseconds.
  static let pause = 1_000_000_000

  /// Opens the log, or begins it, and repairs what an unexpected end has left behind; says so.
  package init(_ options: Options) throws(LogProblem) {
    self.options = options
    let (file, opening) = try LogFile.open(options.path)
    self.file = file
    state = State(
      head: file.head, size: file.size, day: UTCTime(nanoseconds: options.clock()).day)
    let batch = LogBatch()
    if opening.isNew, file.head.number > 0 {
      batch.add(.continued(from: opening.earlierFile, file.head))
    }
    if let (bytes, aside) = opening.repaired {
      options.say(
        "rulec: the last line of the log `\(options.path)` was not whole: \(bytes) bytes were set "
          + "aside in `\(aside)`, and the log goes on behind record \(file.head.number)")
      batch.add(.repaired(bytes: bytes, in: aside))
    }
    if !batch.isEmpty, !commit(batch) {
      throw LogProblem(
        "cannot write the log `\(options.path)`: \(status.failure?.reason ?? "no reason given")")
    }
    if options.sync == .interval, !System.startThread({ [weak self] in DecisionLog.tick { self } })
    {
      throw LogProblem("the system has no thread left for the log")
    }
  }

  package func makeBatch() -> LogBatch { LogBatch(hashing: options.hashing) }

  package var status: Status {
    monitor.enter {
      Status(
        head: state.head, size: state.size, failure: state.failure.map { ($0.since, $0.reason) },
        unrecorded: state.unrecorded)
    }
  }

  // MARK: - Adding

  /// Writes the records of a batch behind all others and waits until they are where the mode wants them; whether
  /// what they say may be answered. The batch is empty afterwards.
  package func commit(_ batch: LogBatch) -> Bool {
    defer { batch.removeAll() }
    let count = batch.ends.count
    let settlement = monitor.enter { () -> Settlement? in
      monitor.wait { !state.isHalting }
      beginAnotherFileIfDue()
      guard isWritable else { return nil }
      add(batch)
      return state.settlement
    }
    var isWritten = settlement == nil ? false : nil
    while let settlement, isWritten == nil {
      let isMine = monitor.enter {
        monitor.wait { settlement.isWritten != nil || !state.isWriting }
        isWritten = settlement.isWritten
        if isWritten == nil { state.isWriting = true }
        return isWritten == nil
      }
      if isMine { writePending() }
    }
    if isWritten == true { return true }
    guard options.failing == .continue else { return false }
    monitor.enter { state.unrecorded += count }
    return true
  }

  /// Adds one note, in the same way.
  @discardableResult
  package func commit(_ note: LogNote) -> Bool {
    let batch = LogBatch()
    batch.add(note)
    return commit(batch)
  }

  /// Whether records are taken: not while the log cannot be written, but for one attempt a second. Only inside.
  private var isWritable: Bool {
    guard !state.isClosed else { return false }
    guard let failure = state.failure else { return true }
    let now = System.nanoseconds
    guard now >= failure.nextAttempt, !state.isWriting else { return false }
    state.failure?.nextAttempt = now + DecisionLog.pause
    let note = LogBatch()
    if state.size == 0, state.head.number > 0 {
      let earlier = LogFile.earlierFiles(of: options.path).last
      note.add(.continued(from: earlier.map { FilePath.split($0).name }, state.head))
    }
    note.add(
      .resumed(
        since: UTCTime(nanoseconds: failure.since).description, reason: failure.reason,
        unrecorded: state.unrecorded - failure.unrecordedBefore))
    add(note)
    return true
  }

  /// Puts the records of a batch, with their numbers, the time and the chain, to those to be written. Only inside.
  private func add(_ batch: LogBatch) {
    let now = options.clock()
    if now < state.lastTime - DecisionLog.pause {
      let note = LogBatch()
      note.add(.clockSetBack(from: UTCTime(nanoseconds: state.lastTime).description))
      put(note, now, into: state.pending)
    }
    state.lastTime = now
    put(batch, now, into: state.pending)
  }

  /// Makes lines of the records of a batch. Only inside.
  func put(_ batch: LogBatch, _ now: Int, into lines: ByteBuffer) {
    let time = Array(#","time":"\#(UTCTime(nanoseconds: now))","#.utf8)
    let engine = Array(#","engine":"\#(options.engine)""#.utf8)
    var start = 0
    for end in batch.ends {
      let first = lines.count
      lines.append(#"{"n":"#)
      lines.append(number: state.head.number + 1)
      time.withUnsafeBytes { lines.append($0) }
      lines.append(UnsafeRawBufferPointer(rebasing: batch.bytes.bytes[start..<end]))
      engine.withUnsafeBytes { lines.append($0) }
      let chain = state.head.chain.next(UnsafeRawBufferPointer(rebasing: lines.bytes[first...]))
      lines.append(#","chain":""#)
      chain.withDigits { lines.append($0) }
      lines.append("\"}\n")
      state.head = LogHead(number: state.head.number + 1, chain: chain)
      start = end
    }
  }

  /// Syncs what has been written, and ends; what comes later is not taken.
  package func close() {
    monitor.enter {
      monitor.wait { !state.isWriting }
      guard !state.isClosed else { return }
      state.isClosed = true
      try? file.file.synchronizeContents()
      file.close()
      monitor.wakeAll()
    }
  }

  deinit { close() }
}
