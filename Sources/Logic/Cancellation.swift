import Synchronization

/// The wish, of whoever asked a question, not to hear the answer any more. It may be uttered and looked at
/// by any thread.
package final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  package init() {}

  package func cancel() { flag.store(true, ordering: .relaxed) }

  package var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
