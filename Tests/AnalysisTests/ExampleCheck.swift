import Engine
import Findings
import Model
import Syntax
import Values

/// Whether the message of a finding shows it, whatever it leaves out, and no smaller one does.
struct ExampleCheck {
  private let finding: Finding
  private let name: String
  private let reference: Reference
  private let samples: Samples
  private(set) var complaints: [String] = []

  private var policy: Policy { reference.policy }

  init(_ finding: Finding, _ name: String, _ reference: Reference, _ samples: Samples) {
    (self.finding, self.name) = (finding, name)
    (self.reference, self.samples) = (reference, samples)
  }

  /// Facts of a message and, where two are compared, the second values of some; by number.
  private var places: [FactID] {
    let facts = policy.vocabulary.facts.map(\.id)
    guard case .neverDependsOn(let copied) = promise?.pledge else { return facts }
    return facts + copied.sorted()
  }

  private var promise: Promise? {
    policy.promises.first { $0.span == finding.span }
  }

  mutating func run() {
    guard let example = finding.example,
      let today = Day.parseISO(example.day.utf8), let message = decoded(example.message, today)
    else { return complain("cannot be read") }
    guard let other = example.other else {
      return run(today, message, [message], [example.message])
    }
    guard let second = decoded(other, today) else { return complain("cannot be read") }
    run(today, message, [message, second], [example.message, other])
  }

  private mutating func complain(_ what: String) {
    let text = finding.example.map { "\($0.message) \($0.other ?? "") on \($0.day)" } ?? ""
    complaints.append("\(name): the example \(text) \(what)")
  }

  private func decoded(_ text: String, _ today: Day) -> Message? {
    Array(text.utf8).withUnsafeBytes { bytes in
      try? MessageDecoder(policy.vocabulary).decode(bytes).get().message(today: today)
    }
  }

  private mutating func run(_ today: Day, _ message: Message, _ pair: [Message], _ texts: [String])
  {
    let given = policy.vocabulary.facts.filter { fact in
      texts.contains { $0.contains("\"\(fact.field)\":") }
    }
    .map(\.id.index)
    // The example's own values are among those of the facts, and the second message's.
    let states = zip(message.values, pair[pair.count - 1].values).map { first, second in
      first == .missing ? second : first
    }
    let own = Reference(Table(policy, samples, on: today, states))
    guard let block = own.table.blocks.first else { return }
    let values = places.enumerated().map { index, fact in
      choice(of: pair[index < policy.vocabulary.facts.count ? 0 : pair.count - 1][fact], fact, own)
    }
    if values.contains(-1) { return complain("has a value that is like none that is tried") }
    if !shows(values, own, block) { complain("does not show it whatever is left out") }
    checkSmallest(given, today)
  }

  /// Which of the choices of a fact is like the given one; nil if it is missing.
  private func choice(of state: FactState, _ fact: FactID, _ own: Reference) -> Int? {
    guard state != .missing, let block = own.table.blocks.first else { return nil }
    let truths = own.table.tests[fact.index].map {
      $0.truth(of: state, today: block.today, policy.calendar) == .yes
    }
    return block.choices[fact.index].firstIndex { $0.truths == truths } ?? -1
  }

  // MARK: - What shows it

  /// Whether messages show it in which places have these choices, whatever the others have.
  private func shows(_ values: [Int?], _ reference: Reference, _ block: Table.Block) -> Bool {
    let target = target(reference)
    return completions(values, block).allSatisfy { isShown($0, reference, block, target) }
  }

  private func completions(_ values: [Int?], _ block: Table.Block) -> [[Int]] {
    var all: [[Int]] = [[]]
    for (place, value) in zip(places, values) {
      let choices = value.map { [$0] } ?? Array(block.choices[place.index].indices)
      all = all.flatMap { start in choices.map { start + [$0] } }
    }
    return all
  }

  private func isShown(
    _ picks: [Int], _ reference: Reference, _ block: Table.Block, _ target: Column
  ) -> Bool {
    let count = policy.vocabulary.facts.count
    let first = Array(picks[..<count])
    let number = block.start + block.number(first)
    guard target[number] else { return false }
    guard picks.count > count else { return true }
    var second = first
    for (place, pick) in zip(places[count...], picks[count...]) { second[place.index] = pick }
    let other = block.start + block.number(second)
    return target[other] && reference.codes[number] != reference.codes[other]
  }

  /// The messages that show it; of a promise never to depend on something, those it is about.
  private func target(_ reference: Reference) -> Column {
    switch finding.code {
    case .gap: return reference.whole.gap
    case .conflict:
      let rules = [finding.span, finding.related[0].span].compactMap { span in
        policy.rules.first { $0.span == span }
      }
      return reference.bothWin(rules[0], rules[1])
    default:
      guard let promise else { return reference.none }
      if case .neverDependsOn = promise.pledge { return reference.meant(promise) }
      return reference.breaking(promise)
    }
  }

  // MARK: - What is smallest

  private mutating func checkSmallest(_ given: [Int], _ today: Day) {
    let target = target(reference)
    for places in placeSets {
      let distances = reference.table.blocks.filter { canShow(places, $0, target) }
        .map { distance($0.today) }
      guard let nearest = distances.min() else { continue }
      let facts = Set(places.map { self.places[$0].index }).sorted()
      if facts != given {
        complain("is not smallest: facts \(facts) are enough")
      } else if nearest < distance(today) {
        complain("is not on the nearest day")
      }
      return
    }
    complain("shows what no message shows")
  }

  private func distance(_ day: Day) -> Int { abs(Int(day.number) - Int(DayPool.usual.number)) }

  /// All sets of places, the smallest and first ones first.
  private var placeSets: [[Int]] {
    (0..<1 << places.count).map { bits in places.indices.filter { bits >> $0 & 1 == 1 } }
      .sorted { ($0.count, $0.lexicographic) < ($1.count, $1.lexicographic) }
  }

  /// Whether some message of a day shows it that gives only these places.
  private func canShow(_ given: [Int], _ block: Table.Block, _ target: Column) -> Bool {
    var starts: [[Int?]] = [[]]
    for (index, place) in places.enumerated() {
      let choices: [Int?] =
        given.contains(index)
        ? block.choices[place.index].indices.map { $0 } : [block.unsaid[place.index]]
      starts = starts.flatMap { start in choices.map { start + [$0] } }
    }
    return starts.contains { values in
      completions(values, block).allSatisfy { isShown($0, reference, block, target) }
    }
  }
}

extension [Int] {
  /// For comparing lists of one length, of numbers below ten.
  fileprivate var lexicographic: Int { reduce(0) { $0 * 10 + $1 } }
}
