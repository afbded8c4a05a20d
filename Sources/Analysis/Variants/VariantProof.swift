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
  let workLimit: Int
  private let classes: MessageClasses
  private let axes: ClassAxes
  /// The facts that a promise wants nothing to depend on, by the number of the promise.
  private let ignoredFacts: [Int: Set<FactID>]
  private var picture: VariantPicture
  /// The work that went into earlier pictures.
  private var workBefore = 0
  /// The steps that may still go into errors that a check would find.
  var workForFaults: Int

  /// One question about a variant may take this part of the bound on work.
  static let share = 10
  /// A picture of so many gates more than the policy's own is given up for a new one.
  private static let mostGates = 500_000

  /// All questions together may take four times the limit before only easy ones are answered.
  ///
  /// `rules` and `definitions` are those of the variants that may be asked about. O(size of all conditions), and the
  /// square of the tests of one choice, text or date.
  package init(
    _ policy: Policy, rules: [Rule], definitions: [Condition], workLimit: Int = defaultWorkLimit
  ) {
    self.policy = policy
    self.workLimit = workLimit
    workForFaults = workLimit
    let conditions = policy.conditions + rules.map(\.condition) + definitions
    var seen: Set<Test> = []
    let tests = conditions.flatMap(\.tests).filter { seen.insert($0).inserted }
    let days = rules.reduce(into: policy.turningDays) { $0.formUnion($1.turningDays) }
    let ignored = policy.promises.enumerated().map { ($0, $1.pledge.ignoredFacts) }
    ignoredFacts = Dictionary(uniqueKeysWithValues: ignored.filter { !$0.1.isEmpty })
    classes = MessageClasses(
      policy.vocabulary, calendars: [policy.calendar], uses: tests.map { (test: $0, calendar: 0) },
      days: days, copied: ignoredFacts.values.reduce(into: []) { $0.formUnion($1) })
    axes = ClassAxes(classes)
    picture = VariantPicture(policy, classes, axes, ignoredFacts, workLimit: workLimit)
  }

  /// The steps taken so far, those to make circuits included.
  package var work: Int {
    workBefore + picture.work
  }

  package func compare(_ variant: PolicyVariant) -> VariantComparison {
    if picture.addedGates > VariantProof.mostGates {
      workBefore = work
      picture = VariantPicture(policy, classes, axes, ignoredFacts, workLimit: workLimit)
    }
    return VariantComparison(variant, self, picture)
  }
}

/// A policy as circuits, to which variants of it are added.
final class VariantPicture {
  let classes: MessageClasses
  let circuit = Circuit()
  let base: ComparedPolicy
  let boxes: SiteBoxes
  let inquiry: Inquiry
  /// The policy over a second message, by the number of the promise that compares the two.
  let secondViews: [Int: PolicyCircuit]
  private(set) lazy var searchers = SmallestMessage.Searchers(
    classes, circuit, workLimit: workLimit / VariantPicture.shareOfSmallest)
  private let workLimit: Int
  private let firstGates: Int

  /// About what it costs to put wires together, in steps of the solver.
  private static let stepsOfWire = 6
  /// The search for the smallest message may take this part: any message tells, if not as briefly.
  private static let shareOfSmallest = 5

  fileprivate init(
    _ policy: Policy, _ classes: MessageClasses, _ axes: ClassAxes,
    _ ignoredFacts: [Int: Set<FactID>], workLimit: Int
  ) {
    self.classes = classes
    self.workLimit = workLimit
    inquiry = Inquiry(classes, circuit, workLimit: workLimit)
    base = ComparedPolicy(
      PolicyCircuit(policy, classes, circuit), classes.openOutcomes(circuit))
    boxes = SiteBoxes(Boxes(axes, circuit), base)
    secondViews = ignoredFacts.mapValues { [circuit] facts in
      PolicyCircuit(policy, classes, circuit, copied: facts)
    }
    firstGates = circuit.gateCount
  }

  fileprivate var work: Int {
    inquiry.prover.solver.totalWork + VariantPicture.stepsOfWire * circuit.work
  }
  fileprivate var addedGates: Int { circuit.gateCount - firstGates }
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
