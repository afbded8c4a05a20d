import Engine
import Model
import Program

extension Decider {
  /// Decides the message; of a decision that is not sure the rules in doubt take the place of the winners. Both
  /// are put in the order of file and line.
  func decideWithDoubts(today: Int32) -> Verdict {
    let verdict = decide(today: today)
    finish(verdict)
    return verdict
  }

  /// Finds what keeps a decision from being sure, and puts its rules in order.
  @inline(__always)
  func finish(_ verdict: Verdict) {
    if verdict.kind == .unsure { gatherDoubts() }
    if winnerCount > 1 { sortWinners() }
  }

  /// Throws why nothing was decided, which never happens by the rules of a checked policy.
  func checkDecided(_ verdict: Verdict) throws(MessageError) {
    switch verdict.kind {
    case .decided, .unsure: return
    case .gap: throw MessageError(.gap, program)
    case .conflict: throw MessageError(.conflict(ruleNumbers.map { RuleID($0) }), program)
    }
  }

  /// The winners or the rules in doubt, by their numbers.
  var ruleNumbers: [Int] { (0..<winnerCount).map { winners[$0] } }
}
