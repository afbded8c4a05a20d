import Classes
import Findings
import Model
import Syntax
import TestSupport
import Testing
import Values

/// Draws messages and properties at random; gives each property the truth that it has in one of the
/// messages; puts the sentences for them into a rule, and asks the rule about all messages.
@Suite struct `The sentences for a class of messages` {
  @Test func `are read without errors and true of exactly the messages of the class`() {
    var counts: [String: Int] = [:]
    for seed in seeds(100) {
      var author = Author(seed: seed, style: nil)
      let vocabularyText = vocabulary(&author)
      guard let policy = policy(vocabularyText, conditions: [], seed) else { continue }
      var draw = RandomClass(policy, seed: seed)
      let classes = (0..<12).map { _ in draw.properties() }
      let sentences = ClassSentences(policy.vocabulary)
      let conditions = classes.map { sentences.sentences($0).joined(separator: " and ") }
      let asked = zip(classes, conditions).filter { !$0.1.isEmpty }
      guard let read = self.policy(vocabularyText, conditions: asked.map(\.1), seed) else { return }
      let meaning = Meaning(read)
      for ((properties, text), rule) in zip(asked, read.rules) {
        counts[rule.condition.isAnd ? "several" : "one", default: 0] += 1
        for _ in 0..<30 {
          let message = draw.message(near: properties)
          let isMember = properties.allSatisfy { $0.0.holds(in: message, read) == $0.1 }
          counts[isMember ? "members" : "others", default: 0] += 1
          let truth = meaning.truth(of: rule.condition, message, outcome: nil)
          guard truth != Truth(isMember) else { continue }
          Issue.record("seed \(seed): \(text)\n\(properties)\n\(message)")
          return
        }
      }
    }
    for kind in ["several", "one", "members", "others"] { #expect(counts[kind, default: 0] > 300) }
  }

  /// The statements of a vocabulary, with facts that are hard to say something about.
  private func vocabulary(_ author: inout Author) -> String {
    let (statements, _) = author.vocabulary()
    let ifRecorded = author.chance(60) ? ", if recorded" : ""
    let hard = [
      "fact parents asked for: one of \"yes\", \"in time\", the office, A, \"5 or 6\"\(ifRecorded)",
      "fact parcels hold: any of \"nothing at all\", B, purpose is, a pen\(ifRecorded)",
      "fact parents agree: yes or no\(ifRecorded)",
      "fact pupils weigh: number of kg from -3 to 70.5\(ifRecorded)",
      "fact pupils count: whole number of € from 0 to 90\(ifRecorded)",
      "fact notices went: date\(ifRecorded)",
      "fact we were told: date\(ifRecorded)",
      "fact parents wrote: text\(ifRecorded)",
      "list holidays: 25 December 2026, 28 December 2026",
    ]
    let isPlain = { (statement: String) in
      !statement.hasPrefix("list ") || statement.hasPrefix("list group")
    }
    return (statements.filter(isPlain) + hard).joined(separator: "\n\n") + "\n\n"
  }

  private func policy(_ vocabulary: String, conditions: [String], _ seed: UInt64) -> Policy? {
    let outcome = "outcome nothing at all happens\n\nwhen unsure nothing at all happens\n"
    let rules = conditions.map { "\nif \($0)\nthen nothing at all happens\n" }
    let bytes = Array((vocabulary + outcome + rules.joined()).utf8)
    let text = PolicyText(ruleFiles: [SourceFile(path: "a.rules", bytes: bytes)]) { _ in
      .failure(.missing)
    }
    let resolution = resolved(text).resolution
    #expect(resolution.errors.isEmpty, "seed \(seed): \(resolution.errors)")
    return resolution.policy
  }
}

extension Condition {
  fileprivate var isAnd: Bool {
    if case .and = self { true } else { false }
  }
}

extension Property {
  /// Whether a message has the property.
  func holds(in message: Message, _ policy: Policy) -> Bool {
    guard let fact else { return holds(on: message.today, policy) }
    guard case .value(let value) = message[fact] else { return false }
    switch (self, value) {
    case (.isRecorded, _): return true
    case (.isOneOf(_, let values), .choice(let choice)): return values.contains(choice)
    case (.holds(_, let values), .set(let held)): return !held.isDisjoint(with: values)
    case (.isTrue, .flag(let flag)): return flag
    case (.isAtLeast(_, let cut), .number(let number)): return number.millionths >= cut
    case (.isFrom(_, let bound), .day(let day)):
      return Int(day.number) >= bound.number(today: message.today, policy.calendar)
    case (.matches(_, let pattern), .text(let text)): return pattern.matches(text)
    default: return false
    }
  }

  private func holds(on today: Day, _ policy: Policy) -> Bool {
    self == .todayIsWorkingDay && policy.calendar.isWorkingDay(today)
  }
}

/// Draws classes and messages of a policy's vocabulary.
private struct RandomClass {
  let policy: Policy
  var random: SeededRandom

  init(_ policy: Policy, seed: UInt64) {
    self.policy = policy
    random = SeededRandom(state: seed &+ 77)
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  // MARK: Classes

  /// Properties of a few facts, as they are in one message.
  mutating func properties() -> [(Property, Bool)] {
    var properties: [Property] = []
    for fact in policy.vocabulary.facts.shuffled(using: &random).prefix(pick([1, 1, 2, 4])) {
      if fact.presence == .optional, chance(30) { properties.append(.isRecorded(fact.id)) }
      for _ in 0..<pick([0, 1, 1, 2, 3, 5]) { properties.append(property(of: fact)) }
    }
    if chance(10) { properties.append(.todayIsWorkingDay) }
    let message = message(near: properties.map { ($0, true) })
    return properties.map { ($0, $0.holds(in: message, policy)) }
  }

  private mutating func property(of fact: Fact) -> Property {
    switch fact.kind {
    case .choice: .isOneOf(fact.id, values(of: fact))
    case .set: .holds(fact.id, values(of: fact))
    case .yesOrNo: .isTrue(fact.id)
    case .number: .isAtLeast(fact.id, cut())
    case .date: .isFrom(fact.id, bound())
    case .text: .matches(fact.id, TextPattern(pick(TextMatch.allCases), Array(pick(patterns).utf8)))
    }
  }

  private let patterns = ["gov.uk", "a.gov.uk", "uk", "Say \"hi\"", "nhs.net", "a"]

  private mutating func values(of fact: Fact) -> [ValueID] {
    let count = pick([1, 1, 1, 2, fact.values.count])
    return fact.values.indices.shuffled(using: &random).prefix(count).map { ValueID($0) }.sorted()
  }

  private mutating func cut() -> Int64 {
    Int64(Int.random(in: -5...95, using: &random)) * 1_000_000 + pick([0, 0, 1, 500_000])
  }

  private mutating func bound() -> DayBound {
    let unit = pick(DayDuration.Unit.allCases)
    let duration = DayDuration(count: Int.random(in: 0...14, using: &random), unit: unit)
    let fixed = Day(year: 2026, month: pick([1, 2, 3]), day: pick([1, 14, 28])) ?? .first
    return DayBound(
      pick([.day(fixed), .today, .todayPlus(duration), .todayMinus(duration)]),
      offset: pick([0, 1]))
  }

  // MARK: Messages

  /// A complete message whose numbers, dates and texts lie near what the properties ask.
  mutating func message(near properties: [(Property, Bool)]) -> Message {
    let today = Day(year: 2026, month: pick([1, 2, 2, 3, 12]), day: pick([1, 13, 28])) ?? .first
    return Message(
      values: policy.vocabulary.facts.map { fact in
        if fact.presence == .optional, chance(25) { return .absent }
        let asked = properties.map(\.0).filter { $0.fact == fact.id }
        return .value(value(of: fact, asked, today))
      }, today: today)
  }

  private mutating func value(of fact: Fact, _ asked: [Property], _ today: Day) -> FactValue {
    switch fact.kind {
    case .choice: return .choice(ValueID(Int.random(in: 0..<fact.values.count, using: &random)))
    case .set:
      let percent = pick([0, 30, 60, 100])
      return .set(Set(fact.values.indices.filter { _ in chance(percent) }.map { ValueID($0) }))
    case .yesOrNo: return .flag(chance(50))
    case .number(let isWhole, _, let low, let high):
      var cuts: [Int64] = [0]
      for case .isAtLeast(_, let cut) in asked { cuts.append(cut) }
      var number = pick(cuts) + pick([-1, 0, 1, -1_000_000, 1_000_000])
      if isWhole { number -= number % 1_000_000 }
      number = max(number, low?.millionths ?? number)
      number = min(number, high?.millionths ?? number)
      return .number(Decimal6(millionths: number) ?? Decimal6(0))
    case .date:
      var days: [Int] = [Int(today.number)]
      for case .isFrom(_, let bound) in asked {
        days.append(bound.number(today: today, policy.calendar))
      }
      return .day(Day(clamping: pick(days) + pick([-20, -1, 0, 1, 20])))
    case .text: return .text(pick(patterns) + pick(["", "", "x", ".uk"]))
    }
  }
}
