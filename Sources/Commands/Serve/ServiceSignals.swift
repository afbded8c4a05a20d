import Service
import Synchronization
import Workspace

/// What the signals of the process do to its service. They are kept from the moment this is made.
final class ServiceSignals: Sendable {
  let poller: Poller
  private struct State {
    var context: ServiceContext?
    var watch: PolicyWatch?
    var hasEnded = false
  }
  private let state = Mutex(State())

  /// To be made before any other thread is started.
  init() throws(SystemError) {
    poller = try Poller()
    guard System.handSignals(to: { [self] in take($0) }) else { throw .noThread }
  }

  /// From now on signals have their effect, and those that came before.
  func begin(_ context: ServiceContext, _ watch: PolicyWatch) {
    let hasEnded = state.withLock { state in
      (state.context, state.watch) = (context, watch)
      return state.hasEnded
    }
    if hasEnded { context.beginStopping() }
  }

  private func take(_ signal: System.Signal) {
    let (context, watch) = state.withLock { state in
      if signal == .end { state.hasEnded = true }
      return (state.context, state.watch)
    }
    switch signal {
    case .reload: watch?.reload()
    case .end:
      System.notifySupervisor("STOPPING=1\nSTATUS=Answering what was read\n")
      context?.beginStopping()
      poller.wake()
    }
  }
}
