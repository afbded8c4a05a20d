import Logic
package import Model
import Values

// Which patterns can match one text together.
//
// A text that must match some patterns and must not match others is sought in the shape that matches
// least: the longest beginning asked for, then everything that it must contain, then the longest end,
// with a sign in between that stands in no pattern. Whatever pattern matches such a text, matches every
// text that meets the demands; so if this one does not do, none does. Only a domain can be met in several
// ways (`gov.uk` is the whole text, or follows a full stop or an at sign, with a full stop behind it or
// not): these few shapes are tried one after the other.

extension TextPattern {
  /// A text that matches exactly these of the patterns; nil if there is none.
  ///
  /// O(patterns × length of the text).
  package static func text(matching wanted: [TextPattern], not unwanted: [TextPattern]) -> String? {
    shapes(matching: wanted, not: unwanted).map { String(decoding: $0, as: UTF8.self) }
      .first { text in
        wanted.allSatisfy { $0.matches(text) } && !unwanted.contains { $0.matches(text) }
      }
  }

  /// The texts of which one does if any does.
  private static func shapes(matching wanted: [TextPattern], not unwanted: [TextPattern])
    -> [[UInt8]]
  {
    func longest(_ match: TextMatch) -> [UInt8] {
      wanted.filter { $0.match == match }.map(\.pattern).max { $0.count < $1.count } ?? []
    }
    if let whole = wanted.first(where: { $0.match == .equals }) { return [whole.pattern] }
    let strange = strangeSign(in: wanted + unwanted)
    let (beginning, end, domain) = (longest(.startsWith), longest(.endsWith), longest(.inDomain))
    var middle: [UInt8] = []
    var plain = beginning
    for part in wanted where part.match == .contains {
      middle += strange + part.pattern
      plain += part.pattern
    }
    let start = beginning + middle + strange
    // What a person would write comes first.
    guard !domain.isEmpty else {
      return (wanted.isEmpty ? [] : [plain + end]) + [start + end]
    }
    let stop = UInt8(ascii: ".")
    let at = UInt8(ascii: "@")
    var shapes = [domain, domain + [stop]]
    for tail in [[at] + domain, [stop] + domain, [at] + domain + [stop], [stop] + domain + [stop]] {
      let last = tail.count >= end.count ? tail : end
      shapes.append(start + last)
    }
    return shapes
  }

  /// A character that stands in no pattern, in UTF-8. A plain letter if one is left.
  private static func strangeSign(in patterns: [TextPattern]) -> [UInt8] {
    for letter in "xyzqjkvwubcdefghilmnoprsta-_0123456789".utf8
    where !patterns.contains(where: { $0.pattern.contains(letter) }) {
      return [letter]
    }
    var used: Set<Unicode.Scalar> = []
    for pattern in patterns {
      used.formUnion(String(decoding: pattern.pattern, as: UTF8.self).unicodeScalars)
    }
    // Patterns have fewer characters than there are.
    let others = (0x4E00...0x10FFFF).lazy.compactMap(Unicode.Scalar.init)
    guard let other = others.first(where: { !used.contains($0) }) else {
      preconditionFailure("a policy cannot hold every character there is")
    }
    return Array(String(other).utf8)
  }

  // MARK: - What one pattern says about another

  /// What follows for the second pattern from the first alone. With these a solver seldom asks for
  /// what no text can do.
  static func implications(
    _ patterns: [TextPattern], _ literals: [Literal]
  ) -> [(Literal, Literal)] {
    var implications: [(Literal, Literal)] = []
    for (index, pattern) in patterns.enumerated() {
      for (otherIndex, other) in patterns.enumerated() where otherIndex != index {
        switch pattern.relation(to: other) {
        case .implies: implications.append((literals[index], literals[otherIndex]))
        case .excludes: implications.append((literals[index], !literals[otherIndex]))
        case .neither: break
        }
      }
    }
    return implications
  }

  private enum Relation { case implies, excludes, neither }

  private func relation(to other: TextPattern) -> Relation {
    func holds(_ match: TextMatch) -> Bool { match.matches(pattern, other.pattern) }
    switch (match, other.match) {
    case (.equals, _): return other.matches(bytes: pattern) ? .implies : .excludes
    case (_, .equals): return .neither
    case (.startsWith, .startsWith):
      if holds(.startsWith) { return .implies }
      return TextMatch.startsWith.matches(other.pattern, pattern) ? .neither : .excludes
    case (.endsWith, .endsWith):
      if holds(.endsWith) { return .implies }
      return TextMatch.endsWith.matches(other.pattern, pattern) ? .neither : .excludes
    case (.inDomain, .inDomain):
      if holds(.inDomain) { return .implies }
      return TextMatch.inDomain.matches(other.pattern, pattern) ? .neither : .excludes
    case (.contains, .contains), (.startsWith, .contains), (.endsWith, .contains),
      (.inDomain, .contains):
      return holds(.contains) ? .implies : .neither
    case (.startsWith, _), (.endsWith, _), (.contains, _), (.inDomain, _): return .neither
    }
  }

  private func matches(bytes: [UInt8]) -> Bool { match.matches(bytes, pattern) }
}
