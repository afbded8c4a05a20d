import Engine
import Workspace

/// What has been counted since the process began, by all threads together.
final class ServiceCounts: @unchecked Sendable {
  struct Totals {
    var decided = 0
    var unsure = 0
    var rejected = 0
    var outcomes: [String: Int] = [:]
    var rules: [String: Int] = [:]
    var reloads = 0
    var refusedReloads = 0
    var connections = 0
    var refusedConnections: [ServiceError: Int] = [:]
    let latencies = LatencyHistogram()
  }

  private let monitor = Monitor()
  /// Only to be looked at inside the monitor.
  private var totals = Totals()

  /// Adds what a desk has counted, and empties its tally and its histogram.
  func add(
    decided: Int, unsure: Int, rejected: Int, _ tally: DecisionTally?,
    _ latencies: LatencyHistogram
  ) {
    monitor.enter {
      totals.decided += decided
      totals.unsure += unsure
      totals.rejected += rejected
      tally?.empty(
        outcome: { totals.outcomes[$0, default: 0] += $1 },
        rule: { totals.rules[$0, default: 0] += $1 })
      totals.latencies.take(from: latencies)
    }
  }

  func noteReload(isTakenUp: Bool) {
    monitor.enter {
      if isTakenUp { totals.reloads += 1 } else { totals.refusedReloads += 1 }
    }
  }

  func noteConnection() { monitor.enter { totals.connections += 1 } }

  func note(_ error: ServiceError) {
    monitor.enter { totals.refusedConnections[error, default: 0] += 1 }
  }

  /// Lends the totals. Nothing of them is to be kept: the histogram goes on.
  func read<Answer>(_ body: (Totals) -> Answer) -> Answer {
    monitor.enter { body(totals) }
  }
}
