/// Looking for values.
extension Search {
  /// The conflicts of the shortest run.
  private static let shortestRun = 64

  /// Answers the question as it stands, with the assumptions true besides its clauses.
  ///
  /// Clauses may be added afterwards, and the question solved again.
  mutating func solve(assuming assumed: [Literal] = []) -> Solver.Answer {
    backtrack(to: 0)
    core = []
    assumptions.truncate(to: 0)
    for literal in assumed {
      mention(literal.variable.index)
      assumptions.append(literal.code)
    }
    var run = 1
    while true {
      if cancellation?.isCancelled ?? false {
        backtrack(to: 0)
        return .workLimitReached
      }
      if let answer = search(conflictsAllowed: Self.shortestRun * Self.luby(run)) {
        if answer != .satisfiable { backtrack(to: 0) }
        return answer
      }
      run += 1
    }
  }

  /// 1 1 2 1 1 2 4 1 1 2 1 1 2 4 8 …, from number 1 on.
  static func luby(_ number: Int) -> Int {
    var number = number
    while true {
      // The largest power of two within number + 1.
      let power = 1 << (Int.bitWidth - 1 - (number + 1).leadingZeroBitCount)
      if number + 1 == power { return power >> 1 }
      number -= power - 1
    }
  }

  /// One run; nil if it came to no answer.
  private mutating func search(conflictsAllowed: Int) -> Solver.Answer? {
    var conflicts = 0
    while !isContradiction {
      if propagate() {
        if level == 0 {
          isContradiction = true
          break
        }
        learn()
        order.decay()
        conflicts += 1
        conflictsSinceReduction += 1
        if isOverfull { return .workLimitReached }
        continue
      }
      if isOverfull || work > workLimit { return .workLimitReached }
      if conflicts >= conflictsAllowed {
        backtrack(to: min(level, assumptions.count))
        return nil
      }
      if isTimeToReduce { reduce() }
      if let answer = decide() { return answer }
    }
    return .contradiction
  }

  /// Makes the next assumption, or else the most active open variable, true or false.
  private mutating func decide() -> Solver.Answer? {
    while level < assumptions.count {
      let literal = assumptions[level]
      let value = values[literal]
      if value < 0 {
        findCore(literal)
        return .contradiction
      }
      beginLevel()
      if value == 0 {
        assign(literal, reason: 0)
        return nil
      }
    }
    while let variable = order.removeFirst() {
      guard values[variable << 1] == 0 else { continue }
      beginLevel()
      assign(variable << 1 | (flags[variable].contains(.wasTrue) ? 0 : 1), reason: 0)
      return nil
    }
    return .satisfiable
  }

  /// The assumptions because of which this one is false, and itself.
  private mutating func findCore(_ literal: Int32) {
    core = [Literal(code: literal)]
    guard assignments[literal >> 1].level > 0 else { return }
    flags[literal >> 1].insert(.isSeen)
    var place = trail.count
    while place > Int(levels[0]) {
      place -= 1
      let variable = trail[place] >> 1
      guard flags[variable].contains(.isSeen) else { continue }
      flags[variable].remove(.isSeen)
      let assignment = assignments[variable]
      switch assignment.reason {
      case 0:
        core.append(Literal(code: trail[place]))
      case Assignment.isImplied:
        see(assignment.other)
      default:
        let words = arena.base + Int(assignment.reason)
        for place in 1..<ClauseHeader(word: words[0]).count { see(words[place + 1]) }
      }
    }
  }

  private mutating func see(_ literal: Int32) {
    guard assignments[literal >> 1].level > 0 else { return }
    flags[literal >> 1].insert(.isSeen)
  }
}
