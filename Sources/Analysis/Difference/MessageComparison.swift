import Engine
package import Model
import Syntax
package import Values

/// Decides messages under two policies, each reading them by its own vocabulary, and counts what comes
/// of them.
package struct MessageComparison: Sendable {
  /// A message that is decided differently.
  package struct Case: Sendable {
    /// The line that it stands on.
    package let line: Int
    /// Its `id` as JSON text.
    package let id: String?
    package let old: Verdict
    package let new: Verdict
    /// The number of the group that it is of, from 0; nil if it lacks facts, or is not compared.
    package let group: Int?
  }

  /// A decision in words.
  package struct Verdict: Hashable, Sendable {
    /// Nil if there is no decision.
    package let outcome: String?
    package let notes: [String]
    package let isSure: Bool
    package let rules: [String]
  }

  package private(set) var count = 0
  package private(set) var alike = 0
  /// Messages that a policy rejects.
  package private(set) var rejectedByOld = 0
  package private(set) var rejectedByNew = 0
  package private(set) var rejectedByBoth = 0
  /// By group.
  package private(set) var ofGroup: [Int]
  /// Messages that are decided differently and are of no group.
  package private(set) var ofNoGroup = 0
  /// The first that are decided differently.
  package private(set) var cases: [Case] = []

  package static let mostCases = 5

  /// By either policy.
  package var rejected: Int { rejectedByOld + rejectedByNew + rejectedByBoth }
  package var different: Int { ofGroup.reduce(ofNoGroup, +) }

  private let old: Reader
  private let new: Reader
  private let groups: [DecisionChange: Int]
  private let defaultDay: Day

  /// `defaultDay` is today for messages that do not say `on`.
  package init(
    from old: Policy, to new: Policy, _ difference: PolicyDifference, defaultDay: Day
  ) {
    self.old = Reader(old, difference.joint.old)
    self.new = Reader(new, difference.joint.new)
    self.defaultDay = defaultDay
    let numbered = difference.groups.enumerated().map { ($1.change, $0) }
    groups = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
    ofGroup = Array(repeating: 0, count: difference.groups.count)
  }

  /// Decides the message of one line, given without its end.
  package mutating func decide(line: UnsafeRawBufferPointer, number: Int) {
    guard let text = MessageDecoder.message(in: line, number: number) else { return }
    count += 1
    switch (old.decoder.decode(text), new.decoder.decode(text)) {
    case (.failure, .failure): rejectedByBoth += 1
    case (.failure, .success): rejectedByOld += 1
    case (.success, .failure): rejectedByNew += 1
    case (.success(let was), .success(let now)):
      let decisions = (
        old.decide(was.message(today: defaultDay)), new.decide(now.message(today: defaultDay))
      )
      guard let change = DecisionChange(decisions.0.ending, decisions.1.ending) else {
        if decisions.0.isSure == decisions.1.isSure {
          alike += 1
        } else {
          add(decisions, nil, was, number)
        }
        return
      }
      let isSure = decisions.0.isSure && decisions.1.isSure
      add(decisions, isSure ? group(change) : nil, was, number)
    }
  }

  private func group(_ change: DecisionChange) -> Int? {
    if case .notes = change { return groups[change] ?? groups[.otherNotes] }
    return groups[change]
  }

  private mutating func add(
    _ decisions: (Reader.Answer, Reader.Answer), _ group: Int?, _ message: DecodedMessage,
    _ line: Int
  ) {
    if let group { ofGroup[group] += 1 } else { ofNoGroup += 1 }
    guard cases.count < MessageComparison.mostCases else { return }
    cases.append(
      Case(
        line: line, id: message.id, old: decisions.0.verdict, new: decisions.1.verdict,
        group: group))
  }
}

/// Decides by one policy, in its own vocabulary and in the joint one.
private struct Reader: Sendable {
  let evaluator: Evaluator
  let decoder: MessageDecoder
  /// By the policy's own numbers, the joint ones.
  private var outcomes: [OutcomeID: OutcomeID] = [:]
  private var notes: [NoteID: NoteID] = [:]

  /// A decision, in joint numbers and in words.
  struct Answer {
    let ending: (result: DecisionResult, notes: Set<NoteID>)
    let isSure: Bool
    let verdict: MessageComparison.Verdict
  }

  init(_ policy: Policy, _ joint: Policy) {
    evaluator = Evaluator(policy)
    decoder = MessageDecoder(policy.vocabulary)
    for (own, shared) in zip(policy.rules, joint.rules) {
      add(own.outcome, own.notes, shared.outcome, shared.notes)
    }
    for (own, shared) in [
      (policy.otherwise, joint.otherwise), (policy.whenUnsure, joint.whenUnsure),
    ] {
      add(own?.outcome, own?.notes ?? [], shared?.outcome, shared?.notes ?? [])
    }
  }

  private mutating func add(
    _ outcome: OutcomeID?, _ notes: [NoteID], _ joint: OutcomeID?, _ jointNotes: [NoteID]
  ) {
    if let outcome { outcomes[outcome] = joint }
    for (own, shared) in zip(notes, jointNotes) { self.notes[own] = shared }
  }

  func decide(_ message: Message) -> Answer {
    let policy = evaluator.policy
    switch evaluator.decide(message) {
    case .success(let decision):
      guard let outcome = outcomes[decision.outcome] else {
        preconditionFailure("an outcome comes from a rule, from `otherwise` or from `when unsure`")
      }
      let verdict = MessageComparison.Verdict(
        outcome: policy.vocabulary[decision.outcome].name,
        notes: decision.notes.map { policy.vocabulary[$0].name }, isSure: decision.isSure,
        rules: decision.ruleNames(in: policy))
      return Answer(
        ending: (.decided(outcome), Set(decision.notes.compactMap { notes[$0] })),
        isSure: decision.isSure, verdict: verdict)
    case .failure(let disagreement):
      let verdict = MessageComparison.Verdict(
        outcome: nil, notes: [], isSure: true, rules: disagreement.rules.map { policy[$0].name })
      let result: DecisionResult = disagreement == .gap ? .gap : .conflict
      return Answer(ending: (result, []), isSure: true, verdict: verdict)
    }
  }
}
