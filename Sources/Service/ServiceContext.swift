package import DecisionLog
import Synchronization
package import Values
import Workspace

/// What everything that answers messages in one process shares: the policy, the log, the counts, and the end.
///
/// A thread that answers messages makes itself a `DecisionDesk` of it. One that listens to something of its own says
/// so with `whenStopping`, and ends when it is told.
package final class ServiceContext: Sendable {
  package struct Options: Sendable {
    /// What counts as today; nil for the system's date, in UTC.
    package var day: Day?
    /// The field whose elements are decided one by one.
    package var each: String?
    /// Fields of which the log holds hashes.
    package var hashedFields: [String] = []
    /// How many connections there may be at once.
    package var mostConnections = 10_000
    /// After so many seconds without a message a connection is closed.
    package var idleSeconds = 600
    /// Nanoseconds since 1 January 1970.
    package var clock: @Sendable () -> Int = { System.now }
    /// Takes what somebody has to be told, with its line ends; never a fact of a message.
    package var say: @Sendable (String) -> Void = { _ in }

    package init() {}
  }

  package let options: Options
  package let policies: PolicyShelf
  package let log: DecisionLog?
  let counts = ServiceCounts()
  private let stopping = Atomic<Bool>(false)
  private let endings = Mutex<[@Sendable () -> Void]>([])

  package init(_ options: Options, _ policy: ServedPolicy, log: DecisionLog?) {
    self.options = options
    policies = PolicyShelf(policy)
    self.log = log
  }

  /// Whether no more messages are to be read.
  package var isStopping: Bool { stopping.load(ordering: .acquiring) }

  /// Does something once no more messages are to be read; it returns when what was read has been answered. Several
  /// are done one after the other.
  package func whenStopping(_ ending: @escaping @Sendable () -> Void) {
    endings.withLock { $0.append(ending) }
  }

  /// Has no more messages read; whoever waits for some has to be woken.
  package func beginStopping() { stopping.store(true, ordering: .releasing) }

  func finishOthers() {
    for ending in endings.withLock({ $0 }) { ending() }
  }

  /// Today, for messages that do not say `on`; nil while the clock shows a day for which nothing is proved.
  package func today() -> Day? {
    let day = options.day ?? UTCTime(nanoseconds: options.clock()).day
    return (Day.firstProved...Day.lastProved).contains(day) ? day : nil
  }

  /// Makes another policy the current one, and puts that on record.
  package func takeUp(_ policy: ServedPolicy) {
    let before = policies.current.hash
    policies.replace(with: policy)
    if policy.hash != before { log?.commit(.policy(policy.hash, before: before)) }
    counts.noteReload(isTakenUp: true)
  }
}
