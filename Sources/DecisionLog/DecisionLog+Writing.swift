import Program
import Values
import Workspace

// Writing what has been added, by one thread at a time.

extension DecisionLog {
  /// Writes what is pending, for all who wait for it. Only by the thread that has set `isWriting`.
  func writePending() {
    let (lines, settlement, head, hasFailed) = monitor.enter {
      let (lines, settlement) = (state.pending, state.settlement)
      (state.pending, state.spare) = (state.spare, lines)
      state.settlement = Settlement()
      return (lines, settlement, state.head, state.failure != nil)
    }
    let before = (size: file.size, head: file.head)
    var problem: SystemError?
    do throws(SystemError) {
      // What an earlier failure may have left is cut off first.
      if hasFailed { try file.recover(to: before.size, head: before.head) }
      try file.append(lines.bytes, head: head)
      if options.sync == .always || hasFailed { try file.file.synchronizeContents() }
    } catch {
      problem = error
      try? file.recover(to: before.size, head: before.head)
    }
    monitor.enter {
      lines.removeAll()
      settlement.isWritten = problem == nil
      if let problem { takeBackPending(problem) } else { noteSuccess() }
      state.isWriting = false
      state.isHalting = state.isHalting || isAnotherFileDue
      if state.isHalting, state.pending.count == 0 { beginAnotherFileIfDue() }
      monitor.wakeAll()
    }
  }

  /// Only inside.
  private func noteSuccess() {
    state.size = file.size
    state.isUnsynced = options.sync == .interval
    guard let failure = state.failure else { return }
    state.failure = nil
    options.say(
      "rulec: the log `\(options.path)` can be written again (before, \(failure.reason))")
  }

  /// Takes back all that is not written, whoever added it. Only inside.
  private func takeBackPending(_ problem: SystemError) {
    state.pending.removeAll()
    state.settlement.isWritten = false
    state.settlement = Settlement()
    state.head = file.head
    state.size = file.size
    note(failure: problem)
  }

  /// Only inside.
  private func note(failure problem: SystemError) {
    let next = System.nanoseconds + DecisionLog.pause
    guard state.failure == nil else {
      state.failure?.nextAttempt = next
      return
    }
    state.failure = Failure(
      since: options.clock(), reason: problem.reason, nextAttempt: next,
      unrecordedBefore: state.unrecorded)
    let consequence =
      options.failing == .stop
      ? "nothing is decided until it can" : "WHAT IS DECIDED MEANWHILE LEAVES NO RECORD"
    options.say(
      "rulec: the log `\(options.path)` cannot be written: \(problem.reason); \(consequence)")
  }

  // MARK: - Another file

  private var isAnotherFileDue: Bool {
    guard file.size > 0, state.failure == nil, !state.isClosed else { return false }
    if let most = options.rotationSize, file.size >= most { return true }
    return options.rotatesDaily && UTCTime(nanoseconds: options.clock()).day != state.day
  }

  /// Begins another file where that is due, or where the present one was moved away or deleted; its first record says
  /// where the chain goes on from. Only inside, while nobody writes and nothing is pending; otherwise nothing is done.
  func beginAnotherFileIfDue() {
    guard !state.isWriting, state.pending.count == 0 else { return }
    state.isHalting = false
    guard !state.isClosed else { return }
    let now = System.nanoseconds
    if now - state.lastLook >= DecisionLog.pause {
      state.lastLook = now
      if !file.isInPlace {
        options.say(
          "rulec: the log `\(options.path)` was moved away or deleted; another file is begun in its place"
        )
        beginAnotherFile { () throws(SystemError) in
          try file.begin()
          return nil
        }
        return
      }
    }
    guard isAnotherFileDue else { return }
    beginAnotherFile { () throws(SystemError) in try file.rotate() }
  }

  private func beginAnotherFile(_ begin: () throws(SystemError) -> String?) {
    let before = file.head
    var size = file.size
    do throws(SystemError) {
      let name = try begin()
      size = file.size
      let note = LogBatch()
      note.add(.continued(from: name, before))
      let lines = ByteBuffer()
      put(note, options.clock(), into: lines)
      try file.append(lines.bytes, head: state.head)
      if options.sync == .always { try file.file.synchronizeContents() }
      state.day = UTCTime(nanoseconds: options.clock()).day
      state.size = file.size
    } catch {
      try? file.recover(to: size, head: before)
      takeBackPending(error)
    }
  }

  // MARK: - Syncing each second

  /// Syncs once a second until the log is closed or gone.
  static func tick(_ log: () -> DecisionLog?) {
    while true {
      guard let monitor = log()?.monitor else { return }
      let isOver = monitor.enter {
        _ = monitor.wait(atMost: pause) { log()?.state.isClosed ?? true }
        return log()?.state.isClosed ?? true
      }
      guard !isOver else { return }
      log()?.synchronize()
    }
  }

  private func synchronize() {
    let copy = monitor.enter { () -> Descriptor? in
      guard state.isUnsynced, !state.isClosed else { return nil }
      state.isUnsynced = false
      return try? file.file.duplicate()
    }
    guard let copy else { return }
    defer { try? copy.closeFile() }
    do throws(SystemError) {
      try copy.synchronizeContents()
    } catch {
      monitor.enter {
        state.isUnsynced = true
        note(failure: error)
      }
    }
  }
}
