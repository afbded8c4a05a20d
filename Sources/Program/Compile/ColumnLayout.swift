import Classes
import Model
import Syntax
import Values

/// The columns in which a program sees a message: one for most facts, several for dates, sets and texts,
/// and two for today.
///
/// In each column a message has one of a few values, numbered from 0: the classes that `FactClasses` makes,
/// behind them that nothing is recorded, where a fact is optional, and last that the fact is missing. A date
/// has a column for each kind of its moments, in each of which the moments come in one order on every day.
/// The column of a set or text says only that something is recorded. Every distinct question about such a fact is
/// a *member*, a yes or no beside the columns.
struct ColumnLayout {
  /// What a column is about.
  enum Source: Equatable {
    /// Which of the stretches between the days on which rules come into force or go out of it.
    case todayInForce
    case todayIsWorkingDay
    case fact(FactID)
  }

  struct Column {
    let source: Source
    /// How many values there are when the fact is not missing; that it is missing comes behind them.
    let known: Int
    /// The value of nothing recorded; nil where that cannot be.
    let absent: Int?

    var cardinality: Int { known + 1 }
  }

  /// How a fact's values are told apart.
  enum Coding {
    /// By `ValueID`, the class.
    case choice([Int])
    case yesOrNo
    case number(thresholds: [Int64])
    /// One list of moments a column, each in order.
    case date([[Moment]])
    case set(members: [Set<ValueID>])
    case text(members: [[TextPattern]])
  }

  private(set) var columns: [Column]
  private(set) var codings: [Coding] = []
  /// Of each fact the number of its first column.
  private(set) var firstColumn: [Int] = []
  /// Of each fact the number of its first member; members are numbered through all facts.
  private(set) var firstMember: [Int] = []
  /// By member, its fact.
  private(set) var factOfMember: [FactID] = []
  /// By member, its bit among the members of a message; the members of a fact begin with a word.
  private(set) var bitOfMember: [Int] = []
  private var memberWords = 0
  /// The days on which the value of the first column changes, in order.
  let inForceDays: [Day]

  /// The columns that the tests of these rules and definitions need.
  init(_ policy: Policy) {
    let days = Set(policy.rules.flatMap(\.changeDays)).sorted()
    inForceDays = days
    columns = [
      Column(source: .todayInForce, known: days.count + 1, absent: nil),
      Column(source: .todayIsWorkingDay, known: 2, absent: nil),
    ]
    var predicates = [[Predicate]](repeating: [], count: policy.vocabulary.facts.count)
    for test in Set(policy.tests) {
      if case .fact(let fact) = test.subject { predicates[fact.index].append(test.predicate) }
    }
    for fact in policy.vocabulary.facts { add(fact, predicates[fact.id.index]) }
  }

  func columns(of fact: FactID) -> Range<Int> {
    let next = fact.index + 1
    return firstColumn[fact.index]..<(next < firstColumn.count ? firstColumn[next] : columns.count)
  }

  /// The values that a fact's columns have for a value of the fact; none for a date, whose columns depend on
  /// today.
  func values(of value: FactValue, _ fact: Fact) -> [Int] {
    switch (codings[fact.id.index], value) {
    case (.choice(let classOf), .choice(let value)): [classOf[value.index]]
    case (.yesOrNo, .flag(let flag)): [flag ? 1 : 0]
    case (.number(let thresholds), .number(let number)):
      [thresholds.count { $0 <= number.millionths }]
    case (.set, _), (.text, _): [0]
    default: []
    }
  }

  /// By member of a fact, whether the answer is yes for a value of the fact.
  func members(of value: FactValue, _ fact: Fact) -> [Bool] {
    switch (codings[fact.id.index], value) {
    case (.set(let members), .set(let held)): members.map { !$0.isDisjoint(with: held) }
    case (.text(let members), .text(let text)):
      members.map { $0.contains { $0.matches(text) } }
    default: []
    }
  }

  private mutating func add(_ fact: Fact, _ predicates: [Predicate]) {
    firstColumn.append(columns.count)
    firstMember.append(factOfMember.count)
    switch FactClasses(fact, testedBy: predicates) {
    case .yesOrNo:
      codings.append(.yesOrNo)
      addColumn(fact, classes: 2)
    case .choice(let groups):
      var classOf = [Int](repeating: 0, count: fact.values.count)
      for (number, group) in groups.enumerated() {
        for value in group { classOf[value.index] = number }
      }
      codings.append(.choice(classOf))
      addColumn(fact, classes: max(groups.count, 1))
    case .number(let thresholds):
      codings.append(.number(thresholds: thresholds))
      addColumn(fact, classes: thresholds.count + 1)
    case .date(let moments):
      let kinds = Dictionary(grouping: moments, by: \.kind).sorted { $0.key < $1.key }.map(\.value)
      codings.append(.date(kinds.isEmpty ? [[]] : kinds))
      for kind in kinds.isEmpty ? [[]] : kinds { addColumn(fact, classes: kind.count + 1) }
    case .set:
      let members = predicates.members(of: fact)
      addMembers(fact, .set(members: members), count: members.count)
    case .text:
      let members = predicates.patternLists
      addMembers(fact, .text(members: members), count: members.count)
    }
  }

  private mutating func addColumn(_ fact: Fact, classes: Int) {
    let isOptional = fact.presence == .optional
    columns.append(
      Column(
        source: .fact(fact.id), known: classes + (isOptional ? 1 : 0),
        absent: isOptional ? classes : nil))
  }

  private mutating func addMembers(_ fact: Fact, _ coding: Coding, count: Int) {
    codings.append(coding)
    addColumn(fact, classes: 1)
    factOfMember += [FactID](repeating: fact.id, count: count)
    bitOfMember += (0..<count).map { memberWords * 64 + $0 }
    memberWords += max((count + 63) / 64, 1)
  }
}

extension Rule {
  /// The first days on which the rule is in force or is no longer so.
  fileprivate var changeDays: [Day] {
    [from, until.flatMap { Day(number: Int($0.number) + 1) }].compactMap { $0 }
  }
}

extension Policy {
  /// The tests of all rules and definitions.
  fileprivate var tests: [Test] {
    var tests: [Test] = []
    for rule in rules { rule.condition.collectTests(into: &tests) }
    for definition in vocabulary.definitions { definition.condition.collectTests(into: &tests) }
    return tests
  }
}

extension Condition {
  /// The tests that stand in the condition itself, not in the definitions it uses.
  fileprivate func collectTests(into tests: inout [Test]) {
    switch self {
    case .always, .definition: break
    case .test(let test): tests.append(test)
    case .not(let part): part.collectTests(into: &tests)
    case .and(let parts), .or(let parts):
      for part in parts { part.collectTests(into: &tests) }
    }
  }
}

extension [Predicate] {
  /// The sets of values of which one question or another asks whether the message holds any.
  fileprivate func members(of fact: Fact) -> [Set<ValueID>] {
    let all = Set(fact.values.indices.map(ValueID.init))
    var members: Set<Set<ValueID>> = []
    for predicate in self {
      switch predicate {
      case .holdsAny(let values), .holdsNone(let values): members.insert(values)
      case .holdsAll(let values): for value in values { members.insert([value]) }
      case .isEmpty, .isNotEmpty: members.insert(all)
      default: break
      }
    }
    return members.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }.map { Set($0) }
  }

  /// The lists of patterns of which a question asks whether one matches.
  fileprivate var patternLists: [[TextPattern]] {
    var lists: [[TextPattern]] = []
    var seen: Set<[TextPattern]> = []
    for case .matches(let patterns) in self where seen.insert(patterns.map(\.folded)).inserted {
      lists.append(patterns.map(\.folded))
    }
    return lists.sorted { a, b in
      let (a, b) = (a.map(\.sortKey), b.map(\.sortKey))
      return a.lexicographicallyPrecedes(b) { $0.lexicographicallyPrecedes($1) }
    }
  }
}

extension TextPattern {
  fileprivate var sortKey: [UInt8] {
    [UInt8(TextMatch.allCases.firstIndex(of: match) ?? 0)] + pattern
  }
}
