/// Forgetting learnt clauses that are of little use, so that the others stay quick to look at.
extension Search {
  /// So many conflicts come before the first reduction, and so many more before each further one.
  private static let firstInterval = 2000
  private static let growth = 500
  /// So many come before one for want of memory.
  private static let leastInterval = 256
  /// Clauses that speak of so few levels are always kept.
  private static let fewLevels = 2

  var isTimeToReduce: Bool {
    conflictsSinceReduction >= Self.firstInterval + Self.growth * reductions
      || conflictsSinceReduction >= Self.leastInterval && memory > memoryLimit / 4 * 3
  }

  /// Drops about half of the learnt clauses: those of the most levels, and of these the oldest.
  mutating func reduce() {
    reductions += 1
    conflictsSinceReduction = 0
    var countOfLevels = [Int](repeating: 0, count: ClauseHeader.mostLevels + 1)
    for place in 0..<learntClauses.count where !isKept(learntClauses[place]) {
      countOfLevels[header(learntClauses[place]).levels] += 1
    }
    // All of more levels than this go, and so many of just this.
    var threshold = ClauseHeader.mostLevels
    var toDrop = learntClauses.count / 2
    while threshold > Self.fewLevels, toDrop > countOfLevels[threshold] {
      toDrop -= countOfLevels[threshold]
      threshold -= 1
    }
    var kept = 0
    for place in 0..<learntClauses.count {
      let clause = learntClauses[place]
      let levels = header(clause).levels
      let isDropped = !isKept(clause) && (levels > threshold || levels == threshold && toDrop > 0)
      if isDropped {
        if levels == threshold { toDrop -= 1 }
        arena[Int(clause)] = 0
      } else {
        var header = header(clause)
        header.isUsed = false
        arena[Int(clause)] = header.word
        learntClauses[kept] = clause
        kept += 1
      }
    }
    learntClauses.truncate(to: kept)
    compact()
  }

  private func header(_ clause: Int32) -> ClauseHeader {
    ClauseHeader(word: arena[Int(clause)])
  }

  private func isKept(_ clause: Int32) -> Bool {
    let header = header(clause)
    if header.levels <= Self.fewLevels || header.isUsed { return true }
    // The reason of a value must stay.
    let first = arena[Int(clause) + 1]
    return values[first] > 0 && assignments[first >> 1].reason == clause
  }

  /// Moves the clauses that are left together, those of the question too. A dropped clause has header 0.
  private mutating func compact() {
    var larger = Row<Int32>(capacity: arena.count)
    larger.append(0)
    dropWatches()
    moveClauses(to: &larger)
    for place in 0..<learntClauses.count {
      learntClauses[place] = arena[Int(learntClauses[place]) + 1]
    }
    for place in 0..<trail.count {
      let variable = trail[place] >> 1
      var assignment = assignments[variable]
      guard assignment.reason > 0 else { continue }
      assignment.reason = arena[Int(assignment.reason) + 1]
      assignments[variable] = assignment
    }
    arena.free()
    arena = larger
  }

  /// Takes watches of dropped clauses out of their lists.
  private func dropWatches() {
    forEachWatchList { list in
      let first = watches.base + Int(list.pointee.start)
      var kept = 0
      for place in 0..<Int(list.pointee.count) {
        let watch = first[place]
        if watch.clause > 0, arena[Int(watch.clause)] == 0 { continue }
        first[kept] = watch
        kept += 1
      }
      list.pointee.count = Int32(kept)
    }
  }

  /// Copies the clauses that are left in the order in which they are watched, so that those that are
  /// looked at together lie together, and puts each one's new place where its first literal was.
  private mutating func moveClauses(to larger: inout Row<Int32>) {
    // A header of -1 says that the clause has moved.
    var compactWatches = Row<Watch>(capacity: max(512, watches.count))
    forEachWatchList { list in
      let old = watches.base + Int(list.pointee.start)
      let count = Int(list.pointee.count)
      list.pointee = ListPlace(
        start: Int32(compactWatches.count), count: Int32(count), capacity: Int32(count))
      for place in 0..<count {
        var watch = old[place]
        if watch.clause > 0 {
          watch.clause = move(Int(watch.clause), to: &larger)
        }
        compactWatches.append(watch)
      }
    }
    watches.free()
    watches = compactWatches
  }

  private func move(_ clause: Int, to larger: inout Row<Int32>) -> Int32 {
    if arena[clause] == -1 { return arena[clause + 1] }
    let newPlace = Int32(larger.count)
    let count = ClauseHeader(word: arena[clause]).count
    for place in 0...count { larger.append(arena[clause + place]) }
    arena[clause] = -1
    arena[clause + 1] = newPlace
    return newPlace
  }

  private func forEachWatchList(_ visit: (UnsafeMutablePointer<ListPlace>) -> Void) {
    for place in 0..<touched.count {
      visit(watchLists.zero + Int(touched[place] << 1))
      visit(watchLists.zero + Int(touched[place] << 1 | 1))
    }
  }
}
