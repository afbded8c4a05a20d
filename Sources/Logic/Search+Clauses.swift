/// Adding clauses to a question.
extension Search {
  /// Begins a clause, and takes back the decisions of the solving before.
  mutating func beginClause() {
    backtrack(to: 0)
    openClauseIsTrue = false
  }

  /// Adds a literal to the clause that was begun.
  mutating func add(_ literal: Literal) {
    let code = literal.code
    let value = values[code]
    if value != 0 || openClauseIsTrue {
      if value > 0 { openClauseIsTrue = true }
      return
    }
    if isInOpenClause[code] { return }
    if isInOpenClause[code ^ 1] {
      openClauseIsTrue = true
      return
    }
    isInOpenClause[code] = true
    openClause.append(code)
  }

  /// Ends the clause that was begun; from now on it has to be true.
  mutating func endClause() {
    let literals = openClause.base
    let count = openClause.count
    openClause.truncate(to: 0)
    for place in 0..<count { isInOpenClause[literals[place]] = false }
    if openClauseIsTrue || isContradiction { return }
    switch count {
    case 0:
      isContradiction = true
    case 1:
      mention(literals[0] >> 1)
      assign(literals[0], reason: 0)
    default:
      for place in 0..<count { mention(literals[place] >> 1) }
      store(literals, ClauseHeader(count: count))
    }
    if propagatedCount < trail.count, propagate() { isContradiction = true }
  }

  /// The bytes that clauses and their watches take.
  var memory: Int { 4 * arena.count + 8 * watches.count }

  /// Keeps a clause of at least two literals and watches the first two. Its place, or `isImplied` for a pair.
  @discardableResult
  mutating func store(_ literals: UnsafeMutablePointer<Int32>, _ header: ClauseHeader) -> Int32 {
    let count = header.count
    guard memory + 4 * count <= memoryLimit, count <= ClauseHeader.mostLiterals else {
      isOverfull = true
      return Assignment.isImplied
    }
    var place = Assignment.isImplied
    if count > 2 {
      place = Int32(arena.count)
      arena.append(header.word)
      for literal in 0..<count { arena.append(literals[literal]) }
    }
    let first = literals[0]
    let second = literals[1]
    watches.append(Watch(clause: place, other: second), to: watchLists.zero + Int(first))
    watches.append(Watch(clause: place, other: first), to: watchLists.zero + Int(second))
    return place
  }
}
