import Findings

/// Phrases and names, and what parts them.
extension Parser {
  /// Reports a phrase that is another phrase with a complete ending.
  mutating func checkApart(_ phrase: PhraseSyntax) {
    let outer = limit
    limit = phrase.range.upperBound
    defer { limit = outer }
    for shorter in matchPhrases(at: phrase.range.lowerBound) where shorter.end < limit {
      guard case .fact(let fact) = shorter.meaning.sense,
        let match = matchEnding(
          of: fact, isNegative: shorter.meaning.isNegative, at: shorter.end, in: .condition),
        match.end == limit
      else { continue }
      let other = lexicon[fact].phrase
      report(.apartFrom(phrase.text, other.text, phrase.span, other: other.span))
      return
    }
  }

  /// phrase = WORD { WORD }
  mutating func expectPhrase(after what: String) -> PhraseSyntax? {
    let start = position
    var phraseWords: [Word] = []
    while !isAtEnd, kind(position) == .word {
      if position > start, tokens[position].isFirstOnLine { break }
      if let keyword = keyword(position), Keyword.reserved.contains(keyword) {
        report(.reservedWord(keyword, in: "a phrase", list.span(position)))
        position = limit
        return nil
      }
      let isArticle = keyword(position).map(Keyword.articles.contains) ?? false
      if !isArticle { phraseWords += lexicon.contractions.expansion(tokens[position].word) }
      position += 1
    }
    let range = start..<position
    guard !phraseWords.isEmpty else {
      report(.phraseExpected(after: what, self))
      position = limit
      return nil
    }
    if phraseWords.count > 12 { report(.phraseTooLong(phraseWords.count, span(range))) }
    return PhraseSyntax(
      span: span(range), range: range, words: phraseWords, text: spelling(range))
  }

  /// name = WORD { WORD } | STRING
  mutating func expectName(_ what: String) -> NameSyntax? {
    let start = position
    if kind(position) == .string {
      position += 1
      let name = StringLiteral.value(raw(start))
      let text = name.tidied
      if text.isEmpty { report(.emptyString(list.span(start))) }
      return NameSyntax(span: list.span(start), text: text, isQuoted: true)
    }
    while !isAtEnd, kind(position) == .word {
      if position > start, tokens[position].isFirstOnLine { break }
      if let keyword = keyword(position), Keyword.reserved.contains(keyword) { break }
      position += 1
    }
    guard position > start else {
      report(.nameExpected(what, self))
      return nil
    }
    return NameSyntax(span: span(start..<position), text: spelling(start..<position))
  }

  /// names = name { separator name }
  mutating func expectNames(_ what: String, after: String) -> [NameSyntax] {
    var names: [NameSyntax] = []
    var connective = NameConnective()
    if kind(position) == .colon, kind(position + 1) == .bullet { position += 1 }
    var separator = position..<position
    while true {
      if isDash(position) { position += 1 }
      guard let name = expectName("\(what) after \(after)") else { return names }
      checkValueName(name)
      note(name, after: separator, names.last, &connective)
      names.append(name)
      let end = position
      let isSeparated = eatSeparator()
      separator = end..<position
      guard isSeparated || isDash(position) else { break }
      if at(.if) { break }
    }
    return names
  }

  /// `and` and `or` part the last two names of a list alone; further on they may belong to a name.
  struct NameConnective {
    /// The word, and the name before it.
    var last: (index: Int, name: NameSyntax)?
    /// The name behind it, once there is one.
    var next: NameSyntax?
  }

  /// Takes up a name and the separator before it.
  mutating func note(
    _ name: NameSyntax, after separator: Range<Int>, _ before: NameSyntax?,
    _ connective: inout NameConnective
  ) {
    if let last = connective.last, let next = connective.next {
      report(.connectiveInNames(list.span(last.index), spelling(last.index), last.name, next))
      connective = NameConnective()
    }
    guard let before, !before.isQuoted, !name.isQuoted else { return }
    if connective.last == nil, !separator.contains(where: { kind($0) == .comma }),
      let index = separator.last(where: { [.and, .or].contains(tokens[$0].keyword) })
    {
      connective = NameConnective(last: (index, before), next: name)
    }
  }

  /// separator = `,` [`or` | `and`] | `or` | `and`
  mutating func eatSeparator() -> Bool {
    let start = position
    while eat(.comma) != nil {}
    if isPresence(position) {
      return false
    }
    _ = eat(.or) ?? eat(.and)
    return position > start
  }

  /// Values that would read as something else must be quoted.
  mutating func checkValueName(_ name: NameSyntax) {
    guard !name.isQuoted else { return }
    let parts = WordTable.lowercased(name.text).spacedWords
    if let start = NameTable.quotedBeginnings.first(where: { parts.starts(with: $0) }) {
      report(.valueNeedsQuotes(name, start.joined(separator: " ")))
    } else if parts == ["yes"] || parts == ["no"] {
      report(.valueNeedsQuotes(name, parts[0]))
    }
  }
}
