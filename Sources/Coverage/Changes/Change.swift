import Analysis
package import Model
package import Syntax
package import Values

/// One small way in which a policy could have been written otherwise.
package struct Change: Sendable {
  /// What is written otherwise.
  package enum Place: Hashable, Sendable {
    case rule(RuleID)
    case definition(DefinitionID)
    case otherwise
    /// A line `overrides …`, by its number among the policy's.
    case overrides(line: Int)
  }

  package enum Kind: Hashable, Sendable {
    /// A part of the condition is left out.
    case leftOut
    /// A sentence says the opposite.
    case reversed
    /// A part is joined by `or` in place of `and`, or the other way round; or it asks for any value in place of
    /// all.
    case joined(byOr: Bool)
    /// A bound lies elsewhere: the sentence as it would then read.
    case moved(to: String)
    /// A value is left out of several.
    case withoutValue(String)
    /// It comes into force, or ends, on another day.
    case from(Day)
    case until(Day)
    /// The whole rule or line is gone.
    case removed
    case outcome(OutcomeID)
    case withoutNote(NoteID)
    /// A sentence counts as true of every message, or of none.
    case settled(Bool)
  }

  package let place: Place
  package let kind: Kind
  /// The part of the condition that it is about.
  package let part: Condition?
  let edit: Edit

  /// What to put in place of what is there.
  enum Edit: Sendable {
    case rule(Rule)
    case definition(DefinitionID, Condition)
    case otherwise(Standard)
    case withoutLine(Int)
  }

  /// The policy with the change made. O(rules).
  func variant(of policy: Policy, _ uses: DefinitionUses) -> PolicyVariant {
    var changed = policy
    switch edit {
    case .rule(let rule):
      changed.rules[rule.id.index] = rule
      return PolicyVariant(changed, rules: [rule.id])
    case .definition(let id, let condition):
      changed.vocabulary.definitions[id.index].condition = condition
      return PolicyVariant(
        changed, rules: uses.rules(of: id), definitions: uses.definitions(of: id))
    case .otherwise(let standard):
      changed.otherwise = standard
      return PolicyVariant(changed)
    case .withoutLine(let line):
      changed.overrides = policy.overrides.without(lines: [line])
      return PolicyVariant(changed, changesOverrides: true)
    }
  }
}

/// Who uses which definition, directly or through others.
struct DefinitionUses: Sendable {
  private let rulesOf: [[RuleID]]
  private let definitionsOf: [[DefinitionID]]

  /// O(definitions × (definitions + rules)), at worst.
  init(_ policy: Policy) {
    let definitions = policy.vocabulary.definitions
    let named = definitions.map(\.condition.definitions)
    let namedByRules = policy.rules.map(\.condition.definitions)
    var users = [[Int]](repeating: [], count: definitions.count)
    for (user, used) in named.enumerated() {
      for definition in used { users[definition.index].append(user) }
    }
    let reached = definitions.indices.map { start in
      var seen: Set<Int> = [start]
      var open = [start]
      while let next = open.popLast() {
        for user in users[next] where seen.insert(user).inserted { open.append(user) }
      }
      return seen
    }
    definitionsOf = reached.map { $0.sorted().map { DefinitionID($0) } }
    rulesOf = reached.map { reached in
      policy.rules.indices.filter { rule in
        namedByRules[rule].contains { reached.contains($0.index) }
      }.map { RuleID($0) }
    }
  }

  /// The rules of which the condition says something else if the definition does.
  func rules(of definition: DefinitionID) -> [RuleID] { rulesOf[definition.index] }

  /// The definition itself and those that use it.
  func definitions(of definition: DefinitionID) -> [DefinitionID] {
    definitionsOf[definition.index]
  }
}

extension Rule {
  /// The rule with some of it written otherwise.
  func with(
    condition: Condition? = nil, outcome: OutcomeID? = nil, notes: [NoteID]? = nil,
    from: Day? = nil, until: Day? = nil
  ) -> Rule {
    Rule(
      id: id, kind: kind, name: name, isNamed: isNamed, section: section,
      condition: condition ?? self.condition, outcome: outcome ?? self.outcome,
      notes: notes ?? self.notes, from: from ?? self.from, until: until ?? self.until,
      reasons: reasons, authorities: authorities, span: span, wholeSpan: wholeSpan)
  }
}
