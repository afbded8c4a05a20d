/// Who overrides whom among the rules of one kind, by their positions.
struct Overridings {
  private let records: UnsafePointer<OverriddenRecord>
  private let stretches: UnsafePointer<StretchRecord>
  private let denseWords: UnsafePointer<UInt64>
  /// How many words a set of positions has.
  let wordCount: Int

  @inline(__always)
  init(_ matrix: UnsafePointer<MatrixRecord>, _ program: borrowing Program) {
    records = program.overridden.base + Int(matrix.pointee.firstPosition)
    stretches = program.stretches.base
    denseWords = program.denseWords.base
    wordCount = (Int(matrix.pointee.positionCount) + 63) >> 6
  }

  /// Whether the rule at a position overrides the one at another.
  @inline(__always)
  func overrides(_ position: Int, _ other: Int) -> Bool {
    let record = records[position]
    let first = Int(record.first)
    if record.count & OverriddenRecord.isDense != 0 {
      return denseWords[first + other >> 6] >> UInt64(other & 63) & 1 == 1
    }
    var index = 0
    while index < Int(record.count) {
      let stretch = stretches[first + index]
      if other < Int(stretch.end) { return other >= Int(stretch.start) }
      index &+= 1
    }
    return false
  }

  /// Adds to a set what the rule at a position overrides.
  @inline(__always)
  func add(overriddenBy position: Int, to set: PositionSet) {
    let record = records[position]
    let first = Int(record.first)
    if record.count & OverriddenRecord.isDense != 0 {
      for word in 0..<wordCount { set.words[word] |= denseWords[first + word] }
      return
    }
    for index in 0..<Int(record.count) {
      let stretch = stretches[first + index]
      set.insert(Int(stretch.start), Int(stretch.end))
    }
  }

  /// Goes through the rules of a set that no other of it overrides; `excluded` is used for it, and holds in the
  /// end what the set overrides.
  @inline(__always)
  func winners(among set: PositionSet, excluded: PositionSet) -> WinnerWalk {
    excluded.clear(wordCount)
    return WinnerWalk(set: set, excluded: excluded, overridings: self)
  }
}

/// A walk through the winners among some rules, in the order of their positions.
struct WinnerWalk {
  fileprivate let set: PositionSet
  fileprivate let excluded: PositionSet
  fileprivate let overridings: Overridings
  private var position = 0

  fileprivate init(set: PositionSet, excluded: PositionSet, overridings: Overridings) {
    self.set = set
    self.excluded = excluded
    self.overridings = overridings
  }

  /// The next winner; nil when there is none left.
  @inline(__always)
  mutating func next() -> Int? {
    while let found = set.next(from: position, overridings.wordCount) {
      position = found + 1
      // A rule that is set aside overrides nothing that a winner does not.
      if excluded.contains(found) { continue }
      overridings.add(overriddenBy: found, to: excluded)
      return found
    }
    return nil
  }
}
