import Classes
import Logic
import Model
import Syntax
import Values

// Which of the messages with the same fields is shown.

extension SmallestSearch {
  /// The day nearest to the usual one, by halves of the stretches around it.
  func settleToday(_ best: inout Proposal, _ assumptions: inout [Literal]) {
    let ordered = todayVariables.compactMap { variable -> (day: Day, variable: Variable)? in
      guard case .todayIsFrom(let day) = classes.properties[Int(variable.index)] else { return nil }
      return (day, variable)
    }
    .sorted { $0.day < $1.day }
    // Distances at which a stretch begins; within a distance lies a window of todays.
    let usual = Int(Day.usual.number)
    var distances = Set(
      ordered.map {
        $0.day.number <= usual ? usual - Int($0.day.number) + 1 : Int($0.day.number) - usual
      })
    distances.insert(0)
    let sorted = distances.sorted()
    func window(_ distance: Int) -> [Literal] {
      let first = ordered.last { Int($0.day.number) <= usual - distance }
      let end = ordered.first { Int($0.day.number) > usual + distance }
      return [first.map { Literal($0.variable) }, end.map { !Literal($0.variable) }].compactMap {
        $0
      }
    }
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if let nearer = proposal(assumptions + window(sorted[middle])) {
        best = nearer
        high = middle
      } else {
        low = middle + 1
      }
    }
    guard low < sorted.count else { return }
    if ordered.count < todayVariables.count {
      settleDay(from: sorted[low], &best, &assumptions)
    } else {
      assumptions += window(sorted[low])
    }
  }

  /// The nearest day where it also matters what comes and goes, such as working days: day by day from a
  /// distance on, each kind of day once.
  private func settleDay(
    from distance: Int, _ best: inout Proposal, _ assumptions: inout [Literal]
  ) {
    let usual = Int(Day.usual.number)
    func literals(_ day: Day) -> [Literal] {
      todayVariables.map { Literal($0, isNegated: !classes.isTrue($0, on: day)) }
    }
    var tried: Set<[Literal]> = []
    var distance = distance
    while distance < abs(Int(best.witness.message.today.number) - usual) {
      for number in [usual + distance, usual - distance] {
        guard let day = Day(number: number), day >= .firstProved, day <= .lastProved else {
          continue
        }
        let literals = literals(day)
        guard tried.insert(literals).inserted else { continue }
        if let nearer = proposal(assumptions + literals) { best = nearer }
      }
      distance += 1
    }
    assumptions += literals(best.witness.message.today)
  }

  /// The values that are declared first, and sets with as few values as may be.
  func settleValues(_ best: inout Proposal, _ assumptions: inout [Literal]) {
    for (index, place) in places.enumerated() where best.given[index] {
      for variable in variables[place] ?? [] {
        let wanted: Bool
        switch classes.properties[Int(variable.index)] {
        case .isOneOf: wanted = true
        case .holds, .matches: wanted = false
        case .isRecorded, .isTrue, .isAtLeast, .isFrom, .todayIsFrom, .todayIsWorkingDay,
          .isNoLater,
          .outcomeIs:
          continue
        }
        let literal = Literal(variable, isNegated: !wanted)
        if best.values[variable] == wanted {
          assumptions.append(literal)
        } else if let better = proposal(assumptions + [literal]) {
          best = better
          assumptions.append(literal)
        }
      }
    }
  }
}
