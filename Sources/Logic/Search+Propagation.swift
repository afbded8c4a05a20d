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
    var list = watches.base + start
    var next = 0
    var kept = 0
    var hasConflict = false
    while next < count {
      var watch = list[next]
      next &+= 1
      if values[watch.other] <= 0, watch.clause > 0 {
        guard let first = keepWatch(watch.clause, falseLiteral) else {
          // The other list may have moved them all.
          list = watches.base + start
          continue
        }
        watch.other = first
      }
      list[kept] = watch
      kept &+= 1
      let value = values[watch.other]
      if value > 0 { continue }
      if value < 0 {
        conflict = watch.clause > 0 ? .clause(watch.clause) : .pair(watch.other, falseLiteral)
        hasConflict = true
        break
      }
      assign(watch.other, reason: watch.clause, other: falseLiteral ^ 1)
    }
    while next < count {
      list[kept] = list[next]
      kept &+= 1
      next &+= 1
    }
    place.pointee.count = Int32(truncatingIfNeeded: kept)
    return hasConflict
  }

  /// The clause's other watched literal; nil if it watches a third literal from now on instead of this.
  @inline(__always)
  private mutating func keepWatch(_ clause: Int32, _ falseLiteral: Int32) -> Int32? {
    let literals = arena.base + Int(clause) + 1
    if literals[0] == falseLiteral {
      literals[0] = literals[1]
      literals[1] = falseLiteral
    }
    let first = literals[0]
    if values[first] > 0 { return first }
    let count = ClauseHeader(word: literals[-1]).count
    var place = 2
    while place < count {
      let literal = literals[place]
      if values[literal] >= 0 {
        literals[1] = literal
        literals[place] = falseLiteral
        watches.append(Watch(clause: clause, other: first), to: watchLists.zero + Int(literal))
        work &+= place
        return nil
      }
      place &+= 1
    }
    work &+= count
    return first
  }
}
