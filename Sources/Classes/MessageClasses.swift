package import Logic
package import Model
package import Syntax
package import Values

/// All messages on all days, divided into classes that no test of a policy tells apart.
///
/// A class is given by which `Property` a message has and which not: each is a variable, and which of
/// them can go together is said by implications between two of them, by clauses about dates and today,
/// and by a look at the texts and days that come out (`unmatched`). A fact can have more than one place
/// in the picture, for questions about two messages that differ in it.
///
/// Size and time to make: proportional to the distinct tests, and to the square of those of one choice,
/// text or date.
package struct MessageClasses: Sendable {
  package let vocabulary: Vocabulary
  /// One policy's, or those of two that are compared.
  package let calendars: [WorkingCalendar]
  /// What the variables mean, by their number.
  package private(set) var properties: [Property] = []
  /// The place of each variable; nil for those about today.
  package private(set) var placeOfVariable: [Place?] = []
  /// If the first is true, so is the second.
  package private(set) var implications: [(Literal, Literal)] = []
  /// By place: what ties the moments of a date to today.
  package private(set) var clauses: [[[Literal]]] = []
  /// For each fact its classes.
  package let facts: [FactClasses]
  /// By place: its first variable, in the order of its classes.
  private(set) var firstVariable: [Int32] = []
  /// By place: the variable of `isRecorded`; nil where it always is.
  private(set) var recorded: [Variable?] = []
  private(set) var factOfPlace: [FactID] = []
  private(set) var textPlaces: [Place] = []
  private(set) var today = TodayClasses()
  private var firstOutcome: Int32 = 0

  /// Where a fact stands in the picture: its own number, or that of a second copy of it.
  package struct Place: Hashable, Sendable {
    package let index: Int
    package init(_ index: Int) { self.index = index }
    package init(_ fact: FactID) { index = fact.index }
  }

  /// A test and the number of the calendar that it counts by.
  package typealias Use = (test: Test, calendar: Int)

  /// The classes that these tests need; `days` are the first days on which something comes into force
  /// or is no longer so. The facts in `copied` get a second place each.
  package init(
    _ vocabulary: Vocabulary, calendars: [WorkingCalendar], uses: [Use], days: Set<Day>,
    copied: Set<FactID>
  ) {
    self.vocabulary = vocabulary
    self.calendars = calendars
    var predicates: [[(predicate: Predicate, calendar: Int)]] =
      Array(repeating: [], count: vocabulary.facts.count)
    for use in uses {
      guard case .fact(let fact) = use.test.subject else { continue }
      predicates[fact.index].append((use.test.predicate, use.calendar))
    }
    facts = vocabulary.facts.map { FactClasses($0, predicates[$0.id.index]) }
    addToday(days)
    for fact in vocabulary.facts { addPlace(fact) }
    for fact in copied.sorted() { copies[fact] = addPlace(vocabulary[fact]) }
    textPlaces = (0..<factOfPlace.count).map(Place.init).filter { place in
      if case .text = facts[factOfPlace[place.index].index] { true } else { false }
    }
    firstOutcome = Int32(properties.count)
    for outcome in vocabulary.outcomes { _ = addVariable(.outcomeIs(outcome.id), nil) }
  }

  /// The second place of a fact that has one.
  package private(set) var copies: [FactID: Place] = [:]

  package func fact(at place: Place) -> FactID { factOfPlace[place.index] }
  package var placeCount: Int { factOfPlace.count }

  /// An outcome that is left open, whatever the rules decide: one wire for each, of which one is on.
  package func openOutcomes(_ circuit: Circuit) -> [Wire] {
    var others = Wire.yes
    return vocabulary.outcomes.map { outcome in
      let isLast = outcome.id.index == vocabulary.outcomes.count - 1
      let input = circuit.input(Variable(firstOutcome + Int32(outcome.id.index)))
      let wire = isLast ? others : circuit.and(others, input)
      others = circuit.and(others, !input)
      return wire
    }
  }

  // MARK: - Variables

  private mutating func addVariable(_ property: Property, _ place: Place?) -> Variable {
    properties.append(property)
    placeOfVariable.append(place)
    return Variable(Int32(properties.count - 1))
  }

  @discardableResult
  private mutating func addPlace(_ fact: Fact) -> Place {
    let place = Place(factOfPlace.count)
    factOfPlace.append(fact.id)
    clauses.append([])
    let recorded = fact.presence == .optional ? addVariable(.isRecorded(fact.id), place) : nil
    self.recorded.append(recorded)
    let first = Int32(properties.count)
    firstVariable.append(first)
    for property in facts[fact.id.index].properties(of: fact.id) {
      let variable = addVariable(property, place)
      if let recorded { implications.append((Literal(variable), Literal(recorded))) }
    }
    let variables = (first..<Int32(properties.count)).map { Literal(Variable($0)) }
    switch facts[fact.id.index] {
    case .yesOrNo, .set: break
    case .choice:
      for (index, one) in variables.enumerated() {
        for other in variables[..<index] { implications.append((one, !other)) }
      }
    case .number:
      for (lower, higher) in zip(variables, variables.dropFirst()) {
        implications.append((higher, lower))
      }
    case .text(let patterns): implications += TextPattern.implications(patterns, variables)
    case .date(let moments): addOrder(of: moments, variables, place)
    }
    return place
  }

  // MARK: - Today

  private mutating func addToday(_ days: Set<Day>) {
    let moments = facts.flatMap { classes -> [[Moment]] in
      if case .date(let moments) = classes { [moments] } else { [] }
    }
    today = TodayClasses(days, moments, calendars)
    for day in today.firstDays {
      today.variables.append(addVariable(.todayIsFrom(day), nil))
    }
    for (earlier, later) in zip(today.variables, today.variables.dropFirst()) {
      implications.append((Literal(later), Literal(earlier)))
    }
    for _ in calendars {
      today.workingDays.append(addVariable(.todayIsWorkingDay, nil))
    }
    for (first, second) in today.changingOrders {
      let noLater = addVariable(.isNoLater(first.bound, second.bound), nil)
      let noEarlier = addVariable(.isNoLater(second.bound, first.bound), nil)
      implications.append((!Literal(noLater), Literal(noEarlier)))
      today.orders[MomentPair(first, second)] = noLater
      today.orders[MomentPair(second, first)] = noEarlier
    }
    today.comingAndGoing =
      today.workingDays
      + today.changingOrders.flatMap { first, second in
        [
          today.orders[MomentPair(first, second)], today.orders[MomentPair(second, first)],
        ].compactMap { $0 }
      }
    implications += today.implications
  }

  /// Whoever reaches a moment has reached every earlier one.
  private mutating func addOrder(of moments: [Moment], _ reached: [Literal], _ place: Place) {
    for (index, moment) in moments.enumerated() {
      // No date of a message lies outside the years 1900 to 9999.
      for edge in TodayClasses.edges {
        let isFirst = edge == TodayClasses.edges[0]
        let condition =
          isFirst ? today.isNoLater(moment, edge) : today.isNoLater(edge, moment)
        // A date that is not recorded has reached nothing.
        let isRecorded = isFirst ? recorded[place.index].map { [!Literal($0)] } ?? [] : []
        addClause(
          if: condition, isRecorded + [isFirst ? reached[index] : !reached[index]], place)
      }
      for (otherIndex, other) in moments.enumerated() where other != moment {
        // Fixed days come first and in order: neighbours are enough.
        if moment.isFixed, other.isFixed, otherIndex != index + 1 { continue }
        let implied = [!reached[otherIndex], reached[index]]
        addClause(if: today.isNoLater(moment, other), implied, place)
      }
    }
  }

  private mutating func addClause(
    if condition: TodayClasses.Condition, _ consequence: [Literal], _ place: Place
  ) {
    switch condition {
    case .never: break
    case .always where consequence.count == 2:
      implications.append((!consequence[0], consequence[1]))
    case .always: clauses[place.index].append(consequence)
    case .literal(let literal): clauses[place.index].append([!literal] + consequence)
    }
  }
}

extension FactClasses {
  /// How many properties tell the classes apart.
  var propertyCount: Int {
    switch self {
    case .yesOrNo: 1
    case .choice(let groups): max(groups.count - 1, 0)
    case .set(let groups): groups.count
    case .number(let thresholds): thresholds.count
    case .date(let moments): moments.count
    case .text(let patterns): patterns.count
    }
  }

  /// The properties that tell the classes of a fact's values apart, in order. Of a choice that has
  /// none of them, the value is in the last group.
  func properties(of fact: FactID) -> [Property] {
    switch self {
    case .yesOrNo: [.isTrue(fact)]
    case .choice(let groups): groups.dropLast().map { .isOneOf(fact, $0) }
    case .set(let groups): groups.map { .holds(fact, $0) }
    case .number(let thresholds): thresholds.map { .isAtLeast(fact, $0) }
    case .date(let moments): moments.map { .isFrom(fact, $0.bound) }
    case .text(let patterns): patterns.map { .matches(fact, $0) }
    }
  }
}
