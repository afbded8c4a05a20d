import Model
import Syntax

extension Explanation {
  /// The account of a decision whose steps have been gone through.
  init(_ deliberation: Deliberation) {
    let result = deliberation.decision
    policy = deliberation.policy
    message = deliberation.reading.message
    self.result = result
    firstOutcomes = Set(deliberation.courses.map(\.firstOutcome)).sorted()
    rules = deliberation.accounts(result)
    notes = deliberation.noteAccounts(result)
    missing = deliberation.missingAccounts(result)
  }
}

extension Deliberation {
  /// What became of every rule in force.
  fileprivate func accounts(_ result: Result<Decision, Disagreement>) -> [RuleAccount] {
    var reading = reading
    let today = reading.message.today
    let views = views(result)
    return policy.rules.filter { $0.isInForce(on: today) }.map { rule in
      account(of: rule, views[rule.kind] ?? [], &reading)
    }
  }

  /// How rules stood to each other, given the outcome that they looked at.
  private struct View {
    let outcome: OutcomeID?
    /// The rules that win, and of which one is named where another is set aside.
    let winners: Rivals
    /// The rules that surely apply.
    let sure: Rivals
  }

  /// Rules, and of each rule whether one of them overrides it.
  private struct Rivals {
    let rules: Set<RuleID>
    let isOverridden: [Bool]

    init(_ rules: Set<RuleID>, _ relation: OverrideRelation) {
      self.rules = rules
      isOverridden = relation.overridden(by: rules)
    }
  }

  /// The contests that count for the result, by kind of rule.
  private func views(_ result: Result<Decision, Disagreement>) -> [Rule.Kind: [View]] {
    var views: [Rule.Kind: [View]] = [.decision: [view(decisionRules, outcome: nil, result)]]
    switch result {
    case .success(let decision):
      let possible = guards.filter { isPossible(first: $0.key) }
      views[.guard] = self.views(possible, decision, result)
      views[.note] = self.views(noteRules, decision, result)
    case .failure:
      views[.guard] = guards.map { view($0.value, outcome: $0.key, result) }
    }
    return views
  }

  /// The contests after each outcome, in the order of the vocabulary. Of an unsure decision only
  /// those count that have a part in the doubt.
  private func views(
    _ contests: [OutcomeID: Contest], _ decision: Decision,
    _ result: Result<Decision, Disagreement>
  ) -> [View] {
    let inDoubt = Set(decision.inDoubt)
    return contests.sorted { $0.key < $1.key }
      .filter { decision.isSure || $0.value.doubtful.contains(where: inDoubt.contains) }
      .map { view($0.value, outcome: $0.key, result) }
  }

  private func view(
    _ contest: Contest, outcome: OutcomeID?, _ result: Result<Decision, Disagreement>
  ) -> View {
    var winners = Set(contest.sureWinners)
    if case .success(let decision) = result, decision.isSure {
      winners = Set(contest.sure + contest.doubtful).intersection(decision.winners)
    }
    return View(
      outcome: outcome, winners: Rivals(winners, evaluator.relation),
      sure: Rivals(Set(contest.sure), evaluator.relation))
  }

  /// What became of a rule, in the contest in which it counted for most.
  private func account(of rule: Rule, _ views: [View], _ reading: inout Reading) -> RuleAccount {
    var telling: (standing: RuleAccount.Standing, outcome: OutcomeID?) = (.notReached, nil)
    for view in views {
      let truth = reading.truth(of: evaluator.conditions[rule.id], outcome: view.outcome)
      let standing = standing(of: rule.id, truth, view)
      if standing.weight > telling.standing.weight { telling = (standing, view.outcome) }
    }
    guard telling.standing != .notReached else {
      return RuleAccount(rule: rule.id, standing: .notReached, reasons: [], obstacles: nil)
    }
    var search = ReasonSearch(outcome: telling.outcome)
    search.collect(evaluator.conditions[rule.id], &reading)
    var obstacles: Set<FactID>? = []
    if telling.standing == .doesNotApply {
      var search = ObstacleSearch(outcome: telling.outcome)
      obstacles = search.obstacles(to: true, of: evaluator.conditions[rule.id], &reading)
    }
    return RuleAccount(
      rule: rule.id, standing: telling.standing, reasons: search.reasons, obstacles: obstacles)
  }

  private func standing(of rule: RuleID, _ truth: Truth, _ view: View) -> RuleAccount.Standing {
    switch truth {
    case .no: return .doesNotApply
    case .yes:
      guard !view.winners.rules.contains(rule) else { return .applies }
      return way(from: view.winners, to: rule).map { .setAside($0) } ?? .applies
    case .unknown:
      return way(from: view.sure, to: rule).map { .setAsideEitherWay($0) } ?? .inDoubt
    }
  }

  private func way(from rivals: Rivals, to rule: RuleID) -> [RuleID]? {
    guard rivals.isOverridden[rule.index] else { return nil }
    return evaluator.relation.way(from: rivals.rules, to: rule)
  }

  // MARK: - Notes and missing facts

  fileprivate func noteAccounts(_ result: Result<Decision, Disagreement>) -> [NoteAccount] {
    guard case .success(let decision) = result else { return [] }
    guard decision.isSure else {
      return decision.notes.map { NoteAccount(note: $0, sources: [.whenUnsure]) }
    }
    let deciders = Set(courses.flatMap(sources(of:)))
    let adders = noteRules[decision.outcome]?.possibleWinners(outcome: nil) ?? []
    let bringing = Set(adders.map { NoteAccount.Source.rule($0) }).union(deciders)
    return decision.notes.map { note in
      let sources = bringing.filter { carries(note, $0) }
      return NoteAccount(note: note, sources: sources.sorted(by: NoteAccount.Source.inOrder))
    }
  }

  private func sources(of course: Course) -> [NoteAccount.Source] {
    if let outcome = course.guardOutcome {
      let winners = guards[course.firstOutcome]?.possibleWinners(outcome: outcome) ?? []
      return winners.map { .rule($0) }
    }
    switch course.origin {
    case .rules:
      return decisionRules.possibleWinners(outcome: course.firstOutcome).map { .rule($0) }
    case .otherwise: return [.otherwise]
    }
  }

  private func carries(_ note: NoteID, _ source: NoteAccount.Source) -> Bool {
    switch source {
    case .rule(let rule): policy[rule].notes.contains(note)
    case .otherwise: policy.otherwise?.notes.contains(note) == true
    case .whenUnsure: policy.whenUnsure?.notes.contains(note) == true
    }
  }

  fileprivate func missingAccounts(
    _ result: Result<Decision, Disagreement>
  ) -> [MissingAccount] {
    guard case .success(let decision) = result, !decision.isSure else { return [] }
    var reading = reading
    var rules: [FactID: Set<RuleID>] = [:]
    for (rule, outcome) in doubts {
      var missing = MissingFacts()
      reading.collectMissing(in: evaluator.conditions[rule], outcome: outcome, into: &missing)
      for fact in missing.facts { rules[fact, default: []].insert(rule) }
    }
    return decision.missing.map { fact in
      MissingAccount(fact: fact, rules: (rules[fact] ?? []).sorted())
    }
  }
}

extension RuleAccount.Standing {
  /// How much the standing counts where a rule has several, given different first outcomes.
  fileprivate var weight: Int {
    switch self {
    case .notReached: 0
    case .doesNotApply: 1
    case .setAside: 2
    case .setAsideEitherWay: 3
    case .applies: 4
    case .inDoubt: 5
    }
  }
}

extension NoteAccount.Source {
  /// Rules in the order of file and line, then `otherwise`.
  fileprivate static func inOrder(_ a: NoteAccount.Source, _ b: NoteAccount.Source) -> Bool {
    switch (a, b) {
    case (.rule(let a), .rule(let b)): a < b
    case (.rule, .otherwise), (.rule, .whenUnsure), (.otherwise, .whenUnsure): true
    case (.otherwise, .rule), (.otherwise, .otherwise), (.whenUnsure, _): false
    }
  }
}
