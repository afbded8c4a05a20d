import Classes
import Engine
import Logic
import Model
import Syntax
import Values

/// What is known of a condition, as wires: that it is met, and that it is not known to be unmet.
struct TruthWires: Hashable {
  let yes: Wire
  let notNo: Wire

  init(yes: Wire, notNo: Wire) { (self.yes, self.notNo) = (yes, notNo) }

  /// Of something that is known.
  init(_ wire: Wire) { self.init(yes: wire, notNo: wire) }

  static let no = TruthWires(.no)

  /// Whether it is known in every message.
  var isCertain: Bool { yes == notNo }

  var negated: TruthWires { TruthWires(yes: !notNo, notNo: !yes) }
}

/// The conditions of a policy as circuits on one day, over messages that may lack facts: Kleene's strong logic,
/// with two wires in place of three values.
///
/// Source: the dual-rail encoding of three-valued simulation (R. E. Bryant, 1987).
final class TruthCircuit {
  let view: PolicyCircuit
  /// By `FactID`: the message says what it is.
  let known: [Wire]
  private let today: Day
  private var definitions: [TruthWires?]
  /// By `RuleID`: of rules that do not look at the outcome.
  private var rules: [TruthWires?]

  private var policy: Policy { view.policy }
  private var circuit: Circuit { view.circuit }

  init(_ view: PolicyCircuit, known: [Wire], on today: Day) {
    (self.view, self.known, self.today) = (view, known, today)
    definitions = Array(repeating: nil, count: view.policy.vocabulary.definitions.count)
    rules = Array(repeating: nil, count: view.policy.rules.count)
  }

  /// Whether a rule applies, where rules of its kind look at this outcome.
  func applies(_ number: Int, after outcome: OutcomeID?) -> TruthWires {
    if let known = rules[number] { return known }
    let rule = policy.rules[number]
    guard rule.isInForce(on: today) else { return .no }
    let truth = truth(of: rule.condition, after: outcome)
    if !view.consequences[number].testsOutcome { rules[number] = truth }
    return truth
  }

  private func truth(of condition: Condition, after outcome: OutcomeID?) -> TruthWires {
    switch condition {
    case .always: return TruthWires(.yes)
    case .test(let test): return truth(of: test, after: outcome)
    case .not(let part): return truth(of: part, after: outcome).negated
    case .and(let parts): return all(of: parts.map { truth(of: $0, after: outcome) })
    case .or(let parts): return all(of: parts.map { truth(of: $0, after: outcome).negated }).negated
    case .definition(let use):
      if let known = definitions[use.id.index] { return known }
      let truth = truth(of: policy.vocabulary[use.id].condition, after: nil)
      definitions[use.id.index] = truth
      return truth
    }
  }

  private func truth(of test: Test, after outcome: OutcomeID?) -> TruthWires {
    switch test.subject {
    case .outcome:
      guard case .isOutcome(let outcomes) = test.predicate, let outcome else { return .no }
      return TruthWires(outcomes.contains(outcome) ? .yes : .no)
    case .today: return TruthWires(view.wire(of: test))
    case .fact(let fact):
      let (wire, isKnown) = (view.wire(of: test), known[fact.index])
      guard isKnown != .yes else { return TruthWires(wire) }
      return TruthWires(yes: circuit.and(isKnown, wire), notNo: circuit.or(!isKnown, wire))
    }
  }

  private func all(of truths: [TruthWires]) -> TruthWires {
    let yes = circuit.and(truths.map(\.yes))
    guard !truths.allSatisfy(\.isCertain) else { return TruthWires(yes) }
    return TruthWires(yes: yes, notNo: circuit.and(truths.map(\.notNo)))
  }
}
