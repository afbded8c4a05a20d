import Engine
import Findings
import Model
import Syntax
import Values

/// The words for what proofs find.
extension Finding {
  // MARK: Conflicts and gaps

  static func conflict(
    _ rule: Rule, _ other: Rule, words: String, first: OutcomeID?, _ example: FindingExample,
    _ policy: Policy
  ) -> Finding {
    let outcomes = example.outcomes
    let before = first.map { "first gets `\(policy.vocabulary[$0].name)`, then " } ?? "gets "
    return Finding(
      .conflict,
      "\(described(words, example)) \(before)`\(outcomes[0])` by `\(rule.name)` and "
        + "`\(outcomes[1])` by `\(other.name)`, and nothing says which overrides which",
      at: rule.span,
      related: [
        RelatedPlace("the other \(rule.kind == .guard ? "guard" : "rule")", at: other.span)
      ],
      help: cure(rule, other, policy), fixes: OverrideFix.fixes(rule, other, policy),
      example: example)
  }

  private static func cure(_ rule: Rule, _ other: Rule, _ policy: Policy) -> String {
    var ways: [String] = []
    let unnamed = [rule, other].filter { !$0.isNamed }
    let rows = [rule, other].filter { OverrideFix.isRow($0, policy) }
    if unnamed.count == 2 {
      ways.append(
        "decide which of the two counts more; give the other one a name by a line `rule …` above "
          + "its `if`, and write `overrides` and that name under the first")
    } else if rows.count == 2 {
      ways.append(
        "decide which of the two counts more, and say so: make it a rule of its own below the table, "
          + "with a line `overrides` and the other row's name")
    } else {
      ways.append(
        "decide which of the two counts more, and say so by `overrides` and the other's name")
      if let row = rows.first {
        ways.append(
          "let `\(row.name)` count more: a line `overrides …` under a table is about all of its "
            + "rows, so make that row a rule of its own, or let the whole table override")
      }
    }
    if let section = rule.section, let others = other.section, section != others {
      ways.append(
        "say so for all rules of a section at once, by `overrides section …` under its name: these "
          + "two are in `\(section)` and `\(others)`")
    } else if let stray = [rule, other].first(where: { $0.section == nil }),
      let section = rule.section ?? other.section
    {
      ways.append(
        "move `\(stray.name)`, which stands in no section, into one that overrides `\(section)` or is "
          + "overridden by it")
    }
    ways.append("make one condition narrower, so that they never meet")
    return ways.joined(separator: "; or ")
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
        : "no rule decides \(described(words, example)), and there is no `otherwise`",
      at: span,
      help:
        "write a rule for such messages, or say on a line of its own what happens to all others: "
        + "`otherwise …`",
      example: example)
  }

  // MARK: What never applies

  static func neverApplies(_ rule: Rule) -> Finding {
    Finding(
      .neverApplies,
      "\(rule.noun) `\(rule.name)` can never apply: no message on any day"
        + (rule.from == nil && rule.until == nil ? "" : " on which it is in force")
        + " meets its condition",
      at: rule.span, help: searchHint(rule.condition))
  }

  static func neverApplies(_ definition: Definition) -> Finding {
    Finding(
      .neverApplies, "`\(definition.phrase)` is never true: no message on any day is like that",
      at: definition.span, help: searchHint(definition.condition))
  }

  static func neverApplies(_ promise: Promise) -> Finding {
    Finding(
      .neverApplies,
      "the promise `\(promise.name)` is about no message at all: none on any day"
        + (promise.from == nil && promise.until == nil ? "" : " on which it is in force")
        + " meets its condition",
      at: promise.span, help: searchHint(promise.condition))
  }

  private static func searchHint(_ condition: Condition) -> String {
    let hint =
      "look for tests that exclude each other, such as two values of one fact, or a number that the "
      + "fact never has"
    return condition.testsOutcome
      ? "does any such message get the outcome that is asked for? If so, \(hint)" : hint
  }

  // MARK: What is not needed

  static func alwaysSetAside(_ rule: Rule, by others: [Rule]) -> Finding {
    // No more than three are looked for.
    let names = others.map { "`\($0.name)`" }
    let who =
      names.count < 3 ? "\(names.joinedWithOr) does too" : "one of those that override it does too"
    return Finding(
      .alwaysSetAside,
      "\(rule.noun) `\(rule.name)` is always set aside: whenever it applies, \(who)", at: rule.span,
      related: others.map { RelatedPlace("this \($0.word) overrides it", at: $0.span) },
      help: "should it be the other way round? If the \(rule.word) is not needed, delete it")
  }

  static func noEffect(_ rule: Rule) -> Finding {
    Finding(
      .noEffect,
      "\(rule.noun) `\(rule.name)` has no effect: whenever it applies, the decision would be the same "
        + "without it",
      at: rule.span,
      help:
        "something else brings about the same: another rule, a guard, or `otherwise`. Delete this one, "
        + "or change its condition if it was meant to change something")
  }

  static func needlessOverride(_ span: Span, gives: Bool, fix: Fix?) -> Finding {
    Finding(
      .needlessOverride,
      gives
        ? "this line never matters: every message is decided alike without it"
        : "this line overrides nothing: there is no rule for it to be about",
      at: span,
      reason: gives
        ? "the rules never meet, or they give the same outcome, or another line says the same"
        : nil,
      help: gives ? "delete the line" : "delete the line, or write the rules that are missing",
      fixes: [fix].compactMap { $0 })
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
      reason: "the answer took more work than the bound allows, so it may be yes or no",
      help: "allow more by `--work-limit`, or make the conditions simpler")
  }

  static func described(_ words: String, _ example: FindingExample) -> String {
    if !words.isEmpty { return "a message where \(words)" }
    return example.message == "{}" ? "a message that says nothing at all" : "the message below"
  }
}

extension Rule {
  /// `the rule`, `the guard`.
  var noun: String { "the \(word)" }

  /// `rule`, `guard`.
  var word: String { kind == .guard ? "guard" : "rule" }
}

extension [String] {
  /// `A`, `A or B`, `A, B or C`.
  var joinedWithOr: String {
    guard let last, count > 1 else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}
