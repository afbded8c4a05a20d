/// Learning a clause from a conflict.
extension Search {
  /// Learns why the conflict came about, takes back what led to it and makes true what follows.
  mutating func learn() {
    let backtrackLevel = analyze()
    let levelCount = levelCountOfLearnt()
    backtrack(to: backtrackLevel)
    for place in 0..<learnt.count { touch(learnt[place] >> 1) }
    guard learnt.count > 1 else {
      assign(learnt[0], reason: 0)
      return
    }
    let header = ClauseHeader(count: learnt.count, levels: levelCount)
    let clause = store(learnt.base, header)
    guard !isOverfull else { return }
    if clause > 0 { learntClauses.append(clause) }
    assign(learnt[0], reason: clause, other: learnt[1] ^ 1)
  }

  /// Traces the conflict back to the first literal of its level through which all of it goes. `learnt`
  /// then begins with the negation of that literal, and one of the level that this returns.
  private mutating func analyze() -> Int {
    learnt.truncate(to: 0)
    marked.truncate(to: 0)
    learnt.append(0)
    var open = 0
    switch conflict {
    case .none: preconditionFailure("Only a conflict can be analyzed.")
    case .clause(let clause): open += traceClause(clause, from: 0)
    case .pair(let first, let second): open += trace(first) + trace(second)
    }
    var place = trail.count
    while true {
      repeat { place -= 1 } while !flags[trail[place] >> 1].contains(.isSeen)
      let literal = trail[place]
      open -= 1
      if open == 0 {
        learnt[0] = literal ^ 1
        break
      }
      let assignment = assignments[literal >> 1]
      if assignment.reason == Assignment.isImplied {
        open += trace(assignment.other ^ 1)
      } else {
        open += traceClause(assignment.reason, from: 1)
      }
    }
    minimize()
    for place in 0..<marked.count { flags[marked[place]].remove(.isSeen) }
    return moveDeepestToSecond()
  }

  private mutating func traceClause(_ clause: Int32, from first: Int) -> Int {
    let words = arena.base + Int(clause)
    var header = ClauseHeader(word: words[0])
    if header.isLearnt {
      header.isUsed = true
      words[0] = header.word
    }
    var open = 0
    for place in first..<header.count { open += trace(words[place + 1]) }
    return open
  }

  /// Takes in a false literal: 1 if it is of the conflict's own level and has to be traced further.
  @inline(__always)
  private mutating func trace(_ literal: Int32) -> Int {
    let variable = literal >> 1
    let itsLevel = Int(assignments[variable].level)
    guard itsLevel > 0, !flags[variable].contains(.isSeen) else { return 0 }
    mark(variable)
    if variable >= 0, flags[variable].contains(.isDecidable), order.bump(variable) { scaleDown() }
    if itsLevel == levels.count { return 1 }
    learnt.append(literal)
    return 0
  }

  private mutating func mark(_ variable: Int32) {
    flags[variable].insert(.isSeen)
    marked.append(variable)
  }

  private mutating func scaleDown() {
    for place in 0..<touched.count where touched[place] >= 0 { order.scaleDown(touched[place]) }
    order.scaleDownIncrement()
  }

  /// The level to go back to: that of the deepest literal but the first, which becomes the second.
  private mutating func moveDeepestToSecond() -> Int {
    guard learnt.count > 1 else { return 0 }
    var deepest = 1
    for place in 2..<max(2, learnt.count)
    where assignments[learnt[place] >> 1].level > assignments[learnt[deepest] >> 1].level {
      deepest = place
    }
    let literal = learnt[deepest]
    learnt[deepest] = learnt[1]
    learnt[1] = literal
    return Int(assignments[literal >> 1].level)
  }

  /// How many levels the learnt clause speaks of.
  private mutating func levelCountOfLearnt() -> Int {
    levelMark += 1
    var count = 0
    for place in 0..<learnt.count {
      let itsLevel = Int(assignments[learnt[place] >> 1].level)
      guard levelMarks[itsLevel] != levelMark else { continue }
      levelMarks[itsLevel] = levelMark
      count += 1
    }
    return count
  }
}

/// Leaving out of a learnt clause what the rest of it implies.
///
/// Source: N. Sörensson, A. Biere, "Minimizing learned clauses", 2009.
extension Search {
  private mutating func minimize() {
    var levelSet: UInt64 = 0
    for place in 1..<learnt.count { levelSet |= levelBit(learnt[place]) }
    var kept = 1
    for place in 1..<learnt.count {
      let literal = learnt[place]
      if assignments[literal >> 1].reason == 0 || !isImplied(literal, levelSet) {
        learnt[kept] = literal
        kept += 1
      }
    }
    learnt.truncate(to: kept)
  }

  /// One of 64 bits for the literal's level: levels of which the bit is not set are surely not in a set.
  @inline(__always)
  private func levelBit(_ literal: Int32) -> UInt64 {
    1 << UInt64(assignments[literal >> 1].level & 63)
  }

  /// So many literals are followed to find out whether one can be left out: long chains of gates would
  /// cost more than a shorter clause saves.
  private static let mostFollowed = 64

  /// Every way back from the false literal ends in others of the learnt clause, and none is long.
  private mutating func isImplied(_ literal: Int32, _ levelSet: UInt64) -> Bool {
    let markedBefore = marked.count
    pending.truncate(to: 0)
    pending.append(literal)
    while pending.count > 0 {
      let assignment = assignments[pending.removeLast() >> 1]
      var isGood = true
      if assignment.reason == Assignment.isImplied {
        isGood = follow(assignment.other ^ 1, levelSet)
      } else {
        let words = arena.base + Int(assignment.reason)
        for place in 1..<ClauseHeader(word: words[0]).count where isGood {
          isGood = follow(words[place + 1], levelSet)
        }
      }
      if !isGood || marked.count - markedBefore > Search.mostFollowed {
        for place in markedBefore..<marked.count { flags[marked[place]].remove(.isSeen) }
        marked.truncate(to: markedBefore)
        return false
      }
    }
    return true
  }

  private mutating func follow(_ literal: Int32, _ levelSet: UInt64) -> Bool {
    let variable = literal >> 1
    let assignment = assignments[variable]
    if flags[variable].contains(.isSeen) || assignment.level == 0 { return true }
    guard assignment.reason != 0, levelBit(literal) & levelSet != 0 else { return false }
    mark(variable)
    pending.append(literal)
    return true
  }
}
