import Engine
import Findings
import Model
import Syntax
import Values

/// The words for what proofs find.
extension Finding {
  // MARK: Conflicts and gaps

  static func conflict(
    _ rule: Rule, _ other: Rule, words: String, _ example: FindingExample, _ policy: Policy
  ) -> Finding {
    let outcomes = example.outcomes
    return Finding(
      .conflict,
      "\(message(words)) gets `\(outcomes[0])` by `\(rule.name)` and `\(outcomes[1])` by "
        + "`\(other.name)`, and nothing says which overrides which",
      at: rule.span, related: [RelatedPlace("the other rule", at: other.span)],
      help: cure(rule, other), fixes: OverrideFix.fixes(rule, other, policy), example: example)
  }

  private static func cure(_ rule: Rule, _ other: Rule) -> String {
    var cure =
      "decide which of the two counts more, and say so by `overrides` and the other's name; or "
    if let section = rule.section, let others = other.section, section != others {
      cure +=
        "for all rules of a section at once, by `overrides section …` under its name: these two are in "
        + "`\(section)` and `\(others)`; or "
    }
    return cure + "make one condition narrower, so that they never meet"
  }

  static func moreConflicts(after count: Int, at span: Span) -> Finding {
    Finding(
      .conflict, "more rules disagree: only the first \(count) pairs are shown", at: span,
      help: "put these right first, and check again")
  }

  static func gap(
    words: String, _ example: FindingExample, at span: Span, _ hasNoRules: Bool
  ) -> Finding {
    Finding(
      .gap,
      hasNoRules
        ? "the policy has no rule that gives an outcome, and no `otherwise`: it decides nothing"
        : "no rule decides \(message(words)), and there is no `otherwise`",
      at: span,
      help:
        "write a rule for such messages, or say on a line of its own what happens to all others: "
        + "`otherwise …`",
      example: example)
  }

  // MARK: Promises

  static func broken(
    _ promise: Promise, words: String, _ decisions: [Decision], deciders: [Rule],
    _ example: FindingExample, _ policy: Policy
  ) -> Finding {
    func outcome(_ decision: Decision) -> String {
      let notes = decision.notes.map { policy.vocabulary[$0].name }
      let name = policy.vocabulary[decision.outcome].name
      return "`\(name)`" + (notes.isEmpty ? "" : " with \(notes.map { "`\($0)`" }.joinedWithAnd)")
    }
    let by = decisions[0].ruleNames(in: policy).map { "`\($0)`" }.joinedWithAnd
    let what: String
    switch promise.pledge {
    case .always, .never, .neverAdd:
      what = "\(message(words)) gets \(outcome(decisions[0])) by \(by)"
    case .alwaysAdd(let notes):
      let lacking = notes.subtracting(decisions[0].notes).sorted()
        .map { "`\(policy.vocabulary[$0].name)`" }
      what =
        "\(message(words)) gets \(outcome(decisions[0])) by \(by), without "
        + lacking.joinedWithAnd
    case .neverDependsOn(let facts):
      let phrases = facts.sorted().map { "`\(policy.vocabulary[$0].phrase)`" }.joinedWithAnd
      let others = decisions[1].ruleNames(in: policy).map { "`\($0)`" }.joinedWithAnd
      what =
        "two messages that differ only in \(phrases) get \(outcome(decisions[0])) by \(by), and "
        + "\(outcome(decisions[1])) by \(others)"
    }
    return Finding(
      .brokenPromise, "the promise `\(promise.name)` is broken: \(what)", at: promise.span,
      related: deciders.prefix(3).map { RelatedPlace("this rule decides", at: $0.span) },
      help: "change the rule, for example by `unless`, or write the exception into the promise",
      example: example)
  }

  // MARK: What never applies

  static func neverApplies(_ rule: Rule) -> Finding {
    Finding(
      .neverApplies,
      "\(rule.noun) `\(rule.name)` can never apply: no message on any day meets its condition",
      at: rule.span, help: "look for tests that exclude each other, such as two values of one fact")
  }

  static func neverApplies(_ definition: Definition) -> Finding {
    Finding(
      .neverApplies, "`\(definition.phrase)` is never true: no message on any day is like that",
      at: definition.span, help: "look for tests that exclude each other")
  }

  static func neverApplies(_ promise: Promise) -> Finding {
    Finding(
      .neverApplies,
      "the promise `\(promise.name)` is about no message at all: none on any day meets its condition",
      at: promise.span, help: "look for tests that exclude each other")
  }

  // MARK: What is not needed

  static func alwaysSetAside(_ rule: Rule, by others: [Rule]) -> Finding {
    let names = others.map { "`\($0.name)`" }
    let who = names.count == 1 ? "\(names[0]) does too" : "a rule that overrides it does too"
    return Finding(
      .alwaysSetAside,
      "\(rule.noun) `\(rule.name)` is always set aside: whenever it applies, \(who)", at: rule.span,
      related: others.map { RelatedPlace("this rule overrides it", at: $0.span) },
      help: "should it be the other way round? If the rule is not needed, delete it")
  }

  static func noEffect(_ rule: Rule) -> Finding {
    Finding(
      .noEffect,
      "\(rule.noun) `\(rule.name)` has no effect: whenever it applies, the decision would be the same "
        + "without it",
      at: rule.span,
      help: "delete it, or change its condition if it was meant to change something")
  }

  static func needlessOverride(_ span: Span, gives: Bool, fix: Fix?) -> Finding {
    Finding(
      .needlessOverride,
      gives
        ? "this line never matters: every message is decided alike without it"
        : "this line has nothing to override: there is no such rule that it could be about",
      at: span, help: "delete the line", fixes: [fix].compactMap { $0 })
  }

  static func needlessCondition(_ span: Span, in rule: Rule, isWhole: Bool) -> Finding {
    Finding(
      .needlessCondition,
      isWhole
        ? "this condition is always true: `\(rule.name)` applies to every message"
        : "this part can be left out: `\(rule.name)` applies to the same messages without it",
      at: span,
      help: isWhole
        ? "say what happens to all other messages by `otherwise`, or name the messages that are meant"
        : "leave it out, or correct it if it was meant to say something else")
  }

  static func indistinctValues(_ fact: Fact, _ groups: [[ValueID]]) -> Finding {
    let words = groups.map { group in
      let names = group.prefix(12).map { "`\(fact.values[$0.index])`" }
      let rest = group.count - names.count
      return (names + (rest > 0 ? ["\(rest) more"] : [])).joinedWithAnd
    }
    return Finding(
      .indistinctValue,
      "no rule tells apart these values of `\(fact.phrase)`: \(words.joined(separator: "; nor "))",
      at: fact.span, help: "was a rule about one of them forgotten? If not, there is nothing to do")
  }

  // MARK: What is not known

  static func notProved(_ question: OpenQuestion) -> Finding {
    Finding(
      .notProved, "not proved: \(question.words)", at: question.span,
      reason: "the answer took more work than the bound allows, so it may be either",
      help: "allow more by `--work-limit`, or make the conditions simpler")
  }

  private static func message(_ words: String) -> String {
    words.isEmpty ? "every message" : "a message where \(words)"
  }
}

/// A question that was given up.
enum OpenQuestion {
  case conflict(Rule, Rule)
  case gap(at: Span)
  case neverApplies(Rule)
  case neverTrue(Definition)
  case alwaysSetAside(Rule)
  case noEffect(Rule)
  case needlessOverride(Span)
  case needlessCondition(Span, Rule)
  case promise(Promise)

  var words: String {
    switch self {
    case .conflict(let rule, let other): "whether `\(rule.name)` and `\(other.name)` disagree"
    case .gap: "whether the rules decide every message"
    case .neverApplies(let rule): "whether `\(rule.name)` ever applies"
    case .neverTrue(let definition): "whether `\(definition.phrase)` is ever true"
    case .alwaysSetAside(let rule): "whether `\(rule.name)` is always set aside"
    case .noEffect(let rule): "whether `\(rule.name)` has any effect"
    case .needlessOverride: "whether this line ever matters"
    case .needlessCondition(_, let rule): "whether this part of `\(rule.name)` can be left out"
    case .promise(let promise): "whether the promise `\(promise.name)` is kept"
    }
  }

  var span: Span {
    switch self {
    case .conflict(let rule, _), .neverApplies(let rule), .alwaysSetAside(let rule),
      .noEffect(let rule):
      rule.span
    case .gap(let span), .needlessOverride(let span), .needlessCondition(let span, _): span
    case .neverTrue(let definition): definition.span
    case .promise(let promise): promise.span
    }
  }
}

extension Rule {
  /// `the rule`, `the guard`.
  var noun: String { kind == .guard ? "the guard" : "the rule" }
}
