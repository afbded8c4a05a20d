import Classes
import Logic
package import Model
package import Syntax

/// In what a variant of a policy differs from the policy.
package final class VariantComparison {
  private let proof: VariantProof
  private let picture: VariantPicture
  private let variant: PolicyVariant
  private let comparison: PolicyComparison
  /// Where the two may differ.
  private let sites: [DifferenceSite]
  private let boxes: SiteBoxes
  /// What the two decide at the first of those sites, as far as it was asked.
  private var pairs: [DecisionPair] = []
  private lazy var whole = DecisionCircuit(view, comparison.new.relation)

  private var circuit: Circuit { picture.circuit }
  private var view: PolicyCircuit { comparison.new.view }

  /// Where there are more sites than these, all messages are looked at together.
  private static let mostSites = 8
  /// A question of which the circuits would take more is given up.
  private static let mostWires = 3_000_000

  /// Whether there is something, for all messages.
  package enum Answer<Shown> {
    case found(Shown)
    case never
    /// The bound on work was reached.
    case notFoundOut
  }

  init(_ variant: PolicyVariant, _ proof: VariantProof, _ picture: VariantPicture) {
    (self.proof, self.picture, self.variant) = (proof, picture, variant)
    comparison = PolicyComparison(picture.base, variant, workLimit: proof.workLimit)
    sites = DifferenceSites(comparison, RuleMatching(variant)).sites
    boxes = SiteBoxes(variant, comparison, of: picture.boxes)
  }

  private func pair(_ number: Int) -> DecisionPair {
    while pairs.count <= number {
      pairs.append(DecisionPair(comparison, sites[pairs.count], boxes))
    }
    return pairs[number]
  }

  // MARK: - Decisions

  /// Whether a message is decided otherwise, and one that is.
  package func difference() -> Answer<Message> {
    firstAnswer { [$0.wire, $0.differs] }.map(\.message)
  }

  /// The smallest message that is decided otherwise, and the facts that it has to give; or one that gives every fact,
  /// where it is too much work to make it smaller. Nil if there is none, as far as is found out.
  package func smallestDifference() -> (message: Message, given: [FactID])? {
    for number in sites.indices {
      let pair = pair(number)
      let wires = [pair.wire, pair.differs]
      guard case .found(let witness) = answer(wires) else { continue }
      guard let smallest = SmallestMessage(where: wires, picture.searchers) else {
        return (witness.message, proof.policy.vocabulary.facts.map(\.id))
      }
      return (smallest.message, smallest.given)
    }
    return nil
  }

  private func firstAnswer(_ wires: (DecisionPair) -> [Wire]) -> Answer<MessageClasses.Witness> {
    var isOpen = false
    let most = circuit.work + VariantComparison.mostWires
    for number in sites.indices {
      guard circuit.work < most else { return .notFoundOut }
      switch answer(wires(pair(number))) {
      case .found(let witness): return .found(witness)
      case .never: continue
      case .notFoundOut: isOpen = true
      }
    }
    return isOpen ? .notFoundOut : .never
  }

  private func answer(_ wires: [Wire]) -> Answer<MessageClasses.Witness> {
    if wires.contains(.no) { return .never }
    switch picture.inquiry.message(where: wires, share: VariantProof.share) {
    case .found(let witness): return .found(witness)
    case .none: return .never
    case .notProved: return .notFoundOut
    }
  }

  // MARK: - Errors

  /// An error that a check would report of the variant, promises apart.
  package enum Fault: Hashable, Sendable {
    case conflict, gap
    case neverApplies(RuleID)
  }

  /// An error that the variant has for certain, apart from broken promises; not all are found where there are so
  /// many variants, or such hard ones, that too much work has gone into this already.
  package func fault() -> Fault? {
    guard proof.workForFaults > 0 else { return nil }
    let before = proof.work
    defer { proof.workForFaults -= proof.work - before }
    for rule in variant.rules where variant.policy[rule].condition != .never {
      let isInForce = picture.classes.wire(
        from: variant.policy[rule].from, until: variant.policy[rule].until, circuit)
      if case .never = answer([comparison.new.mayApply(rule), isInForce]) {
        return .neverApplies(rule)
      }
    }
    if case .found = sites.count > VariantComparison.mostSites
      ? answer([whole.conflict]) : firstAnswer({ [$0.wire, $0.new.conflict] })
    {
      return .conflict
    }
    if case .found = sites.count > VariantComparison.mostSites
      ? answer([whole.gap]) : firstAnswer({ [$0.wire, $0.new.gap] })
    {
      return .gap
    }
    return nil
  }

  // MARK: - Promises

  /// A promise that the variant breaks.
  package func brokenPromise() -> Answer<Promise> {
    var isOpen = false
    for question in questions {
      switch answer(question.wires) {
      case .found(let witness):
        let values = picture.classes.values(of: witness.message)
        let broken = question.breaches.first { _, wire in
          circuit.value(of: wire) { Int($0.index) < values.count && values[Int($0.index)] }
        }
        return .found(proof.policy.promises[(broken ?? question.breaches[0]).promise])
      case .never: continue
      case .notFoundOut: isOpen = true
      }
    }
    return isOpen ? .notFoundOut : .never
  }

  /// Some promises, with when the variant breaks them.
  private struct Question {
    var wires: [Wire]
    var breaches: [(promise: Int, wire: Wire)]
  }

  private var questions: [Question] {
    let promises = proof.policy.promises.indices.filter { picture.secondViews[$0] == nil }
    // A promise that is about the same messages as before is only broken where decisions differ.
    let isSpread = sites.count > VariantComparison.mostSites
    let changed = promises.filter { isSpread || isAboutOthers(proof.policy.promises[$0]) }
    let same = promises.filter { !changed.contains($0) }
    var questions: [Question] = []
    if !same.isEmpty {
      questions = sites.indices.map { number in
        let pair = pair(number)
        return question([pair.wire], same.map { ($0, breach(of: $0, pair.new)) })
      }
    }
    guard !changed.isEmpty || !picture.secondViews.isEmpty else { return questions }
    questions.append(question([], changed.map { ($0, breach(of: $0, whole)) }))
    for (number, second) in picture.secondViews.sorted(by: { $0.key < $1.key }) {
      let secondView = PolicyCircuit(variant, of: second)
      let other = DecisionCircuit(secondView, comparison.new.relation)
      let promise = proof.policy.promises[number]
      let wires = [
        view.applies(promise, whole.outcomes), secondView.applies(promise, other.outcomes),
        whole.isDecided(circuit), other.isDecided(circuit), whole.differs(from: other, circuit),
      ]
      questions.append(question([], [(number, circuit.and(wires))]))
    }
    return questions
  }

  private func question(_ wires: [Wire], _ breaches: [(promise: Int, wire: Wire)]) -> Question {
    Question(wires: wires + [circuit.or(breaches.map(\.wire))], breaches: breaches)
  }

  private func isAboutOthers(_ promise: Promise) -> Bool {
    !variant.definitions.isEmpty
      && view.wire(promise.condition, openOutcomes)
        != picture.base.view.wire(promise.condition, openOutcomes)
  }

  private var openOutcomes: PolicyCircuit.Outcomes { picture.classes.openOutcomes(circuit) }

  private func breach(of number: Int, _ decision: DecisionCircuit) -> Wire {
    let promise = proof.policy.promises[number]
    return circuit.and([
      view.applies(promise, decision.outcomes), decision.isDecided(circuit),
      promise.pledge.isBroken(by: decision, circuit) ?? .no,
    ])
  }
}

extension VariantComparison.Answer {
  fileprivate func map<Other>(
    _ transform: (Shown) -> Other
  ) -> VariantComparison.Answer<Other> {
    switch self {
    case .found(let shown): .found(transform(shown))
    case .never: .never
    case .notFoundOut: .notFoundOut
    }
  }
}
