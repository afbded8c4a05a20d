import Model
import Syntax
import TestSupport
import Values

/// Changes a policy here and there, as a next version would.
struct PolicyMutation {
  private var random: SeededRandom
  private let policy: Policy
  private var rules: [Rule]
  /// Lines of overrides that are left out.
  private var lines: Set<Int> = []
  private var otherwise: Standard?

  init(_ policy: Policy, seed: UInt64) {
    random = SeededRandom(state: seed &* 31 &+ 3)
    self.policy = policy
    (rules, otherwise) = (policy.rules, policy.otherwise)
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &random)
  }

  /// The policy with one to three things changed.
  mutating func changed() -> Policy {
    for _ in 0..<number(1...3) { change() }
    var changed = policy
    changed.rules = rules
    changed.otherwise = otherwise
    changed.overrides = policy.overrides.without(lines: lines)
    return changed
  }

  private mutating func change() {
    let index = number(0...rules.count - 1)
    let rule = rules[index]
    let (outcomes, notes) = (policy.vocabulary.outcomes.count, policy.vocabulary.notes.count)
    switch number(0...8) {
    case 0: rules[index] = rule.with(condition: .not(rule.condition))
    case 1:
      let other = rules[number(0...rules.count - 1)]
      guard rule.kind == other.kind else { return }
      rules[index] = rule.with(condition: .and([rule.condition, other.condition]))
    case 2, 3:
      guard rule.outcome != nil else { return }
      rules[index] = rule.with(outcome: OutcomeID(number(0...outcomes - 1)))
    case 4:
      rules[index] = rule.with(notes: [NoteID(number(0...notes - 1))])
    case 5:
      // Nothing meets it: the rule is as good as gone.
      rules[index] = rule.with(condition: .or([]))
    case 6: rules[index] = rule.with(name: "another name")
    case 7:
      guard !policy.overrides.lines.isEmpty else { return }
      lines.insert(number(0...policy.overrides.lines.count - 1))
    default:
      otherwise = otherwise == nil ? policy.whenUnsure : nil
    }
  }
}

extension Rule {
  fileprivate func with(
    condition: Condition? = nil, outcome: OutcomeID? = nil, notes: [NoteID]? = nil,
    name: String? = nil
  ) -> Rule {
    Rule(
      id: id, kind: kind, name: name ?? self.name, isNamed: isNamed, section: section,
      condition: condition ?? self.condition, outcome: outcome ?? self.outcome,
      notes: notes ?? self.notes, from: from, until: until, reasons: reasons,
      authorities: authorities, span: span, wholeSpan: wholeSpan)
  }
}
