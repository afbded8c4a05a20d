package import Engine
package import Model
package import Syntax
import Values

/// What an interview says: its questions, why each is asked, and what it has understood.
package struct QuestionWords {
  private let policy: Policy
  private let phrasing: Phrasing

  package init(_ policy: Policy, _ phrasing: Phrasing) {
    (self.policy, self.phrasing) = (policy, phrasing)
  }

  /// The beginning of a sentence about the fact, the values to choose from, and what else may be answered.
  package func question(_ id: FactID, number: Int) -> String {
    let fact = policy.vocabulary[id]
    let lines = ["\(number). \(phrasing.phrase(fact).sentence)"] + choices(fact) + [wanted(fact)]
    return lines.joined(separator: "\n") + "\n"
  }

  private func choices(_ fact: Fact) -> [String] {
    let width = String(fact.values.count).utf8.count
    return fact.values.enumerated().map { index, value in
      let number = String(index + 1)
      return "   \(String(repeating: " ", count: width - number.utf8.count))\(number)  \(value)"
    }
  }

  /// What may be answered besides.
  private func wanted(_ fact: Fact) -> String {
    let wanted: [String] =
      switch fact.kind {
      case .choice: ["a number, or the words"]
      case .set: ["one or several, parted by commas", "`nothing` for none of them"]
      case .yesOrNo: ["yes or no"]
      case .number: [fact.wantedInWords]
      case .date: ["a day, such as 7 September 2026"]
      case .text: ["a text"]
      }
    let usual: [String] =
      switch fact.presence {
      case .required: []
      case .optional: ["Enter alone if nothing is recorded"]
      case .defaulted(let value): ["Enter alone for \(words(value, fact))"]
      }
    return "   (\((wanted + usual).joined(separator: "; ")))"
  }

  private func words(_ value: FactValue, _ fact: Fact) -> String {
    guard case .number(_, let unit, _, _) = fact.kind else { return fact.words(for: value) }
    return Fact.Kind.quantity(fact.words(for: value), unit: unit)
  }

  /// What has been understood, as a sentence.
  package func understood(_ id: FactID, _ state: FactState) -> String {
    phrasing.sentence(policy.vocabulary[id], state).sentence.closed
  }

  /// Which rules hang on a fact that is not known.
  package func reasons(_ id: FactID, _ explanation: Explanation) -> String {
    let named = explanation.missing.first { $0.fact == id }?.rules ?? []
    let rules = named.isEmpty ? rulesAsking(for: id, explanation) : named
    let report = ExplanationReport(explanation, phrasing)
    let told = rules.prefix(QuestionWords.mostRules).map { rule in
      "   \(report.name(rule)) says: \(report.consequent(rule))."
    }
    let more = rules.count - told.count
    let rest = more > 0 ? ["   And \(more) more."] : []
    let title = rules.count == 1 ? "This rule hangs on it:" : "These rules hang on it:"
    return (["   \(title)"] + told + rest).joined(separator: "\n") + "\n"
  }

  private static let mostRules = 8

  /// The rules in force that ask for the fact, definitions followed.
  private func rulesAsking(for fact: FactID, _ explanation: Explanation) -> [RuleID] {
    explanation.rules.map(\.rule).filter { policy[$0].condition.asks(for: fact, policy.vocabulary) }
  }
}

extension Condition {
  fileprivate func asks(for fact: FactID, _ vocabulary: Vocabulary) -> Bool {
    switch self {
    case .always: false
    case .test(let test): test.subject == .fact(fact)
    case .not(let part): part.asks(for: fact, vocabulary)
    case .and(let parts), .or(let parts): parts.contains { $0.asks(for: fact, vocabulary) }
    case .definition(let use): vocabulary[use.id].condition.asks(for: fact, vocabulary)
    }
  }
}
