import Values

/// Compares a text with all patterns of one fact at once.
///
/// Any number of threads may use it. Comparing allocates nothing and is linear in the text and the longest pattern,
/// however many patterns there are.
final class TextMatcher: Sendable {
  private let equals: PatternTable
  private let starts: PatternTable
  private let ends: PatternTable
  private let domains: PatternTable
  private let parts: PatternAutomaton
  /// Sets of members, of so many words each.
  private let masks: [UInt64]
  private let words: Int

  /// A pattern, and the member that holds of a text which it matches.
  struct Pattern {
    let match: TextMatch
    let bytes: [UInt8]
    let member: Int
  }

  /// A matcher of patterns whose members take so many words.
  init(_ given: [Pattern], words: Int) {
    self.words = words
    var sets = MemberSets(words: words)
    var numbers: [TextMatch: [[UInt8]: Int]] = [:]
    for pattern in given {
      let bytes = pattern.bytes.map(folded)
      let own = sets.set(holding: pattern.member)
      let others = numbers[pattern.match]?[bytes]
      numbers[pattern.match, default: [:]][bytes] = others.map { sets.union($0, own) } ?? own
    }
    func patterns(_ match: TextMatch) -> [(pattern: [UInt8], mask: Int)] {
      numbers[match, default: [:]].map { ($0.key, $0.value) }
    }
    equals = PatternTable(patterns(.equals), fromEnd: false)
    starts = PatternTable(patterns(.startsWith), fromEnd: false)
    ends = PatternTable(patterns(.endsWith), fromEnd: true)
    domains = PatternTable(patterns(.inDomain), fromEnd: true)
    parts = PatternAutomaton(patterns(.contains)) { sets.union($0, $1) }
    masks = sets.words
  }

  /// Adds the members of which one pattern matches the text.
  func match(_ text: UnsafeRawBufferPointer, into members: UnsafeMutablePointer<UInt64>) {
    matchBeginning(text, members)
    matchEnd(text, members)
    matchDomain(text, members)
    parts.forEachMask(in: text) { add($0, to: members) }
  }

  @inline(__always)
  private func add(_ mask: Int?, to members: UnsafeMutablePointer<UInt64>) {
    guard let mask else { return }
    for word in 0..<words { members[word] |= masks[mask * words + word] }
  }

  private func matchBeginning(
    _ text: UnsafeRawBufferPointer, _ members: UnsafeMutablePointer<UInt64>
  ) {
    let most = min(max(starts.longest, text.count <= equals.longest ? text.count : -1), text.count)
    guard most >= 0 else { return }
    var hash: UInt64 = 0
    for end in 0...most {
      add(starts.mask(hash, text[..<end]), to: members)
      if end == text.count { add(equals.mask(hash, text[...]), to: members) }
      if end < most { hash = PatternTable.hash(hash, folded(text[end])) }
    }
  }

  private func matchEnd(
    _ text: UnsafeRawBufferPointer, _ members: UnsafeMutablePointer<UInt64>
  ) {
    let most = min(ends.longest, text.count)
    guard most >= 0 else { return }
    var hash: UInt64 = 0
    for count in 0...most {
      let start = text.count - count
      add(ends.mask(hash, text[start...]), to: members)
      if count < most { hash = PatternTable.hash(hash, folded(text[start - 1])) }
    }
  }

  /// Domains are ends that begin the text, or stand behind its last `@` or behind a full stop that comes after that.
  private func matchDomain(
    _ text: UnsafeRawBufferPointer, _ members: UnsafeMutablePointer<UInt64>
  ) {
    guard domains.longest >= 0 else { return }
    let end = text.last == UInt8(ascii: ".") ? text.count - 1 : text.count
    var (start, hash): (Int, UInt64) = (end, 0)
    while end - start <= domains.longest {
      let before = start > 0 ? text[start - 1] : UInt8(ascii: "@")
      let isWhole = before == UInt8(ascii: "@")
      if isWhole || before == UInt8(ascii: ".") {
        add(domains.mask(hash, text[start..<end]), to: members)
      }
      guard !isWhole else { return }
      hash = PatternTable.hash(hash, folded(before))
      start -= 1
    }
  }
}

extension TextMatcher {
  /// Up to so many patterns are quicker compared one by one.
  private static let few = 4

  /// A matcher of the patterns of a text; nil if there are only a few.
  convenience init?(_ fact: FactRecord, _ program: Program) {
    guard fact.kind == FactRecord.Kind.text.rawValue, fact.count > TextMatcher.few else {
      return nil
    }
    let patterns = (fact.first..<fact.first + fact.count).map { index in
      let record = program.patterns[index]
      return Pattern(
        match: TextMatch(place: record.match), bytes: Array(program.bytes(of: record.text)),
        member: Int(record.member))
    }
    self.init(patterns, words: Int(fact.memberWords))
  }
}

extension TextMatch {
  /// The case at a place among all cases.
  init(place: UInt32) {
    switch place {
    case 0: self = .equals
    case 1: self = .startsWith
    case 2: self = .endsWith
    case 3: self = .contains
    default: self = .inDomain
    }
  }
}

/// Sets of members, each kept once and known by its number.
private struct MemberSets {
  private(set) var words: [UInt64] = []
  private let wordCount: Int
  private var numbers: [[UInt64]: Int] = [:]

  init(words wordCount: Int) { self.wordCount = wordCount }

  mutating func set(holding member: Int) -> Int {
    var set = [UInt64](repeating: 0, count: wordCount)
    set[member >> 6] |= 1 << UInt64(member & 63)
    return number(of: set)
  }

  mutating func union(_ a: Int, _ b: Int) -> Int {
    number(of: (0..<wordCount).map { words[a * wordCount + $0] | words[b * wordCount + $0] })
  }

  private mutating func number(of set: [UInt64]) -> Int {
    if let known = numbers[set] { return known }
    let number = numbers.count
    words += set
    numbers[set] = number
    return number
  }
}
