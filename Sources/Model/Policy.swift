package import Findings
package import Syntax
package import Values

/// A rule, guard or note rule, by its place in the policy: files in path order, then line.
package struct RuleID: Hashable, Comparable, Sendable {
  package let index: Int
  package init(_ index: Int) { self.index = index }
  package static func < (a: RuleID, b: RuleID) -> Bool { a.index < b.index }
}

/// The meaning of a policy.
package struct Policy: Sendable {
  package var files: SourceFiles
  /// The SHA-256 of the policy's meaning-bearing text.
  package var hash: String
  package var vocabulary: Vocabulary
  /// Decision rules, guards and note rules, in the order of file and line.
  package var rules: [Rule]
  package var overrides: OverrideGraph
  package var otherwise: Standard?
  package var whenUnsure: Standard?
  package var promises: [Promise]
  package var scenarios: [Scenario]
  package var calendar: WorkingCalendar

  package init(
    files: SourceFiles, hash: String, vocabulary: Vocabulary, rules: [Rule],
    overrides: OverrideGraph, otherwise: Standard?, whenUnsure: Standard?, promises: [Promise],
    scenarios: [Scenario], calendar: WorkingCalendar
  ) {
    self.files = files
    self.hash = hash
    self.vocabulary = vocabulary
    self.rules = rules
    self.overrides = overrides
    self.otherwise = otherwise
    self.whenUnsure = whenUnsure
    self.promises = promises
    self.scenarios = scenarios
    self.calendar = calendar
  }

  package subscript(id: RuleID) -> Rule { rules[id.index] }
}

/// A decision rule, a guard, or a note rule.
package struct Rule: Sendable {
  package enum Kind: Hashable, Sendable, CaseIterable {
    case decision, `guard`, note
  }

  package let id: RuleID
  package let kind: Kind
  /// Its name, or its place (`sen.rules:14`) where it has none; of a table's row, `TABLE, row N`.
  package let name: String
  package let isNamed: Bool
  package let section: String?
  package let condition: Condition
  /// Nil for note rules.
  package let outcome: OutcomeID?
  package let notes: [NoteID]
  package let from: Day?
  package let until: Day?
  /// The texts after `because`.
  package let reasons: [String]
  /// The texts after `see`.
  package let authorities: [String]
  /// The words that show the rule: its name, or the `if` of a rule without one.
  package let span: Span
  /// The whole statement.
  package let wholeSpan: Span

  package init(
    id: RuleID, kind: Kind, name: String, isNamed: Bool, section: String?, condition: Condition,
    outcome: OutcomeID?, notes: [NoteID], from: Day?, until: Day?, reasons: [String],
    authorities: [String], span: Span, wholeSpan: Span
  ) {
    self.id = id
    self.kind = kind
    self.name = name
    self.isNamed = isNamed
    self.section = section
    self.condition = condition
    self.outcome = outcome
    self.notes = notes
    self.from = from
    self.until = until
    self.reasons = reasons
    self.authorities = authorities
    self.span = span
    self.wholeSpan = wholeSpan
  }

  /// Whether the rule is in force on a day.
  package func isInForce(on day: Day) -> Bool {
    from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
  }
}

/// `otherwise` or `when unsure`.
package struct Standard: Sendable {
  package let outcome: OutcomeID
  package let notes: [NoteID]
  package let reasons: [String]
  package let authorities: [String]
  package let span: Span

  package init(
    outcome: OutcomeID, notes: [NoteID], reasons: [String], authorities: [String], span: Span
  ) {
    self.outcome = outcome
    self.notes = notes
    self.reasons = reasons
    self.authorities = authorities
    self.span = span
  }
}

/// What the organisation commits to, for all messages that meet a condition.
package struct Promise: Sendable {
  package enum Pledge: Hashable, Sendable {
    case always(Set<OutcomeID>)
    case never(Set<OutcomeID>)
    case alwaysAdd(Set<NoteID>)
    case neverAdd(Set<NoteID>)
    case neverDependsOn(Set<FactID>)
  }

  package let name: String
  package let condition: Condition
  package let pledge: Pledge
  package let from: Day?
  package let until: Day?
  package let reasons: [String]
  package let authorities: [String]
  package let span: Span

  package init(
    name: String, condition: Condition, pledge: Pledge, from: Day?, until: Day?,
    reasons: [String], authorities: [String], span: Span
  ) {
    self.name = name
    self.condition = condition
    self.pledge = pledge
    self.from = from
    self.until = until
    self.reasons = reasons
    self.authorities = authorities
    self.span = span
  }

  /// Whether the promise holds on a day.
  package func isInForce(on day: Day) -> Bool {
    from.map { $0 <= day } ?? true && until.map { day <= $0 } ?? true
  }

  /// Whether an outcome is not as pledged; nil where the outcome of one message cannot tell.
  package func isBroken(by outcome: OutcomeID) -> Bool? {
    switch pledge {
    case .always(let outcomes): !outcomes.contains(outcome)
    case .never(let outcomes): outcomes.contains(outcome)
    case .alwaysAdd, .neverAdd, .neverDependsOn: nil
    }
  }
}

/// A message and what is expected of it; what `like` takes over is filled in.
package struct Scenario: Sendable {
  package enum Given: Hashable, Sendable {
    case value(FactValue)
    /// `it is not recorded …`
    case absent
    /// `it is unknown …`
    case unknown
  }

  package enum Expectation: Hashable, Sendable {
    /// `notes` is nil where the expectation does not look at them.
    case outcome(OutcomeID, notes: Set<NoteID>?)
    case unsure
    /// The named rule, or any of a table's rows, is among the winners.
    case by(Set<RuleID>, name: String)
    case byOtherwise
  }

  package let name: String
  /// The name of the scenario that it takes over itself, if any.
  package let like: String?
  package let given: [FactID: Given]
  package let day: Day
  /// Each with the place of its words; empty for a scenario that is only there to be taken over.
  package let expectations: [(Expectation, Span)]
  package let span: Span
  /// Where another `given` line could be added.
  package let end: Span

  package init(
    name: String, like: String?, given: [FactID: Given], day: Day,
    expectations: [(Expectation, Span)], span: Span, end: Span
  ) {
    self.name = name
    self.like = like
    self.given = given
    self.day = day
    self.expectations = expectations
    self.span = span
    self.end = end
  }
}
