package import Logic
package import Model
import Syntax
package import Values

// Tests as circuits over the properties of messages.

extension MessageClasses {
  /// When a test of a fact is met, the fact standing at a place. Every test is false of an absent fact.
  package func wire(
    _ predicate: Predicate, at place: Place, calendar: Int, _ circuit: Circuit
  ) -> Wire {
    let fact = vocabulary[fact(at: place)]
    let isRecorded = recorded[place.index].map { circuit.input($0) } ?? .yes
    switch (predicate, facts[fact.id.index]) {
    case (.isRecorded, _): return isRecorded
    case (.isTrue, .yesOrNo): return circuit.input(variable(place, 0))
    case (.isOneOf(let values), .choice(let groups)):
      return isOneOf(values, groups, place, isRecorded, circuit)
    case (.holdsAny(let values), .set(let groups)):
      return circuit.or(holdings(of: values, groups, place, circuit))
    case (.holdsAll(let values), .set(let groups)):
      return circuit.and(holdings(of: values, groups, place, circuit) + [isRecorded])
    case (.holdsNone(let values), .set(let groups)):
      return circuit.and(holdings(of: values, groups, place, circuit).map { !$0 } + [isRecorded])
    case (.isEmpty, .set(let groups)):
      return circuit.and(groups.indices.map { !input(place, $0, circuit) } + [isRecorded])
    case (.isNotEmpty, .set(let groups)):
      return circuit.or(groups.indices.map { input(place, $0, circuit) })
    case (.isIn(let ranges), .number(let thresholds)):
      let range = NumberRange(fact)
      return circuit.or(
        ranges.map { bounds in
          let last = bounds.upperBound
          return circuit.and([
            isRecorded,
            isAtLeast(bounds.lowerBound, range, thresholds, place, circuit),
            last == .max ? .yes : !isAtLeast(last + 1, range, thresholds, place, circuit),
          ])
        })
    case (.isDated(let ranges), .date(let moments)):
      return circuit.or(
        ranges.map { range in
          let first = range.first.map { isFrom($0, calendar, moments, place, circuit) } ?? .yes
          let last = range.last.map { !isFrom($0.next, calendar, moments, place, circuit) } ?? .yes
          return circuit.and([isRecorded, first, last])
        })
    case (.matches(let tested), .text(let patterns)):
      return circuit.or(
        tested.map { pattern in
          guard let index = patterns.firstIndex(of: pattern.folded) else {
            preconditionFailure("every pattern of a fact is among its classes")
          }
          return input(place, index, circuit)
        })
    default: return .no
    }
  }

  /// When a test of today is met.
  package func wire(ofToday predicate: Predicate, calendar: Int, _ circuit: Circuit) -> Wire {
    guard case .isWorkingDay = predicate else { return .no }
    return circuit.input(today.workingDays[calendar])
  }

  /// When today lies in a stretch of days, both ends included; nil is an open end.
  package func wire(from first: Day?, until last: Day?, _ circuit: Circuit) -> Wire {
    func wire(_ condition: TodayClasses.Condition) -> Wire {
      switch condition {
      case .always: .yes
      case .never: .no
      case .literal(let literal):
        literal.isNegated ? !circuit.input(literal.variable) : circuit.input(literal.variable)
      }
    }
    return circuit.and([
      first.map { wire(today.from(Int($0.number))) } ?? .yes,
      last.map { wire(today.before(Int($0.number) + 1)) } ?? .yes,
    ])
  }

  /// When something is recorded about the fact at a place.
  package func isRecorded(_ place: Place, _ circuit: Circuit) -> Wire {
    recorded[place.index].map { circuit.input($0) } ?? .yes
  }

  // MARK: - Parts

  func variable(_ place: Place, _ index: Int) -> Variable {
    Variable(firstVariable[place.index] + Int32(index))
  }

  private func input(_ place: Place, _ index: Int, _ circuit: Circuit) -> Wire {
    circuit.input(variable(place, index))
  }

  private func isOneOf(
    _ values: Set<ValueID>, _ groups: [[ValueID]], _ place: Place, _ isRecorded: Wire,
    _ circuit: Circuit
  ) -> Wire {
    let tested = groups.indices.filter { groups[$0].first.map(values.contains) ?? false }
    // The last group is whatever is left.
    guard tested.last == groups.count - 1 else {
      return circuit.or(tested.map { input(place, $0, circuit) })
    }
    let others = groups.indices.filter { !tested.contains($0) }
    return circuit.and([isRecorded] + others.map { !input(place, $0, circuit) })
  }

  private func holdings(
    of values: Set<ValueID>, _ groups: [[ValueID]], _ place: Place, _ circuit: Circuit
  ) -> [Wire] {
    groups.indices.filter { groups[$0].first.map(values.contains) ?? false }
      .map { input(place, $0, circuit) }
  }

  private func isAtLeast(
    _ millionths: Int64, _ range: NumberRange, _ thresholds: [Int64], _ place: Place,
    _ circuit: Circuit
  ) -> Wire {
    let threshold = range.threshold(millionths)
    if threshold <= range.low { return .yes }
    if threshold > range.high { return .no }
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if thresholds[middle] < threshold { low = middle + 1 } else { high = middle }
    }
    guard low < thresholds.count, thresholds[low] == threshold else {
      preconditionFailure("every threshold of a fact is among its classes")
    }
    return input(place, low, circuit)
  }

  private func isFrom(
    _ bound: DayBound, _ calendar: Int, _ moments: [Moment], _ place: Place, _ circuit: Circuit
  ) -> Wire {
    let moment = Moment(bound, calendar: calendar)
    guard let index = moments.firstIndex(of: moment) else {
      preconditionFailure("every moment of a fact is among its classes")
    }
    return input(place, index, circuit)
  }
}

extension NumberRange {
  package init(_ fact: Fact) {
    guard case .number(let isWhole, _, let low, let high) = fact.kind else {
      self.init(isWhole: false, low: nil, high: nil)
      return
    }
    self.init(isWhole: isWhole, low: low, high: high)
  }
}
