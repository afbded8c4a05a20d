import Analysis
import Classes
import Engine
import Model
import Syntax
import Values

/// Finds out what becomes of changes: the scenarios are tried first, then it is asked whether any message is decided
/// otherwise, then whether a promise is broken, then whether a check would find an error.
struct ChangeTrial {
  let rehearsal: Rehearsal
  let proof: VariantProof
  let uses: DefinitionUses
  let drafts: DraftSearch

  private var policy: Policy { rehearsal.policy }

  func fate(of change: Change) -> TriedChange.Fate {
    let variant = change.variant(of: policy, uses)
    let reception = rehearsal.reception(of: variant)
    if let failed = reception.failed, reception.changed != nil {
      return .noticedByScenario(failed)
    }
    let comparison = proof.compare(variant)
    if reception.changed == nil {
      switch comparison.difference() {
      case .never: return .changesNothing
      case .notFoundOut: return reception.failed.map { .noticedByScenario($0) } ?? .notFoundOut
      case .found: break
      }
    }
    // Only the rules that decided are others in the scenarios; but some other message is decided otherwise.
    if let failed = reception.failed { return .noticedByScenario(failed) }
    switch comparison.brokenPromise() {
    case .found(let promise): return .noticedByPromise(promise.name)
    case .notFoundOut: return .notFoundOut
    case .never: break
    }
    return comparison.fault().map { .stoppedByCheck($0) } ?? .unnoticed
  }

  /// Whether a sentence or line matters to a scenario; `change` is the policy without it.
  func side(_ change: Change) -> Exercise.Side {
    let variant = change.variant(of: policy, uses)
    if rehearsal.reception(of: variant, onlyChange: true).changed != nil { return .exercised }
    switch proof.compare(variant).difference() {
    case .found: return .missing
    case .never: return .impossible
    case .notFoundOut: return .notFoundOut
    }
  }

  /// The smallest message that a change makes a difference to, and what becomes of it.
  func example(of change: Change) -> Hole.Example? {
    let variant = change.variant(of: policy, uses)
    guard let smallest = proof.compare(variant).smallestDifference() else { return nil }
    let changed = Evaluator(variant.policy)
    let draft = drafts.draft(from: smallest.message, given: smallest.given, telling: changed)
    let shown = draft?.message ?? smallest.message
    return Hole.Example(
      message: smallest.message, given: smallest.given,
      isOnUsualDay: smallest.message.today == .usual,
      today: Hole.Ending(rehearsal.evaluator.decide(shown)),
      changed: Hole.Ending(changed.decide(shown)), draft: draft)
  }
}

extension Hole.Ending {
  init(_ result: Result<Decision, Disagreement>) {
    switch result {
    case .success(let decision):
      self = decision.isSure ? .decided(decision.outcome, decision.notes) : .unsure
    case .failure(.conflict): self = .conflict
    case .failure(.gap): self = .gap
    }
  }
}
