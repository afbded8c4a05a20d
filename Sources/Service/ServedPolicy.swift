package import Engine
import Synchronization
import Workspace

/// A policy that may decide, ready to do so.
package final class ServedPolicy: Sendable {
  package let hash: String
  package let setup: DecisionSetup
  package let ruleCount: Int
  /// What another way of asking needs of this very policy; whoever put it there knows what it is.
  package let companion: (any Sendable)?
  /// When it was taken up, on the clock that only goes forward.
  let since = System.nanoseconds

  package init(
    hash: String, ruleCount: Int, setup: DecisionSetup, companion: (any Sendable)? = nil
  ) {
    self.companion = companion
    self.hash = hash
    self.ruleCount = ruleCount
    self.setup = setup
  }
}

/// The policy of this moment, which others take up between two messages.
package final class PolicyShelf: Sendable {
  private let place: Mutex<ServedPolicy>
  private let changes = Atomic<Int>(0)

  package init(_ policy: ServedPolicy) { place = Mutex(policy) }

  /// How often the policy has been replaced; to be looked at before each message.
  package var changeCount: Int { changes.load(ordering: .acquiring) }

  package var current: ServedPolicy { place.withLock { $0 } }

  package func replace(with policy: ServedPolicy) {
    place.withLock { $0 = policy }
    changes.add(1, ordering: .releasing)
  }
}
