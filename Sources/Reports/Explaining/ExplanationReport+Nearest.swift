import Engine
import Model
import Syntax

/// Of the rules that do not apply, those that came nearest.
extension ExplanationReport {
  /// So many rules are told of; the others are counted.
  private static let mostTold = 5

  /// The rules that would give another outcome and do not apply, those that the fewest facts keep from applying
  /// first.
  var nearest: [RuleAccount] {
    var given: OutcomeID?
    if case .success(let decision) = result, decision.isSure { given = decision.outcome }
    return sorted(
      rules.filter { account in
        let outcome = policy[account.rule].outcome
        return account.standing == .doesNotApply && outcome != nil && outcome != given
      })
  }

  /// Rules in the order of what keeps them from applying.
  func sorted(_ accounts: [RuleAccount]) -> [RuleAccount] {
    accounts.sorted { a, b in
      (a.obstacles?.count ?? .max, a.rule.index) < (b.obstacles?.count ?? .max, b.rule.index)
    }
  }

  var nearestParagraph: [String] {
    let told = Array(nearest.prefix(ExplanationReport.mostTold))
    let others = others(than: told)
    let nearest = others.isEmpty ? "" : " came nearest, but"
    let title =
      told.count == 1
      ? "This rule\(nearest) does not apply, for want of what stands below it:"
      : "These rules\(nearest) do not apply, for want of what stands below each:"
    guard let paragraph = list(title, told).first else { return others }
    return [([paragraph] + others).joined(separator: "\n")]
  }

  /// How many rules do not apply besides those that are told of.
  func others(than told: [RuleAccount]) -> [String] {
    let either = told.isEmpty ? "" : " either"
    let rules = told.isEmpty ? "rule" : "other rule"
    let count = accounts { $0 == .doesNotApply }.count - told.count
    switch count {
    case 0: return []
    case 1: return ["One \(rules) does not apply\(either)."]
    default: return ["\(count) \(rules)s do not apply\(either)."]
    }
  }
}
