import Findings
import Values

extension Printer {
  /// The lines of a statement.
  func lines(_ statement: StatementSyntax) -> [Line] {
    let start = document.tokens.span(statement.range).start
    switch statement.kind {
    case .fact(let fact): return lines(fact)
    case .outcome(let outcome):
      return [Line(indent: 0, text: "outcome \(name(outcome.name))", start: start)]
    case .note(let note): return [Line(indent: 0, text: text(note), start: start)]
    case .list(let list): return wrapped(Line(indent: 0, text: text(list), start: start))
    case .define(let definition): return lines(definition)
    case .section(let section):
      let first = Line(indent: 0, text: "section \(section.name.text)", start: start)
      return [first] + section.clauses.flatMap { lines($0, indent: 2) }
    case .rule(let rule): return lines(rule)
    case .otherwise(let standard): return lines(standard, "otherwise")
    case .whenUnsure(let standard): return lines(standard, "when unsure")
    case .promise(let promise): return lines(promise)
    case .scenario(let scenario):
      let first = Line(indent: 0, text: "scenario \(scenario.name.text)", start: start)
      return [first] + scenario.clauses.flatMap { lines($0, indent: 2) }
    case .table(let table): return lines(table)
    case .unreadable:
      return [
        Line(indent: 0, text: source.text(document.tokens.span(statement.range)), start: start)
      ]
    }
  }

  // MARK: Vocabulary

  private func lines(_ fact: FactSyntax) -> [Line] {
    var text = "fact \(phrase(fact.phrase.span)): \(type(fact))"
    switch fact.presence {
    case .required: break
    case .ifRecorded: text += ", if recorded"
    case .ifAbsent(_, _, let written): text += ", if absent \(tidied(written))"
    }
    var lines = wrapped(Line(indent: 0, text: text, start: fact.keyword.start))
    let hasPathLine = fact.clauses.contains { if case .path = $0.kind { true } else { false } }
    if let path = fact.path, !hasPathLine {
      lines.append(Line(indent: 2, text: "from \(name(path))", start: path.span.start))
    }
    return lines + fact.clauses.flatMap { self.lines($0, indent: 2) }
  }

  /// Tokens as they were written, with plain quotation marks and single spaces.
  private func tidied(_ range: Range<Int>) -> String {
    var text = ""
    for index in range {
      let (token, span) = (document.tokens.tokens[index], document.tokens.span(index))
      let isApart = token.flags.contains(.afterSpace) || token.isFirstOnLine
      if !text.isEmpty, isApart { text += " " }
      let isString = token.kind == .string
      text += isString ? StringLiteral.quoted(StringLiteral.value(source.text(span))) : plain(span)
    }
    return text
  }

  private func type(_ fact: FactSyntax) -> String {
    switch fact.type {
    case .oneOf(let values): "one of " + values.map { name($0) }.joined(separator: ", ")
    case .anyOf(let values): "any of " + values.map { name($0) }.joined(separator: ", ")
    case .yesOrNo, nil: "yes or no"
    case .number(let number):
      (number.isWhole ? "whole number" : "number")
        + (number.unit.map { " of \($0.text)" } ?? "") + (number.low.map { " from \($0)" } ?? "")
        + (number.high.map { " to \($0)" } ?? "")
    case .date: "date"
    case .text: "text"
    }
  }

  private func text(_ note: NoteSyntax) -> String {
    guard let text = note.text else { return "note \(name(note.name))" }
    let raw = source.text(text.span)
    let literal = raw.hasPrefix("\"") && raw.hasSuffix("\"") ? raw : StringLiteral.quoted(text.text)
    return "note \(name(note.name)): \(literal)"
  }

  private func text(_ list: ListSyntax) -> String {
    if let path = list.path {
      return "list \(name(list.name)) from \(StringLiteral.quoted(path.text))"
    }
    let items = list.items.map { $0.day?.words ?? name($0.name) }
    return "list \(name(list.name)): " + items.joined(separator: ", ")
  }

  private func lines(_ definition: DefinitionSyntax) -> [Line] {
    let head = "define \(phrase(definition.phrase.span)): "
    guard let condition = definition.condition else { return [] }
    return clause(head, condition, indent: 0, start: definition.keyword.start)
      + definition.clauses.flatMap { lines($0, indent: 2) }
  }

  // MARK: Rules

  private func lines(_ rule: RuleSyntax) -> [Line] {
    guard let condition = rule.condition else { return [] }
    guard let name = rule.name else { return linesWithoutName(rule, condition) }
    let keyword = rule.isGuard ? "guard" : "rule"
    let first = Line(indent: 0, text: "\(keyword) \(name.text)", start: rule.keyword.start)
    return [first] + clause("if ", condition, indent: 2, start: ifStart(rule, condition))
      + rule.clauses.flatMap { lines($0, indent: 2) }
  }

  /// A rule without a name stands on one line where it fits.
  private func linesWithoutName(_ rule: RuleSyntax, _ condition: ConditionSyntax) -> [Line] {
    let start = rule.keyword.start
    guard let then = rule.clauses.first, let consequent = then.consequent else { return [] }
    let rest = rule.clauses.dropFirst().flatMap { lines($0, indent: 2) }
    if let inline = inline(condition, isWhole: true) {
      let line = Line(indent: 0, text: "if \(inline) then \(text(consequent))", start: start)
      if !line.isTooLong { return [line] + rest }
    }
    return clause("if ", condition, indent: 0, start: start) + lines(then, indent: 0) + rest
  }

  private func ifStart(_ rule: RuleSyntax, _ condition: ConditionSyntax) -> UInt32 {
    max(rule.name?.span.end ?? 0, condition.span.start &- 3)
  }

  private func lines(_ standard: DefaultSyntax, _ keyword: String) -> [Line] {
    guard let consequent = standard.consequent else { return [] }
    let first = Line(
      indent: 0, text: "\(keyword) \(text(consequent))", start: standard.keyword.start)
    return wrapped(first) + standard.clauses.flatMap { lines($0, indent: 2) }
  }

  private func lines(_ promise: PromiseSyntax) -> [Line] {
    var lines = [
      Line(indent: 0, text: "promise \(promise.name.text)", start: promise.keyword.start)
    ]
    if let condition = promise.condition {
      lines += promised(
        condition, start: max(promise.name.span.end, condition.span.start &- 3))
    }
    for clause in promise.clauses {
      if case .pledgeCondition(let condition) = clause.kind {
        lines += promised(condition, start: promise.name.span.end)
      }
    }
    return lines + promise.clauses.flatMap { self.lines($0, indent: 2) }
  }

  /// A promise's condition. An `unless` that began a line would be a clause there, so it ends the
  /// line before.
  private func promised(_ condition: ConditionSyntax, start: UInt32) -> [Line] {
    var lines: [Line] = []
    for line in clause("if ", condition, indent: 2, start: start) {
      guard line.text.hasPrefix("unless "), !lines.isEmpty else {
        lines.append(line)
        continue
      }
      lines[lines.count - 1].text += " unless"
      // A comment behind the `unless` stays on its line.
      let next = document.tokens.tokens.first { $0.start > line.start }
      let text = String(line.text.dropFirst("unless ".count))
      lines.append(Line(indent: line.indent, text: text, start: next?.start ?? line.start))
    }
    return lines
  }

  func text(_ consequent: ConsequentSyntax) -> String {
    let notes = Printer.joined(consequent.notes.map { name($0.note) }, by: "and")
    guard let outcome = consequent.outcome else { return "add \(notes)" }
    return notes.isEmpty ? name(outcome.outcome) : "\(name(outcome.outcome)) with \(notes)"
  }

  // MARK: Clauses

  func lines(_ clause: ClauseSyntax, indent: Int) -> [Line] {
    func line(_ text: String) -> [Line] {
      wrapped(Line(indent: indent, text: text, start: clause.keyword.start))
    }
    switch clause.kind {
    case .then(let consequent): return line("then \(text(consequent))")
    case .because(let text): return [rest("because", text, clause, indent)]
    case .see(let text): return [rest("see", text, clause, indent)]
    case .overrides(let override):
      return [
        rest(override.isSection ? "overrides section" : "overrides", override.name, clause, indent)
      ]
    case .from(let date): return line("from \(date.day.words)")
    case .until(let date): return line("until \(date.day.words)")
    case .fromUntil(let first, let last):
      return line("from \(first.day.words)") + line("until \(last.day.words)")
    case .unless(let condition):
      return self.clause("unless ", condition, indent: indent, start: clause.keyword.start)
    case .negative(let phrase): return line("negative \(self.phrase(phrase.span))")
    case .path(let path): return line("from \(name(path))")
    case .given(let condition):
      return self.clause("given ", condition, indent: indent, start: clause.keyword.start)
    case .on(let date): return line("on \(date.day.words)")
    case .expect(let expectation): return line("expect \(text(expectation))")
    case .by(let name): return [rest("by", name, clause, indent)]
    case .like(let name): return [rest("like", name, clause, indent)]
    case .pledge(let pledge): return line(text(pledge))
    case .pledgeCondition: return []
    case .unreadable: return line(source.text(document.tokens.span(clause.range)))
    }
  }

  /// A rest-of-line text, which is never broken.
  private func rest(_ keyword: String, _ text: NameSyntax, _ clause: ClauseSyntax, _ indent: Int)
    -> Line
  {
    let raw = source.text(text.span).tidied
    return Line(indent: indent, text: "\(keyword) \(raw)", start: clause.keyword.start)
  }

  private func text(_ expectation: ExpectationSyntax) -> String {
    switch expectation {
    case .unsure: return "unsure"
    case .outcome(let outcome, .any): return name(outcome.outcome)
    case .outcome(let outcome, .exactly(let notes)):
      let list = Printer.joined(notes.map { name($0.note) }, by: "and")
      return "\(name(outcome.outcome)) with \(list.isEmpty ? "no notes" : list)"
    }
  }

  private func text(_ pledge: PledgeSyntax) -> String {
    switch pledge {
    case .always(let outcomes): "always " + Printer.joined(outcomes.map { value($0) }, by: "or")
    case .never(let outcomes): "never " + Printer.joined(outcomes.map { value($0) }, by: "or")
    case .alwaysAdd(let notes):
      "always add " + Printer.joined(notes.map { name($0.note) }, by: "and")
    case .neverAdd(let notes): "never add " + Printer.joined(notes.map { name($0.note) }, by: "or")
    case .neverDependsOn(let facts):
      "never depends on " + Printer.joined(facts.map { phrase($0.span) }, by: "or")
    }
  }
}
