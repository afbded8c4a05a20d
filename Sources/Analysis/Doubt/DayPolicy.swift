import Classes
import Engine
import Logic
import Model
import Syntax
import Values

/// A policy on one day as circuits, for questions about what could become of a message on that day.
///
/// Promises are left out: they decide nothing.
final class DayPolicy {
  let policy: Policy
  let today: Day
  let classes: MessageClasses
  let circuit = Circuit()
  let view: PolicyCircuit
  let relation: OverrideRelation
  let evaluator: Evaluator
  /// What today is, as literals.
  let todayLiterals: [Literal]
  /// The facts that rules ask for, in the order of the vocabulary.
  let testedFacts: [FactID]
  private let workLimit: Int

  /// `copied` are the facts that stand in the picture a second time, for two messages that differ in them.
  init(_ evaluator: Evaluator, on today: Day, copied: Set<FactID> = [], workLimit: Int) {
    let policy = evaluator.policy
    (self.policy, self.today, self.workLimit) = (policy, today, workLimit)
    self.evaluator = evaluator
    let tests = policy.testsOfRules
    classes = MessageClasses(
      policy.vocabulary, calendars: [policy.calendar],
      uses: tests.map { (test: $0, calendar: 0) }, days: policy.turningDays, copied: copied)
    let tested = tests.compactMap { test in
      if case .fact(let fact) = test.subject { fact } else { nil }
    }
    testedFacts = Set(tested).sorted()
    view = PolicyCircuit(policy, classes, circuit)
    relation = OverrideRelation(policy.overrides)
    todayLiterals = classes.literals(on: today)
  }

  /// Whoever answers questions; `workLimit` bounds what one of them may take.
  func inquiry() -> Inquiry { Inquiry(classes, circuit, workLimit: workLimit) }

  /// The wires that say that a message is as some literals say.
  func wires(_ literals: [Literal]) -> [Wire] {
    literals.map { $0.isNegated ? !circuit.input($0.variable) : circuit.input($0.variable) }
  }

  /// What is so of the variables about a fact in a message.
  func literals(of fact: FactID, _ values: [Bool]) -> [Literal] {
    classes.variables(of: fact).map { Literal($0, isNegated: !values[Int($0.index)]) }
  }
}
