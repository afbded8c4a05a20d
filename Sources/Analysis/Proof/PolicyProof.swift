import Classes
import Engine
import Findings
import Logic
import Model
import Syntax
import Values

/// Everything that the questions about one policy share: its conditions as circuits, who overrides whom,
/// which rules can meet at all, and a solver.
final class PolicyProof {
  let policy: Policy
  let classes: MessageClasses
  let circuit = Circuit()
  let view: PolicyCircuit
  let inquiry: Inquiry
  let relation: OverrideRelation
  let overriders: Overriders
  let axes: ClassAxes
  let boxes: Boxes
  /// What tests of the outcome look at where it is left open.
  let openOutcomes: PolicyCircuit.Outcomes
  /// By `RuleID`: when it applies, if it does not look at the outcome.
  let applies: [Wire?]
  /// A box around each rule's messages; what it asks of the outcome is left open.
  let ruleBoxes: [Box]
  let index: BoxIndex
  /// By kind, the rules of it.
  let rules: [Rule.Kind: [Rule]]
  let ofKind: [Rule.Kind: BitSet]
  let trial: Trial
  /// Some messages that were found, each with the rules that apply to it.
  var trials: [Trial.Case] = []
  let workLimit: Int
  private let cancellation: Cancellation?
  /// What is proved of the policy so far.
  var known = DecisionCircuit.Known() {
    didSet { decisions = nil }
  }
  private var decisions: DecisionCircuit?
  /// The whole policy's decisions, as simple as what is known allows.
  var whole: DecisionCircuit {
    let whole = decisions ?? DecisionCircuit(view, relation, known: known)
    decisions = whole
    return whole
  }
  lazy var searchers = SmallestMessage.Searchers(
    classes, circuit, workLimit: workLimit, cancellation)
  lazy var sentences = ClassSentences(policy.vocabulary)
  lazy var evaluator = Evaluator(policy)
  var findings: [Finding] = []
  /// Which conditions some message meets, as far as it was asked.
  var possible: [Wire: Bool] = [:]
  /// By outcome, that no guard replaces it, as far as it was asked.
  var unguarded: [OutcomeID: Wire] = [:]
  /// The rules that never apply, by number.
  var neverApply: Set<Int> = []
  /// The rules that are reported to have no effect, by number.
  var goneRules: Set<Int> = []

  init(_ policy: Policy, workLimit: Int, _ cancellation: Cancellation? = nil) {
    self.policy = policy
    self.workLimit = workLimit
    self.cancellation = cancellation
    let uses = Set(policy.conditions.flatMap(\.tests)).map { (test: $0, calendar: 0) }
    let copied = policy.promises.reduce(into: Set<FactID>()) { copied, promise in
      if case .neverDependsOn(let facts) = promise.pledge { copied.formUnion(facts) }
    }
    classes = MessageClasses(
      policy.vocabulary, calendars: [policy.calendar], uses: uses, days: policy.turningDays,
      copied: copied)
    view = PolicyCircuit(policy, classes, circuit)
    inquiry = Inquiry(classes, circuit, workLimit: workLimit, cancellation)
    relation = OverrideRelation(policy.overrides)
    overriders = Overriders(relation, ruleCount: policy.rules.count)
    axes = ClassAxes(classes)
    boxes = Boxes(axes, circuit)
    openOutcomes = classes.openOutcomes(circuit)
    applies = policy.rules.map { [view] rule in
      view.consequences[rule.id.index].testsOutcome ? nil : view.applies(rule.id.index)
    }
    let applies = applies
    ruleBoxes = policy.rules.map { [view, boxes, openOutcomes] rule in
      boxes.box(around: applies[rule.id.index] ?? view.applies(rule.id.index, openOutcomes))
    }
    index = BoxIndex(ruleBoxes, axes)
    rules = Dictionary(grouping: policy.rules, by: \.kind)
    var ofKind: [Rule.Kind: BitSet] = [:]
    for kind in Rule.Kind.allCases { ofKind[kind] = BitSet(count: policy.rules.count) }
    for rule in policy.rules { ofKind[rule.kind]?.insert(rule.id.index) }
    self.ofKind = ofKind
    trial = Trial(view, classes, axes, index, applies, overriders)
  }

  /// Whether it is proved that every message is decided, and by nobody who disagrees.
  var isSound: Bool {
    known.agreeing.isSuperset(of: [.decision, .guard])
      && (known.isComplete || policy.otherwise != nil)
  }

  /// Whether nobody wants to know any more what is found.
  var isCancelled: Bool { cancellation?.isCancelled ?? false }

  func rules(of kind: Rule.Kind) -> [Rule] { rules[kind] ?? [] }

  /// The rules that can apply together with messages in a box, of one kind.
  func meeting(_ box: Box, _ kind: Rule.Kind) -> BitSet {
    var meeting = index.meeting(box)
    if let ofKind = ofKind[kind] { meeting.formIntersection(ofKind) }
    return meeting
  }

  /// The rules that override a rule and can apply together with it.
  func meetingOverriders(of rule: Rule) -> BitSet {
    var others = overriders[rule.id]
    others.formIntersection(meeting(ruleBoxes[rule.id.index], rule.kind))
    return others
  }

  /// When a rule applies; one that looks at the outcome, by the outcomes that messages really get.
  func applies(_ number: Int) -> Wire {
    applies[number] ?? whole.applies[number]
  }

  /// That none of these rules applies.
  func noneApplies(of rules: BitSet) -> [Wire] {
    rules.members.map { !applies($0) }
  }

  /// A message for which some wires are on and to which none of some rules applies.
  ///
  /// Most of many rules do not matter: they are told to the solver only as they turn out to apply.
  func message(
    where wires: [Wire], noneOf rules: BitSet, share: Int = 1
  ) -> Inquiry.Answer {
    let numbers = rules.members
    let isLazy = numbers.count > 100 && numbers.allSatisfy { applies[$0] != nil }
    inquiry.begin(where: isLazy ? wires : wires + noneApplies(of: rules), share: share)
    guard isLazy else { return inquiry.next() }
    for _ in 0..<PolicyProof.mostRounds {
      let answer = inquiry.next()
      guard case .found(let witness) = answer else { return answer }
      let spoilers = trial.applying(rules, to: witness.message)
      if spoilers.isEmpty { return .found(witness) }
      for number in spoilers { inquiry.prover.require(!applies(number)) }
    }
    for number in numbers { inquiry.prover.require(!applies(number)) }
    return inquiry.next()
  }

  /// So often a message may turn out to be spoiled before all rules are told.
  private static let mostRounds = 12

  /// That a rule of some kind can play its part: what comes before it in a decision is settled.
  func isReached(_ kind: Rule.Kind) -> [Wire] {
    switch kind {
    case .decision: []
    case .guard: [whole.isFirstDecided(circuit)]
    case .note: [whole.isDecided(circuit)]
    }
  }
}
