import Classes
import Logic
package import Model
import Syntax
import Values

/// Compares a policy with variants of it, for all messages that give every required fact and all days from
/// 2000 to 2099.
///
/// All of them stand in one picture: what a variant shares with the policy is the same wires, so that a variant
/// costs little more than what it changes. The policy itself has no errors.
package final class VariantProof {
  let policy: Policy
  let base: ComparedPolicy
  let classes: MessageClasses
  let circuit: Circuit
  let boxes: SiteBoxes
  let inquiry: Inquiry
  let workLimit: Int
  lazy var searchers = SmallestMessage.Searchers(classes, circuit, workLimit: workLimit)
  /// The policy over a second message, by the number of the promise that compares the two.
  private(set) var secondViews: [Int: PolicyCircuit] = [:]

  /// One question about a variant may take this part of the bound on work.
  static let share = 10

  /// `rules` and `definitions` are those of the variants that may be asked about. O(size of all conditions), and the
  /// square of the tests of one choice, text or date.
  package init(
    _ policy: Policy, rules: [Rule], definitions: [Condition], workLimit: Int = defaultWorkLimit
  ) {
    self.policy = policy
    self.workLimit = workLimit
    let conditions = policy.conditions + rules.map(\.condition) + definitions
    var seen: Set<Test> = []
    let tests = conditions.flatMap(\.tests).filter { seen.insert($0).inserted }
    let days = rules.reduce(into: policy.turningDays) { $0.formUnion($1.turningDays) }
    let copied = policy.promises.map(\.pledge.ignoredFacts)
    classes = MessageClasses(
      policy.vocabulary, calendars: [policy.calendar], uses: tests.map { (test: $0, calendar: 0) },
      days: days, copied: copied.reduce(into: []) { $0.formUnion($1) })
    circuit = Circuit()
    inquiry = Inquiry(classes, circuit, workLimit: workLimit)
    base = ComparedPolicy(
      PolicyCircuit(policy, classes, circuit), classes.openOutcomes(circuit))
    boxes = SiteBoxes(Boxes(ClassAxes(classes), circuit), base)
    for (number, facts) in copied.enumerated() where !facts.isEmpty {
      secondViews[number] = PolicyCircuit(policy, classes, circuit, copied: facts)
    }
  }

  /// The steps that the solver has taken so far.
  package var work: Int { inquiry.prover.solver.totalWork }

  package func compare(_ variant: PolicyVariant) -> VariantComparison {
    VariantComparison(variant, self)
  }
}

extension Promise.Pledge {
  /// The facts that a decision is never to depend on; none of any other pledge.
  fileprivate var ignoredFacts: Set<FactID> {
    switch self {
    case .neverDependsOn(let facts): facts
    case .always, .never, .alwaysAdd, .neverAdd: []
    }
  }
}
