package import Program

/// How often each outcome was decided, and how often each rule decided.
///
/// Not to be shared between threads. Counting allocates nothing.
package final class DecisionTally {
  private let program: Program
  private let names: (outcomes: [String], rules: [String])
  private let outcomes: UnsafeMutablePointer<Int>
  private let rules: UnsafeMutablePointer<Int>
  /// By how many messages `otherwise` decided.
  package private(set) var otherwise = 0

  package init(_ program: Program, outcomes names: [String]) {
    self.program = program
    self.names = (names, program.ruleNames)
    outcomes = .allocate(capacity: names.count)
    outcomes.initialize(repeating: 0, count: names.count)
    rules = .allocate(capacity: self.names.rules.count)
    rules.initialize(repeating: 0, count: self.names.rules.count)
  }

  deinit {
    outcomes.deallocate()
    rules.deallocate()
  }

  /// Counts a decision; rules that are only in doubt do not count.
  @inline(__always)
  func count(_ verdict: Verdict, by decider: Decider) {
    guard verdict.outcome >= 0 else { return }
    outcomes[verdict.outcome] &+= 1
    guard verdict.kind == .decided else { return }
    if verdict.isByOtherwise { otherwise &+= 1 }
    for index in 0..<decider.winnerCount { rules[decider.winners[index]] &+= 1 }
  }

  /// Hands on all counts that are not nought, and begins anew.
  package func empty(
    outcome: (String, Int) -> Void, rule: (String, Int) -> Void
  ) {
    for (index, name) in names.outcomes.enumerated() where outcomes[index] > 0 {
      outcome(name, outcomes[index])
      outcomes[index] = 0
    }
    for (index, name) in names.rules.enumerated() where rules[index] > 0 {
      rule(name, rules[index])
      rules[index] = 0
    }
    if otherwise > 0 { rule("otherwise", otherwise) }
    otherwise = 0
  }
}
