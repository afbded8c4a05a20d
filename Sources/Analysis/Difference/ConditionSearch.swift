import Classes
import Logic
import Model
import Syntax
import Values

/// Looks for conditions that say which messages some wires are on for.
///
/// A condition is what a message's properties are, as far as it matters: of a message for which the
/// wires are on, properties are left out one after the other as long as no message with the others
/// spoils it. What is left cannot be shortened (a prime implicant; W. V. Quine, "The problem of
/// simplifying truth functions", 1952), and which properties that leads to is settled by the order.
struct ConditionSearch {
  private let classes: MessageClasses
  private let opponent: Inquiry
  private let variables: [Variable]

  /// Begins the question; `opponent` is not to be used for another one meanwhile.
  init(where wires: [Wire], _ comparison: PolicyComparison, _ opponent: Inquiry) {
    classes = comparison.classes
    self.opponent = opponent
    variables = comparison.circuit.inputs(of: wires)
    opponent.begin(where: [!comparison.circuit.and(wires)])
  }

  /// A condition that a message meets for which the wires are on; it speaks of other facts than the
  /// preferred ones only where it must. One that speaks of more than so many facts at first is not
  /// shortened. Nil if the bound on work was reached.
  func condition(
    _ values: [Bool], preferring facts: Set<FactID>, atMost factCount: Int = .max
  ) -> [Literal]? {
    let ordered =
      variables
      .map { Literal($0, isNegated: !values[Int($0.index)]) }
      .map { (literal: $0, rank: rank($0, facts)) }
      .sorted { $0.rank < $1.rank }
      .map(\.literal)
    guard case .none = opponent.nextAfresh(assuming: ordered) else { return nil }
    var open = kept(ordered)
    let count = Set(open.map { classes.properties[Int($0.variable.index)].fact }).count
    if count > factCount { return open }
    var needed: [Literal] = []
    while let literal = open.popLast() {
      if case .none = opponent.nextAfresh(assuming: needed + open) {
        let core = Set(opponent.prover.solver.core)
        open = open.filter(core.contains)
      } else {
        // What is needed goes first: then what follows from it is left out by itself.
        needed.append(literal)
      }
    }
    return needed.sorted { $0.code < $1.code }
  }

  private func kept(_ literals: [Literal]) -> [Literal] {
    let core = Set(opponent.prover.solver.core)
    return literals.filter(core.contains)
  }

  /// What is left out last, first; of one fact, what says most is left out first.
  private func rank(_ literal: Literal, _ preferred: Set<FactID>) -> Rank {
    let index = Int(literal.variable.index)
    let property = classes.properties[index]
    let fact = property.fact
    let place = fact.map { preferred.contains($0) ? 0 : 2 } ?? 1
    let isSo = !literal.isNegated
    let strength: Int
    switch property {
    case .isRecorded: strength = isSo ? 0 : 3
    case .isOneOf, .isTrue: strength = isSo ? 2 : 1
    case .matches(_, let pattern): strength = isSo && pattern.match == .equals ? 2 : 1
    case .holds, .isAtLeast, .isFrom, .todayIsFrom, .todayIsWorkingDay, .isNoLater, .outcomeIs:
      strength = 1
    }
    // Of bounds that are reached the highest says most, of others the lowest.
    return Rank(
      place: place, fact: fact?.index ?? 0, strength: strength, order: isSo ? index : -index)
  }

  private struct Rank: Comparable {
    let place: Int
    let fact: Int
    let strength: Int
    let order: Int

    static func < (a: Rank, b: Rank) -> Bool {
      (a.place, a.fact, a.strength, a.order) < (b.place, b.fact, b.strength, b.order)
    }
  }
}
