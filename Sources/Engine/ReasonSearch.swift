import Model
import Syntax

/// Finds the tests that settle a condition, or leave it open.
///
/// Of a condition with `and` that is met they are those of all its parts, of one that is not met
/// those of the parts that are not met; with `or` the other way round; of an open one those of the
/// parts that are open. Each definition is looked into once.
struct ReasonSearch {
  let outcome: OutcomeID?
  private(set) var reasons: [Reason] = []
  private var found: Set<Reason> = []
  private var seen: Set<DefinitionID> = []
  private var path: [Reason.Within] = []

  init(outcome: OutcomeID?) {
    self.outcome = outcome
  }

  mutating func collect(_ part: ConditionTable.PartID, _ reading: inout Reading) {
    let truth = reading.truth(of: part, outcome: outcome)
    switch reading.conditions[part] {
    case .always: break
    case .test(let test):
      let test = reading.conditions.tests[test]
      let reason = Reason(test: test, truth: truth, definitions: path, outcome: outcome)
      if found.insert(reason).inserted { reasons.append(reason) }
    case .not(let inner): collect(inner, &reading)
    case .and(let parts), .or(let parts):
      for part in parts where reading.truth(of: part, outcome: outcome) == truth {
        collect(part, &reading)
      }
    case .definition(let id):
      guard seen.insert(id).inserted else { return }
      path.append(Reason.Within(id: id, truth: truth))
      collect(reading.conditions[id], &reading)
      path.removeLast()
    }
  }
}
