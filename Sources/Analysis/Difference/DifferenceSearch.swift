import Classes
import Engine
import Logic
import Model
import Syntax

/// Finds all groups of messages that two policies decide differently.
///
/// A solver finds a message of which the decisions differ; that gives the kind of difference, and one
/// condition after another is found for messages of that kind until there are no more. Then messages
/// of that kind are excluded, and the next kind is looked for.
/// Source of the idea: change-impact analysis of access-control policies (K. Fisler et al.,
/// "Verification and change-impact analysis of access-control policies", 2005), by a solver.
final class DifferenceSearch {
  let comparison: PolicyComparison
  let limits: DifferenceLimits
  let matching: RuleMatching
  /// Proposes kinds of differences.
  private let finder: Inquiry
  /// Proposes messages of one kind.
  let proposer: Inquiry
  let opponent: Inquiry
  /// All rules of both policies, if they are not too many.
  var whole: DecisionPair?
  private var numbers: [DecisionChange: Int] = [:]
  /// The changes of notes that have groups of their own.
  var namedNotes: [DecisionChange] = []
  var groups: [GroupDraft] = []
  private(set) var hasMoreGroups = false
  var isProved = true

  var circuit: Circuit { comparison.circuit }

  init(_ comparison: PolicyComparison, _ limits: DifferenceLimits) {
    (self.comparison, self.limits) = (comparison, limits)
    matching = RuleMatching(comparison.old, comparison.new)
    func inquiry() -> Inquiry {
      Inquiry(comparison.classes, comparison.circuit, workLimit: comparison.workLimit)
    }
    (finder, proposer, opponent) = (inquiry(), inquiry(), inquiry())
  }

  func run() {
    let sites = DifferenceSites(comparison, matching).sites
    if sites.isEmpty { return }
    let count = comparison.old.policy.rules.count + comparison.new.policy.rules.count
    if count <= limits.rulesAtOnce { whole = DecisionPair(comparison) }
    let boxes = SiteBoxes(comparison)
    for site in sites where !hasMoreGroups { search(DecisionPair(comparison, site, boxes)) }
    for number in groups.indices { removeNeedless(number) }
  }

  // MARK: - Kinds of differences

  /// Finds the groups of a site.
  ///
  /// That there are no others is hard to prove of all messages at once, where one rule after the other
  /// may have decided them so far; so they are looked at case by case if it takes long.
  private func search(_ pair: DecisionPair) {
    finder.begin(where: [pair.wire, pair.differs])
    while !hasMoreGroups {
      switch finder.nextAfresh(atMost: limits.workAtOnce) {
      case .none: return
      case .found(let witness): addGroup(witness, pair)
      case .notProved: return searchCases(pair)
      }
    }
  }

  private func searchCases(_ pair: DecisionPair) {
    for wire in pair.cases {
      let isCase = finder.prover.literal(for: wire)
      while !hasMoreGroups, finder.prover.solver.knownValue(isCase) != false {
        let answer = finder.nextAfresh(assuming: [isCase])
        guard case .found(let witness) = answer else {
          if case .notProved = answer { isProved = false }
          break
        }
        addGroup(witness, pair)
      }
    }
  }

  /// Adds what a site says of the group of a message, and excludes the group from what is looked for.
  private func addGroup(_ witness: MessageClasses.Witness, _ pair: DecisionPair) {
    let values = comparison.classes.values(of: witness.message)
    guard let change = pair.change(values) else {
      preconditionFailure("a message that was found for a difference shows one")
    }
    guard let number = number(of: change) else {
      hasMoreGroups = true
      return
    }
    let wire = pair.wire(groups[number].change, besides: namedNotes)
    if groups[number].message == nil { groups[number].message = witness.message }
    fill(number, pair, [pair.wire, wire], values)
    finder.prover.require(!wire)
  }

  /// The number of the group of a kind; nil if there are too many.
  private func number(of change: DecisionChange) -> Int? {
    if let number = numbers[change] { return number }
    if case .notes = change {
      if namedNotes.count >= limits.notesGroups { return self.number(of: .otherNotes) }
      namedNotes.append(change)
    }
    guard groups.count < limits.groups else { return nil }
    numbers[change] = groups.count
    groups.append(GroupDraft(change: change))
    return groups.count - 1
  }
}
