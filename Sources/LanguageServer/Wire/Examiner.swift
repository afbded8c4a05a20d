import Workspace

/// Examines policies in a thread of its own, one after the other.
final class Examiner: @unchecked Sendable {
  private let monitor = Monitor()
  private var tasks: [ExaminationTask] = []
  private var isRunning = false
  private let report: @Sendable (Examination) -> Void

  /// What comes of the tasks is reported in the examiner's thread.
  init(report: @escaping @Sendable (Examination) -> Void) {
    self.report = report
  }

  /// Takes up a task; one that waits for the same policy is given up.
  func examine(_ task: ExaminationTask) {
    let mustStart = monitor.enter {
      tasks.removeAll { $0.root == task.root }
      tasks.append(task)
      defer { isRunning = true }
      return !isRunning
    }
    if mustStart, !System.startThread({ [self] in work() }) { work() }
  }

  /// Works until there is nothing to do.
  private func work() {
    while let task = next() { task.run(report) }
  }

  private func next() -> ExaminationTask? {
    monitor.enter {
      guard !tasks.isEmpty else {
        isRunning = false
        return nil
      }
      return tasks.removeFirst()
    }
  }
}
