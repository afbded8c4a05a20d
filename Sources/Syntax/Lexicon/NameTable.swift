/// Declared names of one kind: values of a fact, outcomes, notes, or lists.
///
/// Names are compared word by word without regard to case. An article counts only where it is the
/// last word of a name: elsewhere it may stand or be left out.
package struct NameTable: Sendable {
  private var trie = WordTrie<Int>()
  private var byText: [String: Int] = [:]
  package private(set) var names: [String] = []

  package init() {}

  /// The most words that are looked at for one name; bounds the recursion.
  private static let longestName = 40

  /// Adds a name under the next number; false if it cannot be told apart from an earlier one, whose
  /// number the new one then shares.
  package mutating func add(_ name: String, isQuoted: Bool, _ words: inout WordTable) -> Int? {
    let parts = NameTable.words(of: name)
    let key = NameTable.key(parts)
    names.append(name)
    if let earlier = byText[key] { return earlier }
    byText[key] = names.count - 1
    let interned = parts.map { words.intern(lowercased: $0) }
    let keywords = interned.compactMap(\.keyword)
    if !keywords.contains(where: Keyword.reserved.contains) || !isQuoted {
      trie.insert(interned, names.count - 1)
    }
    return nil
  }

  /// The number of the name that a text spells.
  package func number(of text: String) -> Int? {
    number(ofKey: NameTable.key(of: text))
  }

  /// The number of the name with a key.
  func number(ofKey key: String) -> Int? {
    byText[key]
  }

  /// What names that cannot be told apart have in common.
  static func key(of name: String) -> String {
    key(words(of: name))
  }

  private static func key(_ words: [String]) -> String {
    words.count == 1 ? words[0] : words.joined(separator: " ")
  }

  /// The longest name that begins at a token, and the token behind it.
  func match(_ tokens: [Token], at start: Int, limit: Int, text: (Int) -> String) -> (Int, Int)? {
    guard start < limit else { return nil }
    if tokens[start].kind == .string {
      return number(of: StringLiteral.value(text(start))).map { ($0, start + 1) }
    }
    return longest(tokens, from: start, first: start, limit: limit, WordTrie<Int>.root)
  }

  private func longest(
    _ tokens: [Token], from index: Int, first: Int, limit: Int, _ node: UInt32
  ) -> (Int, Int)? {
    let here = trie.payload(node).first.map { ($0, index) }
    guard index < min(limit, first + NameTable.longestName) else { return here }
    guard tokens[index].kind == .word else { return here }
    guard index == first || !tokens[index].isFirstOnLine else { return here }
    if let next = trie.next(node, tokens[index].word),
      let match = longest(tokens, from: index + 1, first: first, limit: limit, next)
    {
      return match
    }
    let isArticle = tokens[index].keyword.map(Keyword.articles.contains) ?? false
    if isArticle,
      let match = longest(tokens, from: index + 1, first: first, limit: limit, node),
      match.1 > index + 1
    {
      return match
    }
    return here
  }

  /// The words of a name in lower case, without the articles that do not count.
  package static func words(of name: String) -> [String] {
    let all = WordTable.lowercased(name).spacedWords
    guard all.count > 1, let last = all.last else { return all }
    return all.dropLast().filter { !["a", "an", "the"].contains($0) } + [last]
  }
}
