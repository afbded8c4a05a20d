import Classes
package import Engine
import Logic
package import Model
package import Syntax
import Values

/// Finds the smallest changes to one message that give it another outcome, on the same day.
///
/// The classes of messages are those of the proofs, so that what is not found is not there. A solver is asked for
/// a message that gets the outcome and differs from the given one in at most so many facts, one fact more as soon
/// as it has no more answers; every answer is a smallest change, and is barred with all that contains it.
/// Source: minimal correction sets by growing bounds (M. Liffiton, K. Sakallah, 2008).
package final class ChangeSearch {
  let day: DayPolicy
  let message: Message
  let values: [Bool]
  /// The decision on the message as it is; nil if there is none.
  private let present: Decision?
  private let decision: OpenDecision?
  /// The facts that the policy asks for, in the order of the vocabulary.
  private let facts: [FactID]
  /// By `FactID`: the message says something else of it, or says it at last.
  private var isChanged: [Wire]
  private lazy var sets = day.inquiry()
  lazy var details = day.inquiry()

  /// So many changes are looked for before they are put in order.
  private static let most = 400
  /// Changes of more facts are nothing that a person would follow.
  private static let largest = 6

  /// `workLimit` bounds the steps of the solver for one question.
  package init(
    _ message: Message, _ evaluator: Evaluator, workLimit: Int = defaultWorkLimit / 10
  ) {
    day = DayPolicy(evaluator, on: message.today, workLimit: workLimit)
    let (classes, circuit) = (day.classes, day.circuit)
    self.message = message
    values = classes.values(of: message)
    present = try? evaluator.decide(message).get()
    facts = day.testedFacts
    var known = [Wire](repeating: .yes, count: message.values.count)
    isChanged = Array(repeating: .no, count: known.count)
    for fact in facts {
      if message[fact] == .missing {
        known[fact.index] = circuit.input(Inquiry.given(.init(fact), classes))
        isChanged[fact.index] = known[fact.index]
      } else {
        let same = day.wires(day.literals(of: fact, values))
        isChanged[fact.index] = !circuit.and(same)
      }
    }
    decision = OpenDecision(
      TruthCircuit(day.view, known: known, on: message.today), day.relation)
  }

  var isSure: Bool { present?.isSure == true }

  /// The smallest changes to an outcome, no more than so many; to any other than now where none is asked for.
  ///
  /// Where missing facts keep the decision from being sure, and no outcome is asked for, these are the changes of
  /// missing facts alone: what it would take to be sure.
  package func changes(to target: OutcomeID? = nil, atMost count: Int) -> Changes {
    guard let decision else { return Changes(target: target, changes: [], rest: .unknown) }
    let wanted = self.wanted(target)
    let onlyMissing = present?.isSure == false && target == nil
    let open = facts.filter { !onlyMissing || message[$0] == .missing }
    var outcomes: [[FactID]: Set<OutcomeID>] = [:]
    var rest = Changes.Rest.none
    // To be sure can mean as many things as there are outcomes.
    for goal in onlyMissing ? wanted.map({ [$0] }) : [wanted] {
      let isReached = day.circuit.or(goal.map { decision.outcomes[$0.index] })
      let (found, others) = smallestSets(of: open, where: isReached)
      for facts in found { outcomes[facts, default: []].formUnion(goal) }
      rest = rest.and(others)
    }
    let found = sorted(Array(outcomes.keys))
    var changes: [MessageChange] = []
    for facts in found.prefix(count) {
      let endings = endings(facts, outcomes[facts, default: []].sorted(), decision)
      guard !endings.isEmpty else {
        return Changes(target: target, changes: changes, rest: .unknown)
      }
      changes.append(MessageChange(facts: facts, endings: endings))
    }
    return Changes(
      target: target, changes: changes, rest: rest.omitting(found.count - changes.count))
  }

  /// The outcomes that are asked for.
  private func wanted(_ target: OutcomeID?) -> [OutcomeID] {
    if let target { return [target] }
    return day.policy.vocabulary.outcomes.map(\.id).filter { !isSure || $0 != present?.outcome }
  }

  // MARK: - Sets of facts

  /// The smallest sets of facts that lead there, the smaller ones first, and whether there are others.
  private func smallestSets(
    of open: [FactID], where isReached: Wire
  ) -> (sets: [[FactID]], rest: Changes.Rest) {
    let fixed = Set(facts).subtracting(open)
    sets.begin(
      where: day.wires(day.todayLiterals) + fixed.map { !isChanged[$0.index] } + [isReached])
    let counts = moreThan(ChangeSearch.largest, open)
    var found: [[FactID]] = []
    for size in 1...ChangeSearch.largest {
      let bound = sets.prover.literal(for: !counts[size])
      search: while true {
        switch sets.next(assuming: [bound]) {
        case .found:
          let changed = changedFacts(open)
          found.append(changed)
          sets.prover.require(day.circuit.or(changed.map { !isChanged[$0.index] }))
        case .none: break search
        case .notProved: return (sorted(found), .unknown)
        }
        if found.count == ChangeSearch.most { return (sorted(found), .unknown) }
      }
      switch sets.next() {
      case .none: return (sorted(found), .none)
      case .notProved: return (sorted(found), .unknown)
      case .found: break
      }
      if found.count >= ChangeSearch.enough { break }
    }
    return (sorted(found), .others(count: 0, hasLarger: true))
  }

  /// With so many changes, no larger ones are looked for.
  private static let enough = 40

  private func sorted(_ sets: [[FactID]]) -> [[FactID]] {
    sets.sorted { a, b in
      a.count == b.count
        ? a.map(\.index).lexicographicallyPrecedes(b.map(\.index)) : a.count < b.count
    }
  }

  private func changedFacts(_ open: [FactID]) -> [FactID] {
    let solver = sets.prover.solver
    return open.filter { fact in
      if message[fact] == .missing {
        return solver.value(Inquiry.given(.init(fact), day.classes)) == true
      }
      return day.classes.variables(of: fact).contains { variable in
        solver.value(variable).map { $0 != values[Int(variable.index)] } ?? false
      }
    }
  }

  /// Wires that say that more than 0, 1, 2 … facts are changed: a sequential counter (C. Sinz, 2005).
  private func moreThan(_ most: Int, _ open: [FactID]) -> [Wire] {
    let circuit = day.circuit
    var counts = [Wire](repeating: .no, count: most + 1)
    for fact in open {
      for index in counts.indices.reversed() {
        let below = index == 0 ? Wire.yes : counts[index - 1]
        counts[index] = circuit.or(counts[index], circuit.and(below, isChanged[fact.index]))
      }
    }
    return counts
  }

  // MARK: - What comes of a set

  private func endings(
    _ facts: [FactID], _ wanted: [OutcomeID], _ decision: OpenDecision
  ) -> [MessageChange.Ending] {
    if facts.count == 1, let ways = waysOfOne(facts[0], Set(wanted)) { return ways }
    var endings: [MessageChange.Ending] = []
    for outcome in wanted {
      begin(facts, where: decision.outcomes[outcome.index])
      if facts.count == 1 {
        for way in toggles(of: facts[0]) { add([way], outcome, to: &endings) }
      } else if let way = nearest(facts) {
        add(way, outcome, to: &endings)
      }
    }
    return endings
  }

  /// Asks for messages with an outcome that differ in these facts alone.
  private func begin(_ facts: [FactID], where isReached: Wire) {
    var wires = day.wires(day.todayLiterals)
    for fact in self.facts {
      if !facts.contains(fact) {
        wires.append(!isChanged[fact.index])
        // What is not told is not told; its variables mean nothing.
      } else if message[fact] == .missing {
        wires.append(isChanged[fact.index])
      }
    }
    details.begin(where: wires + [isReached])
  }

  /// Decides the message with some facts changed, and adds the way if the decision is as the solver said.
  private func add(
    _ way: [Supposition], _ outcome: OutcomeID, to endings: inout [MessageChange.Ending]
  ) {
    guard let decision = decide(way), decision.isSure, decision.outcome == outcome else { return }
    endings.add(way, decision)
  }

  /// What is decided about the message with some facts changed.
  func decide(_ way: [Supposition]) -> Decision? {
    var changed = message
    for supposition in way { changed.values[supposition.fact.index] = supposition.state }
    return try? day.evaluator.decide(changed).get()
  }
}

extension [MessageChange.Ending] {
  /// Adds a way to a decision.
  mutating func add(_ way: [Supposition], _ decision: Decision) {
    let index = firstIndex {
      $0.decision.outcome == decision.outcome && $0.decision.notes == decision.notes
    }
    if let index {
      self[index].ways.append(way)
    } else {
      append(MessageChange.Ending(decision: decision, ways: [way]))
    }
  }
}

extension Changes.Rest {
  /// What is known of the answers to two questions.
  fileprivate func and(_ other: Changes.Rest) -> Changes.Rest {
    switch (self, other) {
    case (.unknown, _), (_, .unknown): .unknown
    case (.others, _): self
    case (.none, _): other
    }
  }

  /// What is known if so many more are not listed.
  fileprivate func omitting(_ omitted: Int) -> Changes.Rest {
    switch self {
    case .none: omitted == 0 ? .none : .others(count: omitted, hasLarger: false)
    case .others(let count, let hasLarger):
      .others(count: count + omitted, hasLarger: hasLarger)
    case .unknown: .unknown
    }
  }
}
