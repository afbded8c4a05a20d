package import Analysis
import Engine
import Model
import Syntax

/// What stood in the way of an outcome, in sentences.
extension ExplanationReport {
  /// The decision, who made it, why it is not another one, and what that would take.
  package func text(_ whyNot: WhyNot) -> String {
    var paragraphs = [headline]
    if case .success(let decision) = result {
      if decision.isSure, decision.outcome == whyNot.outcome {
        return ["\(headline)\nThat is the outcome that you asked about."].asText
      }
      if decision.isSure { paragraphs += course(of: decision) }
    }
    paragraphs.append(([question(whyNot)] + obstacles(to: whyNot)).joined(separator: "\n"))
    paragraphs += givers(of: whyNot.outcome)
    return (paragraphs + whatItTakes(whyNot)).asText
  }

  private func question(_ whyNot: WhyNot) -> String {
    "Why the outcome is not \(policy.vocabulary[whyNot.outcome].name):"
  }

  /// What stands in the way, save rules that do not apply.
  private func obstacles(to whyNot: WhyNot) -> [String] {
    let outcome = whyNot.outcome
    var lines: [String] = []
    if firstOutcomes.contains(outcome), case .success(let decision) = result, decision.isSure {
      let guards = decision.winners.filter { policy[$0].kind == .guard }.map(shortName)
      lines.append(
        "  It was the first outcome, and then \(guards.enumerated(with: "and")) put another in its place."
      )
    }
    let giving = rules.filter { policy[$0.rule].outcome == outcome }
    let applying = giving.filter { $0.standing == .applies && !firstOutcomes.contains(outcome) }
    lines += applying.map { "  \(name($0.rule)) says so and applies." }
    for account in giving { lines += setAside(account) }
    if giving.contains(where: { $0.standing == .inDoubt }) {
      lines.append("  Facts are missing that rules which say so ask for.")
    }
    if policy.otherwise?.outcome == outcome, !firstOutcomes.contains(outcome) {
      lines.append("  `otherwise` says so, but only where no rule decides.")
    }
    if policy.whenUnsure?.outcome == outcome, isSure {
      lines.append("  `when unsure` says so, but nothing is missing that matters.")
    }
    for promise in whyNot.promises {
      lines.append("  The promise “\(promise.name)” rules it out for such a message.")
      lines += promise.reasons.map { "    The reason given for the promise: \($0.closed)" }
      lines += promise.authorities.map { "    The authority for the promise: \($0.closed)" }
    }
    if !policy.rules.contains(where: { $0.outcome == outcome }) {
      lines.append("  No rule says so.")
    } else if lines.isEmpty {
      lines.append("  No rule that says so applies.")
    }
    return lines
  }

  private func setAside(_ account: RuleAccount) -> [String] {
    switch account.standing {
    case .setAside(let way), .setAsideEitherWay(let way):
      return ["  \(name(account.rule)) says so. \(overriding(way))"]
    case .applies, .inDoubt, .doesNotApply, .notReached: return []
    }
  }

  /// The rules that give the outcome and do not apply.
  private func givers(of outcome: OutcomeID) -> [String] {
    let accounts = sorted(
      rules.filter {
        policy[$0.rule].outcome == outcome && [.doesNotApply, .inDoubt].contains($0.standing)
      })
    let told = accounts.prefix(ExplanationReport.mostGivers)
    let title =
      accounts.count == 1
      ? "This rule says so, but does not apply, for want of what stands below it:"
      : "These rules say so, but do not apply, for want of what stands below each:"
    let paragraph = list(title, Array(told))
    let others = accounts.count - told.count
    guard others > 0 else { return paragraph }
    return paragraph.map { "\($0)\nSo \(others == 1 ? "does one more" : "do \(others) more")." }
  }

  private static let mostGivers = 8

  /// The smallest changes that give it, or that nothing does.
  private func whatItTakes(_ whyNot: WhyNot) -> [String] {
    let name = policy.vocabulary[whyNot.outcome].name
    guard !whyNot.changes.isImpossible else {
      return [
        "Nothing that a message could say on that day gives it the outcome \(name). This is proved."
      ]
    }
    return list(
      whyNot.changes, "What would give it the outcome \(name), if all else stays as it is:",
      else: "unless the facts of one of these lines change, it has another outcome")
  }
}
