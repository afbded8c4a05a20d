import Model

/// How an outcome can come about.
struct Course: Equatable {
  let isByOtherwise: Bool
  let first: UInt32
  /// The outcome that guards put in its place; the greatest number where no guard wins.
  let guarded: UInt32

  var outcome: UInt32 { guarded == .max ? first : guarded }
}

extension Decider {
  /// The steps of a decision where facts are missing: it is sure if every course ends in the same outcome and
  /// notes.
  func deliberate() -> Verdict {
    if isLadder, let verdict = climbLadder() { return verdict }
    let decision = contest(.decision, outcome: .max)
    // Two first outcomes settle it where there are no guards to bring them together again.
    if decision.hasDoubts, program.matrices.base[RuleKind.guard.rawValue].rowCount == 0,
      decision.hasTwoOutcomes(otherwise: program.header.otherwiseOutcome)
    {
      return unsure()
    }
    findCourses(decision)
    guard state.pointee.courseCount > 0 else { return withoutCourse(decision) }
    let outcome = courses[0].outcome
    for index in 1..<state.pointee.courseCount where courses[index].outcome != outcome {
      return unsure()
    }
    guard gather(decision, outcome) else { return unsure() }
    var isByOtherwise = false
    for index in 0..<state.pointee.courseCount where courses[index].isByOtherwise {
      isByOtherwise = true
    }
    return Verdict(.decided, outcome: Int(outcome), isByOtherwise: isByOtherwise)
  }

  /// Goes through the rules of a kind, given the outcome that they look at.
  func contest(_ kind: RuleKind, outcome: UInt32) -> Contest {
    var contest = Contest(kind, program, scratch)
    contest.sure.clear(contest.wordCount)
    contest.doubtful.clear(contest.wordCount)
    let matrix = program.matrices.base + kind.rawValue
    let hits = open.find(matrix, program, message.parts, outcome: outcome, isComplete: false) {
      _, _ in nil
    }
    gatherMissingLines(matrix)
    for hit in 0..<hits { enter(hit, matrix, outcome, contest) }
    contest.settle()
    return contest
  }

  /// The lines of the rows that do not ask for the columns that are missing.
  func gatherMissingLines(_ matrix: UnsafePointer<MatrixRecord>) {
    var count = 0
    let tested = program.tested.base + Int(matrix.pointee.firstTested)
    for index in 0..<Int(matrix.pointee.testedCount) {
      let column = Int(tested[index].column)
      let isMissing = message.values[column] == (program.columns.base + column).pointee.known
      // Written in any case, and kept only of columns that are missing: no branch depends on it.
      missingLines[count] = program.words.base + Int(tested[index].line)
      count &+= isMissing ? 1 : 0
    }
    state.pointee.missingLineCount = count
  }

  /// Puts the rules of one word's open rows among those that apply or may.
  private func enter(
    _ hit: Int, _ matrix: UnsafePointer<MatrixRecord>, _ outcome: UInt32, _ contest: Contest
  ) {
    let place = open.places[hit]
    var rest = open.words[hit]
    var sure = rest
    for line in 0..<state.pointee.missingLineCount { sure &= missingLines[line][place] }
    let inexact =
      matrix.pointee.inexactLine == .max
      ? 0 : program.words.base[Int(matrix.pointee.inexactLine) + place]
    let rows = program.rows.base + Int(matrix.pointee.firstRow) + place << 6
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      let position = Int(rows[bit])
      var truth: Truth = sure >> UInt64(bit) & 1 == 1 ? .yes : .unknown
      if inexact >> UInt64(bit) & 1 == 1 {
        truth = self.truth(ofRow: place << 6 + bit, matrix, outcome: outcome)
      }
      switch truth {
      case .yes: contest.sure.insert(position)
      case .unknown: contest.doubtful.insert(position)
      case .no: break
      }
      rest &= rest &- 1
    }
  }

  // MARK: - Courses

  private func findCourses(_ decision: Contest) {
    state.pointee.courseCount = 0
    state.pointee.firstCount = 0
    let ruleFirsts = decision.outcomes(into: firsts)
    state.pointee.firstCount = ruleFirsts
    if decision.isSureEmpty, program.header.otherwiseOutcome != .max {
      firsts[ruleFirsts] = program.header.otherwiseOutcome
      state.pointee.firstCount = ruleFirsts + 1
    }
    for index in 0..<state.pointee.firstCount {
      addCourses(isByOtherwise: index >= ruleFirsts, firsts[index])
    }
  }

  private func addCourses(isByOtherwise: Bool, _ first: UInt32) {
    guard program.matrices.base[RuleKind.guard.rawValue].rowCount > 0 else {
      return add(Course(isByOtherwise: isByOtherwise, first: first, guarded: .max))
    }
    let guards = contest(.guard, outcome: first)
    if guards.isSureEmpty {
      add(Course(isByOtherwise: isByOtherwise, first: first, guarded: .max))
    }
    let count = guards.outcomes(into: guardedOutcomes)
    for index in 0..<count {
      add(Course(isByOtherwise: isByOtherwise, first: first, guarded: guardedOutcomes[index]))
    }
  }

  private func add(_ course: Course) {
    courses[state.pointee.courseCount] = course
    state.pointee.courseCount += 1
  }

  /// The verdict where no course is possible.
  private func withoutCourse(_ decision: Contest) -> Verdict {
    if decision.hadDoubts { return unsure() }
    if state.pointee.firstCount > 0 {
      // Without doubt there is but one first outcome, and its guards disagree.
      let guards = contest(.guard, outcome: firsts[0])
      if guards.hadDoubts { return unsure() }
      return disagreement(guards)
    }
    return disagreement(decision)
  }

  private func disagreement(_ contest: Contest) -> Verdict {
    state.pointee.winnerCount = 0
    var walk = contest.winners(among: contest.sure)
    while let position = walk.next() { add(winner: contest.rule(position)) }
    return Verdict(winnerCount == 0 ? .gap : .conflict, outcome: -1)
  }

  func unsure() -> Verdict {
    state.pointee.winnerCount = 0
    guard program.header.unsureOutcome != .max else { return Verdict(.gap, outcome: -1) }
    clearNotes()
    addNotes(program.header.unsureNotes)
    return Verdict(.unsure, outcome: Int(program.header.unsureOutcome))
  }

  // MARK: - Notes and winners

  /// Gathers winners and notes of an outcome that is certain; false if the notes are not.
  private func gather(_ decision: Contest, _ outcome: UInt32) -> Bool {
    clearNotes()
    ruleSet.clear(ruleWords)
    bystanders.clear(ruleWords)
    var hasDoubts = decision.hasDoubts
    for index in 0..<state.pointee.courseCount {
      hasDoubts = gather(courses[index], decision) || hasDoubts
    }
    if program.matrices.base[RuleKind.note.rawValue].rowCount > 0 {
      let adders = contest(.note, outcome: outcome)
      hasDoubts = hasDoubts || adders.hasDoubts
      adders.addPossibleWinners(outcome: .max, to: ruleSet)
    }
    var next = ruleSet.next(from: 0, ruleWords)
    while let rule = next {
      addNotes(program.rules.base[rule].notes)
      next = ruleSet.next(from: rule + 1, ruleWords)
    }
    guard !hasDoubts || areNotesCertain(decision, outcome) else { return false }
    for word in 0..<ruleWords { ruleSet.words[word] |= bystanders.words[word] }
    listRules()
    return true
  }

  /// Gathers the winners of one course, and whether its guards are in doubt. Rules whose outcome guards replace are
  /// winners, but their notes do not count.
  private func gather(_ course: Course, _ decision: Contest) -> Bool {
    var hasDoubts = false
    if program.matrices.base[RuleKind.guard.rawValue].rowCount > 0 {
      let guards = contest(.guard, outcome: course.first)
      hasDoubts = guards.hasDoubts
      if course.guarded != .max {
        guards.addPossibleWinners(outcome: course.guarded, to: ruleSet)
      }
    }
    if !course.isByOtherwise {
      decision.addPossibleWinners(
        outcome: course.first, to: course.guarded == .max ? ruleSet : bystanders)
    } else if course.guarded == .max {
      addNotes(program.header.otherwiseNotes)
    }
    return hasDoubts
  }

  /// Puts the rules that have been gathered into `winners`.
  private func listRules() {
    state.pointee.winnerCount = 0
    var next = ruleSet.next(from: 0, ruleWords)
    while let rule = next {
      add(winner: rule)
      next = ruleSet.next(from: rule + 1, ruleWords)
    }
  }

  /// Whether no course can lack one of the notes that have been gathered.
  private func areNotesCertain(_ decision: Contest, _ outcome: UInt32) -> Bool {
    for note in 0..<Int(program.header.noteCount)
    where notes[note >> 6] >> UInt64(note & 63) & 1 == 1 {
      let isAdded =
        program.matrices.base[RuleKind.note.rawValue].rowCount > 0
        && !contest(.note, outcome: outcome).canLack(note, outcome: .max)
      if isAdded { continue }
      for index in 0..<state.pointee.courseCount where canLack(note, courses[index], decision) {
        return false
      }
    }
    return true
  }

  private func canLack(_ note: Int, _ course: Course, _ decision: Contest) -> Bool {
    if course.guarded != .max {
      return contest(.guard, outcome: course.first).canLack(note, outcome: course.guarded)
    }
    guard course.isByOtherwise else { return decision.canLack(note, outcome: course.first) }
    let words = program.noteSets.base + Int(program.header.otherwiseNotes) * noteWords
    return words[note >> 6] >> UInt64(note & 63) & 1 == 0
  }

  // MARK: - Why it is not sure

  /// Puts the rules in doubt into `winners`, in the order of file and line, and the facts that they lack into
  /// `missingFacts`. Only after a decision that is not sure.
  package func gatherDoubts() {
    ruleSet.clear(ruleWords)
    missingFacts.clear(factWords)
    let decision = contest(.decision, outcome: .max)
    findCourses(decision)
    gatherDoubts(decision, outcome: .max)
    for index in 0..<state.pointee.firstCount where isPossible(first: firsts[index], index) {
      gatherDoubts(contest(.guard, outcome: firsts[index]), outcome: firsts[index])
    }
    for index in 0..<state.pointee.courseCount
    where isNew(outcome: courses[index].outcome, before: index) {
      let outcome = courses[index].outcome
      gatherDoubts(contest(.note, outcome: outcome), outcome: outcome)
    }
    listRules()
  }

  private func gatherDoubts(_ contest: Contest, outcome: UInt32) {
    seenDefinitions.clear(definitionWords)
    var next = contest.doubtful.next(from: 0, contest.wordCount)
    while let position = next {
      let rule = contest.rule(position)
      ruleSet.insert(rule)
      collectMissing(
        in: Int(program.rules.base[rule].condition), outcome: outcome, facts: missingFacts,
        seen: seenDefinitions)
      next = contest.doubtful.next(from: position + 1, contest.wordCount)
    }
  }

  /// Whether a first outcome is possible, the guards considered, and has not been gone through.
  private func isPossible(first: UInt32, _ index: Int) -> Bool {
    for earlier in 0..<index where firsts[earlier] == first { return false }
    if state.pointee.courseCount == 0 { return true }
    for course in 0..<state.pointee.courseCount where courses[course].first == first { return true }
    return false
  }

  private func isNew(outcome: UInt32, before index: Int) -> Bool {
    for earlier in 0..<index where courses[earlier].outcome == outcome { return false }
    return true
  }

  /// The facts that `gatherDoubts` found missing, by their numbers, in order; until the next decision.
  package var missing: PositionWalk { PositionWalk(missingFacts, factWords) }

  /// The notes of the decision, by their numbers, in order.
  package var noteNumbers: [Int] {
    (0..<Int(program.header.noteCount)).filter { notes[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
  }
}
