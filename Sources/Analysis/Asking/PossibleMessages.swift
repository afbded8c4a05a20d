import Classes
import Engine
import Model
import Program
import Syntax
import Values

/// Messages as they still can turn out, drawn so that every run draws the same, and what is decided about them.
struct PossibleMessages {
  /// How a message comes out.
  struct Ending: Hashable {
    let kind: Verdict.Kind
    let outcome: Int
    /// The notes, a bit each, folded into one word.
    let notes: UInt64
  }

  private let decider: Decider
  private let today: Int32
  /// By fact, a few values of different classes, what is usual first; none of facts that nobody asks for.
  let states: [[FactState]]
  /// By message and fact, which of the values it has.
  private let choices: [[Int]]

  /// So many messages are drawn.
  private static let count = 1024

  init(_ day: DayPolicy, _ decider: Decider) {
    self.decider = decider
    today = day.today.number
    let tested = Set(day.testedFacts)
    let states = day.policy.vocabulary.facts.map { fact in
      tested.contains(fact.id) ? day.values(of: fact) : []
    }
    self.states = states
    var random = SplitMix(state: 1)
    choices = (0..<PossibleMessages.count).map { _ in
      states.indices.map { fact in
        let isUsual = random.next(below: 2) == 0 && day.policy.vocabulary.facts[fact].hasUsualState
        return isUsual || states[fact].isEmpty ? 0 : random.next(below: states[fact].count)
      }
    }
  }

  var indices: Range<Int> { choices.indices }

  /// The value that a drawn message has of a fact, as its number among the fact's.
  func choice(_ index: Int, _ fact: FactID) -> Int { choices[index][fact.index] }

  /// A drawn message in which all facts are as a message says but for these.
  func message(_ index: Int, _ message: Message, open: [FactID]) -> [FactState] {
    var values = message.values
    for fact in open { values[fact.index] = states[fact.index][choices[index][fact.index]] }
    return values
  }

  func ending(of values: [FactState]) -> Ending {
    decider.message.set(values)
    let verdict = decider.decide(today: today)
    return Ending(kind: verdict.kind, outcome: verdict.outcome, notes: decider.foldedNotes)
  }
}

extension Fact {
  /// Whether a message that does not speak of the fact says something all the same.
  fileprivate var hasUsualState: Bool { presence.unsaid != .missing }
}

extension DayPolicy {
  /// So many values of one fact are tried.
  private static let mostValues = 40

  /// Values of a fact from different classes, what is usual first.
  fileprivate func values(of fact: Fact) -> [FactState] {
    let unsaid = fact.presence.unsaid
    var found: [FactState] = unsaid == .missing ? [] : [unsaid]
    if let classes = classes.valueClasses(of: fact.id, on: today, nearestTo: unsaid) {
      found += classes.map(\.state)
    } else {
      switch classes.facts[fact.id.index] {
      case .set(let groups): found += DayPolicy.sets(groups)
      case .text(let patterns): found += DayPolicy.texts(patterns)
      case .yesOrNo, .choice, .number, .date: break
      }
    }
    var seen: Set<FactState> = []
    return Array(found.filter { seen.insert($0).inserted }.prefix(DayPolicy.mostValues))
  }

  /// No value, each group alone, all together, and each two.
  private static func sets(_ groups: [[ValueID]]) -> [FactState] {
    let firsts = groups.map { $0[0] }
    var sets: [Set<ValueID>] = [[]] + firsts.map { [$0] } + [Set(firsts)]
    for (index, one) in firsts.enumerated() {
      sets += firsts[..<index].map { [one, $0] }
    }
    return sets.map { .value(.set($0)) }
  }

  /// A text that no pattern matches, and one for each pattern.
  private static func texts(_ patterns: [TextPattern]) -> [FactState] {
    let none = TextPattern.text(matching: [], not: patterns)
    let others = patterns.prefix(mostValues).map { TextPattern.text(matching: [$0], not: []) }
    return ([none] + others).compactMap { $0 }.map { .value(.text($0)) }
  }
}

extension Decider {
  fileprivate var foldedNotes: UInt64 {
    noteNumbers.reduce(0) { ($0 &* 31 &+ UInt64($1) &+ 1) &* 0x9e37_79b9_7f4a_7c15 }
  }
}
