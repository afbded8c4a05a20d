package import Analysis
package import Model
package import Syntax

/// What the scenarios and promises of a policy would notice, and what they would not.
package struct CoverageResult: Sendable {
  package let policy: Policy
  package let scenarioCount: Int
  package let exercise: Exercise
  /// The changes that were tried, in the order of the policy, and what became of them.
  package let changes: [TriedChange]
  /// How many changes there are that were not tried, because there are too many for the bound on work.
  package let untriedCount: Int
  /// How many sentences and lines were not looked at, for the same reason.
  package let unseenCount: Int
  /// What nobody tries or notices, for an officer to look at, in the order of the policy.
  package let holes: [Hole]
  /// Scenarios that would close them, if they were asked for.
  package let suggestions: [Suggestion]
}

/// A change, and whether anybody would notice it.
package struct TriedChange: Sendable {
  package enum Fate: Hashable, Sendable {
    /// This scenario fails, by its number among those that expect something.
    case noticedByScenario(Int)
    /// The promise of this name is broken.
    case noticedByPromise(String)
    /// All scenarios pass and all promises are kept, but a check reports an error.
    case stoppedByCheck(VariantComparison.Fault)
    /// All scenarios pass, all promises are kept, and a check finds no error.
    case unnoticed
    /// Every message is decided as before.
    case changesNothing
    /// The bound on work was reached.
    case notFoundOut
  }

  package let change: Change
  package let fate: Fate
}

/// Something that no scenario brings into play, or a change that nobody would notice.
package struct Hole: Sendable {
  package enum Kind: Sendable {
    /// A rule that never wins in a scenario.
    case rule(Exercise.RuleUse)
    /// A sentence that was never so, or never not so, where that mattered.
    case sentence(Change.Place, Condition, isSo: Bool)
    /// An `overrides` line that mattered to no scenario.
    case overrides(line: Int)
    case outcome(OutcomeID)
    case note(NoteID)
    case otherwise
    case whenUnsure
    /// A change that no scenario and no promise notices; the error that a check would find, if any.
    case change(Change, VariantComparison.Fault?)
  }

  package let kind: Kind
  /// A message that tells.
  package let example: Example?

  /// A message, and what would become of it.
  package struct Example: Sendable {
    package let message: Message
    /// The facts that it has to give.
    package let given: [FactID]
    /// Whether its day is the one that a scenario has which says none.
    package let isOnUsualDay: Bool
    package let today: Ending
    /// With the change.
    package let changed: Ending
    /// A scenario that would show it; nil if none can be written.
    package let draft: ScenarioDraft?
  }

  /// How a message ends.
  package enum Ending: Hashable, Sendable {
    case decided(OutcomeID, [NoteID])
    case unsure
    case conflict
    case gap
  }
}

/// A scenario that would close holes, in the language.
package struct Suggestion: Sendable {
  package let name: String
  /// The statement; ends with a line break.
  package let text: String
  /// The holes that it closes, by their numbers.
  package let closes: [Int]
}

extension CoverageResult {
  private func count(where isCounted: (TriedChange.Fate) -> Bool) -> Int {
    changes.count { isCounted($0.fate) }
  }

  package var noticedByScenarios: Int {
    count { if case .noticedByScenario = $0 { true } else { false } }
  }
  package var noticedByPromises: Int {
    count { if case .noticedByPromise = $0 { true } else { false } }
  }
  package var stoppedByCheck: Int {
    count { if case .stoppedByCheck = $0 { true } else { false } }
  }
  package var unnoticed: Int { count { $0 == .unnoticed } }
  package var changingNothing: Int { count { $0 == .changesNothing } }
  package var notFoundOut: Int { count { $0 == .notFoundOut } }

  /// Those that a scenario or a promise notices.
  package var noticed: Int { noticedByScenarios + noticedByPromises }

  /// The changes that make a difference to some message, as far as is known; those of which it is not
  /// known count too.
  package var telling: Int { changes.count - changingNothing }

  /// Whether so many percent of the telling changes are noticed.
  package func isNoticed(percent: Int) -> Bool { noticed * 100 >= percent * telling }
}
