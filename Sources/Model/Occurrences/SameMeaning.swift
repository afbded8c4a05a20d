import Syntax
import Values

extension Policy {
  /// Whether another policy says the same in other names: it declares the same things in the same order,
  /// and its rules, promises and scenarios say the same about them.
  package func saysTheSame(as other: Policy) -> Bool {
    vocabulary.saysTheSame(as: other.vocabulary)
      && rules.map(\.content) == other.rules.map(\.content)
      && rules.map(\.condition) == other.rules.map(\.condition)
      && sectionNumbers == other.sectionNumbers
      && overrides.successors == other.overrides.successors
      && [otherwise, whenUnsure].map { $0?.content }
        == [other.otherwise, other.whenUnsure].map { $0?.content }
      && promises.map(\.condition) == other.promises.map(\.condition)
      && promises.map(\.pledge) == other.promises.map(\.pledge)
      && scenarios.map(\.given) == other.scenarios.map(\.given)
      && scenarios.map(\.day) == other.scenarios.map(\.day)
      && scenarios.map(\.wanted) == other.scenarios.map(\.wanted)
      && calendar == other.calendar
  }

  /// By rule, the number of its section in the order in which they come.
  private var sectionNumbers: [Int] {
    var numbers: [String: Int] = [:]
    return rules.map { rule in
      guard let section = rule.section else { return -1 }
      let number = numbers[section] ?? numbers.count
      numbers[section] = number
      return number
    }
  }
}

extension Vocabulary {
  fileprivate func saysTheSame(as other: Vocabulary) -> Bool {
    facts.map(\.content) == other.facts.map(\.content)
      && outcomes.count == other.outcomes.count
      && notes.map(\.text) == other.notes.map(\.text)
      && definitions.map(\.condition) == other.definitions.map(\.condition)
  }
}

// What is compared of each, without names and places.

extension Fact {
  fileprivate struct Content: Equatable {
    let kind: Kind
    let presence: Presence
    let valueCount: Int
    let path: [String]
  }

  fileprivate var content: Content {
    Content(kind: kind, presence: presence, valueCount: values.count, path: path)
  }
}

extension Rule {
  fileprivate struct Content: Equatable {
    let kind: Kind
    let isNamed: Bool
    let outcome: OutcomeID?
    let notes: [NoteID]
    let from: Day?
    let until: Day?
    let reasons: [String]
    let authorities: [String]
  }

  fileprivate var content: Content {
    Content(
      kind: kind, isNamed: isNamed, outcome: outcome, notes: notes, from: from, until: until,
      reasons: reasons, authorities: authorities)
  }
}

extension Standard {
  fileprivate struct Content: Equatable {
    let outcome: OutcomeID
    let notes: [NoteID]
  }

  fileprivate var content: Content { Content(outcome: outcome, notes: notes) }
}

extension Scenario {
  fileprivate enum Wanted: Equatable {
    case unsure
    case outcome(OutcomeID, Set<NoteID>?)
    case by(Set<RuleID>)
    case byOtherwise
  }

  fileprivate var wanted: [Wanted] {
    expectations.map { expectation, _ in
      switch expectation {
      case .unsure: .unsure
      case .outcome(let outcome, let notes): .outcome(outcome, notes)
      case .by(let rules, _): .by(rules)
      case .byOtherwise: .byOtherwise
      }
    }
  }
}
