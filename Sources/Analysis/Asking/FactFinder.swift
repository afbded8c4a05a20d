package import Engine
package import Model
package import Program
package import Syntax
package import Values

/// Says which facts have still to be found out about a message, and which of them first.
///
/// A fact has to be found out as long as it can change the decision: outcome, notes, or whether it is sure. That is
/// exact, by the classes of the proofs. Which comes first is an estimate: of a thousand messages as they still can
/// turn out, drawn alike in every run, it is the fact that leaves the outcome settled best.
///
/// One for each thread; it remembers what it found out about the message before.
package final class FactFinder {
  private let day: DayPolicy
  private let messages: PossibleMessages
  /// What is known for the facts that nobody will ever know; nil until it is asked for.
  private var relevance: (givenUp: Set<FactID>, finder: FactRelevance?)?
  /// Of facts that were found to matter, two messages that show it.
  private var shown: [FactID: FactRelevance.Pair] = [:]
  /// Facts that cannot matter to any message that says what this one does.
  private var settled: Set<FactID> = []
  private var settledMessage: Message?

  /// `decider` is of the same policy as the evaluator. `workLimit` bounds the steps of the solver for one question.
  package init(
    _ evaluator: Evaluator, _ decider: Decider, on today: Day,
    workLimit: Int = defaultWorkLimit / 100
  ) {
    let all = Set(evaluator.policy.vocabulary.facts.map(\.id))
    day = DayPolicy(evaluator, on: today, copied: all, workLimit: workLimit)
    messages = PossibleMessages(day, decider)
  }

  /// The day for which it answers.
  package var today: Day { day.today }

  /// The facts that rules ask for: no other can matter.
  package var testedFacts: [FactID] { day.testedFacts }

  /// The facts that a message lacks and that can still change the decision, those that settle most first.
  ///
  /// `givenUp` are facts that it will never say. None if the decision can only come out in one way.
  package func needed(_ message: Message, besides givenUp: Set<FactID> = []) -> [FactID] {
    precondition(message.today == day.today, "a finder of facts is for one day")
    let open = day.testedFacts.filter { message[$0] == .missing && !givenUp.contains($0) }
    guard case .success(let decision) = day.evaluator.decide(message), !decision.isSure,
      !open.isEmpty
    else { return [] }
    let lacking = givenUp.filter { message[$0] == .missing }
    guard let finder = finder(lacking) else {
      // Too large to be exact: what the rules in doubt ask for.
      return ranked(decision.missing.filter(open.contains), message, open)
    }
    forget(unlessSaidBy: message)
    let relevant = open.filter { isRelevant($0, message, open, finder) }
    settledMessage = message
    guard relevant.isEmpty else { return ranked(relevant, message, open) }
    // Whatever the facts are, the decision is the same: but the rules, test by test, may not show it.
    let example = Message(values: messages.message(0, message, open: open), today: message.today)
    guard case .success(let certain) = day.evaluator.decide(example), certain.isSure else {
      return []
    }
    return decision.missing.filter(open.contains)
  }

  // MARK: - What can matter

  private func finder(_ givenUp: Set<FactID>) -> FactRelevance? {
    if let relevance, relevance.givenUp == givenUp { return relevance.finder }
    let finder = FactRelevance(day, givenUp: givenUp)
    relevance = (givenUp, finder)
    shown = [:]
    settled = []
    return finder
  }

  /// What cannot matter to a message cannot matter to one that says more.
  private func forget(unlessSaidBy message: Message) {
    let saysMore = settledMessage.map { before in
      zip(before.values, message.values).allSatisfy { $0 == .missing || $0 == $1 }
    }
    if saysMore != true { settled = [] }
  }

  private func isRelevant(
    _ fact: FactID, _ message: Message, _ open: [FactID], _ finder: FactRelevance
  ) -> Bool {
    if settled.contains(fact) { return false }
    if let pair = shown[fact], differ(pair, message, open) { return true }
    if let pair = drawnPair(fact, message, open) {
      shown[fact] = pair
      return true
    }
    switch finder.relevance(of: fact, to: message, open: Set(open)) {
    case .found(let pair): shown[fact] = pair
    case .notProved: break
    case .irrelevant:
      settled.insert(fact)
      return false
    }
    return true
  }

  /// Whether two messages, made to say what the message says, are decided differently.
  private func differ(
    _ pair: FactRelevance.Pair, _ message: Message, _ open: [FactID]
  ) -> Bool {
    var (first, second) = (message.values, message.values)
    for fact in open {
      first[fact.index] = pair.first[fact.index]
      second[fact.index] = pair.second[fact.index]
    }
    return messages.ending(of: first) != messages.ending(of: second)
  }

  /// So many of the drawn messages are tried before a solver is asked.
  private static let triedMessages = 12

  /// Two of the drawn messages that differ in a fact and are decided differently.
  private func drawnPair(
    _ fact: FactID, _ message: Message, _ open: [FactID]
  ) -> FactRelevance.Pair? {
    for index in messages.indices.prefix(FactFinder.triedMessages) {
      let first = messages.message(index, message, open: open)
      let ending = messages.ending(of: first)
      var second = first
      for state in messages.states[fact.index].prefix(8) {
        second[fact.index] = state
        if messages.ending(of: second) != ending { return (first, second) }
      }
    }
    return nil
  }

  // MARK: - Which first

  /// The facts, those first that settle most; as the vocabulary has them where they settle the same.
  private func ranked(_ facts: [FactID], _ message: Message, _ open: [FactID]) -> [FactID] {
    guard facts.count > 1 else { return facts }
    let endings = messages.indices.map {
      messages.ending(of: messages.message($0, message, open: open))
    }
    let scores = facts.map { fact in
      (
        fact: fact,
        outcome: settling(fact, endings.map { $0.outcome }),
        ending: settling(fact, endings)
      )
    }
    return scores.sorted { a, b in
      (-a.outcome, -a.ending, a.fact.index) < (-b.outcome, -b.ending, b.fact.index)
    }.map(\.fact)
  }

  /// How often, once a fact is known, two messages of those that are left come out alike: the share of pairs, over
  /// all values of the fact.
  ///
  /// Source: the Gini index of decision trees (L. Breiman and others, 1984).
  private func settling<Result: Hashable>(_ fact: FactID, _ endings: [Result]) -> Double {
    var counts: [[Result: Int]] = messages.states[fact.index].map { _ in [:] }
    for index in messages.indices {
      counts[messages.choice(index, fact)][endings[index], default: 0] += 1
    }
    var alike = 0.0
    for counts in counts where !counts.isEmpty {
      let total = counts.values.reduce(0, +)
      let squares = counts.values.reduce(0) { $0 + $1 * $1 }
      // A single message says nothing of how alike others are.
      let pairs = max(total * (total - 1), 1)
      alike += Double(total) * Double(squares - total) / Double(pairs)
    }
    return alike
  }
}
