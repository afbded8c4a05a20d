import TestSupport

/// Writes valid policies at random, in every form of words that the language reads.
///
/// Two streams of numbers drive it: `plan` settles what a policy says, `style` how it is said. With
/// one plan, a plain author keeps to the first form of everything, and others choose among all forms
/// and layouts; what they write must mean the same.
struct Author {
  var plan: SeededRandom
  var style: SeededRandom
  /// Whether everything is written in its first form, without comments and odd white space.
  let isPlain: Bool
  /// Whether every rule has a name, so that decisions show the same rules wherever they stand.
  let namesEverything: Bool

  // What has been declared so far.
  var facts: [AuthoredFact] = []
  var definitions: [AuthoredFact] = []
  var lists: [AuthoredList] = []
  var outcomes: [String] = []
  var notes: [String] = []
  /// Whether the sentences under way are members of a group, whose words they may not use.
  var isInGroup = false
  var commentCount = 0

  init(seed: UInt64, style: UInt64?, namesEverything: Bool = false) {
    plan = SeededRandom(state: seed &* 0x9e37 &+ 17)
    self.style = SeededRandom(state: style ?? 0)
    isPlain = style == nil
    self.namesEverything = namesEverything
  }

  // MARK: What is said

  mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &plan) < percent
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &plan)
  }

  mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: 0..<items.count, using: &plan)]
  }

  /// Some of the items, each once.
  mutating func some<Item>(_ items: [Item], _ count: ClosedRange<Int>) -> [Item] {
    let most = min(number(count), items.count)
    return Array(items.shuffled(using: &plan).prefix(most))
  }

  // MARK: How it is said

  /// Whether to do what the plain author never does.
  mutating func whim(_ percent: Int) -> Bool {
    let drawn = Int.random(in: 0..<100, using: &style)
    return !isPlain && drawn < percent
  }

  /// The first form, or one of the others.
  mutating func say(_ forms: String...) -> String {
    say(forms)
  }

  mutating func say(_ forms: [String]) -> String {
    let index = Int.random(in: 0..<forms.count, using: &style)
    return isPlain ? forms[0] : forms[index]
  }
}

/// A fact or definition as its sentences need it.
struct AuthoredFact {
  enum Kind {
    case choice([String])
    case set([String])
    case flag
    case number(unit: String?)
    case date
    case text
  }

  let phrase: String
  let negatives: [String]
  let kind: Kind
  let isOptional: Bool

  var values: [String] {
    switch kind {
    case .choice(let values), .set(let values): values
    case .flag, .number, .date, .text: []
    }
  }

  /// Whether `within 10 days` could mean either direction.
  var isWas: Bool { phrase.split(separator: " ").contains { $0 == "was" || $0 == "were" } }
  var endsInBe: Bool { ["is", "are", "was"].contains { phrase.hasSuffix(" \($0)") } }
  /// `subject` of `subject is`.
  var withoutBe: String { String(phrase.dropLast(3)) }
}

/// A list, with the values that it comes to once the lists it names are written out.
struct AuthoredList {
  enum Kind {
    case values(of: String)
    case texts, days, outcomes
  }

  let name: String
  let kind: Kind
  let values: [String]
}

/// A statement with the section it belongs to, and its kind of place in the order of overriding.
struct AuthoredStatement {
  let section: String?
  let text: String
}
