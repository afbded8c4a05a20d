import Analysis
import Engine
import Findings
import Loading
import Model
import Program
import Syntax
import Values

/// Finds out what has to be known about a message, and no more: for interviews, and for pipelines whose look-ups are
/// dear.
///
/// Nothing is taken for granted: a fact that the message has not been told may still be anything, also one that is
/// declared `if recorded` or `if absent`. `needed` names the facts that can still change the decision, and is empty
/// as soon as there is but one.
///
/// ```swift
/// let inquiry = try PolicyInquiry(policy, on: today)
/// inquiry.message.reset()
/// try inquiry.message.set(purpose, to: appeal)
/// while let fact = inquiry.needed.first {
///   try lookUp(fact, for: inquiry.message)
/// }
/// let decision = try inquiry.decide()
/// ```
///
/// If a look-up fails, the message is told so by `setUnknown`; the fact is not asked for again. Whoever knows what
/// each look-up costs takes the cheapest of those that are needed, not the first.
///
/// One for each thread; it serves for any number of messages on its day. The first answers of `needed` take up to
/// 0.1 s with a policy of 70 rules, and every other some milliseconds.
public final class PolicyInquiry {
  /// The policy that decides.
  public let policy: Policy
  /// The day that is today.
  public let date: PolicyDate
  package let session: PolicySession
  private let finder: FactFinder

  /// Makes an inquiry for one day; the policy lives at least as long.
  ///
  /// Throws `PolicyErrors` only if what the policy means cannot be had any more, as where memory is short.
  public init(_ policy: Policy, on date: PolicyDate) throws(PolicyErrors) {
    self.policy = policy
    self.date = date
    session = PolicySession(policy, isOpen: true)
    let meaning: Model.Policy
    do throws(LoadingProblem) {
      meaning = try policy.core.origin.meaning()
    } catch {
      throw PolicyErrors(problem: error.message, help: error.help)
    }
    finder = FactFinder(Evaluator(meaning), Decider(policy.core.program), on: date.day)
  }

  /// What is known about the message so far.
  public var message: MessageBuilder { session.message }

  /// The facts that can still change the decision (its outcome, its notes, or whether it is sure), the one first that
  /// leaves least open. None if there is but one decision left.
  ///
  /// That a fact is named is exact, for all messages that say what this one was told; which comes first is an
  /// estimate, the same in every run.
  public var needed: [PolicyFact] {
    neededNumbers.map { PolicyFact(core: policy.core, number: $0) }
  }

  package var neededNumbers: [Int] {
    let (message, givenUp) = message.known(on: date.day)
    return finder.needed(message, besides: givenUp).map(\.index)
  }

  /// The decision on what is known. Where something is needed still, it is not sure.
  ///
  /// Throws `MessageError` only where the policy does not decide, which its check rules out.
  public func decide() throws(MessageError) -> Decision {
    try session.decideInWords(on: date)
  }
}
