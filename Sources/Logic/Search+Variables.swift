/// Variables and implications.
extension Search {
  /// Adds a permanent variable, at any time; they are numbered from 0 on. `phase` is tried first.
  mutating func addVariable(phase: Bool) -> Variable {
    if permanentCount == permanentRoom {
      permanentRoom *= 2
      makeRoom()
    }
    let variable = Variable(Int32(permanentCount))
    permanentCount += 1
    flags[variable.index] = phase ? [.isTriedTrue] : []
    order.addVariable()
    return variable
  }

  /// Adds a variable for this question only: a gate. It is never decided on.
  mutating func addTemporaryVariable() -> Variable {
    if temporaryCount == temporaryRoom {
      temporaryRoom *= 2
      makeRoom()
    }
    temporaryCount += 1
    return Variable(Int32(-temporaryCount))
  }

  /// Says, for good, that if the first is true so is the second.
  mutating func addImplication(_ condition: Literal, _ consequence: Literal) {
    precondition(
      condition.code >= 0 && consequence.code >= 0, "Implications are between permanent variables.")
    guard condition != consequence else { return }
    implications.append(consequence.code, to: implicationLists.zero + Int(condition.code))
    if condition != !consequence {
      implications.append((!condition).code, to: implicationLists.zero + Int((!consequence).code))
    }
    hasNewImplications = true
  }

  /// Forgets the question before: its clauses and what was learnt, temporary variables and values.
  mutating func beginQuestion() {
    forgetValues()
    for place in 0..<touched.count {
      let variable = touched[place]
      flags[variable].formIntersection([.isTriedTrue])
      watchLists[variable << 1] = ListPlace()
      watchLists[variable << 1 | 1] = ListPlace()
    }
    touched.truncate(to: 0)
    watches.truncate(to: 0)
    arena.truncate(to: 1)
    learntClauses.truncate(to: 0)
    order.removeAll()
    temporaryCount = 0
    core = []
    isContradiction = false
    isOverfull = false
    workBefore += work
    work = 0
    conflictsSinceReduction = 0
    reductions = 0
  }

  private mutating func makeRoom() {
    values.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    watchLists.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    implicationLists.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    isInOpenClause.grow(below: 2 * temporaryRoom, above: 2 * permanentRoom)
    assignments.grow(below: temporaryRoom, above: permanentRoom)
    flags.grow(below: temporaryRoom, above: permanentRoom)
    // A trail never holds more than all variables.
    trail.reserve(temporaryRoom + permanentRoom)
  }
}
