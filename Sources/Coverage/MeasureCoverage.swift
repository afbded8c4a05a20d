import Analysis
import Engine
package import Model
package import Syntax

/// How much of what can be worked out about coverage is wanted.
package struct CoverageLimits: Sendable {
  /// About the steps that all of it may take.
  package var workLimit = defaultWorkLimit
  /// Holes that are shown with a message that tells.
  package var examples = 200
  /// Scenarios that are suggested.
  package var suggestions = 100

  package init() {}
}

/// What the scenarios of a policy bring into play, and which small changes to the policy they and its promises would
/// notice. The policy has no errors, and its scenarios pass.
///
/// Whether a change makes any difference is decided for all messages that give every required fact, on all days from
/// 2000 to 2099. O(changes × (rules + scenarios)) and the solver's work, both within the limit.
package func coverage(
  of policy: Policy, suggestingFor text: PolicyText? = nil,
  limits: CoverageLimits = CoverageLimits()
) -> CoverageResult {
  var measurement = Measurement(policy, limits)
  return measurement.result(suggestingFor: text)
}

/// One run of it.
private struct Measurement {
  private let policy: Policy
  private let limits: CoverageLimits
  private let rehearsal: Rehearsal
  private let changes: [Change]
  private let sides: [SentenceSides]
  private let trial: ChangeTrial
  private var effort: Effort

  init(_ policy: Policy, _ limits: CoverageLimits) {
    (self.policy, self.limits) = (policy, limits)
    rehearsal = Rehearsal(policy)
    let uses = DefinitionUses(policy)
    changes = Changes(policy).all
    sides = SentenceSides.all(in: policy, uses)
    let edits = changes.map(\.edit) + sides.flatMap { [$0.ifNever.edit, $0.ifAlways.edit] }
    trial = ChangeTrial(
      rehearsal: rehearsal,
      proof: VariantProof(
        policy, rules: edits.compactMap(\.rule), definitions: edits.compactMap(\.definition),
        workLimit: limits.workLimit / 4),
      uses: uses, drafts: DraftSearch(policy, rehearsal.evaluator))
    effort = Effort(
      workLimit: limits.workLimit, ruleCount: policy.rules.count,
      scenarioCount: rehearsal.cases.count)
  }

  mutating func result(suggestingFor text: PolicyText?) -> CoverageResult {
    var exercise = Exercise(rehearsal)
    let tried = triedChanges()
    exercise.overrides = overrideUses()
    let uses = sentenceUses()
    exercise.sentences = uses.compactMap(\.self)
    let seen = zip(sides, uses).filter { $1 != nil }.map(\.0)
    let openings = Openings(policy, exercise, tried, seen).all
    let holes = holes(openings)
    let suggestions = text.map { text in
      SuggestionSearch(trial, limits).suggestions(for: openings, holes, text)
    }
    return CoverageResult(
      policy: policy, scenarioCount: rehearsal.cases.count, exercise: exercise, changes: tried,
      untriedCount: changes.count - tried.count, unseenCount: sides.count - seen.count,
      holes: holes, suggestions: suggestions ?? [])
  }

  private mutating func triedChanges() -> [TriedChange] {
    let fates = effort.spend(2, on: changes, trial.proof) { [trial] in trial.fate(of: $0) }
    return zip(changes, fates).compactMap { change, fate in
      fate.map { TriedChange(change: change, fate: $0) }
    }
  }

  private mutating func overrideUses() -> [Exercise.OverrideUse] {
    let lines = changes.compactMap { change -> (Int, Change)? in
      guard case .overrides(let line) = change.place else { return nil }
      return (line, change)
    }
    let sides = effort.spend(3, on: lines.map(\.1), trial.proof) { [trial] in trial.side($0) }
    return zip(lines, sides).compactMap { line, side in
      side.map { Exercise.OverrideUse(line: line.0, side: $0) }
    }
  }

  private mutating func sentenceUses() -> [Exercise.SentenceUse?] {
    effort.spend(2, on: sides, variants: 2, trial.proof) { [trial] sides in
      Exercise.SentenceUse(
        place: sides.place, sentence: sides.sentence, whenTrue: trial.side(sides.ifNever),
        whenFalse: trial.side(sides.ifAlways))
    }
  }

  /// Holes with messages that tell, as many as there is work for.
  private mutating func holes(_ openings: [Opening]) -> [Hole] {
    let shown = openings.indices.filter { openings[$0].change != nil }.prefix(limits.examples)
    let found = effort.spend(1, on: Array(shown), variants: 2, trial.proof) { [trial] index in
      openings[index].change.flatMap { trial.example(of: $0) }
    }
    let examples = Dictionary(
      uniqueKeysWithValues: zip(shown, found.map { $0 ?? nil }))
    return openings.indices.map { index in
      Hole(kind: openings[index].kind, example: examples[index] ?? nil)
    }
  }
}

extension Change.Edit {
  fileprivate var rule: Rule? {
    if case .rule(let rule) = self { rule } else { nil }
  }

  fileprivate var definition: Condition? {
    if case .definition(_, let condition) = self { condition } else { nil }
  }
}
