import Analysis
import Coverage
import Engine
import Findings
import Model
import Syntax
import TestSupport
import Testing
import Values

@Suite struct `Scenarios that are suggested` {
  @Test func `can be read, pass, and close what they are for`() {
    var (suggested, closed) = (0, 0)
    for seed in seeds(16) {
      let text = authored(seed, 1)
      guard let policy = resolved(text).resolution.policy.map(agreeing) else { continue }
      var limits = CoverageLimits()
      limits.workLimit = 20_000_000
      let before = coverage(of: policy, suggestingFor: text, limits: limits)
      let written = before.suggestions.map(\.text).joined(separator: "\n")
      let whole = PolicyText(
        ruleFiles: text.ruleFiles + [SourceFile(path: "z.rules", bytes: Array(written.utf8))],
        problems: text.problems, listFile: text.listFile)
      let (_, resolution) = resolved(whole)
      #expect(resolution.errors.isEmpty, "seed \(seed): \(resolution.errors)\n\(written)")
      guard let read = resolution.policy else { continue }
      let names = Set(before.suggestions.map(\.name))
      var extended = policy
      extended.scenarios = read.scenarios.filter { names.contains($0.name) }
      #expect(extended.scenarios.count == names.count, "seed \(seed)")
      let evaluator = Evaluator(policy)
      for scenario in extended.scenarios {
        let decision = evaluator.decide(scenario.message(policy.vocabulary))
        let isMet = (try? decision.get()).map { decision in
          scenario.expectations.allSatisfy { $0.0.isMet(by: decision) }
        }
        #expect(isMet == true, "seed \(seed): \(scenario.name)\n\(written)")
      }
      suggested += names.count
      closed += check(before, extended, limits, seed)
      let laidOut = Formatter.formatted(whole).first { $0.path == "z.rules" }
      #expect(laidOut?.bytes == Array(written.utf8), "seed \(seed)")
    }
    #expect(suggested > 50 && closed > 100)
  }

  /// Every change that a suggestion closes makes a scenario fail now; gives how many there are.
  private func check(
    _ before: CoverageResult, _ extended: Policy, _ limits: CoverageLimits, _ seed: UInt64
  ) -> Int {
    let after = coverage(of: extended, limits: limits)
    let open = Set(
      after.changes.filter { $0.fate == .unnoticed }.map {
        Place(place: $0.change.place, $0.change)
      })
    var closed = 0
    for hole in before.suggestions.flatMap(\.closes).map({ before.holes[$0] }) {
      guard case .change(let change, _) = hole.kind else { continue }
      closed += 1
      #expect(!open.contains(Place(place: change.place, change)), "seed \(seed): \(change.kind)")
    }
    return closed
  }

  private struct Place: Hashable {
    let place: Change.Place
    let kind: Change.Kind
    let start: UInt32?

    init(place: Change.Place, _ change: Change) {
      (self.place, kind, start) = (place, change.kind, change.part?.span?.start)
    }
  }

  /// The policy with one rule above the other, and an answer to every message: so that it has no errors. Without
  /// promises, which it may not keep.
  private func agreeing(_ policy: Policy) -> Policy {
    var policy = policy
    var graph = OverrideGraph(ruleCount: policy.rules.count)
    for kind in Rule.Kind.allCases {
      let rules = policy.rules.filter { $0.kind == kind }
      for (rule, next) in zip(rules, rules.dropFirst()) {
        graph.beginLine(at: rule.span)
        graph.add(rule.id, overrides: next.id)
      }
    }
    policy.overrides = graph
    policy.otherwise = policy.otherwise ?? policy.whenUnsure
    (policy.promises, policy.scenarios) = ([], [])
    return policy
  }
}
