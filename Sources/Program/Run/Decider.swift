import Model

/// Decides messages by a program, one after the other.
///
/// It owns the message that it decides and all the memory that it needs, so that a decision allocates, locks and
/// counts nothing. One for each thread. What it says beside the verdict, the winners and the notes, holds until
/// the next decision.
package final class Decider {
  package let program: Program
  package let message: CodedMessage
  let open: OpenRows
  /// The rules that apply, by their positions, and then the winners among them.
  let applying: UnsafeMutablePointer<Int>
  let missingLines: UnsafeMutablePointer<UnsafePointer<UInt64>>
  let scratch: Contest.Scratch
  let knownDefinitions: UnsafeMutablePointer<UInt8>
  // What a message with missing facts needs.
  let courses: UnsafeMutablePointer<Course>
  let firsts: UnsafeMutablePointer<UInt32>
  let guardedOutcomes: UnsafeMutablePointer<UInt32>
  let ruleSet: PositionSet
  /// Winners whose notes do not count.
  let bystanders: PositionSet
  let ruleWords: Int
  let seenDefinitions: PositionSet
  let definitionWords: Int
  /// The facts whose lack keeps a decision from being sure, by their numbers.
  let missingFacts: PositionSet
  let factWords: Int

  /// The winners, or the rules in doubt, by their numbers in the policy; in no order.
  package let winners: UnsafeMutablePointer<Int>
  package var winnerCount: Int { state.pointee.winnerCount }
  /// The notes, a bit each.
  package let notes: UnsafeMutablePointer<UInt64>
  let noteWords: Int
  let isLadder: Bool

  /// What changes with every decision. Behind a pointer, so that the language has no accesses to watch over.
  struct State {
    var winnerCount = 0
    /// Whether what is known of definitions is about this message.
    var hasDefinitions = false
    var courseCount = 0
    var firstCount = 0
    var missingLineCount = 0
  }

  let state: UnsafeMutablePointer<State>

  package init(_ program: Program) {
    self.program = program
    message = CodedMessage(program)
    open = OpenRows(program)
    let rules = Int(program.header.ruleCount) + 1
    let rows = (0..<program.matrices.count).map { Int(program.matrices[$0].rowCount) }.max() ?? 0
    applying = .allocate(capacity: max(rules, rows) + 1)
    winners = .allocate(capacity: rules * 3)
    missingLines = .allocate(capacity: program.columns.count + 1)
    scratch = Contest.Scratch(program)
    knownDefinitions = .allocate(capacity: program.definitions.count + 1)
    let (firstOutcomes, lastOutcomes) = Decider.mostOutcomes(program)
    courses = .allocate(capacity: firstOutcomes * lastOutcomes)
    firsts = .allocate(capacity: firstOutcomes)
    ruleWords = (rules + 63) / 64
    guardedOutcomes = .allocate(capacity: lastOutcomes)
    ruleSet = PositionSet(capacity: rules)
    bystanders = PositionSet(capacity: rules)
    definitionWords = (program.definitions.count + 63) / 64
    seenDefinitions = PositionSet(capacity: program.definitions.count)
    factWords = (program.facts.count + 63) / 64
    missingFacts = PositionSet(capacity: program.facts.count)
    state = .allocate(capacity: 1)
    state.initialize(to: State())
    noteWords = Int(program.header.noteWords)
    isLadder = Decider.isLadder(program)
    notes = .allocate(capacity: noteWords)
    notes.initialize(repeating: 0, count: noteWords)
  }

  /// How many outcomes the rules can give, `otherwise` included, and how many can come of one of them, itself
  /// included, when guards have been asked.
  static func mostOutcomes(_ program: Program) -> (first: Int, last: Int) {
    func given(by kind: RuleKind) -> Int {
      min(program.outcomes.count, Int(program.matrices[kind.rawValue].positionCount))
    }
    return (given(by: .decision) + 1, given(by: .guard) + 1)
  }

  deinit {
    open.deallocate()
    applying.deallocate()
    winners.deallocate()
    missingLines.deallocate()
    scratch.deallocate()
    knownDefinitions.deallocate()
    notes.deallocate()
    state.deallocate()
    courses.deallocate()
    firsts.deallocate()
    guardedOutcomes.deallocate()
    ruleSet.deallocate()
    bystanders.deallocate()
    seenDefinitions.deallocate()
    missingFacts.deallocate()
  }

  /// Decides the message as of a day, by its number since 1 January 1970.
  @inline(__always)
  package func decide(today: Int32) -> Verdict {
    message.settle(today: today)
    return decideSettled()
  }

  func decideSettled() -> Verdict {
    state.pointee.hasDefinitions = false
    state.pointee.winnerCount = 0
    if message.missingColumns > 0 { return deliberate() }
    return decideComplete()
  }

  // MARK: - Complete messages

  /// The steps of a decision where nothing is missing.
  private func decideComplete() -> Verdict {
    clearNotes()
    var outcome = program.header.otherwiseOutcome
    let count = winners(.decision, outcome: .max)
    guard adopt(.decision, count, &outcome) else { return Verdict(.conflict, outcome: -1) }
    let isByOtherwise = count == 0
    if isByOtherwise {
      guard outcome != .max else { return Verdict(.gap, outcome: -1) }
      addNotes(program.header.otherwiseNotes)
    }
    if program.matrices.base[RuleKind.guard.rawValue].rowCount > 0 {
      let count = winners(.guard, outcome: outcome)
      if count > 0 {
        clearNotes()
        let decisionWinners = winnerCount
        guard adopt(.guard, count, &outcome) else {
          keepWinners(from: decisionWinners)
          return Verdict(.conflict, outcome: -1)
        }
      }
    }
    if program.matrices.base[RuleKind.note.rawValue].rowCount > 0 {
      var none = UInt32.max
      _ = adopt(.note, winners(.note, outcome: outcome), &none)
    }
    return Verdict(.decided, outcome: Int(outcome), isByOtherwise: isByOtherwise)
  }

  /// Takes over the winners among `applying`, with their notes and their outcome; false if they do not agree.
  @inline(__always)
  private func adopt(_ kind: RuleKind, _ count: Int, _ outcome: inout UInt32) -> Bool {
    let positions = program.positions.base + firstPosition(kind)
    var agree = true
    for index in 0..<count {
      let rule = Int(positions[applying[index]])
      let record = program.rules.base + rule
      if index == 0 {
        outcome = record.pointee.outcome
      } else if record.pointee.outcome != outcome {
        agree = false
      }
      addNotes(record.pointee.notes)
      add(winner: rule)
    }
    return agree
  }

  /// Of a conflict between guards only these are shown.
  private func keepWinners(from start: Int) {
    for index in start..<winnerCount { winners[index - start] = winners[index] }
    state.pointee.winnerCount -= start
  }

  @inline(__always)
  func add(winner rule: Int) {
    let count = state.pointee.winnerCount
    winners[count] = rule
    state.pointee.winnerCount = count &+ 1
  }

  @inline(__always)
  func clearNotes() {
    notes[0] = 0
    if noteWords > 1 { notes.update(repeating: 0, count: noteWords) }
  }

  @inline(__always)
  func addNotes(_ set: UInt32) {
    let words = program.noteSets.base + Int(set) &* noteWords
    notes[0] |= words[0]
    var word = 1
    while word < noteWords {
      notes[word] |= words[word]
      word &+= 1
    }
  }

  @inline(__always)
  func firstPosition(_ kind: RuleKind) -> Int {
    Int((program.matrices.base + kind.rawValue).pointee.firstPosition)
  }

  /// Puts the winners of a kind into `applying` and gives their number.
  @inline(__always)
  private func winners(_ kind: RuleKind, outcome: UInt32) -> Int {
    let matrix = program.matrices.base + kind.rawValue
    let hits = open.find(matrix, program, message.parts, outcome: outcome, isComplete: true) {
      first, _ in isSettled(by: first, matrix) ? first &+ 1 : nil
    }
    let rows = program.rows.base + Int(matrix.pointee.firstRow)
    var count = 0
    for hit in 0..<hits {
      var rest = open.words[hit]
      if matrix.pointee.inexactLine != .max {
        rest = withoutFailing(rest, open.places[hit], matrix, outcome)
      }
      while rest != 0 {
        applying[count] = Int(rows[open.places[hit] << 6 &+ rest.trailingZeroBitCount])
        count &+= 1
        rest &= rest &- 1
      }
    }
    return count > 1 ? contestWinners(kind, count) : count
  }

  /// Whether the first row of a word that has been found belongs to a rule that overrides all behind it; then only
  /// that row of the word is kept, since what stands behind it is set aside.
  @inline(__always)
  private func isSettled(by hit: Int, _ matrix: UnsafePointer<MatrixRecord>) -> Bool {
    let (word, place) = (open.words[hit], open.places[hit])
    let bit = word.trailingZeroBitCount
    if matrix.pointee.inexactLine != .max {
      let inexact = program.words.base[Int(matrix.pointee.inexactLine) &+ place]
      if inexact >> UInt64(bit) & 1 == 1 { return false }
    }
    let position = program.rows.base[Int(matrix.pointee.firstRow) &+ place &* 64 &+ bit]
    let record = program.overridden.base + (Int(matrix.pointee.firstPosition) &+ Int(position))
    guard record.pointee.count == 1 else { return false }
    let stretch = program.stretches.base + Int(record.pointee.first)
    guard stretch.pointee.start == position &+ 1,
      stretch.pointee.end == matrix.pointee.positionCount
    else { return false }
    open.words[hit] = word & (0 &- word)
    return true
  }

  /// A word's open rows but for those that say too little and whose rule's condition is not met.
  private func withoutFailing(
    _ word: UInt64, _ place: Int, _ matrix: UnsafePointer<MatrixRecord>, _ outcome: UInt32
  ) -> UInt64 {
    var result = word
    var rest = word & program.words.base[Int(matrix.pointee.inexactLine) + place]
    while rest != 0 {
      let bit = rest.trailingZeroBitCount
      switch truth(ofRow: place << 6 + bit, matrix, outcome: outcome) {
      case .yes: break
      case .no, .unknown: result &= ~(1 << UInt64(bit))
      }
      rest &= rest &- 1
    }
    return result
  }

  // MARK: - Who overrides whom

  /// How many rules are compared one by one; more go by sets.
  private static let few = 12

  /// Leaves in `applying`, of the rules in it, those that no other of them overrides; gives their number.
  ///
  /// A rule stands behind those that override it, and who is overridden by one that is set aside is overridden
  /// by a winner too.
  @inline(__always)
  private func contestWinners(_ kind: RuleKind, _ count: Int) -> Int {
    guard count <= Decider.few else { return manyWinners(kind, count) }
    for index in 1..<count {
      let position = applying[index]
      var place = index
      while place > 0, applying[place - 1] > position {
        applying[place] = applying[place - 1]
        place &-= 1
      }
      applying[place] = position
    }
    let overridings = Overridings(program.matrices.base + kind.rawValue, program)
    var winnerCount = 1
    for index in 1..<count {
      let position = applying[index]
      // Several rows of one rule.
      if position == applying[winnerCount - 1] { continue }
      var isSetAside = false
      for winner in 0..<winnerCount where overridings.overrides(applying[winner], position) {
        isSetAside = true
        break
      }
      if isSetAside { continue }
      applying[winnerCount] = position
      winnerCount &+= 1
    }
    return winnerCount
  }

  private func manyWinners(_ kind: RuleKind, _ count: Int) -> Int {
    let contest = Contest(kind, program, scratch)
    contest.first.clear(contest.wordCount)
    for index in 0..<count { contest.first.insert(applying[index]) }
    var winnerCount = 0
    var walk = contest.winners(among: contest.first)
    while let position = walk.next() {
      applying[winnerCount] = position
      winnerCount += 1
    }
    return winnerCount
  }
}

/// The kinds of rules, in the order of a program's matrices.
enum RuleKind: Int {
  case decision, `guard`, note
}
