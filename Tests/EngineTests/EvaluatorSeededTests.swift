import Engine
import Model
import Program
import Reports
import Syntax
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// How many times more than usual the seeded tests try: the environment's `RULEC_SEEDED`.
let effort: UInt64 = {
  guard let text = getenv("RULEC_SEEDED") else { return 1 }
  return UInt64(String(cString: text)) ?? 1
}()

/// What the engine answers, in the reference's words.
private func answer(of result: Result<Decision, Disagreement>) -> Meaning.Answer {
  switch result {
  case .failure(.conflict(let rules)): return .conflict(Set(rules))
  case .failure(.gap): return .gap
  case .success(let decision) where decision.isSure:
    return .decided(
      Meaning.Verdict(
        outcome: decision.outcome, notes: Set(decision.notes), winners: Set(decision.winners),
        isByOtherwise: decision.madeByOtherwise))
  case .success(let decision):
    return .unsure(
      outcome: decision.outcome, notes: Set(decision.notes), inDoubt: Set(decision.inDoubt),
      missing: Set(decision.missing))
  }
}

private func kind(of answer: Meaning.Answer) -> String {
  switch answer {
  case .decided: "decided"
  case .unsure: "unsure"
  case .conflict: "conflict"
  case .gap: "gap"
  case .tooManyDoubts: "too many"
  }
}

@Suite struct `The engine, asked by random policies,` {
  @Test func `answers as the definition says, whatever is missing`() {
    var counts: [String: Int] = [:]
    for seed in 0..<600 * effort {
      var random = RandomPolicy(seed: seed)
      let policy = random.policy(ladderOf: random.chance(25) ? random.number(1...7) : nil)
      let (engine, meaning) = (Evaluator(policy), Meaning(policy))
      let decider = Decider(Program(policy))
      for _ in 0..<6 {
        let message = random.message(to: policy, missing: [0, 15, 40][random.number(0...2)])
        let expected = meaning.answer(to: message)
        let found = engine.decide(message)
        #expect(answer(of: found) == expected, "seed \(seed): \(message)")
        #expect(decider.answer(to: message) == expected, "seed \(seed): \(message)")
        #expect(isInOrder(found))
        counts[kind(of: expected), default: 0] += 1
      }
    }
    // The policies are worth trying only if they bring about every kind of answer.
    for kind in ["decided", "unsure", "conflict", "gap"] {
      #expect(counts[kind, default: 0] > 100)
    }
    #expect(counts["too many"] == nil)
  }

  @Test func `answers as the compiled policy does where many rules stand in an order`() {
    var counts: [String: Int] = [:]
    for seed in 0..<20 * effort {
      var random = RandomPolicy(seed: seed)
      let policy = random.policy(ladderOf: [30, 100, 300, 1000, 1800][Int(seed % 5)])
      let (engine, decider) = (Evaluator(policy), Decider(Program(policy)))
      for _ in 0..<20 {
        let message = random.message(to: policy, missing: [0, 15, 40][random.number(0...2)])
        let expected = answer(of: engine.decide(message))
        #expect(decider.answer(to: message) == expected, "seed \(seed): \(message)")
        counts[kind(of: expected), default: 0] += 1
      }
    }
    #expect(counts["decided", default: 0] > 100 && counts["unsure", default: 0] > 50)
  }

  private func isInOrder(_ result: Result<Decision, Disagreement>) -> Bool {
    guard case .success(let decision) = result else { return true }
    return decision.notes == Set(decision.notes).sorted()
      && decision.missing == Set(decision.missing).sorted()
      && decision.winners == Set(decision.winners).sorted()
      && decision.inDoubt == Set(decision.inDoubt).sorted()
      && (decision.isSure ? decision.missing.isEmpty : decision.winners.isEmpty)
  }

  @Test func `answers the same in whatever order the rules are written`() {
    for seed in 0..<200 * effort {
      var random = RandomPolicy(seed: seed)
      let policy = random.policy()
      let order = policy.rules.indices.shuffled(using: &random.random)
      let shuffled = policy.reordered { order[$0] }
      for _ in 0..<6 {
        let message = random.message(to: policy, missing: 25)
        let found = answer(of: Evaluator(policy).decide(message))
        let other = answer(of: Evaluator(shuffled).decide(message))
        #expect(found.renamed { RuleID(order[$0.index]) } == other, "seed \(seed): \(message)")
      }
    }
  }

  @Test func `explains every rule in force, as it stands to the decision`() {
    for seed in 0..<200 * effort {
      var random = RandomPolicy(seed: seed)
      let policy = random.policy()
      for _ in 0..<6 {
        let message = random.message(to: policy, missing: 25)
        let explanation = Evaluator(policy).explain(message)
        #expect(explanation.result == Evaluator(policy).decide(message))
        let inForce = policy.rules.filter { $0.isInForce(on: message.today) }
        #expect(explanation.rules.map(\.rule) == inForce.map(\.id))
        #expect(!explanation.text.isEmpty)
        check(explanation)
      }
    }
  }

  private func check(_ explanation: Explanation) {
    guard case .success(let decision) = explanation.result else { return }
    #expect(explanation.notes.map(\.note) == decision.notes)
    #expect(explanation.notes.allSatisfy { !$0.sources.isEmpty })
    #expect(explanation.missing.map(\.fact) == decision.missing)
    #expect(explanation.missing.allSatisfy { !$0.rules.isEmpty })
    for account in explanation.rules {
      switch account.standing {
      case .applies: #expect(decision.winners.contains(account.rule) || !decision.isSure)
      case .inDoubt: #expect(decision.inDoubt.contains(account.rule) || decision.isSure)
      case .setAside(let way), .setAsideEitherWay(let way):
        #expect(way.count > 1 && way.last == account.rule)
        #expect(explanation.policy.overrides.overrides(way[0], account.rule))
        #expect(!decision.rules.contains(account.rule))
      case .doesNotApply, .notReached: #expect(!decision.rules.contains(account.rule))
      }
    }
  }
}

// MARK: - Other orders

extension Policy {
  /// The same policy with its rules in another order: `place` gives the new place of each.
  fileprivate func reordered(_ place: (Int) -> Int) -> Policy {
    var policy = self
    var graph = OverrideGraph(ruleCount: rules.count)
    for node in overrides.successors.indices.dropFirst(rules.count) {
      _ = graph.addGroup(overrides.successors[node].map { RuleID(place(Int($0))) })
    }
    for rule in rules {
      let new = place(rule.id.index)
      policy.rules[new] = rule.at(new)
      for next in overrides.successors[rule.id.index] {
        if Int(next) < rules.count {
          graph.add(RuleID(new), overrides: RuleID(place(Int(next))))
        } else {
          graph.add(RuleID(new), overridesGroup: Int(next))
        }
      }
    }
    policy.overrides = graph
    return policy
  }
}

extension Rule {
  fileprivate func at(_ place: Int) -> Rule {
    Rule(
      id: RuleID(place), kind: kind, name: name, isNamed: isNamed, section: section,
      condition: condition.turnedRound, outcome: outcome, notes: notes.reversed(), from: from,
      until: until, reasons: reasons, authorities: authorities, span: span, wholeSpan: wholeSpan)
  }
}

extension Condition {
  /// The same condition with the parts of every `and` and `or` the other way round.
  fileprivate var turnedRound: Condition {
    switch self {
    case .always, .test, .definition: self
    case .not(let part): .not(part.turnedRound)
    case .and(let parts): .and(parts.reversed().map(\.turnedRound))
    case .or(let parts): .or(parts.reversed().map(\.turnedRound))
    }
  }
}

extension Meaning.Answer {
  fileprivate func renamed(_ name: (RuleID) -> RuleID) -> Meaning.Answer {
    switch self {
    case .decided(var verdict):
      verdict.winners = Set(verdict.winners.map(name))
      return .decided(verdict)
    case .unsure(let outcome, let notes, let inDoubt, let missing):
      return .unsure(
        outcome: outcome, notes: notes, inDoubt: Set(inDoubt.map(name)), missing: missing)
    case .conflict(let rules): return .conflict(Set(rules.map(name)))
    case .gap, .tooManyDoubts: return self
    }
  }
}
