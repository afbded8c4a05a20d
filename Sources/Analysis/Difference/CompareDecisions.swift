import Classes
import Findings
import Engine
import Logic
package import Model
import Syntax
import Values

/// Finds in what the decisions of two policies differ, for all messages that both accept and all days
/// from 2000 to 2099.
///
/// Conflicts and gaps are decisions of their own kind, so that policies may have them. `workLimit`
/// bounds the steps of the solver for one question.
package func difference(
  from old: Policy, to new: Policy, workLimit: Int = defaultWorkLimit,
  limits: DifferenceLimits = DifferenceLimits()
) -> PolicyDifference {
  let joint = JointPolicies(old, new)
  guard !joint.hasNoMessages else {
    return PolicyDifference(joint: joint, groups: [], hasMoreGroups: false, isProved: true)
  }
  let comparison = PolicyComparison(joint, workLimit: workLimit)
  let search = DifferenceSearch(comparison, limits)
  search.run()
  var isProved = search.isProved
  var groups: [DifferenceGroup] = []
  for draft in search.groups {
    guard let group = DifferenceGroup(draft, comparison) else {
      isProved = false
      continue
    }
    groups.append(group)
  }
  return PolicyDifference(
    joint: joint, groups: groups, hasMoreGroups: search.hasMoreGroups, isProved: isProved)
}

extension DifferenceGroup {
  /// Nil if nothing was found out about the group, or the evaluator does not see it.
  fileprivate init?(_ draft: GroupDraft, _ comparison: PolicyComparison) {
    let classes = comparison.classes
    let conditions = draft.conditions.sorted { $0.count < $1.count }
      .map { condition in
        condition.map { literal -> Literal in
          (classes.properties[Int(literal.variable.index)], !literal.isNegated)
        }
      }
    guard let example = Example(draft, comparison) else { return nil }
    let words = ClassSentences(comparison.vocabulary)
    change = draft.change
    self.conditions = conditions
    sentences = conditions.map { words.sentences($0.map { ($0.property, $0.isSo) }) }
    hasMore = draft.hasMore
    isExact = draft.isExact
    self.example = example
    old = Side(draft, comparison.old.policy, isOld: true)
    new = Side(draft, comparison.new.policy, isOld: false)
  }
}

extension DifferenceGroup.Side {
  fileprivate init(_ draft: GroupDraft, _ policy: Policy, isOld: Bool) {
    switch draft.change {
    case .result(let old, let new):
      if case .decided(let outcome) = isOld ? old : new {
        self.outcome = outcome
      } else {
        outcome = nil
      }
    case .notes, .otherNotes: outcome = nil
    }
    let notes = isOld ? draft.oldNotes : draft.newNotes
    self.notes = notes.all.sorted()
    notesOfSome = notes.some.sorted()
    let otherwise = policy.otherwise?.span
    deciders = draft.deciders(isOld: isOld).sorted { one, other in
      func span(_ decider: DecisionMaker) -> Span? {
        if case .rule(let rule) = decider { policy[rule].span } else { otherwise }
      }
      guard let one = span(one), let other = span(other) else { return false }
      return one < other
    }
    hasMoreDeciders = isOld ? draft.oldHasMore : draft.newHasMore
  }
}

extension DifferenceGroup.Example {
  /// The smallest message that meets the condition found first, or the message that led to it; nil if
  /// the evaluator does not see the change.
  fileprivate init?(_ draft: GroupDraft, _ comparison: PolicyComparison) {
    if let condition = draft.example,
      let smallest = SmallestMessage(
        where: comparison.circuit.wires(of: condition), comparison.searchers)
    {
      (message, given) = (smallest.message, smallest.given)
    } else if let found = draft.message {
      (message, given) = (found, comparison.vocabulary.facts.map(\.id))
    } else {
      return nil
    }
    let (old, new) = comparison.evaluators
    let seen = DecisionChange(
      DecisionChange.result(of: old.decide(message)),
      DecisionChange.result(of: new.decide(message)))
    guard seen?.isOf(draft.change) ?? false else { return nil }
  }
}

extension Circuit {
  fileprivate func wires(of condition: [Literal]) -> [Wire] {
    condition.map { $0.isNegated ? !input($0.variable) : input($0.variable) }
  }
}

extension DecisionChange {
  fileprivate func isOf(_ change: DecisionChange) -> Bool {
    if case .notes = self, change == .otherNotes { return true }
    return self == change
  }

  fileprivate static func result(
    of answer: Result<Decision, Disagreement>
  ) -> (result: DecisionResult, notes: Set<NoteID>) {
    switch answer {
    case .success(let decision): (.decided(decision.outcome), Set(decision.notes))
    case .failure(.conflict): (.conflict, [])
    case .failure(.gap): (.gap, [])
    }
  }
}
