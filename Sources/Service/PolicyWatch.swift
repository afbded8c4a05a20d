import Synchronization
package import Workspace

/// Takes up a policy whose files have changed, or that somebody asks to be read again; in a thread of its own, so that
/// deciding goes on meanwhile.
///
/// A change is read once the files have stayed the same for a second: who writes several is given the time for it.
package final class PolicyWatch: Sendable {
  /// What reading a policy anew came to.
  package enum Outcome {
    case policy(ServedPolicy)
    /// What is wrong with it, with line ends.
    case refused(String)
  }

  private let context: ServiceContext
  private let path: String
  private let read: @Sendable () -> Outcome
  private let monitor = Monitor()
  private let isAsked = Atomic<Bool>(false)

  private static let pause = 1_000_000_000

  package init(
    _ context: ServiceContext, path: String, _ read: @escaping @Sendable () -> Outcome
  ) {
    self.context = context
    self.path = path
    self.read = read
  }

  /// Begins to watch, beside a policy whose files looked like this before it was read; false if the system has no
  /// more threads.
  package func start(from fingerprint: PolicyFingerprint) -> Bool {
    System.startThread { [self] in watch(from: fingerprint) }
  }

  /// Asks for the policy to be read now, changed or not.
  package func reload() {
    isAsked.store(true, ordering: .releasing)
    monitor.enter { monitor.wakeAll() }
  }

  private func watch(from first: PolicyFingerprint) {
    var (read, seen) = (first, first)
    while !context.isStopping {
      _ = monitor.enter {
        monitor.wait(atMost: PolicyWatch.pause) { self.isAsked.load(ordering: .acquiring) }
      }
      let isAsked = self.isAsked.exchange(false, ordering: .acquiringAndReleasing)
      let now = PolicyFingerprint(of: path)
      let isSettled = now == seen
      seen = now
      guard isAsked || (now != read && isSettled) else { continue }
      takeUp(isAsked: isAsked)
      read = now
    }
  }

  private func takeUp(isAsked: Bool) {
    System.notifySupervisor(
      "RELOADING=1\nMONOTONIC_USEC=\(System.nanoseconds / 1_000)\nSTATUS=Reading the policy anew\n")
    let before = context.policies.current.hash
    var state = "Deciding by policy \(before)"
    switch read() {
    case .policy(let policy) where policy.hash == before && policy.companion == nil:
      if isAsked { context.options.say("rulec: the policy is the same as before, \(before)\n") }
    case .policy(let policy):
      context.takeUp(policy)
      state = "Deciding by policy \(policy.hash)"
      context.options.say("rulec: took up the changed policy, \(policy.hash)\n")
    case .refused(let findings):
      context.counts.noteReload(isTakenUp: false)
      state = "The changed policy was refused; deciding by policy \(before)"
      context.options.say(
        findings + "rulec: the changed policy is refused; the one before goes on, \(before)\n")
    }
    System.notifySupervisor("READY=1\nSTATUS=\(state)\n")
  }
}
