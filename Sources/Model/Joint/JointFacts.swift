import Syntax
import Values

/// The facts of one policy, by what identifies them.
struct FactTable {
  private var byPath: [[ExactName]: Fact] = [:]
  private var byPhrase: [String: Fact] = [:]
  /// The paths that lead to an object in which a fact lies.
  private var outerPaths: Set<[ExactName]> = []

  init(_ facts: [Fact]) {
    for fact in facts {
      let path = fact.path.map(ExactName.init)
      byPath[path] = fact
      byPhrase[fact.phraseKey] = fact
      for length in path.indices.dropFirst() { outerPaths.insert(Array(path.prefix(length))) }
    }
  }

  subscript(path: [String]) -> Fact? { byPath[path.map(ExactName.init)] }
  subscript(phrase phrase: String) -> Fact? { byPhrase[Fact.key(phrase)] }

  /// Whether a fact lies inside what is read from this path, or this path inside a fact's field.
  func holdsPathAround(_ path: [String]) -> Bool {
    let path = path.map(ExactName.init)
    return outerPaths.contains(path)
      || path.indices.dropFirst().contains { byPath[Array(path.prefix($0))] != nil }
  }
}

/// A name that is compared byte by byte, as values and fields of messages are.
struct ExactName: Hashable {
  private let bytes: [UInt8]

  init(_ name: String) {
    bytes = Array(name.utf8)
  }
}

extension Set<ExactName> {
  func holds(_ name: String) -> Bool { contains(ExactName(name)) }
}

/// What a joint fact is in a message that does not give it.
struct JointPresence {
  let joint: Fact.Presence
  /// Whether the two policies differ in it.
  let isDifferent: Bool

  /// The defaults are in joint numbers; nil of one with a value that the other policy does not
  /// know.
  init(_ a: Fact.Presence?, _ b: Fact.Presence?, isDate: Bool) {
    isDifferent = a == nil || a != b
    switch (a, b) {
    case (.required?, _), (_, .required?): joint = .required
    case (let a?, _) where a == b: joint = a
    // What holds of a default date depends on today, and is no condition on the message.
    case _ where isDate: joint = .required
    case (_, _): joint = .optional
    }
  }
}

extension Fact {
  /// The phrase as sentences are read: without regard to case and articles.
  var phraseKey: String { Fact.key(phrase) }

  static func key(_ phrase: String) -> String {
    Resolver.key(phrase).split(separator: " ").filter { !["a", "an", "the"].contains($0) }
      .joined(separator: " ")
  }

  /// The values that messages under both policies may have; none of a fact that is not given by
  /// name.
  func valuesInCommon(with other: Fact) -> [String] {
    guard other.kind.hasValues else { return values }
    guard kind.hasValues else { return other.values }
    return other.values.filter(Set(values.map(ExactName.init)).holds)
  }

  /// The same fact as part of another vocabulary.
  func renumbered(_ id: FactID, _ kind: Kind, _ presence: Presence, _ values: [String]) -> Fact {
    Fact(
      id: id, phrase: phrase, negative: negative, kind: kind, presence: presence, values: values,
      path: path, span: span)
  }
}

extension Fact.Kind {
  /// Whether there is no number in the declared range.
  var isEmptyRange: Bool {
    guard case .number(let isWhole, _, let low?, let high?) = self else { return false }
    guard isWhole else { return low > high }
    let (least, most) = (low.millionths, high.millionths)
    let rest = least % 1_000_000
    return least - rest + (rest > 0 ? 1_000_000 : 0) > most
  }

  var hasValues: Bool {
    switch self {
    case .choice, .set: true
    case .yesOrNo, .number, .date, .text: false
    }
  }

  /// The kind of which all values are of both kinds; nil if they are of different kinds. There may
  /// be no number in its range.
  func joined(with other: Fact.Kind) -> Fact.Kind? {
    switch (self, other) {
    case (.choice, .choice), (.set, .set), (.yesOrNo, .yesOrNo), (.date, .date), (.text, .text):
      return self
    case (
      .number(let isWhole, let unit, let low, let high),
      .number(let isOtherWhole, _, let otherLow, let otherHigh)
    ):
      let low = [low, otherLow].compactMap(\.self).max()
      let high = [high, otherHigh].compactMap(\.self).min()
      return .number(isWhole: isWhole || isOtherWhole, unit: unit, low: low, high: high)
    // What a message gives as one text is a value of all three.
    case (.choice, .set), (.choice, .text), (.set, .choice), (.set, .text), (.text, .choice),
      (.text, .set):
      return .choice
    case (.choice, _), (.set, _), (.yesOrNo, _), (.number, _), (.date, _), (.text, _): return nil
    }
  }
}

extension Fact.Presence {
  /// The default, if there is one.
  var value: FactValue? {
    if case .defaulted(let value) = self { value } else { nil }
  }

  /// The presence with the default's values in other numbers; nil if one of them has none.
  func with(_ values: [ValueID?]) -> Fact.Presence? {
    switch self {
    case .required, .optional: self
    case .defaulted(.choice(let value)): values[value.index].map { .defaulted(.choice($0)) }
    case .defaulted(.set(let held)):
      held.contains { values[$0.index] == nil }
        ? nil : .defaulted(.set(Set(held.compactMap { values[$0.index] })))
    case .defaulted(.flag), .defaulted(.number), .defaulted(.day), .defaulted(.text): self
    }
  }
}

extension Note {
  /// The text with the fields of the facts that it names.
  func text(in vocabulary: Vocabulary) -> [String] {
    text.map { piece in
      switch piece {
      case .text(let text): text
      case .fact(let fact): "{\(vocabulary[fact].field)}"
      }
    }
  }
}
