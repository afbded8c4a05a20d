import Findings
import Syntax

// Rules, promises and scenarios, and the sentences in them.
extension OccurrenceFinder {
  func add(_ table: TableSyntax, _ document: DocumentSyntax, _ found: inout Found) {
    found.add(.rule(Resolver.key(table.name.text)), table.name.span, isDeclaration: true)
    for heading in table.headings {
      let span = document.tokens.span(heading.range)
      switch heading.kind {
      case .fact(let fact): found.add(.fact(fact), span, .reference)
      case .definition(let definition): found.add(.definition(definition), span)
      case .then, .because, .from, .until, .name, .unreadable: break
      }
    }
    for row in table.rows {
      if let name = row.name {
        found.add(.rule(Resolver.key(name.text)), name.span, isDeclaration: true)
      }
      for condition in row.conditions { add(condition, &found) }
      add(row.consequent, &found)
    }
    add(table.clauses, &found)
  }

  func add(_ clauses: [ClauseSyntax], _ found: inout Found) {
    for clause in clauses {
      switch clause.kind {
      case .then(let consequent): add(consequent, &found)
      case .overrides(let override):
        if override.isSection {
          found.add(.section(Resolver.key(override.name.text)), override.name.span)
        } else {
          addRule(override.name, &found)
        }
      case .unless(let condition), .given(let condition), .pledgeCondition(let condition):
        add(condition, &found)
      case .expect(.outcome(let outcome, let notes)):
        found.add(.outcome(outcome.outcome), plain(outcome.span))
        if case .exactly(let notes) = notes { add(notes, &found) }
      case .by(let name): addRule(name, &found)
      case .like(let name): found.add(.scenario(Resolver.key(name.text)), name.span)
      case .pledge(let pledge): add(pledge, &found)
      case .because, .see, .from, .until, .fromUntil, .negative, .path, .on, .expect(.unsure),
        .unreadable:
        break
      }
    }
  }

  private func add(_ pledge: PledgeSyntax, _ found: inout Found) {
    switch pledge {
    case .always(let values), .never(let values): add(values, of: nil, &found)
    case .alwaysAdd(let notes), .neverAdd(let notes): add(notes, &found)
    case .neverDependsOn(let facts):
      for fact in facts { found.add(.fact(fact.fact), plain(fact.span), .reference) }
    }
  }

  func add(_ consequent: ConsequentSyntax?, _ found: inout Found) {
    guard let consequent else { return }
    if let outcome = consequent.outcome {
      found.add(.outcome(outcome.outcome), plain(outcome.span))
    }
    add(consequent.notes, &found)
  }

  private func add(_ notes: [NoteReference], _ found: inout Found) {
    for note in notes { found.add(.note(note.note), plain(note.span)) }
  }

  // MARK: Conditions

  func add(_ condition: ConditionSyntax?, _ found: inout Found) {
    switch condition {
    case nil, .unreadable?: break
    case .test(let test)?: add(test, &found)
    case .not(let inner, _)?, .brackets(let inner, _)?: add(inner, &found)
    case .junction(let junction)?:
      for operand in junction.operands { add(operand, &found) }
    case .unless(let left, let right, _)?:
      add(left, &found)
      add(right, &found)
    case .block(let block)?: for operand in block.operands { add(operand, &found) }
    case .group(let group)?: for operand in group.operands { add(operand, &found) }
    }
  }

  private func add(_ test: TestSyntax, _ found: inout Found) {
    switch test.subject {
    case .fact(let fact):
      add(phraseOf: test, fact, &found)
      add(test.ending, of: fact, &found)
    case .definition(let definition):
      found.add(
        .definition(definition), plain(test.phrase), test.isNegated ? .negative : .plain)
    case .outcome: add(test.ending, of: nil, &found)
    case .workingDay: break
    }
  }

  private func add(phraseOf test: TestSyntax, _ fact: FactID, _ found: inout Found) {
    guard test.phrase.end > test.phrase.start else { return }
    let span = plain(test.phrase)
    if test.phrase.start > test.span.start {
      found.add(.fact(fact), span, .reference)
    } else if case .text = test.ending, let stem = stem(of: fact, span) {
      found.add(.fact(fact), stem, .stem)
    } else {
      found.add(.fact(fact), span, test.isNegated ? .negative : .plain)
    }
  }

  /// Of `subject starts with`, made from the fact `subject is`, the words that it begins with; nil of
  /// a phrase that ends as it was declared.
  private func stem(of fact: FactID, _ span: Span) -> Span? {
    let (declared, list) = (lexicon[fact], syntax.documents[Int(span.file.index)].tokens)
    var left = declared.phrase.words.dropLast()[...]
    var end: UInt32?
    for index in list.indices(of: span) {
      let token = list.tokens[index]
      if let keyword = token.keyword, Keyword.articles.contains(keyword) { continue }
      guard let next = left.first else {
        let isDeclared = token.word == declared.phrase.words.last
        return isDeclared ? nil : end.map { Span(file: span.file, start: span.start, end: $0) }
      }
      let words = lexicon.contractions.expansion(token.word)
      guard words.first == next else { return nil }
      left = left.dropFirst(words.count)
      end = token.end
    }
    return nil
  }

  func add(_ ending: EndingSyntax, of fact: FactID?, _ found: inout Found) {
    switch ending {
    case .values(_, let values), .text(_, let values): add(values, of: fact, &found)
    case .listExcept(_, let list, let except): add([list] + except, of: fact, &found)
    case .negated(let inner): add(inner, of: fact, &found)
    case .none, .nothing, .anything, .number, .date, .recorded, .unknown: break
    }
  }

  private func add(_ values: [ValueSyntax], of fact: FactID?, _ found: inout Found) {
    for value in values {
      switch value.kind {
      case .value(let id): if let fact { found.add(.value(fact, id), plain(value.span)) }
      case .list(let list): found.add(.list(list), plain(value.span))
      case .outcome(let outcome): found.add(.outcome(outcome), plain(value.span))
      case .number, .day, .today, .text: break
      }
    }
  }

  /// A stretch without the articles that it begins with: they are no part of a name.
  private func plain(_ span: Span) -> Span {
    let list = syntax.documents[Int(span.file.index)].tokens
    var start = span.start
    for index in list.indices(of: span) {
      let token = list.tokens[index]
      guard let keyword = token.keyword, Keyword.articles.contains(keyword), token.end < span.end
      else {
        start = token.start
        break
      }
    }
    return Span(file: span.file, start: start, end: span.end)
  }
}
