import Classes
import Engine
import Findings
import Logic
import Model
import Syntax
import Values

// From an answer to a finding: the smallest message that shows it, tried on the evaluator, in words.

extension PolicyProof {
  /// A message that shows a finding: as words, as JSON, and as the evaluator reads it.
  struct Shown {
    /// `where the recipient prefers post and …`; empty if it is so of every message.
    let words: String
    let message: Message
    let other: Message?
    let given: [FactID]

    /// The message and the other one as they are shown: required facts that are not given are missing, since what
    /// they are does not matter.
    func asGiven(_ vocabulary: Vocabulary) -> [Message] {
      [message, other].compactMap { $0 }.map { message in
        var message = message
        for fact in vocabulary.facts where fact.presence == .required && !given.contains(fact.id) {
          message.values[fact.id.index] = .missing
        }
        return message
      }
    }

    func example(
      _ vocabulary: Vocabulary, outcomes: [OutcomeID], rules: [String]
    ) -> FindingExample {
      FindingExample(
        message: message.json(given, vocabulary), other: other?.json(given, vocabulary),
        day: message.today.description, outcomes: outcomes.map { vocabulary[$0].name }, rules: rules
      )
    }
  }

  /// The smallest message for which the wires are on; the one that was found if there is no time for it.
  /// Its words say why some wires are on: the first of those to be told that the message makes sure of.
  func shown(
    _ wires: [Wire], _ witness: MessageClasses.Witness, telling: (Message) -> [[Wire]]
  ) -> Shown {
    guard let smallest = SmallestMessage(where: wires, searchers) else {
      return shown(witness.message, witness.copies, policy.vocabulary.facts.map(\.id), words: "")
    }
    var reasons: [(Property, Bool)] = []
    let unworded = shown(smallest.message, smallest.copies, smallest.given, words: "")
    for told in telling(unworded.asGiven(policy.vocabulary)[0]) + [wires] {
      guard let found = smallest.reasons(for: told, searchers) else { continue }
      reasons = found
      break
    }
    // What is not given is not recorded; that need not be said.
    let said = reasons.filter { $0.0.fact.map(smallest.given.contains) ?? true }
    let words = sentences.sentences(said).joinedWithAnd
    return shown(smallest.message, smallest.copies, smallest.given, words: words)
  }

  private func shown(
    _ message: Message, _ copies: [FactID: FactState], _ given: [FactID], words: String
  ) -> Shown {
    var other = message
    for (fact, state) in copies { other.values[fact.index] = state }
    return Shown(
      words: words, message: message, other: copies.isEmpty ? nil : other, given: given)
  }

  // MARK: - Reports

  func report(
    conflict rule: Rule, _ other: Rule, _ wires: [Wire], _ witness: MessageClasses.Witness
  ) {
    let shown = shown(wires, witness) { [self] _ in
      [[applies(rule.id.index), applies(other.id.index)]]
    }
    guard case .failure(.conflict(let rules)) = evaluator.decide(shown.message),
      rules.contains(rule.id), rules.contains(other.id), let one = rule.outcome,
      let two = other.outcome
    else {
      return findings.append(.notProved(.conflict(rule, other)))
    }
    let example = shown.example(
      policy.vocabulary, outcomes: [one, two], rules: [rule.name, other.name])
    findings.append(
      .conflict(
        rule, other, words: shown.words, first: firstOutcome(before: rule, shown.message), example,
        policy))
  }

  /// What guards look at: the outcome that the decision rules give. Nil before a decision rule.
  private func firstOutcome(before rule: Rule, _ message: Message) -> OutcomeID? {
    guard rule.kind == .guard else { return nil }
    let values = classes.values(of: message)
    return policy.vocabulary.outcomes.map(\.id).first { outcome in
      circuit.value(of: whole.first[outcome.index]) { variable in
        Int(variable.index) < values.count && values[Int(variable.index)]
      }
    }
  }

  func report(gap wires: [Wire], _ witness: MessageClasses.Witness) {
    let shown = shown(wires, witness) { _ in [] }
    guard case .failure(.gap) = evaluator.decide(shown.message) else {
      return findings.append(.notProved(.gap(at: placeOfGap)))
    }
    findings.append(
      .gap(
        words: shown.words, shown.example(policy.vocabulary, outcomes: [], rules: []),
        at: placeOfGap, rules(of: .decision).isEmpty))
  }

  func report(broken promise: Promise, _ wires: [Wire], _ witness: MessageClasses.Witness) {
    let shown = shown(wires, witness) { [self] message in
      guard let decision = certainly(message) else { return [] }
      let isAboutNotes = promise.pledge.isAboutNotes
      let deciders = decision.winners.filter { isAboutNotes || policy[$0].kind != .note }
      let isMeant = view.applies(promise, whole.outcomes)
      // Where `otherwise` decides, what keeps the rules away matters as well. Of several rules one may hang on facts
      // that do not matter.
      let applying = deciders.map { applies($0.index) }
      return deciders.isEmpty ? [] : [[isMeant] + applying] + applying.map { [isMeant, $0] }
    }
    let asGiven = shown.asGiven(policy.vocabulary).compactMap { certainly($0) }
    let completed = [shown.message, shown.other].compactMap { $0 }
      .compactMap { try? evaluator.decide($0).get() }
    let decisions = isBroken(promise, asGiven) ? asGiven : completed
    guard isBroken(promise, decisions) else {
      return findings.append(.notProved(.promise(promise)))
    }
    let names = decisions.flatMap { decision in
      let deciders = decision.deciders(in: policy).map(\.name)
      return promise.pledge.isAboutOutcomes && !deciders.isEmpty
        ? deciders : decision.ruleNames(in: policy)
    }
    let example = shown.example(
      policy.vocabulary, outcomes: decisions.map(\.outcome),
      rules: names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
    findings.append(.broken(promise, words: shown.words, decisions, example, policy))
  }

  /// What is decided about a message, without the decision rules that only may apply where others surely do.
  private func certainly(_ message: Message) -> Decision? {
    guard var decision = try? evaluator.decide(message).get() else { return nil }
    let applying = evaluator.explain(message).rules.filter { $0.standing == .applies }.map(\.rule)
    let certain = decision.winners.filter { policy[$0].kind != .decision || applying.contains($0) }
    if certain.contains(where: { policy[$0].kind == .decision }) { decision.winners = certain }
    return decision
  }

  /// Whether the evaluator sees the promise broken by these decisions.
  private func isBroken(_ promise: Promise, _ decisions: [Decision]) -> Bool {
    guard let decision = decisions.first, decisions.allSatisfy(\.isSure) else { return false }
    let notes = Set(decision.notes)
    return switch promise.pledge {
    case .always(let outcomes): !outcomes.contains(decision.outcome)
    case .never(let outcomes): outcomes.contains(decision.outcome)
    case .alwaysAdd(let wanted): !wanted.isSubset(of: notes)
    case .neverAdd(let unwanted): !unwanted.isDisjoint(with: notes)
    case .neverDependsOn:
      decisions.count == 2
        && (decision.outcome != decisions[1].outcome || decision.notes != decisions[1].notes)
    }
  }

  /// Where a missing `otherwise` is pointed out: at `when unsure`, or at the first rule or word.
  var placeOfGap: Span {
    policy.whenUnsure?.span ?? policy.rules.first?.span ?? policy.vocabulary.outcomes.first?.span
      ?? Span(file: FileID(0), start: 0, end: 0)
  }
}

extension [String] {
  /// `A`, `A and B`, `A, B and C`.
  var joinedWithAnd: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " and " + last
  }
}

extension Promise.Pledge {
  fileprivate var isAboutNotes: Bool {
    switch self {
    case .alwaysAdd, .neverAdd: true
    case .always, .never, .neverDependsOn: false
    }
  }
}
