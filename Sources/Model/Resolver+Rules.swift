import Findings
import Syntax
import Values

/// What a rule's or table's name stands for.
struct RuleName {
  let display: String
  var rules: [RuleID]
  let span: Span
}

/// The rules of one section, wherever it is continued.
struct SectionRules {
  let display: String
  let span: Span
  var rules: [RuleID] = []
}

/// A line `overrides …`, and the rules that it stands under.
struct OverrideLine {
  let syntax: OverrideSyntax
  let keyword: Span
  let rules: [RuleID]
  /// The section that the line stands under, if it stands under `section` itself.
  let section: String?
}

extension Resolver {
  /// All rules, guards and note rules, with the sections and names that they go by.
  mutating func resolveRules() {
    var sectionLines: [(String, OverrideSyntax, Span)] = []
    for document in syntax.documents {
      var section: String?
      for statement in document.statements {
        switch statement.kind {
        case .section(let syntax):
          section = enter(syntax)
          for clause in syntax.clauses {
            if case .overrides(let override) = clause.kind, let section {
              sectionLines.append((section, override, clause.keyword))
            }
          }
        case .rule(let rule): add(rule, section, whole: document.tokens.span(statement.range))
        case .table(let table): add(table, section, in: document)
        case .otherwise(let standard): addOtherwise(standard)
        case .whenUnsure(let standard): addWhenUnsure(standard)
        case .fact, .outcome, .note, .list, .define, .promise, .scenario, .unreadable: break
        }
      }
    }
    for (section, override, keyword) in sectionLines {
      overrideLines.append(
        OverrideLine(
          syntax: override, keyword: keyword, rules: sections[section]?.rules ?? [],
          section: section))
    }
    if whenUnsure == nil, !lexicon.facts.isEmpty, let first = lexicon.facts.first,
      !syntax.hasStatement(where: { if case .whenUnsure = $0 { true } else { false } })
    {
      report(.whenUnsureMissing(first.phrase.span, outcomes: lexicon.outcomes.names))
    }
  }

  private mutating func enter(_ section: SectionSyntax) -> String {
    let key = Resolver.key(section.name.text)
    if sections[key] == nil {
      sections[key] = SectionRules(display: section.name.text, span: section.name.span)
      sectionOrder.append(key)
    }
    return key
  }

  // MARK: Rules

  private mutating func add(_ rule: RuleSyntax, _ section: String?, whole: Span) {
    guard let consequent = rule.consequent, let condition = rule.condition else {
      unreadableRuleCount += 1
      if let name = rule.name { declare(name.text, [], at: name.span) }
      return
    }
    let kind: Rule.Kind = rule.isGuard ? .guard : consequent.isAdd ? .note : .decision
    if rule.isGuard, consequent.isAdd { report(.guardWithoutOutcome(consequent.span)) }
    let clauses = Clauses(rule.clauses)
    let name = rule.name?.text ?? syntax.files.name(of: rule.keyword)
    let id = append(
      kind, name: name, isNamed: rule.name != nil, section,
      condition: self.condition(
        [condition], clauses.exceptions, kind == .decision ? .decisionRule : .afterOutcome),
      consequent, clauses, span: rule.name?.span ?? rule.keyword, whole: whole)
    checkDepth(condition, id)
    checkInForce(clauses.from, clauses.until, name, "rule")
    if let name = rule.name { declare(name.text, [id], at: name.span) }
    addOverrides(clauses, [id])
    warnAboutReason(clauses, [id])
  }

  private mutating func append(
    _ kind: Rule.Kind, name: String, isNamed: Bool, _ section: String?, condition: Condition,
    _ consequent: ConsequentSyntax, _ clauses: Clauses, span: Span, whole: Span
  ) -> RuleID {
    let id = RuleID(rules.count)
    if let outcome = consequent.outcome { usage.outcomes.insert(outcome.outcome) }
    usage.notes.formUnion(consequent.notes.map(\.note))
    rules.append(
      Rule(
        id: id, kind: kind, name: name, isNamed: isNamed,
        section: section.flatMap { sections[$0]?.display }, condition: condition,
        outcome: kind == .note ? nil : consequent.outcome?.outcome,
        notes: consequent.notes.map(\.note), from: clauses.from?.day, until: clauses.until?.day,
        reasons: clauses.reasons, authorities: clauses.authorities, span: span, wholeSpan: whole))
    if let section { sections[section]?.rules.append(id) }
    return id
  }

  /// Conditions that must all hold, and exceptions of which none may.
  mutating func condition(
    _ conditions: [ConditionSyntax], _ exceptions: [ConditionSyntax], _ place: ConditionPlace
  ) -> Condition {
    for condition in conditions + exceptions { warnAboutNegations(condition) }
    let parts =
      conditions.map { resolve($0, in: place) }
      + exceptions.map { .not(resolve($0, in: place)) }
    switch parts.count {
    case 0: return .always
    case 1: return parts[0]
    default: return .and(parts)
    }
  }

  /// A name stands for its rules; for none where they could not be read, and then it is declared all the same.
  private mutating func declare(_ name: String, _ rules: [RuleID], at span: Span) {
    let key = Resolver.key(name)
    if let earlier = ruleNames[key] {
      report(.nameTwice("rule", name, span, first: earlier.span))
    } else {
      ruleNames[key] = RuleName(display: name, rules: rules, span: span)
    }
  }

  private mutating func addOverrides(_ clauses: Clauses, _ rules: [RuleID]) {
    for (override, keyword) in clauses.overrides {
      overrideLines.append(
        OverrideLine(syntax: override, keyword: keyword, rules: rules, section: nil))
    }
  }

  private mutating func checkInForce(
    _ from: DateSyntax?, _ until: DateSyntax?, _ name: String, _ what: String
  ) {
    if let from, let until, until.day < from.day {
      report(.neverInForce(from, until))
    } else if let until, until.day < today {
      report(.expired(what, name, until))
    }
  }

  private mutating func checkDepth(_ condition: ConditionSyntax, _ id: RuleID) {
    let depth = condition.depth { definitionDepths[$0.index] }
    if depth > Parser.deepest { report(.rulesTooDeep(rules[id.index].span)) }
  }

  // MARK: Tables

  private mutating func add(_ table: TableSyntax, _ section: String?, in document: DocumentSyntax) {
    let clauses = Clauses(table.clauses)
    var all: [RuleID] = []
    for row in table.rows {
      guard let consequent = row.consequent else {
        unreadableRuleCount += 1
        if let name = row.name { declare(name.text, [], at: name.span) }
        continue
      }
      var own = clauses
      if let because = row.because { own.reasons.insert(because.text, at: 0) }
      if let from = row.from { own.from = from }
      if let until = row.until { own.until = until }
      let kind: Rule.Kind = consequent.isAdd ? .note : .decision
      let name = row.name?.text ?? "\(table.name.text), row \(row.number)"
      let rowSpan = document.tokens.span(row.range)
      let id = append(
        kind, name: name, isNamed: true, section,
        condition: condition(
          row.conditions, clauses.exceptions, kind == .decision ? .decisionRule : .afterOutcome),
        consequent, own, span: rowSpan, whole: rowSpan)
      if let from = own.from, let until = own.until, until.day < from.day {
        report(.neverInForce(from, until))
      } else if let until = own.until, until.day < today {
        report(.expired("row", name, until))
      }
      declare(name, [id], at: row.name?.span ?? rowSpan)
      if row.name != nil {
        declare("\(table.name.text), row \(row.number)", [id], at: rowSpan)
      }
      all.append(id)
    }
    declare(table.name.text, all, at: table.name.span)
    addOverrides(clauses, all)
    warnAboutReason(clauses, all)
  }

  // MARK: Defaults

  private mutating func addOtherwise(_ standard: DefaultSyntax) {
    if let otherwise {
      report(.defaultTwice("otherwise", standard.keyword, first: otherwise.span))
    } else {
      otherwise = resolve(standard)
    }
  }

  private mutating func addWhenUnsure(_ standard: DefaultSyntax) {
    if let whenUnsure {
      report(.defaultTwice("when unsure", standard.keyword, first: whenUnsure.span))
    } else {
      whenUnsure = resolve(standard)
    }
  }

  private mutating func resolve(_ standard: DefaultSyntax) -> Standard? {
    guard let consequent = standard.consequent, let outcome = consequent.outcome else { return nil }
    usage.outcomes.insert(outcome.outcome)
    usage.notes.formUnion(consequent.notes.map(\.note))
    let clauses = Clauses(standard.clauses)
    return Standard(
      outcome: outcome.outcome, notes: consequent.notes.map(\.note), reasons: clauses.reasons,
      authorities: clauses.authorities, span: standard.keyword)
  }
}

/// The clauses of a statement, sorted by what they say.
struct Clauses {
  var reasons: [String] = []
  var authorities: [String] = []
  var overrides: [(OverrideSyntax, Span)] = []
  var from: DateSyntax?
  var until: DateSyntax?
  var exceptions: [ConditionSyntax] = []
  var pledges: [(PledgeSyntax, Span)] = []
  var conditions: [ConditionSyntax] = []

  init(_ clauses: [ClauseSyntax]) {
    for clause in clauses {
      switch clause.kind {
      case .because(let text): reasons.append(text.text)
      case .see(let text): authorities.append(text.text)
      case .overrides(let override): overrides.append((override, clause.keyword))
      case .from(let date): from = date
      case .until(let date): until = date
      case .fromUntil(let first, let last):
        (from, until) = first.day <= last.day ? (first, last) : (nil, nil)
      case .unless(let condition): exceptions.append(condition)
      case .pledge(let pledge): pledges.append((pledge, clause.keyword))
      case .pledgeCondition(let condition): conditions.append(condition)
      case .then, .negative, .path, .given, .on, .expect, .by, .like, .unreadable: break
      }
    }
  }
}

extension PolicySyntax {
  func hasStatement(where matches: (StatementSyntax.Kind) -> Bool) -> Bool {
    documents.contains { $0.statements.contains { matches($0.kind) } }
  }
}

extension ConditionSyntax {
  /// How deep brackets, blocks and definitions nest in a condition.
  func depth(_ definition: (DefinitionID) -> Int) -> Int {
    switch self {
    case .test(let test):
      if case .definition(let id) = test.subject { definition(id) } else { 0 }
    case .not(let condition, _): condition.depth(definition)
    case .junction(let junction): junction.operands.map { $0.depth(definition) }.max() ?? 0
    case .unless(let left, let right, _): max(left.depth(definition), right.depth(definition))
    case .brackets(let condition, _): 1 + condition.depth(definition)
    case .block(let block): 1 + (block.operands.map { $0.depth(definition) }.max() ?? 0)
    case .group(let group): 1 + (group.operands.map { $0.depth(definition) }.max() ?? 0)
    case .unreadable: 0
    }
  }
}
