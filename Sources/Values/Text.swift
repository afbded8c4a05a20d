/// How a text of a message is compared with a text of the policy.
///
/// Letters A to Z count as a to z; every other byte must be the same.
package enum TextMatch: Hashable, Sendable, CaseIterable {
  /// The text is the pattern.
  case equals
  /// The text begins with the pattern.
  case startsWith
  /// The text ends with the pattern.
  case endsWith
  /// The pattern stands somewhere in the text.
  case contains
  /// The text, or what follows its last `@`, is the pattern or ends with `.` and the pattern; one
  /// full stop at the end of the text is left out of account.
  case inDomain

  /// Whether the text compares so with the pattern, both in UTF-8.
  ///
  /// Allocates nothing. Linear time.
  package func matches(_ text: UnsafeRawBufferPointer, _ pattern: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .equals:
      text.count == pattern.count && same(text, at: 0, pattern)
    case .startsWith:
      text.count >= pattern.count && same(text, at: 0, pattern)
    case .endsWith:
      text.count >= pattern.count && same(text, at: text.count - pattern.count, pattern)
    case .contains:
      holds(text, pattern)
    case .inDomain:
      lies(text, inDomain: pattern)
    }
  }

  /// Whether the text compares so with the pattern, both in UTF-8.
  package func matches(_ text: UnsafeRawBufferPointer, _ pattern: [UInt8]) -> Bool {
    pattern.withUnsafeBytes { matches(text, $0) }
  }

  /// Whether the text compares so with the pattern, both in UTF-8.
  package func matches(_ text: ArraySlice<UInt8>, _ pattern: [UInt8]) -> Bool {
    text.withUnsafeBytes { matches($0, pattern) }
  }

  /// Whether the text compares so with the pattern, both in UTF-8.
  package func matches(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
    text.withUnsafeBytes { matches($0, pattern) }
  }

  /// Whether the text compares so with the pattern.
  ///
  /// `TextMatch.contains` stands in for `contains(_:)` of two strings everywhere: that one links the
  /// regular expressions of the standard library, a tenth of the program.
  package func matches(_ text: String, _ pattern: String) -> Bool {
    matches(Array(text.utf8), Array(pattern.utf8))
  }
}

/// A byte with A to Z made a to z.
@inline(__always)
private func folded(_ byte: UInt8) -> UInt8 {
  byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
}

/// Whether the pattern stands in the text at that offset, where there is room for it.
private func same(
  _ text: UnsafeRawBufferPointer, at offset: Int, _ pattern: UnsafeRawBufferPointer
) -> Bool {
  for index in 0..<pattern.count
  where folded(text[offset + index]) != folded(pattern[index]) {
    return false
  }
  return true
}

/// Whether the text, or what follows its last `@`, is the domain or lies below it.
private func lies(
  _ text: UnsafeRawBufferPointer, inDomain domain: UnsafeRawBufferPointer
) -> Bool {
  let start = text.lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? 0
  var end = text.count
  if end > start, text[end - 1] == UInt8(ascii: ".") {
    end -= 1
  }
  let offset = end - domain.count
  guard offset >= start, same(text, at: offset, domain) else { return false }
  return offset == start || text[offset - 1] == UInt8(ascii: ".")
}

/// Whether the pattern stands anywhere in the text.
///
/// A sum over a window that slides along the text says where to look closer, so that a long text
/// made to look like the pattern everywhere costs no more than another.
/// Source: R. M. Karp and M. O. Rabin, "Efficient randomized pattern-matching algorithms", 1987.
private func holds(_ text: UnsafeRawBufferPointer, _ pattern: UnsafeRawBufferPointer) -> Bool {
  let width = pattern.count
  guard width <= text.count else { return false }
  let base: UInt64 = 0x9e37_79b9_7f4a_7c15
  var (wanted, window, leading): (UInt64, UInt64, UInt64) = (0, 0, 1)
  for index in 0..<width {
    wanted = wanted &* base &+ UInt64(folded(pattern[index]))
    window = window &* base &+ UInt64(folded(text[index]))
    leading = leading &* base
  }
  var offset = 0
  while true {
    if window == wanted, same(text, at: offset, pattern) { return true }
    guard offset + width < text.count else { return false }
    let (left, entering) = (folded(text[offset]), folded(text[offset + width]))
    window = window &* base &+ UInt64(entering) &- leading &* UInt64(left)
    offset += 1
  }
}
