import DecisionLog
import Workspace

/// Puts a large round on record in a thread of its own, while the next one is decided.
///
/// One round at a time: who begins another has finished the one before.
final class Recorder: @unchecked Sendable {
  private let log: DecisionLog
  private let monitor = Monitor()
  // What follows is only looked at inside the monitor.
  private var batch: LogBatch?
  private var isOnRecord: Bool?
  private var isOver = false

  /// Nil if the system has no more threads.
  init?(_ log: DecisionLog) {
    self.log = log
    guard System.startThread({ [self] in record() }) else { return nil }
  }

  /// Begins to put a batch on record. Nobody else looks at it until that is finished.
  func begin(_ batch: LogBatch) {
    monitor.enter {
      self.batch = batch
      isOnRecord = nil
      monitor.wakeAll()
    }
  }

  /// Waits until the batch is on record; false if it could not be put there.
  func finish() -> Bool {
    monitor.enter {
      monitor.wait { isOnRecord != nil }
      return isOnRecord ?? false
    }
  }

  /// Ends the thread.
  func end() {
    monitor.enter {
      isOver = true
      monitor.wakeAll()
    }
  }

  private func record() {
    while true {
      let batch = monitor.enter { () -> LogBatch? in
        monitor.wait { self.batch != nil || isOver }
        defer { self.batch = nil }
        return self.batch
      }
      guard let batch else { return }
      let isOnRecord = log.commit(batch)
      monitor.enter {
        self.isOnRecord = isOnRecord
        monitor.wakeAll()
      }
    }
  }
}
