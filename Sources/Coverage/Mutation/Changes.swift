import Analysis
import Model
import Syntax
import Values

/// Every small mistake that is tried on a policy, in the order of rules, definitions, lines and `otherwise`.
///
/// Each is one that a person makes: a sentence left out or turned round, a bound off by one, a value forgotten,
/// `or` for `and`, a rule or line lost, another outcome, a note forgotten. Changes that say the same are there
/// once. These are the operators of mutation analysis (R. DeMillo, R. Lipton, F. Sayward, 1978), in the words of
/// the language.
struct Changes {
  private let policy: Policy
  private let predicates: PredicateChanges
  private(set) var all: [Change] = []
  /// Conditions that stand in a place already.
  private var seen: Set<Condition> = []

  init(_ policy: Policy) {
    self.policy = policy
    predicates = PredicateChanges(policy.vocabulary)
    for rule in policy.rules { add(rule) }
    for definition in policy.vocabulary.definitions {
      seen = [definition.condition]
      addParts(of: definition.condition, .definition(definition.id)) {
        .definition(definition.id, $0)
      }
    }
    for (line, edges) in policy.overrides.lines.enumerated() where !edges.edges.isEmpty {
      all.append(
        Change(place: .overrides(line: line), kind: .removed, part: nil, edit: .withoutLine(line)))
    }
    if let otherwise = policy.otherwise { add(otherwise) }
  }

  // MARK: - Rules

  private mutating func add(_ rule: Rule) {
    func add(_ kind: Change.Kind, _ changed: Rule) {
      all.append(Change(place: .rule(rule.id), kind: kind, part: nil, edit: .rule(changed)))
    }
    add(.removed, rule.with(condition: .never))
    seen = [rule.condition, .never]
    addParts(of: rule.condition, .rule(rule.id)) { .rule(rule.with(condition: $0)) }
    if let outcome = rule.outcome.flatMap(another) {
      add(.outcome(outcome), rule.with(outcome: outcome))
    }
    let notes = Set(rule.notes).sorted()
    for note in notes where rule.kind != .note || notes.count > 1 {
      add(.withoutNote(note), rule.with(notes: notes.filter { $0 != note }))
    }
    for distance in [-1, 1] {
      if let from = rule.from.flatMap({ Day(number: Int($0.number) + distance) }) {
        add(.from(from), rule.with(from: from))
      }
      if let until = rule.until.flatMap({ Day(number: Int($0.number) + distance) }) {
        add(.until(until), rule.with(until: until))
      }
    }
  }

  /// The outcome that is declared next.
  private func another(_ outcome: OutcomeID) -> OutcomeID? {
    let count = policy.vocabulary.outcomes.count
    return count > 1 ? OutcomeID((outcome.index + 1) % count) : nil
  }

  private mutating func add(_ otherwise: Standard) {
    func add(_ kind: Change.Kind, _ outcome: OutcomeID, _ notes: [NoteID]) {
      let changed = Standard(
        outcome: outcome, notes: notes, reasons: otherwise.reasons,
        authorities: otherwise.authorities, span: otherwise.span)
      all.append(Change(place: .otherwise, kind: kind, part: nil, edit: .otherwise(changed)))
    }
    if let outcome = another(otherwise.outcome) { add(.outcome(outcome), outcome, otherwise.notes) }
    for note in Set(otherwise.notes).sorted() {
      add(.withoutNote(note), otherwise.outcome, otherwise.notes.filter { $0 != note })
    }
  }

  // MARK: - Conditions

  private mutating func addParts(
    of condition: Condition, _ place: Change.Place, _ edit: (Condition) -> Change.Edit
  ) {
    for part in ConditionPart.all(in: condition) {
      var changed: [(Change.Kind, Condition)] = []
      if part.canBeLeftOut { changed.append((.leftOut, part.replaced(nil))) }
      switch part.kind {
      case .negation: break
      case .joined(let exchanged):
        let isAnd = if case .and = part.condition { true } else { false }
        changed.append((.joined(byOr: isAnd), part.replaced(exchanged)))
      case .sentence(let sentence):
        changed.append((.reversed, part.replaced(part.condition.opposite)))
        guard case .test(let test) = sentence else { break }
        changed += predicates.changes(of: test).map { kind, predicate in
          (kind, part.replacingSentence(.test(Test(test.subject, predicate, at: test.span))))
        }
      }
      for (kind, condition) in changed where seen.insert(condition).inserted {
        all.append(
          Change(place: place, kind: kind, part: part.condition, edit: edit(condition)))
      }
    }
  }
}

extension Condition {
  fileprivate var opposite: Condition {
    if case .not(let inner) = self { inner } else { .not(self) }
  }
}
