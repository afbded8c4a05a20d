import Model
import Syntax
import Values

/// Sentences about a text: `subject contains "urgent"`, `recipient's address is not in one of the
/// domains "gov.uk", "nhs.net"`.
struct TextSentences {
  private let about: FactClass
  /// Patterns that match, and patterns that do not; none of them follows from another.
  private var (matching, others): ([TextPattern], [TextPattern])

  init(_ about: FactClass) {
    self.about = about
    (matching, others) = ([], [])
    var others: [TextPattern] = []
    for case (.matches(_, let pattern), let isSo) in about.literals {
      if isSo {
        matching = TextSentences.adding(pattern, to: matching) { $0.implies($1) }
      } else {
        others = TextSentences.adding(pattern, to: others) { $1.implies($0) }
      }
    }
    // Of a text that is known, everything is known.
    let known = matching.filter { $0.match == .equals }
    self.others = others.filter { pattern in !known.contains { $0.decides(pattern) } }
  }

  /// The patterns with one more, without those that follow from others.
  private static func adding(
    _ pattern: TextPattern, to patterns: [TextPattern],
    implies: (TextPattern, TextPattern) -> Bool
  ) -> [TextPattern] {
    if patterns.contains(where: { implies($0, pattern) }) { return patterns }
    return patterns.filter { !implies(pattern, $0) } + [pattern]
  }

  var sayings: [Saying] {
    let positive = matching.map { yes($0) }
    let negative = TextMatch.allCases.flatMap { match in
      no(match, others.filter { $0.match == match }.map(\.text))
    }
    return positive + negative
  }

  // MARK: Sentences

  private func yes(_ pattern: TextPattern) -> Saying {
    let text = pattern.text
    switch pattern.match {
    case .equals: return about.yes(text)
    case .inDomain: return about.yes("in the domain \(text)")
    case .startsWith, .endsWith, .contains:
      let verb = TextSentences.verb(pattern.match)
      return .positive(stem.map { "\($0) \(verb.yes) \(text)" } ?? goingOn(verb.yes, text))
    }
  }

  /// Endings with a verb need a phrase that ends in `is`, or a sentence to go on from: the text
  /// that equals the pattern starts with it, ends with it, and contains it.
  private func goingOn(_ verb: String, _ text: String) -> String {
    "(\(about.phrase) \(text) or \(verb) \(text))"
  }

  private func no(_ match: TextMatch, _ texts: [String]) -> [Saying] {
    guard let first = texts.first else { return [] }
    switch match {
    case .equals: return [about.none(of: texts)]
    case .inDomain:
      let domains = texts.joined(separator: ", ")
      return [
        about.no(
          texts.count == 1 ? "in the domain \(first)" : "in one of the domains \(domains)")
      ]
    case .startsWith, .endsWith, .contains:
      let verb = TextSentences.verb(match)
      guard let stem else { return texts.map { .negative("not \(goingOn(verb.yes, $0))") } }
      return [.negative("\(stem) does not \(verb.no) \(texts.quantified("one of"))")]
    }
  }

  private static func verb(_ match: TextMatch) -> (yes: String, no: String) {
    switch match {
    case .startsWith: ("starts with", "start with")
    case .endsWith: ("ends with", "end with")
    case .contains: ("contains", "contain")
    case .equals, .inDomain: preconditionFailure("only three comparisons of texts have a verb")
    }
  }

  /// `subject` of `subject is`.
  private var stem: String? {
    let words = about.phrase.split(separator: " ")
    guard let last = words.last, WordTable.lowercased(last) == "is",
      words.dropLast().contains(where: { !["a", "an", "the"].contains(WordTable.lowercased($0)) })
    else { return nil }
    return words.dropLast().joined(separator: " ")
  }
}

extension TextPattern {
  /// The pattern as the language writes it.
  fileprivate var text: String {
    StringLiteral.quoted(String(decoding: pattern, as: UTF8.self))
  }

  /// Whether every text that this pattern matches is matched by another, where that is plain to
  /// see.
  fileprivate func implies(_ other: TextPattern) -> Bool {
    switch (match, other.match) {
    case (.equals, _), (.startsWith, .startsWith), (.startsWith, .contains), (.endsWith, .endsWith),
      (.endsWith, .contains), (.contains, .contains), (.inDomain, .contains):
      other.match.matches(pattern, other.pattern)
    case (.inDomain, .inDomain):
      !pattern.contains(UInt8(ascii: "@")) && pattern.last != UInt8(ascii: ".")
        && other.match.matches(pattern, other.pattern)
    case (.startsWith, _), (.endsWith, _), (.contains, _), (.inDomain, _): false
    }
  }

  /// Whether this pattern, which is the text itself, is not matched by another.
  fileprivate func decides(_ other: TextPattern) -> Bool {
    !implies(other)
  }
}
