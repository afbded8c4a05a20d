import Engine
import Findings
import Model
import Syntax
import Values

/// The words for promises that are not kept.
extension Finding {
  static func broken(
    _ promise: Promise, words: String, _ decisions: [Decision], _ example: FindingExample,
    _ policy: Policy
  ) -> Finding {
    let decision = decisions[0]
    let outcome = "`\(policy.vocabulary[decision.outcome].name)`"
    let message = described(words, example)
    var culprits = decision.deciders(in: policy)
    var deed = "decides"
    let what: String
    switch promise.pledge {
    case .always, .never:
      what = "\(message) gets \(outcome) by \(names(culprits, of: decision))"
    case .alwaysAdd(let notes):
      let lacking = notes.subtracting(decision.notes).sorted()
        .map { "`\(policy.vocabulary[$0].name)`" }
      what =
        "\(message) gets \(outcome) by \(names(culprits, of: decision)), without "
        + lacking.joinedWithAnd
    case .neverAdd(let notes):
      let unwanted = notes.intersection(decision.notes)
      let givers = culprits + decision.winners.map { policy[$0] }.filter { $0.kind == .note }
      culprits = givers.filter { !unwanted.isDisjoint(with: $0.notes) }
      deed = "adds it"
      let added = unwanted.sorted().map { "`\(policy.vocabulary[$0].name)`" }.joinedWithAnd
      what = "\(message) gets \(added) by \(names(culprits, of: decision)), with \(outcome)"
    case .neverDependsOn(let facts):
      let phrases = facts.sorted().map { policy.vocabulary[$0].shortPhrase }.joinedWithOr
      let each = decisions.map { account(of: $0, policy) }
      let winners = decisions.map { Set($0.winners) }
      culprits = winners[0].symmetricDifference(winners[1]).sorted().map { policy[$0] }
      deed = "makes the difference"
      what =
        "two messages that differ only in \(phrases) are decided differently: one gets \(each[0]), "
        + "and the other \(each[1])"
    }
    return Finding(
      .brokenPromise, "the promise `\(promise.name)` is broken: \(what)", at: promise.span,
      related: culprits.prefix(3).map { RelatedPlace("this \($0.word) \(deed)", at: $0.span) },
      help: "change the rule, for example by `unless`, or write the exception into the promise",
      example: example)
  }

  /// The rules by name; `otherwise` where there are none and it decided.
  private static func names(_ rules: [Rule], of decision: Decision) -> String {
    rules.isEmpty ? "`otherwise`" : rules.map { "`\($0.name)`" }.joinedWithAnd
  }

  /// `` `send plain` with `consent note` by `Families choose` ``
  private static func account(of decision: Decision, _ policy: Policy) -> String {
    let outcome = "`\(policy.vocabulary[decision.outcome].name)`"
    let notes = decision.notes.map { "`\(policy.vocabulary[$0].name)`" }
    let rules = decision.deciders(in: policy)
    let noteRules = decision.winners.map { policy[$0] }.filter { $0.kind == .note }
    var names = rules.isEmpty ? ["`otherwise`"] : rules.map { "`\($0.name)`" }
    names += noteRules.map { "`\($0.name)`" }
    return outcome + (notes.isEmpty ? "" : " with \(notes.joinedWithAnd)")
      + " by \(names.joinedWithAnd)"
  }
}

extension Decision {
  /// The rules that gave the outcome: the guards that won, or the decision rules; none where it was
  /// `otherwise`.
  func deciders(in policy: Policy) -> [Rule] {
    let winners = winners.map { policy[$0] }
    let guards = winners.filter { $0.kind == .guard }
    return guards.isEmpty ? winners.filter { $0.kind == .decision } : guards
  }
}

extension Fact {
  /// What the fact is about, in quotes: the phrase without the `is` at its end.
  fileprivate var shortPhrase: String {
    for ending in [" is", " are", " was"] where phrase.hasSuffix(ending) {
      return "`\(phrase.dropLast(ending.count))`"
    }
    return "`\(phrase)`"
  }
}
