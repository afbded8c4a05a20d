package import Engine
package import JSON
import Model
import Syntax

/// One decision explained: in sentences, and as JSON with the same content.
package struct ExplanationReport {
  let explanation: Explanation
  let phrasing: Phrasing

  /// `phrasing` is that of the policy.
  package init(_ explanation: Explanation, _ phrasing: Phrasing) {
    (self.explanation, self.phrasing) = (explanation, phrasing)
  }

  var policy: Policy { explanation.policy }
  var message: Message { explanation.message }
  var result: Result<Decision, Disagreement> { explanation.result }
  var firstOutcomes: [OutcomeID] { explanation.firstOutcomes }
  var rules: [RuleAccount] { explanation.rules }
  var notes: [NoteAccount] { explanation.notes }
  var missing: [MissingAccount] { explanation.missing }

  /// Whether it is a decision that no missing fact could change.
  var isSure: Bool {
    if case .success(let decision) = result { decision.isSure } else { false }
  }
}

extension Explanation {
  /// The explanation in sentences, without what would change the decision.
  package var text: String { ExplanationReport(self, Phrasing(policy)).text() }

  /// Writes the explanation as one JSON object, without what would change the decision.
  package func write(to writer: inout JSONWriter) {
    ExplanationReport(self, Phrasing(policy)).write(to: &writer)
  }
}
