package import Classes
package import Engine
package import Model
package import Syntax
import Values

/// What would have to be otherwise in a message for it to get another decision on the same day.
package struct Changes: Sendable {
  /// What is known of the changes that are not listed.
  package enum Rest: Hashable, Sendable {
    /// There are no others: every change that leads there contains one that is listed. Proved.
    case none
    /// So many others are known that are not smaller than those; and where it says so there are more, of still
    /// more facts, which were not looked for.
    case others(count: Int, hasLarger: Bool)
    /// It took more work than is allowed to find out.
    case unknown
  }

  /// The outcome that was asked for; nil for any other than the decision has.
  package let target: OutcomeID?
  /// Those of the fewest facts first, then in the order of the vocabulary.
  package let changes: [MessageChange]
  package let rest: Rest

  package init(target: OutcomeID?, changes: [MessageChange], rest: Rest) {
    (self.target, self.changes, self.rest) = (target, changes, rest)
  }

  /// Whether it is proved that nothing that the message could say leads there.
  package var isImpossible: Bool { changes.isEmpty && rest == .none }
}

/// A set of facts that lead to other decisions if all of them change, and all else stays as it is; to change only
/// some of them does not.
package struct MessageChange: Sendable {
  package let facts: [FactID]
  /// The decisions to which they lead, in the order of outcomes.
  package let endings: [Ending]

  package init(facts: [FactID], endings: [Ending]) {
    (self.facts, self.endings) = (facts, endings)
  }

  /// A sure decision, and what the facts are to be for it.
  package struct Ending: Sendable {
    package let decision: Decision
    /// Each says what every fact of the change is to be. Of one fact these are all ways; of several, the nearest.
    package internal(set) var ways: [[Supposition]]

    package init(decision: Decision, ways: [[Supposition]]) {
      (self.decision, self.ways) = (decision, ways)
    }
  }
}

/// What a fact is supposed to be.
package struct Supposition: Sendable {
  package let fact: FactID
  /// The nearest value to what the message says, of all for which the decision comes out so.
  package let state: FactState
  /// Of numbers, dates and texts, what all of these values have in common.
  package let properties: [(property: Property, isSo: Bool)]

  package init(fact: FactID, state: FactState, properties: [(Property, Bool)] = []) {
    (self.fact, self.state) = (fact, state)
    self.properties = properties.map { (property: $0.0, isSo: $0.1) }
  }
}
