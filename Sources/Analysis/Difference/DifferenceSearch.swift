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
  private let limits: DifferenceLimits
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

  // MARK: - One kind

  /// Finds what is to be said of a group at a site.
  private func fill(
    _ number: Int, _ pair: DecisionPair, _ wires: [Wire], _ values: [Bool]
  ) {
    proposer.begin(where: wires)
    let samples = findDeciders(number, pair)
    findNotes(number, pair, samples)
    let before = groups[number]
    // The conditions at other sites are too many already.
    if before.hasMore { return }
    if before.isExact {
      findExactConditions(number, wires, values)
    } else {
      groups[number].hasMore = true
    }
    if groups[number].hasMore {
      // Conditions of the rules that lead to the difference; or, where those are too many, of the
      // rules that have changed.
      groups[number].isExact = false
      var drafts: [GroupDraft] = []
      for detail in [DecisionPair.Detail.all, .changes] {
        if let last = drafts.last, last.conditions.count <= limits.easilyRead { break }
        groups[number].conditions = before.conditions
        groups[number].hasMore = before.hasMore
        findConditions(number, pair, wires, values, detail)
        drafts.append(groups[number])
      }
      let best = drafts.min {
        ($0.hasMore ? 1 : 0, $0.conditions.count) < ($1.hasMore ? 1 : 0, $1.conditions.count)
      }
      groups[number] = best ?? groups[number]
    }
  }

  /// Finds conditions that only messages of the group meet, as long as they are few and short.
  private func findExactConditions(_ number: Int, _ wires: [Wire], _ values: [Bool]) {
    let change = groups[number].change
    let search = ConditionSearch(
      where: whole.map { [$0.wire(change, besides: namedNotes)] } ?? wires, comparison, opponent)
    for condition in groups[number].conditions { exclude(condition) }
    let preferred = facts(groups[number])
    var next: [Bool]? = isCovered(values, number) ? nil : values
    while let values = next ?? proposal(number, atMost: limits.workAtOnce) {
      next = nil
      guard let condition = search.condition(values, preferring: preferred) else {
        groups[number].hasMore = true
        return
      }
      if groups[number].example == nil { groups[number].example = condition }
      guard factCount(condition) <= max(limits.facts, preferred.count),
        groups[number].conditions.count < limits.conditions
      else {
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
    _ number: Int, _ pair: DecisionPair, _ wires: [Wire], _ values: [Bool],
    _ detail: DecisionPair.Detail
  ) {
    proposer.begin(where: wires)
    for condition in groups[number].conditions { exclude(condition) }
    let limit = detail == .all ? limits.workAtOnce : comparison.workLimit
    var next: [Bool]? = isCovered(values, number) ? nil : values
    while let values = next ?? proposal(number, atMost: limit) {
      next = nil
      guard groups[number].conditions.count < limits.conditions else {
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

  /// Whether properties meet one of the conditions of a group.
  private func isCovered(_ values: [Bool], _ number: Int) -> Bool {
    groups[number].conditions.contains { condition in
      condition.allSatisfy { values[Int($0.variable.index)] != $0.isNegated }
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

  /// Who decides, for some message of the group. Gives the properties of the messages that were found.
  private func findDeciders(_ number: Int, _ pair: DecisionPair) -> [[Bool]] {
    let change = groups[number].change
    var samples: [[Bool]] = []
    for isOld in [true, false] where !groups[number].hasMoreDeciders(isOld: isOld) {
      let side = isOld ? comparison.old : comparison.new
      var open = pair.deciders(
        isOld ? pair.old : pair.new, side.policy, change, isOld: isOld)
      open.removeAll { groups[number].deciders(isOld: isOld).contains($0.decider) }
      search: while !open.isEmpty {
        let one = proposer.prover.literal(for: circuit.or(open.map(\.wire)))
        switch proposer.nextAfresh(assuming: [one], atMost: limits.workAtOnce) {
        case .none: break search
        case .notProved:
          groups[number].markMoreDeciders(isOld: isOld)
          break search
        case .found(let witness):
          guard groups[number].deciders(isOld: isOld).count < limits.deciders else {
            groups[number].markMoreDeciders(isOld: isOld)
            break search
          }
          let values = comparison.classes.values(of: witness.message)
          samples.append(values)
          open.removeAll { decider, wire in
            let decides = circuit.value(of: wire) { values[Int($0.index)] }
            if decides { groups[number].add(decider, isOld: isOld) }
            return decides
          }
        }
      }
    }
    return samples
  }

  /// Which notes only one of the decisions has, for all messages of the group or for some.
  private func findNotes(_ number: Int, _ pair: DecisionPair, _ samples: [[Bool]]) {
    switch groups[number].change {
    case .result(.decided, .decided), .otherNotes: break
    case .result, .notes: return
    }
    for note in comparison.vocabulary.notes.map(\.id) {
      let (was, now) = (pair.old.notes[note.index], pair.new.notes[note.index])
      for (isOld, wire) in [(true, circuit.and(was, !now)), (false, circuit.and(!was, now))]
      where !groups[number].isOfSome(note, isOld: isOld) {
        let isSome = isPossible(wire, samples) ?? false
        let isAll = isSome && isPossible(!wire, samples) == false
        groups[number].add(note, isOld: isOld, isSome: isSome, isAll: isAll)
      }
    }
    groups[number].isSeen = true
  }

  /// Whether a wire is on for a message of the group; nil if that is not known.
  private func isPossible(_ wire: Wire, _ samples: [[Bool]]) -> Bool? {
    if wire == .yes || wire == .no { return wire == .yes }
    if samples.contains(where: { values in circuit.value(of: wire) { values[Int($0.index)] } }) {
      return true
    }
    let literal = proposer.prover.literal(for: wire)
    switch proposer.nextAfresh(assuming: [literal], atMost: limits.workAtOnce) {
    case .found: return true
    case .none: return false
    case .notProved: return nil
    }
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
