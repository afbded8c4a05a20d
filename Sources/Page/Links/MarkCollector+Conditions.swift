import Findings
import Syntax

extension MarkCollector {
  /// The words of a condition.
  mutating func collect(_ condition: ConditionSyntax) {
    switch condition {
    case .test(let test): collect(test)
    case .not(let inner, _), .brackets(let inner, _): collect(inner)
    case .junction(let junction): for operand in junction.operands { collect(operand) }
    case .unless(let left, let right, _):
      collect(left)
      collect(right)
    case .block(let block): for operand in block.operands { collect(operand) }
    case .group(let group): for operand in group.operands { collect(operand) }
    case .unreadable: break
    }
  }

  private mutating func collect(_ test: TestSyntax) {
    switch test.subject {
    case .fact(let fact):
      mark(fact, test.phrase)
      collect(test.ending, of: fact)
    case .definition(let definition): mark(definition, test.phrase)
    case .outcome: collect(test.ending, of: nil)
    case .workingDay: break
    }
  }

  private mutating func collect(_ ending: EndingSyntax, of fact: FactID?) {
    switch ending {
    case .values(_, let values): for value in values { collect(value, of: fact) }
    case .listExcept(_, let list, let except):
      collect(list, of: fact)
      for value in except { collect(value, of: fact) }
    case .negated(let inner): collect(inner, of: fact)
    case .text(_, let values): for value in values { collect(value, of: fact) }
    case .none, .nothing, .anything, .number, .date, .recorded, .unknown: break
    }
  }

  mutating func collect(_ value: ValueSyntax, of fact: FactID?) {
    switch value.kind {
    case .value(let id): if let fact { mark(id, of: fact, value.span) }
    case .list(let list): mark(list, of: fact, value.span)
    case .outcome(let outcome): mark(outcome, value.span)
    case .number, .day, .today, .text: break
    }
  }

  // MARK: Clauses

  mutating func collect(_ consequent: ConsequentSyntax) {
    if let outcome = consequent.outcome { mark(outcome.outcome, outcome.span) }
    mark(consequent.notes)
  }

  mutating func collect(_ clauses: [ClauseSyntax]) {
    for clause in clauses { collect(clause) }
  }

  private mutating func collect(_ clause: ClauseSyntax) {
    switch clause.kind {
    case .then(let consequent): collect(consequent)
    case .overrides(let override):
      if override.isSection {
        mark(section: override.name)
      } else {
        mark(rule: override.name, .overridden)
      }
    case .unless(let condition), .given(let condition), .pledgeCondition(let condition):
      collect(condition)
    case .expect(.outcome(let outcome, let notes)):
      mark(outcome.outcome, outcome.span)
      if case .exactly(let notes) = notes { mark(notes) }
    case .by(let name): mark(rule: name, .expected)
    case .like(let name): mark(scenario: name)
    case .pledge(let pledge): collect(pledge)
    case .because, .see, .from, .until, .fromUntil, .negative, .path, .on, .expect(.unsure),
      .unreadable:
      break
    }
  }

  private mutating func collect(_ pledge: PledgeSyntax) {
    switch pledge {
    case .always(let outcomes), .never(let outcomes):
      for outcome in outcomes { collect(outcome, of: nil) }
    case .alwaysAdd(let notes), .neverAdd(let notes): mark(notes)
    case .neverDependsOn(let facts): for fact in facts { mark(fact.fact, fact.span) }
    }
  }
}
