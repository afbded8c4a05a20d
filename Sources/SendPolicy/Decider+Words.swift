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
  func finish(_ verdict: Verdict) {
    if verdict.kind == .unsure { gatherDoubts() }
    if winnerCount > 1 { orderWinners() }
  }

  private func orderWinners() {
    let few = 16
    guard winnerCount <= few else {
      var rules = UnsafeMutableBufferPointer(start: winners, count: winnerCount)
      rules.sort()
      return
    }
    for index in 1..<winnerCount {
      let rule = winners[index]
      var place = index
      while place > 0, winners[place - 1] > rule {
        winners[place] = winners[place - 1]
        place -= 1
      }
      winners[place] = rule
    }
  }

  /// Throws why nothing was decided, which never happens by the rules of a checked policy.
  func checkDecided(_ verdict: Verdict, _ core: PolicyCore) throws(MessageError) {
    switch verdict.kind {
    case .decided, .unsure: return
    case .gap: throw MessageError(.gap, core.meaning)
    case .conflict: throw MessageError(.conflict(ruleNumbers.map { RuleID($0) }), core.meaning)
    }
  }

  /// The winners or the rules in doubt, by their numbers.
  var ruleNumbers: [Int] { (0..<winnerCount).map { winners[$0] } }
}
