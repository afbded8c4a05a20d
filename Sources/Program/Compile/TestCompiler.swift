import Classes
import Model
import Syntax
import Values

/// Says tests in columns and values.
struct TestCompiler {
  let policy: Policy
  let layout: ColumnLayout
  private(set) var literals = LiteralTable()
  private var known: [Test: Formula] = [:]

  init(_ policy: Policy, _ layout: ColumnLayout) {
    self.policy = policy
    self.layout = layout
  }

  /// A condition, its tests replaced by what they ask of columns.
  mutating func formula(_ condition: Condition) -> Formula {
    switch condition {
    case .always: .always
    case .test(let test): formula(test)
    case .not(let part): .not(formula(part))
    case .and(let parts): .and(parts.map { formula($0) })
    case .or(let parts): .or(parts.map { formula($0) })
    case .definition(let use): .definition(use.id.index)
    }
  }

  mutating func formula(_ test: Test) -> Formula {
    if let formula = known[test] { return formula }
    let formula: Formula =
      switch test.subject {
      case .fact(let fact): factFormula(policy.vocabulary[fact], test.predicate)
      case .outcome: outcomeFormula(test.predicate)
      case .today: todayFormula(test.predicate)
      }
    known[test] = formula
    return formula
  }

  /// That one of these values stands in a column.
  mutating func literal(_ column: Int, _ values: ValueSet) -> Formula {
    .literal(literals.id(of: .column(column, values)))
  }

  /// The stretch of the first column's values on which a rule is in force; nil if on all.
  mutating func inForce(_ rule: Rule) -> LiteralID? {
    guard rule.from != nil || rule.until != nil else { return nil }
    let days = layout.inForceDays
    let values = ValueSet(
      count: layout.columns[0].known,
      (0...days.count).filter { rule.isInForce(on: $0 == 0 ? .first : days[$0 - 1]) })
    return literals.id(of: .column(0, values))
  }

  private mutating func outcomeFormula(_ predicate: Predicate) -> Formula {
    let count = policy.vocabulary.outcomes.count
    guard case .isOutcome(let outcomes) = predicate else {
      return .literal(literals.id(of: .outcome(ValueSet(count: count))))
    }
    return .literal(literals.id(of: .outcome(ValueSet(count: count, outcomes.map(\.index)))))
  }

  private mutating func todayFormula(_ predicate: Predicate) -> Formula {
    guard case .isWorkingDay = predicate else {
      preconditionFailure("the only test of today is whether it is a working day")
    }
    return literal(1, ValueSet(count: 2, [1]))
  }

  // MARK: - Facts

  private mutating func factFormula(_ fact: Fact, _ predicate: Predicate) -> Formula {
    let first = layout.firstColumn[fact.id.index]
    let column = layout.columns[first]
    func values(_ isIn: (Int) -> Bool) -> ValueSet {
      let classes = column.absent ?? column.known
      return ValueSet(count: column.known, (0..<classes).filter(isIn))
    }
    switch (layout.codings[fact.id.index], predicate) {
    case (_, .isRecorded): return recorded(fact)
    case (.yesOrNo, .isTrue): return literal(first, values { $0 == 1 })
    case (.choice(let classOf), .isOneOf(let chosen)):
      let classes = Set(chosen.map { classOf[$0.index] })
      return literal(first, values(classes.contains))
    case (.number(let thresholds), .isIn(let ranges)):
      let low = fact.numberRange?.low ?? Int64.min
      return literal(
        first,
        values { number in ranges.contains { $0 ~= (number == 0 ? low : thresholds[number - 1]) } })
    case (.date(let kinds), .isDated(let ranges)):
      return dated(fact, kinds, ranges)
    case (.set(let members), _): return held(fact, members, predicate)
    case (.text(let members), .matches(let patterns)):
      guard let member = members.firstIndex(of: patterns.map(\.folded)) else { return never(fact) }
      return self.member(fact, member)
    default: return never(fact)
    }
  }

  /// What is answered no of every value.
  private mutating func never(_ fact: Fact) -> Formula {
    let first = layout.firstColumn[fact.id.index]
    return literal(first, ValueSet(count: layout.columns[first].known))
  }

  private mutating func recorded(_ fact: Fact) -> Formula {
    let first = layout.firstColumn[fact.id.index]
    var values = ValueSet(count: layout.columns[first].known, all: true)
    if let absent = layout.columns[first].absent { values.remove(absent) }
    return literal(first, values)
  }

  // MARK: - Dates

  private mutating func dated(
    _ fact: Fact, _ kinds: [[Moment]], _ ranges: [DayRange]
  ) -> Formula {
    let parts = ranges.map { stretches(fact, kinds, $0) }
    // Stretches of one column are one set of values.
    let columns = Set(parts.flatMap { $0.map(\.column) })
    if columns.count == 1, let column = columns.first, parts.allSatisfy({ $0.count == 1 }) {
      let none = ValueSet(count: layout.columns[column].known)
      return literal(column, parts.reduce(none) { $0.union($1[0].values) })
    }
    let formulas = parts.map { part -> Formula in
      let literals = part.map { literal($0.column, $0.values) }
      return literals.count == 1 ? literals[0] : .and(literals)
    }
    return formulas.count == 1 ? formulas[0] : .or(formulas)
  }

  /// What a range asks of each column that its ends are in.
  private func stretches(
    _ fact: Fact, _ kinds: [[Moment]], _ range: DayRange
  ) -> [(column: Int, values: ValueSet)] {
    let first = layout.firstColumn[fact.id.index]
    var found: [(column: Int, values: ValueSet)] = []
    func add(_ moment: Moment, isStart: Bool) {
      for (number, moments) in kinds.enumerated() {
        guard let place = moments.firstIndex(of: moment) else { continue }
        let stretch = isStart ? place + 1..<moments.count + 1 : 0..<place + 1
        let values = ValueSet(count: layout.columns[first + number].known, stretch)
        if let known = found.firstIndex(where: { $0.column == first + number }) {
          found[known].values = found[known].values.intersection(values)
        } else {
          found.append((first + number, values))
        }
        return
      }
      preconditionFailure("every bound of a test is one of its fact's moments")
    }
    if let start = range.first { add(Moment(start, calendar: 0), isStart: true) }
    if let end = range.last { add(Moment(end.next, calendar: 0), isStart: false) }
    if found.isEmpty {
      let column = layout.columns[first]
      found.append((first, ValueSet(count: column.known, 0..<(column.absent ?? column.known))))
    }
    return found
  }

  // MARK: - Sets and texts

  private mutating func held(
    _ fact: Fact, _ members: [Set<ValueID>], _ predicate: Predicate
  ) -> Formula {
    let all = Set(fact.values.indices.map(ValueID.init))
    func number(_ values: Set<ValueID>) -> Int {
      guard let member = members.firstIndex(of: values) else {
        preconditionFailure("every question about a set is one of its fact's members")
      }
      return member
    }
    switch predicate {
    case .holdsAny(let values): return member(fact, number(values))
    case .isNotEmpty: return member(fact, number(all))
    case .holdsAll(let values):
      guard !values.isEmpty else { return recorded(fact) }
      return .and(values.sorted().map { member(fact, number([$0])) })
    case .holdsNone(let values): return none(fact, number(values))
    case .isEmpty: return none(fact, number(all))
    default: return never(fact)
    }
  }

  /// That the answer to one of the fact's questions is no, and something is recorded.
  private mutating func none(_ fact: Fact, _ number: Int) -> Formula {
    let isHeld = member(fact, number)
    return fact.presence == .optional ? .and([recorded(fact), .not(isHeld)]) : .not(isHeld)
  }

  /// That the answer to one of the fact's questions is yes.
  private mutating func member(_ fact: Fact, _ number: Int) -> Formula {
    let member = layout.firstMember[fact.id.index] + number
    return .literal(literals.id(of: .member(member, isHeld: true)))
  }
}

extension Fact {
  fileprivate var numberRange: NumberRange? {
    guard case .number(let isWhole, _, let low, let high) = kind else { return nil }
    return NumberRange(isWhole: isWhole, low: low, high: high)
  }
}
