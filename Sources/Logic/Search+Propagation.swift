/// Finding out what follows from what is true.
extension Search {
  /// Makes true what has to be; true if a clause cannot be, which `conflict` then holds.
  mutating func propagate() -> Bool {
    while propagatedCount < trail.count {
      let literal = trail[propagatedCount]
      propagatedCount &+= 1
      if followImplications(of: literal) || visitWatches(of: literal ^ 1) { return true }
    }
    return false
  }

  @inline(__always)
  private mutating func followImplications(of literal: Int32) -> Bool {
    let list = implicationLists[literal]
    work &+= 1 &+ Int(list.count)
    let consequences = implications.base + Int(list.start)
    for place in 0..<Int(list.count) {
      let consequence = consequences[place]
      let value = values[consequence]
      if value > 0 { continue }
      if value < 0 {
        conflict = .pair(consequence, literal ^ 1)
        return true
      }
      assign(consequence, reason: Assignment.isImplied, other: literal)
    }
    return false
  }

  /// Looks at the clauses that watch a literal that has become false.
  private mutating func visitWatches(of falseLiteral: Int32) -> Bool {
    let place = watchLists.zero + Int(falseLiteral)
    let start = Int(place.pointee.start)
    let count = Int(place.pointee.count)
    work &+= count
    let values = values.zero
    let arena = arena.base
    var list = watches.base + start
    var next = 0
    var kept = 0
    var hasConflict = false
    visiting: while next < count {
      let watch = list[next]
      next &+= 1
      let otherValue = values[Int(watch.other)]
      if otherValue > 0 {
        list[kept] = watch
        kept &+= 1
        continue
      }
      if watch.clause == 0 {
        list[kept] = watch
        kept &+= 1
        if otherValue < 0 {
          conflict = .pair(watch.other, falseLiteral)
          hasConflict = true
          break
        }
        assign(watch.other, reason: Assignment.isImplied, other: falseLiteral ^ 1)
        continue
      }
      let literals = arena + Int(watch.clause) + 1
      if literals[0] == falseLiteral {
        literals[0] = literals[1]
        literals[1] = falseLiteral
      }
      let first = literals[0]
      let firstValue = values[Int(first)]
      if firstValue <= 0 {
        let literalCount = ClauseHeader(word: literals[-1]).count
        var place = 2
        while place < literalCount {
          let literal = literals[place]
          if values[Int(literal)] >= 0 {
            literals[1] = literal
            literals[place] = falseLiteral
            watches.append(
              Watch(clause: watch.clause, other: first), to: watchLists.zero + Int(literal))
            list = watches.base + start
            continue visiting
          }
          place &+= 1
        }
      }
      list[kept] = Watch(clause: watch.clause, other: first)
      kept &+= 1
      if firstValue < 0 {
        conflict = .clause(watch.clause)
        hasConflict = true
        break
      }
      if firstValue == 0 { assign(first, reason: watch.clause) }
    }
    while next < count {
      list[kept] = list[next]
      kept &+= 1
      next &+= 1
    }
    place.pointee.count = Int32(truncatingIfNeeded: kept)
    return hasConflict
  }
}
