import Model
import Syntax

/// One message being read: what is known of the conditions of a policy, each definition worked out
/// once.
struct Reading {
  let message: Message
  let conditions: ConditionTable
  private let meaning: Meaning
  private var definitions: [Truth?]

  init(_ message: Message, _ evaluator: Evaluator) {
    self.message = message
    conditions = evaluator.conditions
    meaning = evaluator.meaning
    definitions = Array(repeating: nil, count: evaluator.policy.vocabulary.definitions.count)
  }

  /// What is known of a condition, given the outcome that its tests look at. O(size of the
  /// condition and of the definitions that are met for the first time).
  mutating func truth(of part: ConditionTable.PartID, outcome: OutcomeID?) -> Truth {
    switch conditions[part] {
    case .always: .yes
    case .test(let test): meaning.truth(of: conditions.tests[test], message, outcome: outcome)
    case .not(let inner): truth(of: inner, outcome: outcome).negated
    case .and(let parts): truth(ofAll: parts, outcome: outcome)
    case .or(let parts): truth(ofAny: parts, outcome: outcome)
    case .definition(let id): truth(of: id)
    }
  }

  private mutating func truth(ofAll parts: ConditionTable.Parts, outcome: OutcomeID?) -> Truth {
    var result = Truth.yes
    for part in parts {
      switch truth(of: part, outcome: outcome) {
      case .yes: continue
      case .no: return .no
      case .unknown: result = .unknown
      }
    }
    return result
  }

  private mutating func truth(ofAny parts: ConditionTable.Parts, outcome: OutcomeID?) -> Truth {
    var result = Truth.no
    for part in parts {
      switch truth(of: part, outcome: outcome) {
      case .yes: return .yes
      case .no: continue
      case .unknown: result = .unknown
      }
    }
    return result
  }

  /// What is known of a definition. It never looks at the outcome, so once is enough.
  private mutating func truth(of id: DefinitionID) -> Truth {
    if let known = definitions[id.index] { return known }
    let truth = truth(of: conditions[id], outcome: nil)
    definitions[id.index] = truth
    return truth
  }

  /// Adds the facts of the tests that are unknown and stand in parts of a condition that are all
  /// unknown; a part that is already met or not met is not looked into.
  mutating func collectMissing(
    in part: ConditionTable.PartID, outcome: OutcomeID?, into facts: inout MissingFacts
  ) {
    guard truth(of: part, outcome: outcome) == .unknown else { return }
    switch conditions[part] {
    case .always: break
    case .test(let test):
      if case .fact(let fact) = conditions.tests[test].subject { facts.facts.insert(fact) }
    case .not(let inner):
      collectMissing(in: inner, outcome: outcome, into: &facts)
    case .and(let parts), .or(let parts):
      for part in parts { collectMissing(in: part, outcome: outcome, into: &facts) }
    case .definition(let id):
      guard facts.definitions.insert(id).inserted else { return }
      collectMissing(in: conditions[id], outcome: nil, into: &facts)
    }
  }
}

/// The missing facts found so far, and the definitions that have been looked into for them.
struct MissingFacts {
  var facts: Set<FactID> = []
  var definitions: Set<DefinitionID> = []
}
