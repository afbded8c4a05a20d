import Logic
import Model
import Syntax
import Values

/// The classes of messages, laid out along axes for quick comparison: on each axis a message has one of
/// at most 64 positions, and the truth of a property allows some of them.
///
/// Neighbouring classes of a fact with more share a position, so that what is said in positions is right
/// but not complete: conditions that no position on any axis keeps apart may still exclude each other.
/// Source: the boxes of decision-table analysis, with positions in place of intervals.
package struct ClassAxes: Sendable {
  /// Some positions on one axis.
  package struct Stretch: Hashable, Sendable {
    package let axis: Int32
    package let positions: UInt64

    package init(axis: Int32, positions: UInt64) {
      self.axis = axis
      self.positions = positions
    }
  }

  /// By axis, all of its positions.
  package private(set) var positions: [UInt64] = []
  /// By variable, the stretches that it being true or false allows.
  package private(set) var whenTrue: [[Stretch]] = []
  package private(set) var whenFalse: [[Stretch]] = []

  package init(_ classes: MessageClasses) {
    whenTrue = Array(repeating: [], count: classes.properties.count)
    whenFalse = whenTrue
    addOrdered(classes.today.variables.map(\.index), recorded: nil)
    for variable in classes.today.comingAndGoing { addOrdered([variable.index], recorded: nil) }
    for index in 0..<classes.placeCount { add(MessageClasses.Place(index), classes) }
  }

  private mutating func add(_ place: MessageClasses.Place, _ classes: MessageClasses) {
    let fact = classes.fact(at: place)
    let facts = classes.facts[fact.index]
    let recorded = classes.recorded[place.index]?.index
    let count = facts.properties(of: fact).count
    let variables = (0..<count).map { classes.variable(place, $0).index }
    switch facts {
    case .yesOrNo, .number: addOrdered(variables, recorded: recorded)
    case .choice: addExclusive(variables, recorded: recorded)
    case .set:
      addOrdered([], recorded: recorded)
      for variable in variables { addOrdered([variable], recorded: recorded) }
    case .date(let moments):
      var kinds: [Int: [Int32]] = [:]
      for (index, moment) in moments.enumerated() {
        kinds[moment.kind, default: []].append(variables[index])
      }
      for kind in kinds.keys.sorted() { addOrdered(kinds[kind] ?? [], recorded: recorded) }
    case .text(let patterns): add(patterns, variables, recorded)
    }
  }

  /// Adds an axis and gives its number.
  private mutating func addAxis(_ count: Int) -> Int32 {
    positions.append(count >= 64 ? .max : 1 << count - 1)
    return Int32(positions.count - 1)
  }

  /// Variables of which each implies those before it; the last position is for nothing recorded.
  private mutating func addOrdered(_ variables: [Int32], recorded: Int32?) {
    guard !variables.isEmpty || recorded != nil else { return }
    let stretches = variables.count + 1
    let room = recorded == nil ? 64 : 63
    let used = min(stretches, room)
    let axis = addAxis(used + (recorded == nil ? 0 : 1))
    let all = positions[Int(axis)]
    func position(_ stretch: Int) -> Int {
      stretches <= room ? stretch : stretch * used / stretches
    }
    let absent: UInt64 = recorded == nil ? 0 : 1 << used
    for (index, variable) in variables.enumerated() {
      let (below, here) = (position(index), position(index + 1))
      let upTo = below >= 63 ? UInt64.max : 1 << (below + 1) - 1
      let reached = all & ~absent & ~(1 << here - 1)
      whenTrue[Int(variable)].append(Stretch(axis: axis, positions: reached))
      whenFalse[Int(variable)].append(Stretch(axis: axis, positions: upTo & all | absent))
    }
    if let recorded { addRecorded(recorded, axis, absent) }
  }

  /// Variables of which at most one is true; the last but one position is for none of them.
  private mutating func addExclusive(_ variables: [Int32], recorded: Int32?) {
    let values = variables.count + 1
    let room = recorded == nil ? 64 : 63
    let used = min(values, room)
    let axis = addAxis(used + (recorded == nil ? 0 : 1))
    let all = positions[Int(axis)]
    let absent: UInt64 = recorded == nil ? 0 : 1 << used
    for (index, variable) in variables.enumerated() {
      let isShared = index >= used - 1
      let own: UInt64 = 1 << min(index, used - 1)
      whenTrue[Int(variable)].append(Stretch(axis: axis, positions: own))
      whenFalse[Int(variable)].append(Stretch(axis: axis, positions: isShared ? all : all & ~own))
    }
    if let recorded { addRecorded(recorded, axis, absent) }
  }

  private mutating func addRecorded(_ recorded: Int32, _ axis: Int32, _ absent: UInt64) {
    let all = positions[Int(axis)]
    whenTrue[Int(recorded)].append(Stretch(axis: axis, positions: all & ~absent))
    whenFalse[Int(recorded)].append(Stretch(axis: axis, positions: absent))
  }

  /// The texts that are asked for as a whole exclude each other, and say of every other pattern whether
  /// it matches.
  private mutating func add(_ patterns: [TextPattern], _ variables: [Int32], _ recorded: Int32?) {
    let whole = patterns.indices.filter { patterns[$0].match == .equals }
    addExclusive(whole.map { variables[$0] }, recorded: recorded)
    let axis = Int32(positions.count - 1)
    let all = positions[Int(axis)]
    for index in patterns.indices where patterns[index].match != .equals {
      addOrdered([variables[index]], recorded: nil)
      guard whole.count < 62 else { continue }
      var (matched, unmatched) = (all, all)
      for (position, other) in whole.enumerated() {
        if patterns[index].match.matches(patterns[other].pattern, patterns[index].pattern) {
          unmatched &= ~(1 << position)
        } else {
          matched &= ~(1 << position)
        }
      }
      if recorded != nil { matched &= ~(1 << (whole.count + 1)) }
      whenTrue[Int(variables[index])].append(Stretch(axis: axis, positions: matched))
      whenFalse[Int(variables[index])].append(Stretch(axis: axis, positions: unmatched))
    }
  }
}

extension Moment {
  /// Moments of one kind are in one order on every day, or lie in one order or on the same day.
  package var kind: Int {
    switch reckoning {
    case .fixed: 0
    case .days: 1_000_000 + offset
    case .months: 2_000_000 + offset
    case .workingDays: 3_000_000 + 100_000 * calendar + offset
    }
  }
}
