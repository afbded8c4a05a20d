import Classes
import Engine
import Logic
import Model
import Syntax
import Values

/// Two policies in one picture: their conditions as circuits over the same properties of messages.
///
/// Conditions that say the same in the same way are the same wire, in whichever policy they stand.
final class PolicyComparison {
  let vocabulary: Vocabulary
  let classes: MessageClasses
  let circuit: Circuit
  let old: ComparedPolicy
  let new: ComparedPolicy
  let workLimit: Int
  lazy var searchers = SmallestMessage.Searchers(classes, circuit, workLimit: workLimit)
  lazy var evaluators = (old: Evaluator(old.policy), new: Evaluator(new.policy))

  init(_ joint: JointPolicies, workLimit: Int) {
    self.workLimit = workLimit
    vocabulary = joint.new.vocabulary
    circuit = Circuit()
    let isOneCalendar = joint.old.calendar == joint.new.calendar
    let calendars = [joint.old.calendar] + (isOneCalendar ? [] : [joint.new.calendar])
    let uses =
      joint.old.testsOfRules.map { (test: $0, calendar: 0) }
      + joint.new.testsOfRules.map { (test: $0, calendar: calendars.count - 1) }
    classes = MessageClasses(
      vocabulary, calendars: calendars, uses: uses,
      days: joint.old.turningDays.union(joint.new.turningDays), copied: [])
    let open = classes.openOutcomes(circuit)
    old = ComparedPolicy(PolicyCircuit(joint.old, classes, circuit, calendar: 0), open)
    new = ComparedPolicy(
      PolicyCircuit(joint.new, classes, circuit, calendar: calendars.count - 1), open)
  }

  /// A policy and a variant of it, over classes that tell apart what either of them does.
  init(_ base: ComparedPolicy, _ variant: PolicyVariant, workLimit: Int) {
    self.workLimit = workLimit
    (old, vocabulary) = (base, base.policy.vocabulary)
    (classes, circuit) = (base.view.classes, base.view.circuit)
    new = ComparedPolicy(variant, of: base)
  }
}

/// One of two policies that are compared.
struct ComparedPolicy {
  let policy: Policy
  let view: PolicyCircuit
  let relation: OverrideRelation
  /// By `RuleID`: when it applies, the outcome that it looks at left open.
  let conditions: [Wire]

  init(_ view: PolicyCircuit, _ open: PolicyCircuit.Outcomes) {
    self.view = view
    policy = view.policy
    relation = OverrideRelation(policy.overrides)
    conditions = policy.rules.indices.map { view.applies($0, open) }
  }

  fileprivate init(_ variant: PolicyVariant, of base: ComparedPolicy) {
    view = PolicyCircuit(variant, of: base.view)
    policy = variant.policy
    relation =
      variant.changesOverrides ? OverrideRelation(policy.overrides) : base.relation
    var conditions = base.conditions
    let open = view.classes.openOutcomes(view.circuit)
    for rule in variant.rules { conditions[rule.index] = view.applies(rule.index, open) }
    self.conditions = conditions
  }

  /// When a rule applies, or would with some outcome; no outcome is left open.
  func mayApply(_ rule: RuleID) -> Wire {
    guard view.consequences[rule.index].testsOutcome else { return conditions[rule.index] }
    return view.circuit.or(
      policy.vocabulary.outcomes.map { view.applies(rule.index, after: $0.id) })
  }
}
