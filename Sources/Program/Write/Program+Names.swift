package import Model

extension Program {
  /// The name of a rule.
  package func name(of rule: RuleID) -> String { unquoted(rules[rule.index].name) }

  /// The name of the outcome that a rule gives; nil of a note rule.
  package func outcomeName(of rule: RuleID) -> String? {
    let outcome = rules[rule.index].outcome
    return outcome == .max ? nil : unquoted(outcomes[outcome])
  }

  /// The names of all rules.
  package var ruleNames: [String] { (0..<rules.count).map { name(of: RuleID($0)) } }

  /// How many rules stand before `otherwise`.
  package var otherwisePlace: Int { Int(header.otherwisePlace) }
}
