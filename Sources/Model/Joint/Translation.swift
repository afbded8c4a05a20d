import Findings
import Syntax
import Values

/// Says what one policy says in the words of the joint vocabulary.
struct Translation {
  private let policy: Policy
  private let numbers: Renumbering
  /// How many definitions stand before this policy's.
  private let definitionsBefore: Int

  init(_ policy: Policy, _ numbers: Renumbering, definitionsBefore: Int) {
    self.policy = policy
    self.numbers = numbers
    self.definitionsBefore = definitionsBefore
  }

  /// The policy over the joint vocabulary, without its scenarios.
  func policy(_ vocabulary: Vocabulary) -> Policy {
    Policy(
      files: policy.files, hash: policy.hash, vocabulary: vocabulary,
      rules: policy.rules.map { rule($0) }, overrides: policy.overrides,
      otherwise: policy.otherwise.map { standard($0) },
      whenUnsure: policy.whenUnsure.map { standard($0) },
      promises: policy.promises.map { promise($0) }, scenarios: [], calendar: policy.calendar)
  }

  var definitions: [Definition] {
    policy.vocabulary.definitions.map { definition in
      Definition(
        id: joint(definition.id), phrase: definition.phrase, negative: definition.negative,
        condition: condition(definition.condition), span: definition.span)
    }
  }

  // MARK: Statements

  private func rule(_ rule: Rule) -> Rule {
    Rule(
      id: rule.id, kind: rule.kind, name: rule.name, isNamed: rule.isNamed, section: rule.section,
      condition: condition(rule.condition), outcome: rule.outcome.map { joint($0) },
      notes: rule.notes.map { joint($0) }, from: rule.from, until: rule.until,
      reasons: rule.reasons, authorities: rule.authorities, span: rule.span,
      wholeSpan: rule.wholeSpan)
  }

  private func standard(_ standard: Standard) -> Standard {
    Standard(
      outcome: joint(standard.outcome), notes: standard.notes.map { joint($0) },
      reasons: standard.reasons, authorities: standard.authorities, span: standard.span)
  }

  private func promise(_ promise: Promise) -> Promise {
    Promise(
      name: promise.name, condition: condition(promise.condition), pledge: pledge(promise.pledge),
      from: promise.from, until: promise.until, reasons: promise.reasons,
      authorities: promise.authorities, span: promise.span)
  }

  private func pledge(_ pledge: Promise.Pledge) -> Promise.Pledge {
    switch pledge {
    case .always(let outcomes): .always(Set(outcomes.map { joint($0) }))
    case .never(let outcomes): .never(Set(outcomes.map { joint($0) }))
    case .alwaysAdd(let notes): .alwaysAdd(Set(notes.map { joint($0) }))
    case .neverAdd(let notes): .neverAdd(Set(notes.map { joint($0) }))
    case .neverDependsOn(let facts):
      .neverDependsOn(Set(facts.compactMap { numbers.facts[$0.index].joint }))
    }
  }

  // MARK: Conditions

  private func condition(_ condition: Condition) -> Condition {
    switch condition {
    case .always: .always
    case .test(let test): self.condition(test)
    case .not(let part): .not(self.condition(part))
    case .and(let parts): .and(parts.map { self.condition($0) })
    case .or(let parts): .or(parts.map { self.condition($0) })
    case .definition(let use): .definition(DefinitionUse(joint(use.id), at: use.span))
    }
  }

  private func condition(_ test: Test) -> Condition {
    switch test.subject {
    case .today: return .test(test)
    case .outcome: return .test(Test(.outcome, predicate(test.predicate, []), at: test.span))
    case .fact(let fact):
      switch numbers.facts[fact.index] {
      case .neverGiven(let value):
        return value.map { holds(test, of: $0) } ?? false ? .always : .or([])
      case .joint(let id, let values, let unsaid, let texts):
        let own = predicate(test.predicate, values)
        let asked = Test(.fact(id), texts.map { own.ofOne(of: $0) } ?? own, at: test.span)
        guard let unsaid, holds(test, of: unsaid) else { return .test(asked) }
        return .or([.test(asked), .not(.test(Test(.fact(id), .isRecorded, at: test.span)))])
      }
    }
  }

  /// Whether a test that today has no part in is met by a value.
  private func holds(_ test: Test, of value: FactValue) -> Bool {
    test.predicate.holds(of: value, today: .firstProved, policy.calendar)
  }

  /// The same question about the joint fact. No message that is compared has the values without a
  /// number there.
  private func predicate(_ predicate: Predicate, _ values: [ValueID?]) -> Predicate {
    func joint(_ own: Set<ValueID>) -> Set<ValueID> { Set(own.compactMap { values[$0.index] }) }
    switch predicate {
    case .isOneOf(let own): return .isOneOf(joint(own))
    case .holdsAny(let own): return .holdsAny(joint(own))
    case .holdsAll(let own) where own.contains(where: { values[$0.index] == nil }):
      return .holdsAny([])
    case .holdsAll(let own): return .holdsAll(joint(own))
    case .holdsNone(let own): return .holdsNone(joint(own))
    case .isOutcome(let outcomes): return .isOutcome(Set(outcomes.map { self.joint($0) }))
    case .isTrue, .isEmpty, .isNotEmpty, .isIn, .isDated, .matches, .isRecorded, .isWorkingDay:
      return predicate
    }
  }

  // MARK: Numbers in the joint vocabulary

  private func joint(_ id: OutcomeID) -> OutcomeID { numbers.outcomes[id.index] }
  private func joint(_ id: NoteID) -> NoteID { numbers.notes[id.index] }

  private func joint(_ id: DefinitionID) -> DefinitionID {
    DefinitionID(definitionsBefore + id.index)
  }
}

extension Predicate {
  /// The question about a set or a text, put to a choice: the set holds one value and no other, and
  /// the text is one of these.
  fileprivate func ofOne(of texts: [String]) -> Predicate {
    let all = texts.indices.map { ValueID($0) }
    switch self {
    case .holdsAny(let values): return .isOneOf(values)
    case .holdsAll(let values): return .isOneOf(Set(all.filter { values.isSubset(of: [$0]) }))
    case .holdsNone(let values): return .isOneOf(Set(all).subtracting(values))
    case .isEmpty: return .isOneOf([])
    case .isNotEmpty: return .isOneOf(Set(all))
    case .matches(let patterns):
      return .isOneOf(
        Set(all.filter { value in patterns.contains { $0.matches(texts[value.index]) } }))
    case .isTrue, .isOneOf, .isIn, .isDated, .isRecorded, .isOutcome, .isWorkingDay: return self
    }
  }
}
