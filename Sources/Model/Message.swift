package import Syntax
package import Values

/// What one message says about one fact.
package enum FactState: Hashable, Sendable {
  case value(FactValue)
  /// Nothing is recorded, and nothing need be: only of a fact declared `if recorded`.
  case absent
  /// There may be a value, but nobody knows it.
  case missing
}

/// A message as a policy sees it: the state of every fact, and the day on which it is decided.
package struct Message: Hashable, Sendable {
  /// By `FactID`.
  package var values: [FactState]
  package var today: Day

  package init(values: [FactState], today: Day) {
    self.values = values
    self.today = today
  }

  /// The state of a fact; one that the message has no place for is missing.
  package subscript(fact: FactID) -> FactState {
    values.indices.contains(fact.index) ? values[fact.index] : .missing
  }
}

extension Message {
  /// The message of which only some facts are given, as scenarios and people give them.
  ///
  /// A fact that is not given has its default, is absent if it is optional, and missing otherwise.
  package init(_ vocabulary: Vocabulary, given: [FactID: Scenario.Given], today: Day) {
    values = vocabulary.facts.map(\.presence.unsaid)
    for (fact, given) in given { values[fact.index] = given.state }
    self.today = today
  }
}

extension Scenario.Given {
  /// The state of a fact about which this is said.
  fileprivate var state: FactState {
    switch self {
    case .value(let value): .value(value)
    case .absent: .absent
    case .unknown: .missing
    }
  }
}

extension Fact.Presence {
  /// The state of the fact in a message that does not mention it.
  package var unsaid: FactState {
    switch self {
    case .required: .missing
    case .optional: .absent
    case .defaulted(let value): .value(value)
    }
  }
}
