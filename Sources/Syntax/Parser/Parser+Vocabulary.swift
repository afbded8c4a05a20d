import Findings
import Values

extension Parser {
  /// outcome = `outcome` declared-name
  mutating func parseOutcome() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    guard let name = expectDeclaredName("an outcome", "outcome") else { return .unreadable }
    return .outcome(OutcomeSyntax(keyword: keywordSpan, name: name))
  }

  /// declared-name = name
  ///
  /// The name of an outcome or note, which must be all that stands there.
  private mutating func expectDeclaredName(_ what: String, _ keyword: String) -> NameSyntax? {
    guard let name = expectName("a name after `\(keyword)`") else {
      position = limit
      return nil
    }
    if let word = self.keyword(position), Keyword.reserved.contains(word) {
      report(.reservedWord(word, in: what, list.span(position)))
      position = limit
      return nil
    }
    if keyword == "outcome" {
      checkOutcomeName(name)
      expectEnd(of: "the outcome's name")
    }
    return name
  }

  private mutating func checkOutcomeName(_ name: NameSyntax) {
    let first = WordTable.lowercased(name.text).split(separator: " ").first.map(String.init) ?? ""
    if !name.isQuoted, ["add", "not", "unsure"].contains(first) {
      report(.valueNeedsQuotes(name, first))
    }
  }

  /// note = `note` declared-name [`:` STRING]
  mutating func parseNote() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    guard let name = expectDeclaredName("a note", "note") else { return .unreadable }
    var text: NameSyntax?
    if eat(.colon) != nil {
      self.note(.factInNote, from: position)
      if kind(position) == .string {
        text = NameSyntax(
          span: list.span(position), text: StringLiteral.value(raw(position)), isQuoted: true)
        position += 1
      } else {
        report(.noteTextExpected(self))
        position = limit
      }
    }
    expectEnd(of: "the note")
    return .note(NoteSyntax(keyword: keywordSpan, name: name, text: text))
  }

  /// list = `list` name (`:` list-items | `from` STRING)
  mutating func parseList() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    let start = position
    while !isAtEnd, kind(position) == .word, !(at(.from) && kind(position + 1) == .string) {
      if position > start, tokens[position].isFirstOnLine { break }
      position += 1
    }
    if let stand = (start..<limit).first(where: { standsForColon($0, start: start) }) {
      report(.colonForWord(spelling(stand), "list", span(stand)))
      position = limit
      return .unreadable
    }
    var name = NameSyntax(span: span(start..<position), text: spelling(start..<position))
    if position == start, kind(position) == .string {
      guard let quoted = expectName("a name after `list`") else { return .unreadable }
      name = quoted
    } else if position == start {
      report(.nameExpected("a name after `list`", self))
      return .unreadable
    }
    var syntax = ListSyntax(keyword: keywordSpan, name: name, items: [])
    if eat(.from) != nil {
      syntax.path = NameSyntax(
        span: list.span(position), text: StringLiteral.value(raw(position)), isQuoted: true)
      position += 1
    } else if eat(.colon) != nil {
      syntax.items = expectListItems()
    } else {
      report(.listBodyExpected(name, self))
      syntax.hasBody = false
      position = limit
    }
    expectEnd(of: "the list")
    return .list(syntax)
  }

  /// Whether a word or sign stands where the colon of a declaration should.
  private func standsForColon(_ index: Int, start: Int) -> Bool {
    guard index > start, index + 1 < limit, !(start..<limit).contains(where: { kind($0) == .colon })
    else { return false }
    if kind(index) == .comparison { return true }
    return ["is", "are", "includes", "contains", "means", "as"].contains(
      words.text(tokens[index].word))
      && !(start..<limit).contains { keyword($0) == .from }
  }

  /// list-items = [`-`] list-item { (separator [`-`] | `-`) list-item }

  /// list-items = [`-`] list-item { (separator [`-`] | `-`) list-item }
  private mutating func expectListItems() -> [ListItemSyntax] {
    var items: [ListItemSyntax] = []
    var connective = NameConnective()
    var separator = position..<position
    repeat {
      if isDash(position) { position += 1 }
      note(.listItem, from: position)
      guard !isAtEnd, let item = expectListItem() else { break }
      if item.day == nil { note(item.name, after: separator, items.last?.name, &connective) }
      items.append(item)
      separator = position..<position
      _ = eatSeparator()
      separator = separator.lowerBound..<position
    } while !separator.isEmpty || isDash(position)
      || token(position)?.isFirstOnLine == true
    return items
  }

  /// list-item = date | name
  private mutating func expectListItem() -> ListItemSyntax? {
    let start = position
    if case .day(let day, let end) = matchDate(at: start), end > start, end >= limit || isStop(end)
    {
      position = end
      let name = NameSyntax(span: span(start..<end), text: spelling(start..<end))
      return ListItemSyntax(name: name, day: day, looksLikeText: false)
    }
    if case .trouble(let finding, let end, _) = matchDate(at: start) {
      report(finding)
      position = end
      return ListItemSyntax(
        name: NameSyntax(span: span(start..<end), text: spelling(start..<end)), day: Day.first,
        looksLikeText: false)
    }
    guard let name = expectName("a value") else { return nil }
    let isOneWord = !name.text.contains(" ")
    return ListItemSyntax(
      name: name, day: nil,
      looksLikeText: !name.isQuoted && isOneWord && Parser.looksLikeText(name.text))
  }

  /// An unquoted word is a text if it holds a full stop, an `@` or a digit.
  static func looksLikeText(_ word: String) -> Bool {
    word.utf8.contains { ".@0123456789".utf8.contains($0) }
  }

  /// definition = `define` phrase `:` condition { negative }
  mutating func parseDefinition() -> StatementSyntax.Kind {
    let keywordSpan = list.span(position)
    position += 1
    let start = position
    let lineEnd = (start..<limit).first { tokens[$0].isFirstOnLine && $0 > start } ?? limit
    if !(start..<limit).contains(where: { kind($0) == .colon }),
      let stand = (start + 1..<max(start + 1, lineEnd)).first(where: {
        keyword($0) == .if
          || ["as", "means", "when", "where"].contains(words.text(tokens[$0].word))
      })
    {
      report(.colonForWord(spelling(stand), "definition", span(stand)))
      position = limit
      return .unreadable
    }
    guard let phrase = expectPhrase(after: "`define`") else { return .unreadable }
    var definition = DefinitionSyntax(keyword: keywordSpan, phrase: phrase)
    checkApart(phrase)
    guard eat(.colon) != nil else {
      report(.colonMissing("define", phrase, self))
      position = limit
      return .define(definition)
    }
    let end = nextClause(from: position, consequentSeen: false, owner: .definition)
    if !isDeclaring {
      definition.condition = within(position..<end) { $0.expectCondition(after: "the colon") }
    }
    position = end
    definition.clauses = parseClauses(.definition, consequentSeen: true)
    for clause in definition.clauses {
      guard case .negative(let negative) = clause.kind else { continue }
      if definition.negative != nil { report(.secondClause("negative", clause.keyword)) }
      definition.negative = negative
    }
    return .define(definition)
  }
}
