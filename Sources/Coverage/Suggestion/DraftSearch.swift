import Analysis
import Classes
import Engine
import Model
import Syntax
import Values

/// Makes a scenario of a message that tells a policy from a variant of it, in as few lines as it can.
///
/// Mostly that is one like an existing scenario: its message with what matters laid over it, and then of that as much
/// taken back as can be. What is left cannot be shortened line by line.
struct DraftSearch {
  private let policy: Policy
  private let evaluator: Evaluator
  private let sentences: GivenSentences
  private let bases: [Base]

  /// A scenario that others can be like.
  private struct Base {
    let name: String
    let message: Message
    /// How many scenarios are like it already.
    let uses: Int
  }

  /// So many scenarios that need the fewest changes are tried.
  private static let mostBases = 16

  init(_ policy: Policy, _ evaluator: Evaluator) {
    (self.policy, self.evaluator) = (policy, evaluator)
    sentences = GivenSentences(policy.vocabulary)
    let uses = Dictionary(grouping: policy.scenarios.compactMap { $0.like?.lowercased() }) { $0 }
    bases = policy.scenarios.map { scenario in
      Base(
        name: scenario.name, message: scenario.message(policy.vocabulary),
        uses: uses[scenario.name.lowercased()]?.count ?? 0)
    }
  }

  /// A draft of which the message ends otherwise in the variant; `given` are the facts that have to be as the
  /// message says. Nil if none can be written.
  func draft(from message: Message, given: [FactID], telling variant: Evaluator) -> ScenarioDraft? {
    let tells = { (message: Message) in decision(of: message, telling: variant) }
    let plain = plainDraft(message, given, tells)
    let near = bases.indices
      .map { (index: $0, distance: distance(bases[$0].message, message, given)) }
      .sorted {
        ($0.distance, -bases[$0.index].uses, $0.index)
          < ($1.distance, -bases[$1.index].uses, $1.index)
      }
      .prefix(DraftSearch.mostBases)
      .compactMap { found -> (draft: ScenarioDraft, uses: Int)? in
        draft(like: bases[found.index], message, given, tells)
          .map { ($0, bases[found.index].uses) }
      }
    let shortest = near.min {
      ($0.draft.lineCount, -$0.uses) < ($1.draft.lineCount, -$1.uses)
    }
    return [plain, shortest?.draft].compactMap(\.self).min { $0.lineCount < $1.lineCount }
  }

  /// What the policy decides for sure; nil if the variant decides the same.
  private func decision(of message: Message, telling variant: Evaluator) -> Decision? {
    guard case .success(let decision) = evaluator.decide(message), decision.isSure else {
      return nil
    }
    guard case .success(let other) = variant.decide(message), other.outcome == decision.outcome,
      other.notes == decision.notes
    else { return decision }
    return nil
  }

  // MARK: - What is not known

  /// A draft of which the decision is unsure: of a message that says nothing or, if that is decided all the same, of
  /// one like a scenario in which a required fact is not known.
  var unsureDraft: ScenarioDraft? {
    let nothing = Message(policy.vocabulary, given: [:], today: .usual)
    if let decision = unsureDecision(of: nothing) { return draft(nothing, decision, like: nil) }
    for base in bases {
      for fact in policy.vocabulary.facts where fact.presence == .required {
        var message = base.message
        message.values[fact.id.index] = .missing
        guard message != base.message, let decision = unsureDecision(of: message) else { continue }
        return draft(message, decision, like: base)
      }
    }
    return nil
  }

  private func unsureDecision(of message: Message) -> Decision? {
    guard case .success(let decision) = evaluator.decide(message), !decision.isSure else {
      return nil
    }
    return decision
  }

  // MARK: - By itself

  /// The facts that have to be given, and those that the decision asks for besides.
  private func plainDraft(
    _ message: Message, _ given: [FactID], _ tells: (Message) -> Decision?
  ) -> ScenarioDraft? {
    var start = Message(policy.vocabulary, given: [:], today: message.today)
    for fact in given { start.values[fact.index] = message[fact] }
    for _ in 0...policy.vocabulary.facts.count {
      if let decision = tells(start) { return draft(start, decision, like: nil) }
      guard case .success(let unsure) = evaluator.decide(start), !unsure.missing.isEmpty else {
        return nil
      }
      for fact in unsure.missing { start.values[fact.index] = message[fact] }
    }
    return nil
  }

  // MARK: - Like another

  private func draft(
    like base: Base, _ message: Message, _ given: [FactID], _ tells: (Message) -> Decision?
  ) -> ScenarioDraft? {
    var changed = laid(message, over: base.message, given)
    guard var decision = tells(changed) else { return nil }
    func tryBack(_ message: Message) {
      guard let found = tells(message) else { return }
      (changed, decision) = (message, found)
    }
    if changed.today != base.message.today {
      var other = changed
      other.today = base.message.today
      tryBack(other)
    }
    for index in changed.values.indices where changed.values[index] != base.message.values[index] {
      var other = changed
      other.values[index] = base.message.values[index]
      tryBack(other)
    }
    return draft(changed, decision, like: base)
  }

  /// A message with what has to be as another one says; required facts that need not be given stay.
  private func laid(_ message: Message, over base: Message, _ given: [FactID]) -> Message {
    var laid = base
    laid.today = message.today
    for fact in policy.vocabulary.facts where given.contains(fact.id) || fact.presence != .required
    {
      laid.values[fact.id.index] = message[fact.id]
    }
    return laid
  }

  private func distance(_ base: Message, _ message: Message, _ given: [FactID]) -> Int {
    let laid = laid(message, over: base, given)
    let days = laid.today == base.today ? 0 : 1
    return days + zip(laid.values, base.values).count { $0 != $1 }
  }

  // MARK: - Words

  private func draft(
    _ message: Message, _ decision: Decision, like base: Base?
  ) -> ScenarioDraft? {
    let unsaid = base?.message ?? Message(policy.vocabulary, given: [:], today: .usual)
    var given: [String] = []
    for fact in policy.vocabulary.facts where message[fact.id] != unsaid[fact.id] {
      guard let sentence = sentences.sentence(fact.id, message[fact.id]) else { return nil }
      given.append(sentence)
    }
    return ScenarioDraft(
      base: base?.name, given: given,
      day: message.today == unsaid.today ? nil : message.today, message: message,
      outcome: decision.outcome, notes: decision.notes)
  }
}

extension ScenarioDraft {
  fileprivate var lineCount: Int { (base == nil ? 0 : 1) + given.count + (day == nil ? 0 : 1) }
}
