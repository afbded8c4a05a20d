import Classes
import Engine
import Logic
import Model
import Syntax
import Values

/// Finds out whether a fact that is not known can still change the decision about a message on one day.
///
/// It can if two messages say what is known and differ in that fact alone, and are decided differently. The policy's
/// circuit is built twice, with the fact copied, as for a promise that something never depends on it.
final class FactRelevance {
  private let day: DayPolicy
  /// By `FactID`: whether the message says what it is. Of some facts it never will.
  private let known: [Wire]
  private let decision: OpenDecision
  /// By `FactID`, the decision where the fact has another value.
  private var others: [FactID: OpenDecision] = [:]
  private let inquiry: Inquiry

  /// Two messages that differ in one fact.
  typealias Pair = (first: [FactState], second: [FactState])

  enum Answer {
    case found(Pair)
    /// No two messages show it.
    case irrelevant
    case notProved
  }

  /// `givenUp` are facts that nobody will ever know. Nil if the policy is too large for messages that lack facts.
  init?(_ day: DayPolicy, givenUp: Set<FactID>) {
    self.day = day
    let known = day.policy.vocabulary.facts.map { givenUp.contains($0.id) ? Wire.no : .yes }
    self.known = known
    guard
      let decision = OpenDecision(
        TruthCircuit(day.view, known: known, on: day.today), day.relation)
    else { return nil }
    self.decision = decision
    inquiry = day.inquiry()
  }

  /// Whether a fact can change the decision, if all facts but the open ones are as a message says.
  func relevance(of fact: FactID, to message: Message, open: Set<FactID>) -> Answer {
    guard let other = other(fact) else { return .notProved }
    let values = day.classes.values(of: message)
    var wires = day.wires(day.todayLiterals)
    for told in day.testedFacts where message[told] != .missing && !open.contains(told) {
      wires += day.wires(day.literals(of: told, values))
    }
    inquiry.begin(where: wires + [decision.differs(from: other, day.circuit)])
    switch inquiry.next() {
    case .none: return .irrelevant
    case .notProved: return .notProved
    case .found: return .found(pair(fact, message, open))
    }
  }

  private func other(_ fact: FactID) -> OpenDecision? {
    if let known = others[fact] { return known }
    let view = PolicyCircuit(day.policy, day.classes, day.circuit, copied: [fact])
    let other = OpenDecision(
      TruthCircuit(view, known: known, on: day.today), day.relation)
    others[fact] = other
    return other
  }

  /// The two messages that the solver found.
  private func pair(_ fact: FactID, _ message: Message, _ open: Set<FactID>) -> Pair {
    let solver = inquiry.prover.solver
    func state(_ place: MessageClasses.Place) -> FactState {
      day.classes.state(at: place, today: day.today) { solver.value($0) }
    }
    var first = message.values
    for fact in open { first[fact.index] = state(.init(fact)) }
    var second = first
    if let copy = day.classes.copies[fact] { second[fact.index] = state(copy) }
    return (first, second)
  }
}
