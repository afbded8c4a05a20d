import Classes
import Logic
import Model
import Syntax

/// What is to be said of one group of messages.
extension DifferenceSearch {
  /// Finds what is to be said of a group at a site.
  func fill(
    _ number: Int, _ pair: DecisionPair, _ wires: [Wire], _ values: [Bool]
  ) {
    proposer.begin(where: wires)
    let samples = findDeciders(number, pair, values)
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
      for detail in [DecisionPair.Detail.all, .changes, .site] {
        if let last = drafts.last, !last.hasMore,
          detail == .site || last.conditions.count <= limits.easilyRead
        {
          break
        }
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
    let facts = whole == nil ? 2 * limits.facts : Int.max
    var next: [Bool]? = isCovered(values, number) ? nil : values
    while let values = next ?? proposal(number, atMost: limits.workAtOnce) {
      next = nil
      guard let condition = search.condition(values, preferring: preferred, atMost: facts)
      else {
        groups[number].hasMore = true
        return
      }
      if groups[number].example == nil { groups[number].example = condition }
      guard factCount(condition) <= limits.facts,
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
    let isSite = detail == .site
    proposer.begin(where: isSite ? [pair.siteWire] : wires)
    for condition in groups[number].conditions { exclude(condition) }
    let limit = isSite ? comparison.workLimit : limits.workAtOnce
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
  func removeNeedless(_ number: Int) {
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
  private func findDeciders(
    _ number: Int, _ pair: DecisionPair, _ values: [Bool]
  ) -> [[Bool]] {
    let change = groups[number].change
    var samples = [values]
    for isOld in [true, false] where !groups[number].hasMoreDeciders(isOld: isOld) {
      let side = isOld ? comparison.old : comparison.new
      var open = pair.deciders(
        isOld ? pair.old : pair.new, side.policy, change, isOld: isOld)
      open.removeAll { groups[number].deciders(isOld: isOld).contains($0.decider) }
      take(&open, number, values, isOld: isOld)
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
          take(&open, number, values, isOld: isOld)
        }
      }
    }
    return samples
  }

  /// Adds to a group those who decide about a message.
  private func take(
    _ open: inout [(decider: DecisionMaker, wire: Wire)], _ number: Int, _ values: [Bool],
    isOld: Bool
  ) {
    open.removeAll { decider, wire in
      let decides = circuit.value(of: wire) { values[Int($0.index)] }
      if decides { groups[number].add(decider, isOld: isOld) }
      return decides
    }
  }

  /// Which notes a decision has for all messages of the group; or for some, for which the other one has
  /// not.
  private func findNotes(_ number: Int, _ pair: DecisionPair, _ samples: [[Bool]]) {
    let mayBeOfAll: Bool
    let mayBeOfSome: Bool
    switch groups[number].change {
    case .notes: return
    case .otherNotes: (mayBeOfAll, mayBeOfSome) = (false, true)
    case .result(.decided, .decided): (mayBeOfAll, mayBeOfSome) = (true, true)
    // Without a decision there are no notes, which need not be said of each.
    case .result: (mayBeOfAll, mayBeOfSome) = (true, false)
    }
    for note in comparison.vocabulary.notes.map(\.id) {
      let (was, now) = (pair.old.notes[note.index], pair.new.notes[note.index])
      for (isOld, own, other) in [(true, was, now), (false, now, was)]
      where !groups[number].isOfSome(note, isOld: isOld) {
        let isAll = mayBeOfAll && isPossible(!own, samples) == false
        let isSome =
          isAll || mayBeOfSome && isPossible(circuit.and(own, !other), samples) ?? false
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
