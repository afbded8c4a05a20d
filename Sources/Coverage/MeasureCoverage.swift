import Analysis
import Engine
package import Model
package import Syntax

/// How much of what can be worked out about coverage is wanted.
package struct CoverageLimits: Sendable {
  /// The steps that one question may take; all of them together may take four times as many.
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
  Measurement(policy, limits).result(suggestingFor: text)
}

/// One run of it.
private struct Measurement {
  private let policy: Policy
  private let limits: CoverageLimits
  private let rehearsal: Rehearsal
  private let uses: DefinitionUses
  private let allChanges: [Change]
  private let changes: [Change]
  private let allSides: [SentenceSides]
  private let sides: [SentenceSides]
  private let trial: ChangeTrial

  init(_ policy: Policy, _ limits: CoverageLimits) {
    (self.policy, self.limits) = (policy, limits)
    rehearsal = Rehearsal(policy)
    uses = DefinitionUses(policy)
    allChanges = Changes(policy).all
    allSides = SentenceSides.all(in: policy, uses)
    let effort = Effort(
      workLimit: limits.workLimit, ruleCount: policy.rules.count,
      scenarioCount: rehearsal.cases.count)
    // Half of the work for what is exercised, half for the changes.
    changes = Effort.spread(allChanges, effort.affordable(of: allChanges.count))
    sides = Effort.spread(allSides, effort.affordable(of: 2 * allSides.count) / 2)
    let edits = changes.map(\.edit) + sides.flatMap { [$0.ifNever.edit, $0.ifAlways.edit] }
    trial = ChangeTrial(
      rehearsal: rehearsal,
      proof: VariantProof(
        policy, rules: edits.compactMap(\.rule), definitions: edits.compactMap(\.definition),
        workLimit: limits.workLimit),
      uses: uses, drafts: DraftSearch(policy, rehearsal.evaluator))
  }

  func result(suggestingFor text: PolicyText?) -> CoverageResult {
    var exercise = Exercise(rehearsal)
    let tried = changes.map { TriedChange(change: $0, fate: trial.fate(of: $0)) }
    exercise.overrides = changes.compactMap { change in
      guard case .overrides(let line) = change.place else { return nil }
      return Exercise.OverrideUse(line: line, side: trial.side(change))
    }
    exercise.sentences = sides.map { sides in
      Exercise.SentenceUse(
        place: sides.place, sentence: sides.sentence, whenTrue: trial.side(sides.ifNever),
        whenFalse: trial.side(sides.ifAlways))
    }
    let openings = Openings(policy, exercise, tried, sides).all
    var shown = 0
    let holes = openings.map { opening in
      var example: Hole.Example?
      if let change = opening.change, shown < limits.examples {
        example = trial.example(of: change)
        shown += 1
      }
      return Hole(kind: opening.kind, example: example)
    }
    let suggestions = text.map { text in
      SuggestionSearch(trial, limits).suggestions(for: openings, holes, text)
    }
    return CoverageResult(
      policy: policy, scenarioCount: rehearsal.cases.count, exercise: exercise, changes: tried,
      untriedCount: allChanges.count - changes.count,
      unseenCount: allSides.count - sides.count, holes: holes, suggestions: suggestions ?? [])
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
