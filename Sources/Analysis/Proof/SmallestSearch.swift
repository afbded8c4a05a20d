import Classes
import Logic
import Model
import Syntax
import Values

/// The search for the smallest message.
final class SmallestSearch {
  let classes: MessageClasses
  let circuit: Circuit
  let proposer: Inquiry
  let opponent: Inquiry
  /// The places that the wires look at, in order, and the variables of each.
  var places: [MessageClasses.Place] = []
  var variables: [MessageClasses.Place: [Variable]] = [:]
  var todayVariables: [Variable] = []
  /// For each place: the message has to give it.
  var isGiven: [Wire] = []

  struct Proposal {
    var values: [Variable: Bool]
    var witness: MessageClasses.Witness
    var given: [Bool]
    /// What it says of the facts that it gives or leaves out, and about today.
    var said: [Literal]
  }

  init(_ wires: [Wire], _ searchers: SmallestMessage.Searchers) {
    (proposer, opponent) = (searchers.proposer, searchers.opponent)
    (classes, circuit) = (proposer.classes, proposer.circuit)
    for variable in circuit.inputs(of: wires) {
      if let place = classes.placeOfVariable[Int(variable.index)] {
        variables[place, default: []].append(variable)
      } else {
        todayVariables.append(variable)
      }
    }
    places = variables.keys.sorted { $0.index < $1.index }
    todayVariables = todaysVariables(todayVariables)
    isGiven = places.map { place in
      switch classes.vocabulary[classes.fact(at: place)].presence {
      case .required: return circuit.input(proposer.given(place))
      case .optional: return classes.isRecorded(place, circuit)
      case .defaulted(let value):
        let equal = value.equality(of: classes.vocabulary[classes.fact(at: place)]).map {
          classes.wire($0, at: place, calendar: 0, circuit)
        }
        return equal.isEmpty ? flag(value, place) : !circuit.and(equal)
      }
    }
    proposer.begin(where: wires)
    opponent.begin(where: [!circuit.and(wires)])
    // Whether a fact has its default hangs on variables of its own: they are to have values too.
    for wire in isGiven { _ = proposer.prover.literal(for: wire) }
  }

  /// Everything about today that the wires look at, that the order of a date's moments hangs on, or that
  /// comes and goes: a message's day is as the solver has it in all of that.
  private func todaysVariables(_ asked: [Variable]) -> [Variable] {
    var known = Set(asked)
    let ofDates = places.flatMap { classes.clauses[$0.index].joined().map(\.variable) }
    let comingAndGoing = classes.properties.indices.prefix { classes.placeOfVariable[$0] == nil }
      .map { Variable(Int32($0)) }.filter { variable in
        switch classes.properties[Int(variable.index)] {
        case .todayIsWorkingDay, .isNoLater: true
        case .isRecorded, .isOneOf, .holds, .isTrue, .isAtLeast, .isFrom, .matches, .todayIsFrom,
          .outcomeIs:
          false
        }
      }
    return asked
      + (ofDates + comingAndGoing).filter { variable in
        classes.placeOfVariable[Int(variable.index)] == nil && known.insert(variable).inserted
      }
  }

  private func flag(_ value: FactValue, _ place: MessageClasses.Place) -> Wire {
    let isTrue = classes.wire(.isTrue, at: place, calendar: 0, circuit)
    return value == .flag(true) ? !isTrue : isTrue
  }

  // MARK: - The search

  func run() -> SmallestMessage? {
    guard let first = proposal([]), var best = fewest(first) else { return nil }
    let count = best.proposal.given.count { $0 }
    // Then the fields that come first.
    var assumptions = best.assumptions
    var chosen = 0
    for (index, wire) in isGiven.enumerated() where chosen < count {
      let literal = proposer.prover.literal(for: wire)
      if best.proposal.given[index] {
        // All before it are settled, so that this is the earliest.
        assumptions.append(literal)
        chosen += 1
      } else if let earlier = proposal(assumptions + [literal]) {
        best.proposal = earlier
        assumptions.append(literal)
        chosen += 1
      } else {
        assumptions.append(proposer.prover.literal(for: !wire))
      }
    }
    settleToday(&best.proposal, &assumptions)
    settleValues(&best.proposal, &assumptions)
    return result(best.proposal)
  }

  /// A proposal with as few fields as any.
  private func fewest(_ first: Proposal) -> (proposal: Proposal, assumptions: [Literal])? {
    let upper = first.given.count { $0 }
    let counts = atLeast(upper)
    for most in 0..<upper {
      let bound = proposer.prover.literal(for: !counts[most])
      if let fewer = proposal([bound]) { return (fewer, [bound]) }
      if isExhausted { return nil }
    }
    let bound = upper < counts.count ? [proposer.prover.literal(for: !counts[upper])] : []
    return (first, bound)
  }

  /// Wires that say that more than 0, 1, 2 … fields are given: a sequential counter (C. Sinz, 2005).
  private func atLeast(_ upper: Int) -> [Wire] {
    var counts = [Wire](repeating: .no, count: upper + 1)
    for wire in isGiven {
      for index in counts.indices.reversed() {
        let below = index == 0 ? Wire.yes : counts[index - 1]
        counts[index] = circuit.or(counts[index], circuit.and(below, wire))
      }
    }
    return counts
  }

  // MARK: - Proposals

  var isExhausted: Bool {
    proposer.prover.solver.work >= proposer.prover.solver.workLimit
      || opponent.prover.solver.work >= opponent.prover.solver.workLimit
  }

  /// A message for which the wires are on, whatever the facts are that it does not give.
  func proposal(_ assumptions: [Literal]) -> Proposal? {
    while case .found(let witness) = proposer.next(assuming: assumptions) {
      let solver = proposer.prover.solver
      var values: [Variable: Bool] = [:]
      for variable in places.flatMap({ variables[$0] ?? [] }) + todayVariables {
        values[variable] = solver.value(variable)
      }
      settle(&values, on: witness.message.today)
      let given = zip(places, isGiven).map { place, wire in
        circuit.value(of: wire) { solver.value($0) ?? false }
      }
      var fixed = todayVariables
      for (index, place) in places.enumerated()
      where given[index] || presence(of: place) != .required {
        fixed += variables[place] ?? []
      }
      let literals = fixed.compactMap { variable in
        values[variable].map { Literal(variable, isNegated: !$0) }
      }
      switch opponent.next(assuming: literals) {
      case .none:
        return Proposal(
          values: values, witness: witness, given: given, said: literals)
      case .notProved: return nil
      case .found: guard learn() else { return nil }
      }
    }
    return nil
  }

  /// Of today everything is known, whether or not the proposer had to look at it.
  private func settle(_ values: inout [Variable: Bool], on today: Day) {
    for variable in todayVariables where values[variable] == nil {
      values[variable] = classes.isTrue(variable, on: today)
    }
  }

  /// Tells the proposer what is at fault with the completion that the opponent found: one of those
  /// values must be another, and be given. False if the bound on work was reached.
  private func learn() -> Bool {
    let solver = opponent.prover.solver
    let all = places.flatMap { variables[$0] ?? [] } + todayVariables
    let completion = all.compactMap { variable in
      solver.value(variable).map { Literal(variable, isNegated: !$0) }
    }
    switch proposer.prover.solve(assuming: completion) {
    case .contradiction: break
    case .workLimitReached: return false
    case .satisfiable: preconditionFailure("what spoils a proposal is no proposal itself")
    }
    let core = proposer.prover.solver.core
    let clause = core.map { literal -> Wire in
      let input = circuit.input(literal.variable)
      let differs = literal.isNegated ? input : !input
      guard let place = classes.placeOfVariable[Int(literal.variable.index)],
        presence(of: place) == .required
      else { return differs }
      return circuit.and(differs, circuit.input(proposer.given(place)))
    }
    proposer.prover.require(circuit.or(clause + todays(against: Set(core))))
    return true
  }

  /// The todays on which no date of a required fact is like that. Which moments a date has reached goes
  /// together on a today or not, two by two.
  private func todays(against values: Set<Literal>) -> [Wire] {
    var wires: [Wire] = []
    for place in places where presence(of: place) == .required {
      for clause in classes.clauses[place.index] {
        let todays = clause.filter { classes.placeOfVariable[Int($0.variable.index)] == nil }
        let isAbout = clause.allSatisfy { todays.contains($0) || values.contains(!$0) }
        guard !todays.isEmpty, isAbout else { continue }
        wires.append(
          circuit.and(
            todays.map { literal in
              let input = circuit.input(literal.variable)
              return literal.isNegated ? input : !input
            }))
      }
    }
    return wires
  }

  private func presence(of place: MessageClasses.Place) -> Fact.Presence {
    classes.vocabulary[classes.fact(at: place)].presence
  }

  // MARK: - The result

  private func result(_ best: Proposal) -> SmallestMessage {
    let given = zip(places, best.given).filter(\.1).map { classes.fact(at: $0.0) }
    let copies = places.filter { $0.index >= classes.vocabulary.facts.count }
    return SmallestMessage(
      best.witness, copies: Set(copies.map { classes.fact(at: $0) }), given: Set(given).sorted(),
      said: best.said)
  }
}
