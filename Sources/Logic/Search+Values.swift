/// Why a variable has its value.
struct Assignment: BitwiseCopyable {
  /// The place of the clause that forced it; 0 if nothing did; `isImplied` if `other` alone did.
  var reason: Int32 = 0
  /// The true literal that it follows from, or one of them.
  var other: Int32 = 0
  /// The number of decisions that were open then.
  var level: Int32 = 0

  static let isImplied: Int32 = -1
}

/// What is known of a variable besides its value.
struct VariableFlags: OptionSet, BitwiseCopyable {
  let rawValue: UInt8

  /// The first value to try is true.
  static let isTriedTrue = VariableFlags(rawValue: 1)
  /// The last value was true.
  static let wasTrue = VariableFlags(rawValue: 2)
  /// A clause of this question holds it, or one that was learnt.
  static let isTouched = VariableFlags(rawValue: 4)
  /// A clause or an assumption of this question mentions it, and it is permanent.
  static let isDecidable = VariableFlags(rawValue: 8)
  /// The analysis of a conflict has seen it.
  static let isSeen = VariableFlags(rawValue: 16)
}

/// A clause to look at once a literal is false.
struct Watch: BitwiseCopyable {
  /// Its place, or `Assignment.isImplied` if it has two literals only.
  var clause: Int32
  /// Another literal of it: if that is true, so is the clause.
  var other: Int32
}

/// A clause of which all literals are false.
enum Conflict {
  case none
  case clause(Int32)
  case pair(Int32, Int32)
}

/// The first word of a clause in the arena.
struct ClauseHeader: BitwiseCopyable {
  var word: Int32

  init(word: Int32) { self.word = word }

  init(count: Int) { word = Int32(count) << 8 }

  /// A learnt clause that speaks of so many levels.
  init(count: Int, levels: Int) {
    word = Int32(count) << 8 | Int32(min(levels, Self.mostLevels)) << 2 | 1
  }

  var count: Int { Int(word >> 8) }
  var isLearnt: Bool { word & 1 == 1 }
  var levels: Int { Int(word >> 2) & Self.mostLevels }
  /// A conflict was traced back through it since the last reduction.
  var isUsed: Bool {
    get { word & 2 == 2 }
    set { word = newValue ? word | 2 : word & ~2 }
  }

  static let mostLevels = 63
  /// The longest clause that a header can count.
  static let mostLiterals = 1 << 23 - 1
}

extension Search {
  var level: Int { levels.count }

  func knownValue(_ literal: Literal) -> Bool? {
    let value = values[literal.code]
    guard value != 0, assignments[literal.code >> 1].level == 0 else { return nil }
    return value > 0
  }

  @inline(__always)
  mutating func assign(_ literal: Int32, reason: Int32, other: Int32 = 0) {
    values[literal] = 1
    values[literal ^ 1] = -1
    assignments[literal >> 1] = Assignment(
      reason: reason, other: other, level: Int32(truncatingIfNeeded: levels.count))
    trail.append(literal)
  }

  mutating func beginLevel() {
    levels.append(Int32(truncatingIfNeeded: trail.count))
    levelMarks.lengthen(to: levels.count + 1, with: 0)
  }

  /// Takes back all decisions after the first so many.
  mutating func backtrack(to level: Int) {
    if levels.count > level {
      let start = Int(levels[level])
      var place = trail.count
      while place > start {
        place -= 1
        let literal = trail[place]
        values[literal] = 0
        values[literal ^ 1] = 0
        let variable = literal >> 1
        let known = flags[variable].rawValue & ~VariableFlags.wasTrue.rawValue
        let now = literal & 1 == 0 ? VariableFlags.wasTrue.rawValue : 0
        flags[variable] = VariableFlags(rawValue: known | now)
        if flags[variable].contains(.isDecidable) { order.insert(variable) }
      }
      trail.truncate(to: start)
      propagatedCount = start
      levels.truncate(to: level)
    }
    if level == 0, hasNewImplications {
      propagatedCount = 0
      hasNewImplications = false
    }
  }

  /// Takes back everything.
  mutating func forgetValues() {
    for place in 0..<trail.count {
      values[trail[place]] = 0
      values[trail[place] ^ 1] = 0
    }
    trail.truncate(to: 0)
    levels.truncate(to: 0)
    propagatedCount = 0
    hasNewImplications = false
  }

  /// Notes that the question has to be forgotten for this variable too.
  @inline(__always)
  mutating func touch(_ variable: Int32) {
    guard !flags[variable].contains(.isTouched) else { return }
    flags[variable].insert(.isTouched)
    touched.append(variable)
  }

  /// Notes that the question speaks of the variable: it may be decided on, if it is permanent.
  @inline(__always)
  mutating func mention(_ variable: Int32) {
    touch(variable)
    guard variable >= 0, !flags[variable].contains(.isDecidable) else { return }
    beginDeciding(variable)
  }

  @inline(never)
  private mutating func beginDeciding(_ variable: Int32) {
    var known = flags[variable]
    known.insert(.isDecidable)
    known.remove(.wasTrue)
    if known.contains(.isTriedTrue) { known.insert(.wasTrue) }
    flags[variable] = known
    order.begin(variable)
  }
}
