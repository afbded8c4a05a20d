import Classes
import Engine
import Logic
import Model
import Syntax
import Values

// What the facts of a change are to be: the values nearest to those that the message has.

extension ChangeSearch {
  // MARK: - One fact

  /// The decisions to which a fact alone leads, and every way to them; nil of sets and texts, which have too many
  /// classes to try each.
  func waysOfOne(_ fact: FactID, _ wanted: Set<OutcomeID>) -> [MessageChange.Ending]? {
    guard let classes = otherClasses(of: fact) else { return nil }
    var tried: [(value: ValueClass, decision: Decision)] = []
    for value in classes {
      let supposed = Supposition(fact: fact, state: value.state)
      guard let decision = decide([supposed]), decision.isSure, wanted.contains(decision.outcome)
      else { continue }
      tried.append((value, decision))
    }
    var endings: [MessageChange.Ending] = []
    for supposed in joined(tried, fact) { endings.add([supposed.0], supposed.1) }
    return endings.sorted { $0.decision.outcome < $1.decision.outcome }
  }

  /// All values of choices, each for itself, and stretches of numbers and days that lie side by side as one.
  private func joined(
    _ tried: [(value: ValueClass, decision: Decision)], _ fact: FactID
  ) -> [(Supposition, Decision)] {
    var supposed: [(Supposition, Decision)] = []
    var stretches: [Stretch] = []
    for (distance, (value, decision)) in tried.enumerated() {
      if let range = value.range {
        stretches.append(
          Stretch(value: value, distance: distance, range: range, decision: decision))
      } else if value.choices.isEmpty {
        supposed.append((Supposition(fact: fact, state: value.state), decision))
      } else {
        supposed += value.choices.map {
          (Supposition(fact: fact, state: .value(.choice($0))), decision)
        }
      }
    }
    var joined: [Stretch] = []
    for stretch in stretches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      if var last = joined.last, last.decision == stretch.decision,
        isNext(stretch.range.lowerBound, to: last.range.upperBound, fact)
      {
        last.range = last.range.lowerBound...stretch.range.upperBound
        if stretch.distance < last.distance {
          (last.value, last.distance) = (stretch.value, stretch.distance)
        }
        joined[joined.count - 1] = last
      } else {
        joined.append(stretch)
      }
    }
    return joined.map { (supposition(fact, $0.value, $0.range), $0.decision) } + supposed
  }

  /// Numbers or days that lie side by side and lead to one decision.
  private struct Stretch {
    /// The class of the nearest of them, and how many others lie nearer.
    var value: ValueClass
    var distance: Int
    var range: ClosedRange<Int64>
    let decision: Decision
  }

  private func isNext(_ number: Int64, to other: Int64, _ fact: FactID) -> Bool {
    switch day.policy.vocabulary[fact].kind {
    case .number: number - other == NumberRange(day.policy.vocabulary[fact]).step
    case .date: number - other == 1
    case .choice, .set, .yesOrNo, .text: false
    }
  }

  /// The smallest sets of questions about a fact, of which the answers change, that lead to what is asked for; each
  /// as a value.
  func toggles(of fact: FactID) -> [Supposition] {
    let own = literals(of: fact)
    var found: [Supposition] = []
    while found.count < ChangeSearch.mostToggles, case .found = details.next() {
      guard let literals = nearestToggle(own, assuming: []) else { break }
      found += suppositions(fact, literals)
      let toggled = Set(literals).subtracting(own)
      // What changes the answers to more questions is no smallest change.
      details.prover.require(day.circuit.or(day.wires(toggled.map { !$0 })))
    }
    return found
  }

  private static let mostToggles = 12

  // MARK: - Several facts

  /// The nearest values of several facts, the first fact's first, that lead to what is asked for.
  func nearest(_ facts: [FactID]) -> [Supposition]? {
    var settled: [Literal] = []
    var way: [Supposition] = []
    for fact in facts {
      guard let (supposed, literals) = nearest(fact, settled) else { return nil }
      way.append(supposed)
      settled += literals
    }
    return way
  }

  private func nearest(
    _ fact: FactID, _ settled: [Literal]
  ) -> (Supposition, [Literal])? {
    if let classes = otherClasses(of: fact) {
      for value in classes {
        guard case .found = details.next(assuming: settled + value.literals) else { continue }
        return (supposition(fact, value, value.range), value.literals)
      }
      return nil
    }
    guard case .found = details.next(assuming: settled),
      let literals = nearestToggle(literals(of: fact), assuming: settled)
    else { return nil }
    return (supposition(fact, literals), literals)
  }

  /// As many answers as can be stay as they are: above all that something is recorded, then those about the values
  /// that are declared last.
  private func nearestToggle(_ own: [Literal], assuming settled: [Literal]) -> [Literal]? {
    let isValue = own.map { day.classes.properties[Int($0.variable.index)].isAboutValue }
    let ordered =
      zip(own, isValue).filter { !$1 }.map(\.0)
      + zip(own, isValue).filter { $1 }.map(\.0).reversed()
    var literals: [Literal] = []
    for literal in ordered {
      switch details.next(assuming: settled + literals + [literal]) {
      case .found: literals.append(literal)
      case .none: literals.append(!literal)
      case .notProved: return nil
      }
    }
    return literals
  }

  // MARK: - Values

  /// The classes of a fact's values but for that of its own value, the nearest first; of a missing fact the one that
  /// is usual. Nil of sets and texts.
  private func otherClasses(of fact: FactID) -> [ValueClass]? {
    let isMissing = message[fact] == .missing
    let unsaid = day.policy.vocabulary[fact].presence.unsaid
    let classes = day.classes.valueClasses(
      of: fact, on: message.today, nearestTo: isMissing ? unsaid : message[fact])
    guard isMissing else {
      let own = Set(literals(of: fact))
      return classes?.filter { Set($0.literals) != own }
    }
    return classes.map { $0.filter { $0.state == unsaid } + $0.filter { $0.state != unsaid } }
  }

  /// What is so of a fact now. Of a missing one nothing is so, but that it is recorded, so that it gets a value.
  private func literals(of fact: FactID) -> [Literal] {
    let literals = day.literals(of: fact, values)
    guard message[fact] == .missing else { return literals }
    return literals.map { literal in
      let property = day.classes.properties[Int(literal.variable.index)]
      return Literal(literal.variable, isNegated: property != .isRecorded(fact))
    }
  }

  private func supposition(
    _ fact: FactID, _ value: ValueClass, _ range: ClosedRange<Int64>?
  ) -> Supposition {
    guard let range else { return Supposition(fact: fact, state: value.state) }
    var properties: [(Property, Bool)] = []
    if day.policy.vocabulary[fact].presence == .optional {
      properties.append((.isRecorded(fact), true))
    }
    switch day.policy.vocabulary[fact].kind {
    case .number:
      let step = NumberRange(day.policy.vocabulary[fact]).step
      properties.append((.isAtLeast(fact, range.lowerBound), true))
      properties.append((.isAtLeast(fact, range.upperBound + step), false))
    case .date:
      let ends = (Day(clamping: Int(range.lowerBound)), Day(clamping: Int(range.upperBound)))
      properties.append((.isFrom(fact, DayBound(.day(ends.0))), true))
      properties.append((.isFrom(fact, DayBound(.day(ends.1)).next), false))
    case .choice, .set, .yesOrNo, .text: break
    }
    return Supposition(fact: fact, state: value.state, properties: properties)
  }

  /// All values that come to the same where a single group of a set's values is new; else the first.
  private func suppositions(_ fact: FactID, _ literals: [Literal]) -> [Supposition] {
    let first = supposition(fact, literals)
    guard case .value(.set(let values)) = first.state, case .value(.set(let held)) = message[fact],
      held.isSubset(of: values), let new = values.subtracting(held).first,
      values.count == held.count + 1, case .set(let groups) = day.classes.facts[fact.index],
      let group = groups.first(where: { $0.contains(new) })
    else { return [first] }
    return group.map { Supposition(fact: fact, state: .value(.set(held.union([$0])))) }
  }

  /// The value of a set or text of which these answers are given.
  private func supposition(_ fact: FactID, _ literals: [Literal]) -> Supposition {
    var answers: [Variable: Bool] = [:]
    for literal in literals { answers[literal.variable] = !literal.isNegated }
    let state = day.classes.state(at: .init(fact), today: message.today) { answers[$0] }
    switch state {
    case .absent, .missing: return Supposition(fact: fact, state: .absent)
    case .value(.set): return Supposition(fact: fact, state: .value(.set(set(fact, literals))))
    case .value:
      let own = Set(message[fact].isValue ? self.literals(of: fact) : literals.filter(\.isNegated))
      let told = literals.filter { !own.contains($0) }
      return Supposition(
        fact: fact, state: state,
        properties: (told.isEmpty ? literals : told).map {
          (day.classes.properties[Int($0.variable.index)], !$0.isNegated)
        })
    }
  }

  /// The set that the message has, with the first value of every group that comes and without those of groups that
  /// go.
  private func set(_ fact: FactID, _ literals: [Literal]) -> Set<ValueID> {
    var set: Set<ValueID> = []
    if case .value(.set(let held)) = message[fact] { set = held }
    for literal in literals {
      let property = day.classes.properties[Int(literal.variable.index)]
      guard case .holds(_, let values) = property else { continue }
      if literal.isNegated {
        set.subtract(values)
      } else if set.isDisjoint(with: values), let first = values.first {
        set.insert(first)
      }
    }
    return set
  }
}

extension Property {
  fileprivate var isAboutValue: Bool {
    if case .isRecorded = self { false } else { true }
  }
}

extension FactState {
  fileprivate var isValue: Bool {
    if case .value = self { true } else { false }
  }
}
