import Synchronization
import Workspace

/// The policy of a process that takes up changed ones while it runs.
///
/// ```swift
/// let store = PolicyStore(try Policy(contentsOf: "rules"))
/// let decision = try store.current.decide(message, on: today)  // by any task, at any time
/// try store.reload(contentsOf: "rules")  // by whoever is told that the folder has changed
/// ```
///
/// Whoever asks for `current` gets the old policy or the new one, whole, and keeps it as long as it wishes. No
/// lock is taken for that: a reader tries again only if the policy was replaced within the few nanoseconds of
/// its copying, so that it never waits for a policy being read or for a thread that was put to sleep. Copying
/// takes three atomic steps and the count of a reference on memory that all threads share; a thread that decides
/// many messages asks once for all of them.
///
/// `replace` waits until the readers that are just copying have done so.
public final class PolicyStore: Sendable {
  /// Where two policies have room, of which one is current; the other is empty but for the time of a change.
  ///
  /// A reader enters the current place, and copies only if it still is the current one when the reader is in:
  /// from then on nobody changes what stands there. A writer fills the empty place once nobody is in it,
  /// makes it current, and empties the old one once nobody is in that. Every step is in one order for all
  /// threads (sequentially consistent), so that either the reader sees the change or the writer the reader.
  private final class Places: @unchecked Sendable {
    private let policies: UnsafeMutablePointer<PolicyCore?>
    private let firstReaders = Atomic<Int>(0)
    private let secondReaders = Atomic<Int>(0)
    private let currentPlace = Atomic<Int>(0)

    init(_ policy: PolicyCore) {
      policies = .allocate(capacity: 2)
      policies.initialize(to: policy)
      (policies + 1).initialize(to: nil)
    }

    deinit {
      policies.deinitialize(count: 2)
      policies.deallocate()
    }

    var current: PolicyCore {
      while true {
        let place = currentPlace.load(ordering: .sequentiallyConsistent)
        enter(place, by: 1)
        let isCurrent = currentPlace.load(ordering: .sequentiallyConsistent) == place
        let policy = isCurrent ? policies[place] : nil
        enter(place, by: -1)
        if let policy { return policy }
      }
    }

    /// Only one thread at a time may replace.
    func replace(with policy: PolicyCore) {
      let old = currentPlace.load(ordering: .sequentiallyConsistent)
      waitUntilEmpty(1 - old)
      policies[1 - old] = policy
      currentPlace.store(1 - old, ordering: .sequentiallyConsistent)
      waitUntilEmpty(old)
      policies[old] = nil
    }

    private func enter(_ place: Int, by step: Int) {
      if place == 0 {
        firstReaders.add(step, ordering: .sequentiallyConsistent)
      } else {
        secondReaders.add(step, ordering: .sequentiallyConsistent)
      }
    }

    private func waitUntilEmpty(_ place: Int) {
      while (place == 0
        ? firstReaders.load(ordering: .sequentiallyConsistent)
        : secondReaders.load(ordering: .sequentiallyConsistent)) != 0
      {
        System.yield()
      }
    }
  }

  private let places: Places
  private let writing = Mutex(())

  /// A store whose first policy is this one.
  public init(_ policy: Policy) {
    places = Places(policy.core)
  }

  /// The policy of this moment.
  public var current: Policy { Policy(core: places.current) }

  /// Makes another policy the current one, from the next reader on. Whoever has the old one keeps it.
  public func replace(with policy: Policy) {
    writing.withLock { _ in places.replace(with: policy.core) }
  }

  /// Reads the folder or file at a path and makes it the current policy. If it cannot be read or has an error
  /// the current policy stays, and `PolicyErrors` are thrown.
  ///
  /// Readers go on with the old policy meanwhile. Of two at once the last to be read stays.
  public func reload(contentsOf path: String) throws(PolicyErrors) {
    replace(with: try Policy(contentsOf: path))
  }
}
