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

  unowned(unsafe) let program: Program
  let scratch: Scratch
  /// Those that surely apply.
  let sure: PositionSet
  /// Those that may apply and that none which surely applies overrides.
  let doubtful: PositionSet
  /// How many words a set has.
  let wordCount: Int
  private let firstPosition: Int
  /// Whether there were rules that may apply, the overridden ones included.
  private(set) var hadDoubts = false

  var first: PositionSet { scratch.first }

  init(_ kind: RuleKind, _ program: Program, _ scratch: Scratch) {
    self.program = program
    self.scratch = scratch
    let matrix = program.matrices.base + kind.rawValue
    firstPosition = Int(matrix.pointee.firstPosition)
    wordCount = (Int(matrix.pointee.positionCount) + 63) >> 6
    switch kind {
    case .decision: (sure, doubtful) = (scratch.sure.0, scratch.doubtful.0)
    case .guard: (sure, doubtful) = (scratch.sure.1, scratch.doubtful.1)
    case .note: (sure, doubtful) = (scratch.sure.2, scratch.doubtful.2)
    }
  }

  func rule(_ position: Int) -> Int {
    Int(program.positions.base[firstPosition + position])
  }

  /// The outcome of the rule at a position; the greatest number of a note rule.
  func outcome(_ position: Int) -> UInt32 {
    (program.rules.base + rule(position)).pointee.outcome
  }

  private func carries(_ note: Int, _ position: Int) -> Bool {
    let set = (program.rules.base + rule(position)).pointee.notes
    let words = program.noteSets.base + Int(set) * Int(program.header.noteWords)
    return words[note >> 6] >> UInt64(note & 63) & 1 == 1
  }

  var hasDoubts: Bool { !doubtful.isEmpty(wordCount) }
  var isSureEmpty: Bool { sure.isEmpty(wordCount) }

  /// Adds to a set what the rule at a position overrides.
  @inline(__always)
  func addOverridden(by position: Int, to set: PositionSet) {
    let record = program.overridden.base + firstPosition + position
    let count = record.pointee.count
    let first = Int(record.pointee.first)
    if count & OverriddenRecord.isDense != 0 {
      let words = program.denseWords.base + first
      for word in 0..<wordCount { set.words[word] |= words[word] }
      return
    }
    for index in 0..<Int(count) {
      let stretch = program.stretches.base[first + index]
      set.insert(Int(stretch.start), Int(stretch.end))
    }
  }

  /// Goes through the rules of a set that no other of it overrides, as long as `body` says so.
  @inline(__always)
  func forEachWinner(among set: PositionSet, _ body: (Int) -> Bool) {
    scratch.excluded.clear(wordCount)
    var next = set.next(from: 0, wordCount)
    while let position = next {
      if !scratch.excluded.contains(position) {
        guard body(position) else { return }
        addOverridden(by: position, to: scratch.excluded)
      }
      next = set.next(from: position + 1, wordCount)
    }
  }

  /// Takes the rules out of `doubtful` that surely apply, or that one which surely applies overrides.
  mutating func settle() {
    doubtful.subtract(sure, wordCount)
    hadDoubts = hasDoubts
    guard hadDoubts else { return }
    forEachWinner(among: sure) { _ in true }
    doubtful.subtract(scratch.excluded, wordCount)
  }

  // MARK: - What is possible

  /// Whether two outcomes are plainly possible: that of the rules that surely apply, or `otherwise` without any, and
  /// that of a rule in doubt which overrides all of these. False where it is not plain.
  func hasTwoOutcomes(otherwise: UInt32) -> Bool {
    var base = UInt32.max
    var agree = true
    forEachWinner(among: sure) { position in
      if base == .max { base = outcome(position) }
      agree = outcome(position) == base
      return agree
    }
    guard agree else { return false }
    if base == .max { base = otherwise }
    var next = doubtful.next(from: 0, wordCount)
    while let position = next {
      next = doubtful.next(from: position + 1, wordCount)
      if base == .max { base = outcome(position) }
      guard outcome(position) != base else { continue }
      var overridesAll = true
      forEachWinner(among: sure) { winner in
        overridesAll = program.overrides(firstPosition, position, winner)
        return overridesAll
      }
      if overridesAll { return true }
    }
    return false
  }

  /// The outcomes of valid ways with at least one winner.
  func outcomes(_ body: (UInt32) -> Void) {
    guard hasDoubts else { return sureOutcome(body) }
    let outcomeWords = (Int(program.header.outcomeCount) + 63) >> 6
    scratch.isNamed.clear(outcomeWords)
    name(outcomesOf: sure)
    name(outcomesOf: doubtful)
    var next = scratch.isNamed.next(from: 0, outcomeWords)
    while let named = next {
      first.copy(sure, wordCount)
      addDoubtful(giving: UInt32(named), without: nil)
      if agree(on: UInt32(named)) { body(UInt32(named)) }
      next = scratch.isNamed.next(from: named + 1, outcomeWords)
    }
  }

  /// The outcome of the winners where there is no doubt, if they agree.
  private func sureOutcome(_ body: (UInt32) -> Void) {
    var found = UInt32.max
    var agree = true
    forEachWinner(among: sure) { position in
      if found == .max { found = outcome(position) }
      agree = outcome(position) == found
      return agree
    }
    if agree, found != .max { body(found) }
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
    var agree = true
    forEachWinner(among: first) { position in
      agree = self.outcome(position) == outcome
      return agree
    }
    return agree
  }

  /// Whether there is a valid way for the outcome in which no winner carries a note.
  func canLack(_ note: Int, outcome: UInt32) -> Bool {
    first.copy(sure, wordCount)
    addDoubtful(giving: outcome, without: note)
    var (can, isEmpty) = (true, true)
    forEachWinner(among: first) { position in
      isEmpty = false
      can = self.outcome(position) == outcome && !carries(note, position)
      return can
    }
    return can && (outcome == .max || !isEmpty)
  }

  /// The rules that win in a valid way for a possible outcome; for note rules in any way.
  func possibleWinners(outcome: UInt32, _ body: (Int) -> Void) {
    guard hasDoubts else {
      forEachWinner(among: sure) { position in
        body(rule(position))
        return true
      }
      return
    }
    let isSpoilt = isSpoilt(outcome)
    // What doubtful rules for the outcome override.
    scratch.contested.clear(wordCount)
    var next = doubtful.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) == outcome { addOverridden(by: position, to: scratch.contested) }
      next = doubtful.next(from: position + 1, wordCount)
    }
    // Of the rules that surely apply only the winners are open.
    forEachWinner(among: sure) { position in
      guard self.outcome(position) == outcome else { return true }
      if !isSpoilt || !scratch.contested.contains(position) { body(rule(position)) }
      return true
    }
    next = doubtful.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) == outcome,
        !isSpoilt || !scratch.contested.contains(position) || canWin(position, outcome)
      {
        body(rule(position))
      }
      next = doubtful.next(from: position + 1, wordCount)
    }
    guard isSpoilt else { return }
    next = sure.next(from: 0, wordCount)
    while let position = next {
      if self.outcome(position) == outcome, scratch.contested.contains(position),
        !isOverriddenBySure(position), canWin(position, outcome)
      {
        body(rule(position))
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
