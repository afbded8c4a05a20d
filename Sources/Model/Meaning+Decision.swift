package import Syntax

extension Meaning {
  /// What a policy answers to a message.
  package enum Answer: Hashable, Sendable {
    case decided(Verdict)
    /// The facts that are missing let the decision come out in several ways.
    case unsure(outcome: OutcomeID, notes: Set<NoteID>, inDoubt: Set<RuleID>, missing: Set<FactID>)
    /// These winners of a fully known message disagree. Never in a checked policy.
    case conflict(Set<RuleID>)
    /// Nobody decides: there is no `otherwise`, or no `when unsure` where it is needed. Never in a
    /// checked policy.
    case gap
    /// More rules are in doubt than every way of which can be tried.
    case tooManyDoubts
  }

  /// A decision, and who made it.
  package struct Verdict: Hashable, Sendable {
    package var outcome: OutcomeID
    package var notes: Set<NoteID>
    /// The winning decision rules, guards and note rules.
    package var winners: Set<RuleID>
    /// Whether `otherwise` gave the first outcome.
    package var isByOtherwise: Bool

    package init(
      outcome: OutcomeID, notes: Set<NoteID>, winners: Set<RuleID>, isByOtherwise: Bool
    ) {
      self.outcome = outcome
      self.notes = notes
      self.winners = winners
      self.isByOtherwise = isByOtherwise
    }
  }

  /// More rules in doubt than these are not tried in every way.
  package static let mostDoubts = 16

  /// What the policy answers, by trying every way in which the rules in doubt could apply or not.
  ///
  /// Exponential in the number of rules in doubt.
  package func answer(to message: Message) -> Answer {
    guard policy.rules.count(where: { mayBeInDoubt($0, message) }) <= Meaning.mostDoubts else {
      return .tooManyDoubts
    }

    let firsts = firstVerdicts(message)
    let finals = firsts.valid.flatMap { first -> [Verdict] in
      guarded(first, message).valid
    }
    let complete = finals.flatMap { noted($0, message) }
    let endings = Set(complete.map { Ending(outcome: $0.outcome, notes: $0.notes) })
    if endings.count == 1, let ending = endings.first {
      return .decided(
        Verdict(
          outcome: ending.outcome, notes: ending.notes,
          winners: Set(complete.flatMap(\.winners)),
          isByOtherwise: complete.contains(where: \.isByOtherwise)))
    }
    return unsure(message, firsts: firsts, finals: finals)
  }

  /// What a decision has to be the same in to be sure.
  private struct Ending: Hashable {
    let outcome: OutcomeID
    let notes: Set<NoteID>
  }

  private func mayBeInDoubt(_ rule: Rule, _ message: Message) -> Bool {
    let outcomes = [nil] + policy.vocabulary.outcomes.map { Optional($0.id) }
    return outcomes.contains { truth(of: rule, message, outcome: $0) == .unknown }
  }

  /// What came of trying each way of one step.
  private struct Ways {
    /// The ways in which the winners agree.
    var valid: [Verdict] = []
    /// The winners of each other way: they disagree, or there are none and there is nobody else.
    var leftOut: [Set<RuleID>] = []
  }

  // MARK: - The steps of a decision

  /// Steps 1 to 3: the decision rules.
  private func firstVerdicts(_ message: Message) -> Ways {
    var ways = Ways()
    for winners in waysToWin(.decision, message, outcome: nil) {
      if let verdict = verdict(of: winners) {
        ways.valid.append(verdict)
      } else if winners.isEmpty, let otherwise = policy.otherwise {
        ways.valid.append(
          Verdict(
            outcome: otherwise.outcome, notes: Set(otherwise.notes), winners: [],
            isByOtherwise: true))
      } else {
        ways.leftOut.append(winners)
      }
    }
    return ways
  }

  /// Step 4: the guards look at the first outcome and may replace it, its deciders' notes with it.
  private func guarded(_ first: Verdict, _ message: Message) -> Ways {
    var ways = Ways()
    for winners in waysToWin(.guard, message, outcome: first.outcome) {
      if winners.isEmpty {
        ways.valid.append(first)
      } else if var verdict = verdict(of: winners) {
        verdict.winners.formUnion(first.winners)
        verdict.isByOtherwise = first.isByOtherwise
        ways.valid.append(verdict)
      } else {
        ways.leftOut.append(winners)
      }
    }
    return ways
  }

  /// Steps 5 and 6: the note rules look at the outcome and add their notes.
  private func noted(_ verdict: Verdict, _ message: Message) -> [Verdict] {
    waysToWin(.note, message, outcome: verdict.outcome).map { winners in
      var noted = verdict
      noted.winners.formUnion(winners)
      noted.notes.formUnion(winners.flatMap { policy[$0].notes })
      return noted
    }
  }

  /// The decision that these winners agree on; nothing if they do not, or if there are none.
  private func verdict(of winners: Set<RuleID>) -> Verdict? {
    let outcomes = Set(winners.compactMap { policy[$0].outcome })
    guard outcomes.count == 1, let outcome = outcomes.first else { return nil }
    return Verdict(
      outcome: outcome, notes: Set(winners.flatMap { policy[$0].notes }), winners: winners,
      isByOtherwise: false)
  }

  // MARK: - Ways

  /// The winners of every way in which the doubtful rules of a kind apply or not.
  private func waysToWin(
    _ kind: Rule.Kind, _ message: Message, outcome: OutcomeID?
  ) -> [Set<RuleID>] {
    let sure = rules(of: kind, message, outcome: outcome, being: .yes)
    var ways = [sure]
    for rule in rules(of: kind, message, outcome: outcome, being: .unknown) {
      ways += ways.map { $0.union([rule]) }
    }
    return ways.map(winners)
  }

  private func rules(
    of kind: Rule.Kind, _ message: Message, outcome: OutcomeID?, being wanted: Truth
  ) -> Set<RuleID> {
    let found = policy.rules.filter { rule in
      rule.kind == kind && truth(of: rule, message, outcome: outcome) == wanted
    }
    return Set(found.map(\.id))
  }

  /// Step 2: what is left of the rules that apply once those that another of them overrides are
  /// set aside. One that is itself set aside still sets others aside.
  private func winners(among applying: Set<RuleID>) -> Set<RuleID> {
    applying.filter { rule in
      !applying.contains { policy.overrides.overrides($0, rule) }
    }
  }

  // MARK: - Doubt

  /// The answer where not every way comes out the same, or none is left.
  private func unsure(_ message: Message, firsts: Ways, finals: [Verdict]) -> Answer {
    if finals.isEmpty, let winners = onlyWinners(message, firsts: firsts) {
      return winners.isEmpty ? .gap : .conflict(winners)
    }
    guard let whenUnsure = policy.whenUnsure else { return .gap }
    // An outcome after which every way of the guards is left out is not possible, unless that is
    // so of all of them.
    let first = firsts.valid.filter { finals.isEmpty || !guarded($0, message).valid.isEmpty }
    let doubts =
      doubts(.decision, message, outcomes: [nil])
      + doubts(.guard, message, outcomes: Set(first.map(\.outcome)))
      + doubts(.note, message, outcomes: Set(finals.map(\.outcome)))
    return .unsure(
      outcome: whenUnsure.outcome, notes: Set(whenUnsure.notes),
      inDoubt: Set(doubts.map(\.rule)),
      missing: doubts.reduce(into: []) { facts, doubt in
        let condition = policy[doubt.rule].condition
        facts.formUnion(missingFacts(in: condition, message, outcome: doubt.outcome))
      })
  }

  /// The winners who do not agree, where there is but one way and no doubt in it.
  private func onlyWinners(_ message: Message, firsts: Ways) -> Set<RuleID>? {
    let steps = [firsts] + firsts.valid.map { guarded($0, message) }
    guard steps.allSatisfy({ $0.valid.count + $0.leftOut.count == 1 }) else { return nil }
    return steps.last?.leftOut.first
  }

  /// The rules of a kind that may apply given one of the outcomes, and that no rule which surely
  /// applies then overrides; each with that outcome.
  private func doubts(
    _ kind: Rule.Kind, _ message: Message, outcomes: Set<OutcomeID?>
  ) -> [(rule: RuleID, outcome: OutcomeID?)] {
    outcomes.flatMap { outcome in
      let sure = rules(of: kind, message, outcome: outcome, being: .yes)
      return rules(of: kind, message, outcome: outcome, being: .unknown)
        .filter { rule in !sure.contains { policy.overrides.overrides($0, rule) } }
        .map { ($0, outcome) }
    }
  }
}
