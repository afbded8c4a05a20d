import Findings
import Syntax
import Values

extension Resolver {
  mutating func resolvePromises() {
    var names: [String: Span] = [:]
    for document in syntax.documents {
      for statement in document.statements {
        guard case .promise(let promise) = statement.kind else { continue }
        promiseCount += 1
        if let first = names[Resolver.key(promise.name.text)] {
          report(.nameTwice("promise", promise.name.text, promise.name.span, first: first))
        }
        names[Resolver.key(promise.name.text)] = promise.name.span
        add(promise)
      }
    }
  }

  private mutating func add(_ promise: PromiseSyntax) {
    let clauses = Clauses(promise.clauses)
    let conditions = (promise.condition.map { [$0] } ?? []) + clauses.conditions
    let condition = condition(conditions, clauses.exceptions, .afterOutcome)
    if let from = clauses.from, let until = clauses.until, until.day < from.day {
      report(.neverInForce(from, until))
    } else if let until = clauses.until, until.day < today {
      report(.expired("promise", promise.name.text, until))
    }
    guard let pledge = clauses.pledges.first else { return }
    promises.append(
      Promise(
        name: promise.name.text, condition: condition, pledge: resolve(pledge.0),
        from: clauses.from?.day, until: clauses.until?.day, reasons: clauses.reasons,
        authorities: clauses.authorities, span: promise.name.span))
  }

  private mutating func resolve(_ pledge: PledgeSyntax) -> Promise.Pledge {
    switch pledge {
    case .always(let values): return .always(outcomes(values))
    case .never(let values): return .never(outcomes(values))
    case .alwaysAdd(let notes): return .alwaysAdd(used(notes))
    case .neverAdd(let notes): return .neverAdd(used(notes))
    case .neverDependsOn(let facts):
      usage.facts.formUnion(facts.map(\.fact))
      return .neverDependsOn(Set(facts.map(\.fact)))
    }
  }

  private mutating func used(_ notes: [NoteReference]) -> Set<NoteID> {
    let ids = Set(notes.map(\.note))
    usage.notes.formUnion(ids)
    return ids
  }
}
