/// The rules of one kind that apply to a message, or may apply, and who of them can win.
///
/// What is asked of it, and why trying one way settles it, is said at the evaluator's `Contest`; this one answers
/// with sets of positions, in memory that is used again and again.
struct Contest {
  /// The memory of all contests of one decider.
  struct Scratch {
    let sure: (PositionSet, PositionSet, PositionSet)
    let doubtful: (PositionSet, PositionSet, PositionSet)
    let first: PositionSet
    let excluded: PositionSet
    let contested: PositionSet
    let isNamed: PositionSet

    init(_ program: Program) {
      let most = Int(program.header.mostPositions)
      func set() -> PositionSet { PositionSet(capacity: most) }
      sure = (set(), set(), set())
      doubtful = (set(), set(), set())
      (first, excluded, contested) = (set(), set(), set())
      isNamed = PositionSet(capacity: Int(program.header.outcomeCount))
    }

    func deallocate() {
      for set in [
        sure.0, sure.1, sure.2, doubtful.0, doubtful.1, doubtful.2, first, excluded, contested,
        isNamed,
      ] { set.deallocate() }
    }
  }

  let scratch: Scratch
  /// Those that surely apply.
  let sure: PositionSet
  /// Those that may apply and that none which surely applies overrides.
  let doubtful: PositionSet
  let overridings: Overridings
  private let rules: UnsafePointer<RuleRecord>
  private let positions: UnsafePointer<UInt32>
  private let noteSets: UnsafePointer<UInt64>
  private let noteWords: Int
  private let outcomeCount: Int
  /// Whether there were rules that may apply, the overridden ones included.
  private(set) var hadDoubts = false

  var first: PositionSet { scratch.first }
  /// How many words a set has.
  var wordCount: Int { overridings.wordCount }

  init(_ kind: RuleKind, _ program: borrowing Program, _ scratch: Scratch) {
    self.scratch = scratch
    let matrix = program.matrices.base + kind.rawValue
    overridings = Overridings(matrix, program)
    rules = program.rules.base
    positions = program.positions.base + Int(matrix.pointee.firstPosition)
    noteSets = program.noteSets.base
    noteWords = Int(program.header.noteWords)
    outcomeCount = Int(program.header.outcomeCount)
    switch kind {
    case .decision: (sure, doubtful) = (scratch.sure.0, scratch.doubtful.0)
    case .guard: (sure, doubtful) = (scratch.sure.1, scratch.doubtful.1)
    case .note: (sure, doubtful) = (scratch.sure.2, scratch.doubtful.2)
    }
  }

  func rule(_ position: Int) -> Int {
    Int(positions[position])
  }

  /// The outcome of the rule at a position; the greatest number of a note rule.
  func outcome(_ position: Int) -> UInt32 {
    rules[rule(position)].outcome
  }

  private func carries(_ note: Int, _ position: Int) -> Bool {
    let set = rules[rule(position)].notes
    let words = noteSets + Int(set) * noteWords
    return words[note >> 6] >> UInt64(note & 63) & 1 == 1
  }

  var hasDoubts: Bool { !doubtful.isEmpty(wordCount) }
  var isSureEmpty: Bool { sure.isEmpty(wordCount) }

  /// Adds to a set what the rule at a position overrides.
  private func addOverridden(by position: Int, to set: PositionSet) {
    overridings.add(overriddenBy: position, to: set)
  }

  /// Goes through the rules of a set that no other of it overrides.
  @inline(__always)
  func winners(among set: PositionSet) -> WinnerWalk {
    overridings.winners(among: set, excluded: scratch.excluded)
  }

  /// Takes the rules out of `doubtful` that surely apply, or that one which surely applies overrides.
  mutating func settle() {
    doubtful.subtract(sure, wordCount)
    hadDoubts = hasDoubts
    guard hadDoubts else { return }
    var walk = winners(among: sure)
    while walk.next() != nil {}
    doubtful.subtract(scratch.excluded, wordCount)
  }

  // MARK: - What is possible

  /// Whether two outcomes are plainly possible: that of the rules that surely apply, or `otherwise` without any, and
  /// that of a rule in doubt which overrides all of these. False where it is not plain.
  func hasTwoOutcomes(otherwise: UInt32) -> Bool {
    var base = UInt32.max
    var walk = winners(among: sure)
    while let position = walk.next() {
      if base == .max { base = outcome(position) }
      if outcome(position) != base { return false }
    }
    if base == .max { base = otherwise }
    var next = doubtful.next(from: 0, wordCount)
    while let position = next {
      next = doubtful.next(from: position + 1, wordCount)
      if base == .max { base = outcome(position) }
      guard outcome(position) != base else { continue }
      if overridesAllWinners(position) { return true }
    }
    return false
  }

  private func overridesAllWinners(_ position: Int) -> Bool {
    var walk = winners(among: sure)
    while let winner = walk.next() {
      if !overridings.overrides(position, winner) { return false }
    }
    return true
  }

  /// Writes the outcomes of valid ways with at least one winner, and gives their number.
  func outcomes(into list: UnsafeMutablePointer<UInt32>) -> Int {
    guard hasDoubts else {
      guard let outcome = sureOutcome else { return 0 }
      list[0] = outcome
      return 1
    }
    let outcomeWords = (outcomeCount + 63) >> 6
    scratch.isNamed.clear(outcomeWords)
    name(outcomesOf: sure)
    name(outcomesOf: doubtful)
    var count = 0
    var next = scratch.isNamed.next(from: 0, outcomeWords)
    while let named = next {
      first.copy(sure, wordCount)
      addDoubtful(giving: UInt32(named), without: nil)
      list[count] = UInt32(named)
      count += agree(on: UInt32(named)) ? 1 : 0
      next = scratch.isNamed.next(from: named + 1, outcomeWords)
    }
    return count
  }

  /// The outcome of the winners where there is no doubt, if they agree.
  private var sureOutcome: UInt32? {
    var walk = winners(among: sure)
    guard let leader = walk.next() else { return nil }
    let found = outcome(leader)
    while let position = walk.next() {
      if outcome(position) != found { return nil }
    }
    return found
  }

  private func name(outcomesOf set: PositionSet) {
    var next = set.next(from: 0, wordCount)
    while let position = next {
      scratch.isNamed.insert(Int(outcome(position)))
      next = set.next(from: position + 1, wordCount)
    }
  }

  /// Adds to `first` the rules in doubt that give an outcome and do not carry a note.
  private func addDoubtful(giving outcome: UInt32, without note: Int?) {
    var next = doubtful.next(from: 0, wordCount)
    while let position = next {
      next = doubtful.next(from: position + 1, wordCount)
      guard self.outcome(position) == outcome else { continue }
      if let note, carries(note, position) { continue }
      first.insert(position)
    }
  }

  /// Whether the winners among `first` all give the outcome.
  private func agree(on outcome: UInt32) -> Bool {
    var walk = winners(among: first)
    while let position = walk.next() {
      if self.outcome(position) != outcome { return false }
    }
    return true
  }

  /// Whether there is a valid way for the outcome in which no winner carries a note.
  func canLack(_ note: Int, outcome: UInt32) -> Bool {
    first.copy(sure, wordCount)
    addDoubtful(giving: outcome, without: note)
    var isEmpty = true
    var walk = winners(among: first)
    while let position = walk.next() {
      isEmpty = false
      if self.outcome(position) != outcome || carries(note, position) { return false }
    }
    return outcome == .max || !isEmpty
  }

  /// Adds the rules that win in a valid way for a possible outcome to a set of rules by their numbers; for note
  /// rules those that win in any way.
  func addPossibleWinners(outcome: UInt32, to found: PositionSet) {
    guard hasDoubts else {
      var walk = winners(among: sure)
      while let position = walk.next() { found.insert(rule(position)) }
      return
    }
    let isSpoilt = isSpoilt(outcome)
    gatherContested(outcome)
    // Of the rules that surely apply only the winners are open.
    var walk = winners(among: sure)
    while let position = walk.next() {
      guard self.outcome(position) == outcome else { continue }
      if !isSpoilt || !scratch.contested.contains(position) { found.insert(rule(position)) }
    }
    var next = doubtful.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) == outcome,
        !isSpoilt || !scratch.contested.contains(position) || canWin(position, outcome)
      {
        found.insert(rule(position))
      }
      next = doubtful.next(from: position + 1, wordCount)
    }
    if isSpoilt { addSpoiltWinners(outcome, to: found) }
  }

  /// What doubtful rules for the outcome override.
  private func gatherContested(_ outcome: UInt32) {
    scratch.contested.clear(wordCount)
    var next = doubtful.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) == outcome { addOverridden(by: position, to: scratch.contested) }
      next = doubtful.next(from: position + 1, wordCount)
    }
  }

  private func addSpoiltWinners(_ outcome: UInt32, to found: PositionSet) {
    var next = sure.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) == outcome, scratch.contested.contains(position),
        !isOverriddenBySure(position), canWin(position, outcome)
      {
        found.insert(rule(position))
      }
      next = sure.next(from: position + 1, wordCount)
    }
  }

  /// Whether a rule that surely applies and gives another outcome wins unless doubtful rules apply.
  private func isSpoilt(_ outcome: UInt32) -> Bool {
    first.clear(wordCount)
    var next = sure.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) == outcome { addOverridden(by: position, to: first) }
      next = sure.next(from: position + 1, wordCount)
    }
    next = sure.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) != outcome, !first.contains(position) { return true }
      next = sure.next(from: position + 1, wordCount)
    }
    return false
  }

  private func isOverriddenBySure(_ position: Int) -> Bool {
    scratch.excluded.clear(wordCount)
    var next = sure.next(from: 0, wordCount)
    while let other = next {
      if other != position { addOverridden(by: other, to: scratch.excluded) }
      next = sure.next(from: other + 1, wordCount)
    }
    return scratch.excluded.contains(position)
  }

  /// Whether the winners agree where all doubtful rules for the outcome apply but those that override this one.
  private func canWin(_ position: Int, _ outcome: UInt32) -> Bool {
    first.copy(sure, wordCount)
    var next = doubtful.next(from: 0, wordCount)
    while let other = next {
      next = doubtful.next(from: other + 1, wordCount)
      guard self.outcome(other) == outcome else { continue }
      scratch.excluded.clear(wordCount)
      addOverridden(by: other, to: scratch.excluded)
      if !scratch.excluded.contains(position) { first.insert(other) }
    }
    return agree(on: outcome)
  }
}
