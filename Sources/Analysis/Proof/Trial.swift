import Classes
import Engine
import Logic
import Model
import Syntax

/// Decides single messages by the circuits of a policy, quickly and in variations: without some rule, or
/// with other overrides.
struct Trial {
  /// How a decision comes out, as far as it matters to whoever gets the message.
  enum Verdict: Hashable {
    case decided(OutcomeID, notes: Set<NoteID>)
    case conflict
    case gap
  }

  private let view: PolicyCircuit
  private let classes: MessageClasses
  private let axes: ClassAxes
  private let index: BoxIndex
  /// By `RuleID`: when it applies, if it does not look at the outcome.
  private let applies: [Wire?]
  private let overriders: Overriders

  init(
    _ view: PolicyCircuit, _ classes: MessageClasses, _ axes: ClassAxes, _ index: BoxIndex,
    _ applies: [Wire?], _ overriders: Overriders
  ) {
    (self.view, self.classes, self.axes, self.index) = (view, classes, axes, index)
    self.applies = applies
    self.overriders = overriders
  }

  /// What of a message does not depend on the variation.
  struct Case {
    let values: [Bool]
    /// The decision rules that apply, and the other rules that may, depending on the outcome.
    let applying: [RuleID]
    let candidates: [RuleID]
  }

  func begin(_ message: Message) -> Case {
    let values = classes.values(of: message)
    var (applying, candidates): ([RuleID], [RuleID]) = ([], [])
    for number in index.meeting(point(values)).members {
      if view.consequences[number].kind != .decision {
        candidates.append(RuleID(number))
      } else if let wire = applies[number], isOn(wire, values) {
        applying.append(RuleID(number))
      }
    }
    return Case(values: values, applying: applying, candidates: candidates)
  }

  /// Those of some rules, none of which looks at the outcome, that apply to a message.
  func applying(_ rules: BitSet, to message: Message) -> [Int] {
    let values = classes.values(of: message)
    var meeting = index.meeting(point(values))
    meeting.formIntersection(rules)
    return meeting.members.filter { applies[$0].map { isOn($0, values) } ?? false }
  }

  /// Where a message lies on every axis.
  private func point(_ values: [Bool]) -> Box {
    var positions = axes.positions
    for (variable, value) in values.enumerated() {
      for stretch in value ? axes.whenTrue[variable] : axes.whenFalse[variable] {
        positions[Int(stretch.axis)] &= stretch.positions
      }
    }
    return Box(
      stretches: positions.enumerated().map {
        ClassAxes.Stretch(axis: Int32($0), positions: $1)
      })
  }

  private func isOn(_ wire: Wire, _ values: [Bool]) -> Bool {
    view.circuit.value(of: wire) { Int($0.index) < values.count && values[Int($0.index)] }
  }

  /// What the policy decides; without one of its rules, or with other overrides.
  func verdict(
    _ trial: Case, _ relation: OverrideRelation? = nil, without left: RuleID? = nil
  ) -> Verdict {
    let policy = view.policy
    func winners(_ rules: [RuleID]) -> [PolicyCircuit.Consequence] {
      let rules = rules.filter { $0 != left }
      let winners =
        relation.map { $0.winners(among: rules) } ?? overriders.winners(among: rules)
      return winners.map { view.consequences[$0.index] }
    }
    func outcome(of winners: [PolicyCircuit.Consequence]) -> OutcomeID? {
      let outcomes = Set(winners.compactMap(\.outcome))
      return outcomes.count == 1 ? outcomes.first : nil
    }
    func winners(
      _ kind: Rule.Kind, after outcome: OutcomeID
    ) -> [PolicyCircuit.Consequence] {
      winners(
        trial.candidates.filter { rule in
          view.consequences[rule.index].kind == kind
            && isOn(applies[rule.index] ?? view.applies(rule.index, after: outcome), trial.values)
        })
    }
    let deciders = winners(trial.applying)
    var (decided, notes): (OutcomeID, [NoteID])
    if let agreed = outcome(of: deciders) {
      (decided, notes) = (agreed, deciders.flatMap(\.notes))
    } else if !deciders.isEmpty {
      return .conflict
    } else if let standard = policy.otherwise {
      (decided, notes) = (standard.outcome, standard.notes)
    } else {
      return .gap
    }
    let guards = winners(.guard, after: decided)
    if !guards.isEmpty {
      guard let agreed = outcome(of: guards) else { return .conflict }
      (decided, notes) = (agreed, guards.flatMap(\.notes))
    }
    notes += winners(.note, after: decided).flatMap(\.notes)
    return .decided(decided, notes: Set(notes))
  }
}
