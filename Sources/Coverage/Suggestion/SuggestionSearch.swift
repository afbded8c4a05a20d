import Analysis
import Engine
import Findings
import Model
import Syntax
import Values

/// Chooses scenarios that close holes: those that lie at a bound first, and none for what an earlier one closes.
struct SuggestionSearch {
  private let trial: ChangeTrial
  private let limits: CoverageLimits

  init(_ trial: ChangeTrial, _ limits: CoverageLimits) {
    (self.trial, self.limits) = (trial, limits)
  }

  private var policy: Policy { trial.rehearsal.policy }

  /// A scenario that is to be written, and what it closes.
  struct Proposal {
    var name: String
    let draft: ScenarioDraft
    let closes: [Int]
  }

  /// Scenarios that can be read, and pass, behind the text of the policy.
  func suggestions(
    for openings: [Opening], _ holes: [Hole], _ text: PolicyText
  ) -> [Suggestion] {
    var proposals: [Proposal] = []
    var isOpen = holes.map { _ in true }
    let order = holes.indices.sorted { rank(holes[$0]) < rank(holes[$1]) }
    for number in order where isOpen[number] && proposals.count < limits.suggestions {
      let draft: ScenarioDraft?
      if case .whenUnsure = holes[number].kind {
        draft = trial.drafts.unsureDraft
      } else {
        draft = holes[number].example?.draft
      }
      guard let draft else { continue }
      let closed = holes.indices.filter { isOpen[$0] && closes(openings[$0], draft) }
      guard closed.contains(number) else { continue }
      for hole in closed { isOpen[hole] = false }
      proposals.append(Proposal(name: name(holes[number]), draft: draft, closes: closed))
    }
    return WrittenScenarios(policy, trial.rehearsal.evaluator, text).suggestions(proposals)
  }

  private func rank(_ hole: Hole) -> Int {
    guard case .change(let change, let fault) = hole.kind else { return 1 }
    if fault != nil { return 3 }
    return switch change.kind {
    case .moved, .from, .until: 0
    case .leftOut, .reversed, .joined, .withoutValue, .removed, .outcome, .withoutNote, .settled: 2
    }
  }

  // MARK: - What a scenario closes

  private func closes(_ opening: Opening, _ draft: ScenarioDraft) -> Bool {
    guard case .success(let decision) = trial.rehearsal.evaluator.decide(draft.message) else {
      return false
    }
    switch opening.kind {
    case .rule(let use): return decision.winners.contains(use.rule)
    case .outcome(let outcome): return decision.outcome == outcome
    case .note(let note): return decision.notes.contains(note)
    case .otherwise: return decision.madeByOtherwise
    case .whenUnsure: return !decision.isSure
    case .sentence, .overrides, .change:
      guard let change = opening.change else { return false }
      let variant = Evaluator(change.variant(of: policy, trial.uses).policy)
      return !draft.isMet(by: variant.decide(draft.message))
    }
  }

  // MARK: - Names

  private func name(_ hole: Hole) -> String {
    switch hole.kind {
    case .rule(let use): name(.rule(use.rule))
    case .sentence(let place, _, _): name(place)
    case .overrides(let line): name(.overrides(line: line))
    case .change(let change, _): name(change.place)
    case .outcome(let outcome): policy.vocabulary[outcome].name
    case .note(let note): policy.vocabulary[note].name
    case .otherwise: "otherwise"
    case .whenUnsure: "facts are missing"
    }
  }

  private func name(_ place: Change.Place) -> String {
    switch place {
    case .rule(let rule): policy[rule].name
    case .definition(let definition): policy.vocabulary[definition].phrase
    case .otherwise: "otherwise"
    case .overrides(let line):
      "the line at \(policy.files.name(of: policy.overrides.lines[line].span))"
    }
  }
}
