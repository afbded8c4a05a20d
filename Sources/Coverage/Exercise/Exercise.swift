import Analysis
import Engine
package import Model
package import Syntax

/// What the scenarios of a policy bring into play.
package struct Exercise: Sendable {
  /// A rule, and in how many scenarios it has its say.
  package struct RuleUse: Sendable {
    package let rule: RuleID
    /// In how many it wins: decides, replaces the outcome, or adds its notes.
    package let wins: Int
    /// In how many it applies; of a rule that looks at the outcome only where it wins.
    package let applies: Int
  }

  /// A sentence of a condition, and whether it was true and false where that mattered.
  package struct SentenceUse: Sendable {
    package let place: Change.Place
    package let sentence: Condition
    package let whenTrue: Side
    package let whenFalse: Side

    package var isFull: Bool {
      [whenTrue, whenFalse].allSatisfy { $0 == .exercised || $0 == .impossible }
    }
    /// Whether it can matter at all.
    package var counts: Bool { whenTrue != .impossible || whenFalse != .impossible }
  }

  package enum Side: Hashable, Sendable {
    /// In some scenario it was so, and the decision would have been another if it were not.
    case exercised
    /// In no scenario was that so, but for some message it is.
    case missing
    /// For no message is that so.
    case impossible
    /// The bound on work was reached.
    case notFoundOut
  }

  /// An `overrides` line, and whether it mattered to a scenario.
  package struct OverrideUse: Sendable {
    /// Its number among the policy's lines.
    package let line: Int
    package let side: Side
  }

  package var rules: [RuleUse] = []
  package var sentences: [SentenceUse] = []
  package var overrides: [OverrideUse] = []
  /// In how many scenarios each comes out, by number. Of an unsure decision they count too.
  package var outcomes: [Int] = []
  package var notes: [Int] = []
  /// In how many scenarios `otherwise` gives the first outcome, and in how many something is not known.
  package var otherwise = 0
  package var whenUnsure = 0
  /// The outcomes and notes that some rule or `otherwise` or `when unsure` gives.
  package var givenOutcomes: Set<OutcomeID> = []
  package var givenNotes: Set<NoteID> = []

  /// What the scenarios come to, without regard to what mattered.
  init(_ rehearsal: Rehearsal) {
    let policy = rehearsal.policy
    var wins = [Int](repeating: 0, count: policy.rules.count)
    outcomes = Array(repeating: 0, count: policy.vocabulary.outcomes.count)
    notes = Array(repeating: 0, count: policy.vocabulary.notes.count)
    for case .success(let decision) in rehearsal.cases.map(\.decision) {
      for rule in decision.winners { wins[rule.index] += 1 }
      outcomes[decision.outcome.index] += 1
      for note in decision.notes { notes[note.index] += 1 }
      if decision.madeByOtherwise { otherwise += 1 }
      if !decision.isSure { whenUnsure += 1 }
    }
    rules = policy.rules.map { rule in
      let wins = wins[rule.id.index]
      let applies =
        wins == 0 && rule.kind == .decision ? rehearsal.countOfApplying(rule.id) : wins
      return RuleUse(rule: rule.id, wins: wins, applies: applies)
    }
    let standards = [policy.otherwise, policy.whenUnsure].compactMap(\.self)
    givenOutcomes = Set(policy.rules.compactMap(\.outcome) + standards.map(\.outcome))
    givenNotes = Set(policy.rules.flatMap(\.notes) + standards.flatMap(\.notes))
  }
}

/// The sentences of a policy, each with the two variants that tell whether it mattered.
struct SentenceSides {
  let place: Change.Place
  let sentence: Condition
  /// The policy as if the sentence were never true, or always.
  let ifNever: Change
  let ifAlways: Change

  /// Those of rules and definitions, in their order. A definition that nothing uses has none.
  static func all(in policy: Policy, _ uses: DefinitionUses) -> [SentenceSides] {
    let ofRules = policy.rules.flatMap { rule in
      sides(rule.condition, .rule(rule.id)) { .rule(rule.with(condition: $0)) }
    }
    let ofDefinitions = policy.vocabulary.definitions.flatMap { definition in
      uses.rules(of: definition.id).isEmpty
        ? []
        : sides(definition.condition, .definition(definition.id)) {
          .definition(definition.id, $0)
        }
    }
    return ofRules + ofDefinitions
  }

  private static func sides(
    _ condition: Condition, _ place: Change.Place, _ edit: (Condition) -> Change.Edit
  ) -> [SentenceSides] {
    ConditionPart.all(in: condition).compactMap { part in
      guard case .sentence(let sentence) = part.kind else { return nil }
      func settled(_ isSo: Bool) -> Change {
        Change(
          place: place, kind: .settled(isSo), part: sentence,
          edit: edit(part.replacingSentence(isSo ? .always : .never)))
      }
      return SentenceSides(
        place: place, sentence: sentence, ifNever: settled(false), ifAlways: settled(true))
    }
  }
}
