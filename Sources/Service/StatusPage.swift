import DecisionLog
import Workspace

/// How the service is, for those who look after it, in the text form of Prometheus.
///
/// It holds names of the policy and counts, and nothing of any message.
struct StatusPage {
  private let context: ServiceContext
  private let connections: Int

  init(_ context: ServiceContext, connections: Int) {
    self.context = context
    self.connections = connections
  }

  var isHealthy: Bool { context.log?.status.failure == nil && context.today() != nil }

  var health: String {
    if let failure = context.log?.status.failure {
      return "the log of decisions cannot be written: \(failure.reason)\n"
    }
    return context.today() == nil
      ? "this computer's clock is not in the years 2000 to 2099\n" : "ok\n"
  }

  // MARK: - Metrics

  /// By what length of time decisions are counted, in nanoseconds, and how seconds are written.
  private static let steps = [
    (10_000, "0.00001"), (25_000, "0.000025"), (50_000, "0.00005"), (100_000, "0.0001"),
    (250_000, "0.00025"), (500_000, "0.0005"), (1_000_000, "0.001"), (2_500_000, "0.0025"),
    (10_000_000, "0.01"), (100_000_000, "0.1"), (1_000_000_000, "1"),
  ]

  var metrics: String {
    var text = MetricsText()
    context.counts.read { totals in
      text.family("rulec_decisions_total", "counter", "Decisions, by outcome.")
      for (name, count) in totals.outcomes.sorted(by: { $0.key < $1.key }) {
        text.sample("rulec_decisions_total", ["outcome": name], count)
      }
      text.family("rulec_rule_decisions_total", "counter", "Decisions, by each rule that decided.")
      for (name, count) in totals.rules.sorted(by: { $0.key < $1.key }) {
        text.sample("rulec_rule_decisions_total", ["rule": name], count)
      }
      text.single(
        "rulec_unsure_total", "counter", "Decisions that facts were missing for.", totals.unsure)
      text.single(
        "rulec_rejected_total", "counter", "Messages that nothing was decided about.",
        totals.rejected)
      write(totals.latencies, to: &text)
      text.single(
        "rulec_connections_total", "counter", "Connections that were taken.", totals.connections)
      text.family(
        "rulec_connections_ended_total", "counter", "Connections that the service ended, by why.")
      for error in ServiceError.allCases {
        guard let count = totals.refusedConnections[error] else { continue }
        text.sample("rulec_connections_ended_total", ["reason": error.rawValue], count)
      }
      text.single(
        "rulec_policy_reloads_total", "counter", "Changed policies that were taken up.",
        totals.reloads)
      text.single(
        "rulec_policy_reloads_refused_total", "counter",
        "Changed policies that were refused because of what is wrong with them.",
        totals.refusedReloads)
    }
    text.single("rulec_connections", "gauge", "Connections there are now.", connections)
    writePolicy(to: &text)
    if let log = context.log { write(log.status, to: &text) }
    text.single(
      "rulec_memory_peak_bytes", "gauge", "The most memory that the process has had.",
      System.peakMemory)
    return text.text
  }

  private func write(_ latencies: LatencyHistogram, to text: inout MetricsText) {
    let name = "rulec_decision_seconds"
    text.family(name, "histogram", "From the reading of a message to its answer.")
    for (step, seconds) in StatusPage.steps {
      text.sample(name + "_bucket", ["le": seconds], latencies.count(upTo: step))
    }
    text.sample(name + "_bucket", ["le": "+Inf"], latencies.total)
    text.sample(name + "_sum", [:], seconds: latencies.sum)
    text.sample(name + "_count", [:], latencies.total)
    let quantiles = "rulec_decision_quantile_seconds"
    text.family(quantiles, "gauge", "What that part of all decisions did not exceed.")
    for (part, written) in [(0.5, "0.5"), (0.9, "0.9"), (0.99, "0.99"), (0.999, "0.999")] {
      guard let length = latencies.quantile(part) else { continue }
      text.sample(quantiles, ["quantile": written], seconds: length)
    }
  }

  private func writePolicy(to text: inout MetricsText) {
    let policy = context.policies.current
    text.family("rulec_policy_info", "gauge", "The policy that decides, by its hash.")
    text.sample("rulec_policy_info", ["policy": policy.hash, "version": Version.number], 1)
    text.single("rulec_policy_rules", "gauge", "Rules of that policy.", policy.ruleCount)
    text.single(
      "rulec_policy_age_seconds", "gauge", "Since when it decides.",
      (System.nanoseconds - policy.since) / 1_000_000_000)
  }

  private func write(_ log: DecisionLog.Status, to text: inout MetricsText) {
    text.single(
      "rulec_log_available", "gauge", "Whether the log can be written.", log.failure == nil ? 1 : 0)
    text.single("rulec_log_records", "gauge", "The number of the last record.", log.head.number)
    text.single("rulec_log_file_bytes", "gauge", "Bytes of the log's present file.", log.size)
    text.single(
      "rulec_log_unrecorded_total", "counter", "Decisions that were given without a record.",
      log.unrecorded)
  }
}

/// Metrics, a line each.
struct MetricsText {
  private(set) var text = ""

  mutating func family(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  mutating func sample(_ name: String, _ labels: KeyValuePairs<String, String>, _ value: Int) {
    sample(name, labels, written: String(value))
  }

  mutating func sample(
    _ name: String, _ labels: KeyValuePairs<String, String>, seconds nanoseconds: Int
  ) {
    sample(name, labels, written: String(Double(nanoseconds) / 1e9))
  }

  private mutating func sample(
    _ name: String, _ labels: KeyValuePairs<String, String>, written value: String
  ) {
    let shown = labels.map { "\($0.key)=\"\(MetricsText.escaped($0.value))\"" }
    text += name + (shown.isEmpty ? "" : "{\(shown.joined(separator: ","))}") + " \(value)\n"
  }

  mutating func single(_ name: String, _ type: String, _ help: String, _ value: Int) {
    family(name, type, help)
    sample(name, [:], value)
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
