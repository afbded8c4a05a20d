import Logic
import Model
import Values

/// The todays of the years 2000 to 2099, divided so far as a policy tells them apart.
///
/// Most of what depends on today changes on one day for good: a rule comes into force, or today's date
/// a month hence passes a fixed day. Those days part the todays into stretches. Two things come and go:
/// whether today is a working day, and the order of moments reckoned in different units.
struct TodayClasses: Sendable {
  /// The first days of the stretches, but for the first stretch.
  private(set) var firstDays: [Day] = []
  /// Pairs of moments of one fact whose order comes and goes.
  private(set) var changingOrders: [(Moment, Moment)] = []
  /// By stretch but the first: today is in it or later.
  var variables: [Variable] = []
  /// The variables of what comes and goes as today advances: working days, then orders.
  var comingAndGoing: [Variable] = []
  /// By calendar: today is a working day.
  var workingDays: [Variable] = []
  /// For pairs in `changingOrders`, both ways: the first is no later than the second.
  var orders: [MomentPair: Variable] = [:]
  private var constantOrders: [MomentPair: Bool] = [:]
  private(set) var calendars: [WorkingCalendar] = []
  private var numbersOfMoments: [Moment: [Int]] = [:]
  /// By calendar, its working days.
  private var workingDaySets: [DaySet] = []
  /// For each changing order the days on which the first is no later, and those on which it is no earlier.
  private var orderDays: [DaySet] = []

  static let proved = Int(Day.firstProved.number)...Int(Day.lastProved.number)
  /// 1 January 1900.
  static let firstDate = -25_567
  /// The first day that a message's date can be, and the day after the last.
  static let edges: [Moment] = [
    Moment(DayBound(.day(Day(clamping: firstDate))), calendar: 0),
    Moment(DayBound(.day(.last), offset: 1), calendar: 0),
  ]

  init() {}

  init(_ days: Set<Day>, _ moments: [[Moment]], _ calendars: [WorkingCalendar]) {
    self.calendars = calendars
    workingDaySets = calendars.map { calendar in
      var set = DaySet()
      for day in calendar.workingDays(in: TodayClasses.proved) { set.insert(Int(day)) }
      return set
    }
    var numbers = Set(days.map { Int($0.number) })
    for moments in moments {
      let fixed = moments.filter(\.isFixed) + TodayClasses.edges
      let relative = moments.filter { !$0.isFixed }
      for moment in relative {
        for day in fixed {
          numbers.formUnion([lastToday(when: moment, isNoLaterThan: day) + 1])
          numbers.formUnion([firstToday(when: moment, isNoEarlierThan: day)])
        }
      }
      for (index, moment) in relative.enumerated() {
        for other in relative[..<index] { compare(other, moment) }
      }
    }
    numbersOfMoments = [:]
    firstDays = numbers.filter {
      TodayClasses.proved.contains($0) && $0 > TodayClasses.proved.lowerBound
    }
    .sorted().map { Day(clamping: $0) }
  }

  // MARK: - The order of moments

  /// When something is so.
  enum Condition {
    case always, never
    case literal(Literal)
  }

  /// When one moment is no later than another. Both are of one fact, or one is an edge.
  func isNoLater(_ first: Moment, _ second: Moment) -> Condition {
    switch (first.reckoning, second.reckoning) {
    case (.fixed(let first), .fixed(let second)): return first <= second ? .always : .never
    case (_, .fixed): return before(lastToday(when: first, isNoLaterThan: second) + 1)
    case (.fixed, _): return from(firstToday(when: second, isNoEarlierThan: first))
    default:
      let pair = MomentPair(first, second)
      if constantOrders[pair] == true { return .always }
      return orders[pair].map { .literal(Literal($0)) } ?? .never
    }
  }

  /// Today is on a day or later; the day begins a stretch, or lies outside the years proved.
  func from(_ number: Int) -> Condition {
    if number <= TodayClasses.proved.lowerBound { return .always }
    guard let stretch = firstDays.firstIndex(ofNumber: number) else { return .never }
    return .literal(Literal(variables[stretch]))
  }

  func before(_ number: Int) -> Condition {
    switch from(number) {
    case .always: .never
    case .never: .always
    case .literal(let literal): .literal(!literal)
    }
  }

  private func number(_ moment: Moment, _ today: Int) -> Int {
    moment.number(today: Day(clamping: today), calendars)
  }

  /// The last today on which a moment is no later than a fixed day; the day before all if there is none.
  private func lastToday(when moment: Moment, isNoLaterThan day: Moment) -> Int {
    let limit = number(day, 0)
    return TodayClasses.firstNumber { number(moment, $0) > limit } - 1
  }

  private func firstToday(when moment: Moment, isNoEarlierThan day: Moment) -> Int {
    let limit = number(day, 0)
    return TodayClasses.firstNumber { number(moment, $0) >= limit }
  }

  /// The first today for which a condition holds that stays true; the day after all if there is none.
  private static func firstNumber(where condition: (Int) -> Bool) -> Int {
    var (low, high) = (proved.lowerBound, proved.upperBound + 1)
    while low < high {
      let middle = (low + high) / 2
      if condition(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// Finds out whether two moments reckoned from today keep their order on all days.
  private mutating func compare(_ first: Moment, _ second: Moment) {
    let pairs = [MomentPair(first, second), MomentPair(second, first)]
    guard constantOrders[pairs[0]] == nil else { return }
    if let isEarlier = first.isEarlier(than: second) {
      constantOrders[pairs[0]] = isEarlier
      constantOrders[pairs[1]] = !isEarlier
      return
    }
    let holidayCount = calendars.map(\.holidayCount).max() ?? 0
    if let reach = first.reach(holidayCount: holidayCount),
      let other = second.reach(holidayCount: holidayCount), !reach.overlaps(other),
      abs(reach.lowerBound) < 100_000, abs(other.upperBound) < 100_000
    {
      constantOrders[pairs[0]] = reach.upperBound < other.lowerBound
      constantOrders[pairs[1]] = other.upperBound < reach.lowerBound
      return
    }
    let (numbers, others) = (self.numbers(first), self.numbers(second))
    var (earlier, later) = (DaySet(), DaySet())
    for (index, today) in TodayClasses.proved.enumerated() {
      if numbers[index] < others[index] { earlier.insert(today) }
      if numbers[index] > others[index] { later.insert(today) }
    }
    constantOrders[pairs[0]] = later.isEmpty
    constantOrders[pairs[1]] = earlier.isEmpty
    if [later, earlier].contains(where: { !$0.isEmpty && !$0.complement.isEmpty }) {
      changingOrders.append((first, second))
      orderDays += [later.complement, earlier.complement]
    }
  }

  private mutating func numbers(_ moment: Moment) -> [Int] {
    if let known = numbersOfMoments[moment] { return known }
    let numbers = moment.numbers(calendars)
    numbersOfMoments[moment] = numbers
    return numbers
  }

  // MARK: - What comes and goes

  /// By place in `comingAndGoing`: the todays on which it is so.
  private func days(at index: Int) -> DaySet {
    index < workingDaySets.count ? workingDaySets[index] : orderDays[index - workingDaySets.count]
  }

  /// Whether something that comes and goes is so on a day.
  func holds(_ variable: Variable, on day: Day) -> Bool {
    guard let index = comingAndGoing.firstIndex(of: variable) else {
      preconditionFailure("what comes and goes is a working day or an order")
    }
    if index < workingDays.count { return calendars[index].isWorkingDay(day) }
    return days(at: index).contains(Int(day.number))
  }

  /// The days between two on which all of these are as wanted, and nothing else.
  func days(where wanted: [(variable: Variable, isSo: Bool)]) -> DaySet {
    var result = DaySet().complement
    for (variable, isSo) in wanted {
      guard let index = comingAndGoing.firstIndex(of: variable) else { continue }
      result.formIntersection(isSo ? days(at: index) : days(at: index).complement)
    }
    return result
  }

  /// What cannot be so together on any day, two by two.
  var implications: [(Literal, Literal)] {
    let variables = comingAndGoing
    guard changingOrders.count > 1, variables.count <= 64 else { return [] }
    let sides = variables.indices.map { [days(at: $0), days(at: $0).complement] }
    var implications: [(Literal, Literal)] = []
    for first in variables.indices {
      for second in variables.indices.dropFirst(first + 1) {
        for (isNegated, side) in sides[first].enumerated() {
          for (otherNegated, other) in sides[second].enumerated() where side.isDisjoint(with: other)
          {
            implications.append(
              (
                Literal(variables[first], isNegated: isNegated == 1),
                Literal(variables[second], isNegated: otherNegated == 0)
              ))
          }
        }
      }
    }
    return implications
  }
}

/// Two moments, in order.
struct MomentPair: Hashable {
  let first: Moment
  let second: Moment

  init(_ first: Moment, _ second: Moment) {
    self.first = first
    self.second = second
  }
}

extension [Day] {
  /// Where a day of that number stands in a sorted list.
  func firstIndex(ofNumber number: Int) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle].number) < number { low = middle + 1 } else { high = middle }
    }
    return low < count && Int(self[low].number) == number ? low : nil
  }
}
