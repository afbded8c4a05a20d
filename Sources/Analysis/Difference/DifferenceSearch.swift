import Classes
import Engine
import Logic
import Model
import Syntax

/// How much of a difference is shown.
enum DifferenceLimits {
  static let groups = 100
  /// Of one group.
  static let conditions = 12
  /// Of one group, before it is said in fewer words.
  static let easilyRead = 4
  /// Exact conditions speak of no more facts, or of no more than the rules that decide.
  static let facts = 6
  /// Groups in which the outcome stays.
  static let notesGroups = 8
  /// Of one side of a group.
  static let deciders = 8
  /// A question that takes more work is asked case by case.
  static let workAtOnce = 300_000
  /// Of policies of so many rules together, conditions are as short as can be.
  static let rulesAtOnce = 600
}

/// Finds all groups of messages that two policies decide differently.
///
/// A solver finds a message of which the decisions differ; that gives the kind of difference, and one
/// condition after another is found for messages of that kind until there are no more. Then messages
/// of that kind are excluded, and the next kind is looked for.
/// Source of the idea: change-impact analysis of access-control policies (K. Fisler et al.,
/// "Verification and change-impact analysis of access-control policies", 2005), by a solver.
final class DifferenceSearch {
  let comparison: PolicyComparison
  private let matching: RuleMatching
  /// Proposes kinds of differences.
  private let finder: Inquiry
  /// Proposes messages of one kind.
  private let proposer: Inquiry
  private let opponent: Inquiry
  /// All rules of both policies, if they are not too many.
  private var whole: DecisionPair?
  private var numbers: [DecisionChange: Int] = [:]
  /// The changes of notes that have groups of their own.
  private var namedNotes: [DecisionChange] = []
  private(set) var groups: [GroupDraft] = []
  private(set) var hasMoreGroups = false
  private(set) var isProved = true

  private var circuit: Circuit { comparison.circuit }

  init(_ comparison: PolicyComparison) {
    self.comparison = comparison
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
    if count <= DifferenceLimits.rulesAtOnce { whole = DecisionPair(comparison) }
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
      switch finder.nextAfresh(atMost: DifferenceLimits.workAtOnce) {
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
    guard let change = pair.change(comparison.classes.values(of: witness.message)) else {
      preconditionFailure("a message that was found for a difference shows one")
    }
    guard let number = number(of: change) else {
      hasMoreGroups = true
      return
    }
    let wire = pair.wire(groups[number].change, besides: namedNotes)
    fill(number, pair, [pair.wire, wire])
    finder.prover.require(!wire)
  }

  /// The number of the group of a kind; nil if there are too many.
  private func number(of change: DecisionChange) -> Int? {
    if let number = numbers[change] { return number }
    if case .notes = change {
      if namedNotes.count >= DifferenceLimits.notesGroups { return self.number(of: .otherNotes) }
      namedNotes.append(change)
    }
    guard groups.count < DifferenceLimits.groups else { return nil }
    numbers[change] = groups.count
    groups.append(GroupDraft(change: change))
    return groups.count - 1
  }

  // MARK: - One kind

  /// Finds what is to be said of a group at a site.
  private func fill(_ number: Int, _ pair: DecisionPair, _ wires: [Wire]) {
    proposer.begin(where: wires)
    findDeciders(number, pair)
    findNotes(number, pair)
    let before = groups[number]
    // The conditions at other sites are too many already.
    if before.hasMore { return }
    if before.isExact {
      findExactConditions(number, pair, wires)
    } else {
      groups[number].hasMore = true
    }
    if groups[number].hasMore {
      // Conditions of the rules that lead to the difference; or, where those are too many, of the
      // rules that have changed.
      groups[number].isExact = false
      var drafts: [GroupDraft] = []
      for detail in [DecisionPair.Detail.all, .changes] {
        if let last = drafts.last, last.conditions.count <= DifferenceLimits.easilyRead { break }
        groups[number].conditions = before.conditions
        groups[number].hasMore = before.hasMore
        findConditions(number, pair, wires, detail)
        drafts.append(groups[number])
      }
      let best = drafts.min {
        ($0.hasMore ? 1 : 0, $0.conditions.count) < ($1.hasMore ? 1 : 0, $1.conditions.count)
      }
      groups[number] = best ?? groups[number]
    }
  }

  /// Finds conditions that only messages of the group meet, as long as they are few and short.
  private func findExactConditions(_ number: Int, _ pair: DecisionPair, _ wires: [Wire]) {
    let change = groups[number].change
    let search = ConditionSearch(
      where: whole.map { [$0.wire(change, besides: namedNotes)] } ?? wires, comparison, opponent)
    for condition in groups[number].conditions { exclude(condition) }
    let preferred = facts(groups[number])
    while let values = proposal(number, atMost: DifferenceLimits.workAtOnce) {
      guard let condition = search.condition(values, preferring: preferred) else {
        return giveUp(number)
      }
      if groups[number].example == nil { groups[number].example = condition }
      let isShort =
        factCount(condition)
        <= max(DifferenceLimits.facts, preferred.count)
      guard isShort, groups[number].conditions.count < DifferenceLimits.conditions else {
        groups[number].hasMore = true
        return
      }
      groups[number].conditions.append(condition)
      exclude(condition)
    }
  }

  /// Finds conditions one of which every message of the group meets: what makes the rules apply that
  /// lead to the difference.
  private func findConditions(
    _ number: Int, _ pair: DecisionPair, _ wires: [Wire], _ detail: DecisionPair.Detail
  ) {
    proposer.begin(where: wires)
    for condition in groups[number].conditions { exclude(condition) }
    let limit = detail == .all ? DifferenceLimits.workAtOnce : comparison.workLimit
    while let values = proposal(number, atMost: limit) {
      guard groups[number].conditions.count < DifferenceLimits.conditions else {
        groups[number].hasMore = true
        return
      }
      let reasons = pair.reasons(values, matching, detail)
      let search = ConditionSearch(where: reasons, comparison, opponent)
      guard let condition = search.condition(values, preferring: []) else { return giveUp(number) }
      groups[number].conditions.append(condition)
      exclude(condition)
    }
  }

  /// The properties of another message of the group; nil if there is none. If none was found in time
  /// there may be more; that counts only where all the time was allowed that there is.
  private func proposal(_ number: Int, atMost work: Int) -> [Bool]? {
    switch proposer.nextAfresh(atMost: work) {
    case .none: return nil
    case .found(let witness): return comparison.classes.values(of: witness.message)
    case .notProved:
      groups[number].hasMore = true
      if work >= comparison.workLimit { isProved = false }
      return nil
    }
  }

  private func giveUp(_ number: Int) {
    isProved = false
    groups[number].hasMore = true
  }

  private func factCount(_ condition: [Literal]) -> Int {
    Set(condition.map { comparison.classes.properties[Int($0.variable.index)].fact }).count
  }

  private func exclude(_ condition: [Literal]) {
    proposer.prover.solver.addClause(condition.map { !$0 })
  }

  /// Leaves out conditions of which every message of the group meets another one too.
  private func removeNeedless(_ number: Int) {
    let wires = [whole?.wire(groups[number].change, besides: namedNotes) ?? .yes]
    let conditions = groups[number].conditions
    guard conditions.count > 1 else { return }
    var kept = conditions
    for condition in conditions.sorted(by: { $0.count > $1.count }) {
      proposer.begin(where: wires)
      for other in kept where other != condition { exclude(other) }
      for literal in condition { proposer.prover.solver.assert(literal) }
      if case .none = proposer.nextAfresh() { kept.removeAll { $0 == condition } }
    }
    groups[number].conditions = kept
  }

  /// Who decides, for some message of the group.
  private func findDeciders(_ number: Int, _ pair: DecisionPair) {
    let change = groups[number].change
    for isOld in [true, false] {
      let side = isOld ? comparison.old : comparison.new
      var open = pair.deciders(
        isOld ? pair.old : pair.new, side.policy, change, isOld: isOld)
      open.removeAll { groups[number].deciders(isOld: isOld).contains($0.decider) }
      while !open.isEmpty, let witness = witness(ofOne: &open) {
        guard groups[number].deciders(isOld: isOld).count < DifferenceLimits.deciders else {
          groups[number].markMoreDeciders(isOld: isOld)
          break
        }
        let values = comparison.classes.values(of: witness.message)
        open.removeAll { decider, wire in
          let decides = circuit.value(of: wire) { values[Int($0.index)] }
          if decides { groups[number].add(decider, isOld: isOld) }
          return decides
        }
      }
    }
  }

  /// A message that one of these decides; those of whom it is found out that they decide none are
  /// removed. All at once as long as that is easy, then one by one.
  private func witness(
    ofOne open: inout [(decider: Decider, wire: Wire)]
  ) -> MessageClasses.Witness? {
    let one = proposer.prover.literal(for: circuit.or(open.map(\.wire)))
    switch proposer.nextAfresh(assuming: [one], atMost: DifferenceLimits.workAtOnce) {
    case .found(let witness): return witness
    case .none: return nil
    case .notProved: break
    }
    while let last = open.last {
      let literal = proposer.prover.literal(for: last.wire)
      switch proposer.nextAfresh(assuming: [literal]) {
      case .found(let witness): return witness
      case .none: break
      case .notProved: isProved = false
      }
      open.removeLast()
    }
    return nil
  }

  /// Which notes only one of the decisions has, for all messages of the group or for some.
  private func findNotes(_ number: Int, _ pair: DecisionPair) {
    switch groups[number].change {
    case .result(.decided, .decided), .otherNotes: break
    case .result, .notes: return
    }
    for note in comparison.vocabulary.notes.map(\.id) {
      let (was, now) = (pair.old.notes[note.index], pair.new.notes[note.index])
      for (isOld, wire) in [(true, circuit.and(was, !now)), (false, circuit.and(!was, now))] {
        let isSome = wire != .no && isPossible(wire)
        let isAll = isSome && !isPossible(!wire)
        groups[number].add(note, isOld: isOld, isSome: isSome, isAll: isAll)
      }
    }
    groups[number].isSeen = true
  }

  /// Whether a wire is on for a message of the group; where that is not known, it may be.
  private func isPossible(_ wire: Wire) -> Bool {
    if wire == .yes { return true }
    if case .none = proposer.nextAfresh(assuming: [proposer.prover.literal(for: wire)]) {
      return false
    }
    return true
  }

  /// The facts that the deciders look at.
  private func facts(_ group: GroupDraft) -> Set<FactID> {
    var facts: Set<FactID> = []
    for (side, deciders) in [
      (comparison.old, group.oldDeciders), (comparison.new, group.newDeciders),
    ] {
      for case .rule(let rule) in deciders {
        let wire = side.mayApply(rule)
        for variable in circuit.inputs(of: wire) {
          if let fact = comparison.classes.properties[Int(variable.index)].fact {
            facts.insert(fact)
          }
        }
      }
    }
    return facts
  }
}
