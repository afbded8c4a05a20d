import Model
import Syntax

/// Finds the facts that stand in the way of a condition, as few as its words let see.
///
/// Of an `and` they are those of all its parts, of an `or` those of the part that has the fewest. Whether the facts
/// can be otherwise all at once is not asked.
struct ObstacleSearch {
  let outcome: OutcomeID?
  private var known: [Goal: Set<FactID>?] = [:]

  private struct Goal: Hashable {
    let definition: DefinitionID
    let isMet: Bool
  }

  init(outcome: OutcomeID?) {
    self.outcome = outcome
  }

  /// What keeps a condition from being met, or from being not met; nil if it is something else than facts.
  mutating func obstacles(
    to isMet: Bool, of part: ConditionTable.PartID, _ reading: inout Reading
  ) -> Set<FactID>? {
    if reading.truth(of: part, outcome: outcome) == Truth(isMet) { return [] }
    switch reading.conditions[part] {
    case .always: return nil
    case .test(let test):
      guard case .fact(let fact) = reading.conditions.tests[test].subject else { return nil }
      return [fact]
    case .not(let inner): return obstacles(to: !isMet, of: inner, &reading)
    case .and(let parts):
      return isMet ? toAll(parts, isMet, &reading) : toOne(parts, isMet, &reading)
    case .or(let parts):
      return isMet ? toOne(parts, isMet, &reading) : toAll(parts, isMet, &reading)
    case .definition(let id):
      let goal = Goal(definition: id, isMet: isMet)
      if let known = known[goal] { return known }
      let found = obstacles(to: isMet, of: reading.conditions[id], &reading)
      known[goal] = .some(found)
      return found
    }
  }

  private mutating func toAll(
    _ parts: ConditionTable.Parts, _ isMet: Bool, _ reading: inout Reading
  ) -> Set<FactID>? {
    var facts: Set<FactID> = []
    for part in parts {
      guard let others = obstacles(to: isMet, of: part, &reading) else { return nil }
      facts.formUnion(others)
    }
    return facts
  }

  private mutating func toOne(
    _ parts: ConditionTable.Parts, _ isMet: Bool, _ reading: inout Reading
  ) -> Set<FactID>? {
    var fewest: Set<FactID>?
    for part in parts {
      guard let others = obstacles(to: isMet, of: part, &reading) else { continue }
      if others.count < fewest?.count ?? .max { fewest = others }
    }
    return fewest
  }
}
