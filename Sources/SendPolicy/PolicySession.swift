import Engine
import Model
import Program
import Values

/// Decides messages by one policy, one after the other, without allocating memory.
///
/// One for each thread or task. What it says of a decision holds until the next one.
///
/// ```swift
/// let isVerified = try policy.fact("address_is_verified")
/// let session = PolicySession(policy)
/// for address in addresses {
///   session.message.reset()
///   try session.message.set(isVerified, to: address.isVerified)
///   let decision = try session.decide(on: today)
///   print(policy.outcomes[decision.outcome])
/// }
/// ```
public final class PolicySession {
  /// The policy that decides.
  public let policy: Policy
  /// The message that `decide(on:)` decides.
  public let message: MessageBuilder
  private let decider: Decider
  private var reader: MessageReader?
  private var isUnsure = false

  /// Makes a session; the policy lives at least as long.
  public convenience init(_ policy: Policy) { self.init(policy, isOpen: false) }

  init(_ policy: Policy, isOpen: Bool) {
    self.policy = policy
    decider = Decider(policy.core.program)
    message = MessageBuilder(policy.core, decider.message, isOpen: isOpen)
  }

  /// Decides about the message that was told. It may be told more, and decided again.
  ///
  /// Throws `MessageError` only where the policy does not decide, which its check rules out.
  public func decide(on date: PolicyDate) throws(MessageError) -> CodedDecision {
    let decision = decideIfPossible(on: date)
    if decision.outcome < 0 { try throwDisagreement() }
    return decision
  }

  /// Decides about the message that was told; the outcome is -1 where the policy does not decide.
  package func decideIfPossible(on date: PolicyDate) -> CodedDecision {
    coded(decider.decideWithDoubts(today: date.day.number))
  }

  /// Decides about the message that was told, and says in words what `decide(on:)` says in numbers.
  public func decideInWords(on date: PolicyDate) throws(MessageError) -> Decision {
    let verdict = decider.decideWithDoubts(today: date.day.number)
    _ = coded(verdict)
    try decider.checkDecided(verdict)
    return Decision(verdict, decider, decider.noteNumbers, message.shown, policy.core.words)
  }

  /// Decides about a message given as the UTF-8 bytes of one JSON object, as `Policy.decide` does. The
  /// session's own message is begun anew.
  ///
  /// Memory is allocated only for messages out of the ordinary: with errors, with escaped names, with numbers of
  /// many digits.
  public func decide(
    _ json: UnsafeRawBufferPointer, on date: PolicyDate
  ) throws(MessageError) -> CodedDecision {
    let setup = policy.core.setup
    let reader = reader ?? MessageReader(setup.format)
    self.reader = reader
    defer { message.reset() }
    let day = try reader.read(json, into: decider.message, or: setup.decoder).day
    let decision = coded(decider.decideWithDoubts(today: (day ?? date.day).number))
    if decision.outcome < 0 { try throwDisagreement() }
    return decision
  }

  /// Decides about every message of a batch and hands each decision on with the number of its message. Of a
  /// message that the policy does not decide, which its check rules out, the outcome is -1.
  ///
  /// The session's own message is begun anew before each. Throws `FactError` if the batch is of another policy.
  public func decide(
    _ batch: MessageBatch, on date: PolicyDate,
    _ body: (_ index: Int, _ decision: CodedDecision) -> Void
  ) throws(FactError) {
    guard batch.core === policy.core else {
      throw FactError(.otherPolicy, "the batch is of another policy than the session")
    }
    decider.decide(batch.messages, today: date.day.number) { index, verdict in
      decider.finish(verdict)
      let decision = coded(verdict)
      // What is done in there touches no message of the batch.
      message.reset()
      body(index, decision)
    }
  }

  private func coded(_ verdict: Verdict) -> CodedDecision {
    isUnsure = verdict.kind == .unsure
    return CodedDecision(
      outcome: verdict.outcome, notes: decider.notes[0], ruleCount: decider.winnerCount,
      isSure: verdict.kind == .decided, isByOtherwise: verdict.isByOtherwise)
  }

  private func throwDisagreement() throws(MessageError) {
    let rules = decider.ruleNumbers.map { RuleID($0) }
    throw MessageError(rules.isEmpty ? .gap : .conflict(rules), policy.core.program)
  }

  // MARK: - Of the last decision

  /// How many rules made the decision, or are in doubt.
  public var ruleCount: Int { decider.winnerCount }

  /// The number of a rule that made the decision, or is in doubt; by its place from 0 to `ruleCount`, in the
  /// order of file and line.
  public func rule(at place: Int) -> Int {
    precondition(place >= 0 && place < decider.winnerCount, "the decision has no such rule")
    return decider.winners[place]
  }

  /// Whether the decision has a note.
  public func hasNote(_ note: Int) -> Bool {
    guard note >= 0, note < policy.core.words.notes.count else { return false }
    return decider.notes[note >> 6] >> UInt64(note & 63) & 1 == 1
  }

  /// The facts that kept the decision from being sure, in the order of the vocabulary. None of a sure decision.
  ///
  /// What to find out next a `PolicyInquiry` says: not all of them can change anything, and some more than others.
  public var missing: [PolicyFact] {
    missingNumbers.map { PolicyFact(core: policy.core, number: $0) }
  }

  package var missingNumbers: some Sequence<Int> { decider.missing.prefix(isUnsure ? .max : 0) }
}

/// A decision as numbers: what `Decision` says in words.
public struct CodedDecision: Hashable, Sendable {
  /// The place of the outcome in `Policy.outcomes`.
  public let outcome: Int
  /// A bit for each of the first 64 notes, the first note the lowest; `PolicySession.hasNote` knows all.
  public let notes: UInt64
  /// How many rules made the decision, or are in doubt: `PolicySession.rule(at:)`.
  public let ruleCount: Int
  /// Whether the decision is the same whatever the missing facts are.
  public let isSure: Bool
  /// Whether `otherwise` had a part in it.
  public let isByOtherwise: Bool
}

/// Messages side by side, to be decided one after the other by `PolicySession.decide(_:on:_:)`.
public final class MessageBatch {
  let core: PolicyCore
  let messages: CodedBatch

  /// An empty batch of messages to a policy.
  public init(_ policy: Policy) {
    core = policy.core
    messages = CodedBatch(policy.core.program)
  }

  /// How many messages it has.
  public var count: Int { messages.count }

  /// Forgets all messages and keeps the memory.
  public func removeAll() { messages.removeAll() }

  /// Adds a copy of a message. Throws `FactError` if it is a message to another policy.
  public func append(_ message: MessageBuilder) throws(FactError) {
    guard message.core === core else {
      throw FactError(.otherPolicy, "the message is to another policy than the batch")
    }
    messages.append(message.coded)
  }
}
