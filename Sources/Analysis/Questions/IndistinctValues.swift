import Classes
import Findings
import Model
import Syntax

/// Which declared values can no rule tell apart?
///
/// Values that stand in the same tests of all rules, definitions followed. A fact of which no rule asks
/// anything is not looked at: it is unused, or there for a promise.
extension PolicyProof {
  func findIndistinctValues() {
    let uses = Dictionary(grouping: policy.testsOfRules) { $0.subject }
    for fact in policy.vocabulary.facts {
      let tests = uses[.fact(fact.id)] ?? []
      guard tests.contains(where: { $0.predicate != .isRecorded }) else { continue }
      let groups: [[ValueID]]
      switch FactClasses(fact, testedBy: tests.map(\.predicate)) {
      case .choice(let values), .set(let values):
        groups = values.filter { $0.count > 1 }.sorted { $0[0] < $1[0] }
      case .yesOrNo, .number, .date, .text: groups = []
      }
      if !groups.isEmpty { findings.append(.indistinctValues(fact, groups)) }
    }
  }
}
