import JSON
package import Model

extension Program {
  /// The name of a rule.
  package func name(of rule: RuleID) -> String { unquoted(rules[rule.index].name) }

  /// The name of the outcome that a rule gives; nil of a note rule.
  package func outcomeName(of rule: RuleID) -> String? {
    let outcome = rules[rule.index].outcome
    return outcome == .max ? nil : unquoted(outcomes[outcome])
  }

  private func unquoted(_ text: TextRecord) -> String {
    guard case .string(let name)? = try? JSONReader.read(bytes(of: text)) else { return "" }
    return name
  }
}
