import Engine
package import Model
package import Syntax
import Values

/// Why a message does not get an outcome, and what it would take.
package struct WhyNot: Sendable {
  package let outcome: OutcomeID
  /// The promises that rule the outcome out for such a message.
  package let promises: [Promise]
  package let changes: Changes

  /// Looks for no more than so many changes.
  package init(_ outcome: OutcomeID, _ search: ChangeSearch, atMost count: Int) {
    self.outcome = outcome
    let (policy, message) = (search.day.policy, search.message)
    let meaning = Meaning(policy)
    promises = policy.promises.filter { promise in
      promise.isBroken(by: outcome) == true && promise.isInForce(on: message.today)
        && meaning.truth(of: promise.condition, message, outcome: outcome) == .yes
    }
    changes = search.changes(to: outcome, atMost: count)
  }
}
