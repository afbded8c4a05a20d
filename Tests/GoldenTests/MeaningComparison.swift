import Model
import Syntax
import Values

/// Whether two policies say the same, word for word of their meaning. They share their vocabulary's
/// order, as a policy and its tidied text do.
struct MeaningComparison {
  /// What differs, in words.
  private(set) var differences: [String] = []

  init(_ a: Policy, _ b: Policy) {
    let (facts, otherFacts) = (a.vocabulary.facts, b.vocabulary.facts)
    compare(facts.map(MeaningComparison.words), otherFacts.map(MeaningComparison.words), "facts")
    compare(
      a.vocabulary.definitions.map(\.condition), b.vocabulary.definitions.map(\.condition),
      "definitions")
    compare(a.vocabulary.outcomes.map(\.name), b.vocabulary.outcomes.map(\.name), "outcomes")
    compare(a.vocabulary.notes.map(\.text), b.vocabulary.notes.map(\.text), "notes")
    compare(a.rules.map(\.condition), b.rules.map(\.condition), "conditions")
    compare(a.rules.map(MeaningComparison.words), b.rules.map(MeaningComparison.words), "rules")
    compare(a.promises.map(\.condition), b.promises.map(\.condition), "promises' conditions")
    compare(a.promises.map(\.pledge), b.promises.map(\.pledge), "pledges")
    compare(
      a.promises.map(MeaningComparison.words), b.promises.map(MeaningComparison.words), "promises")
    compare(a.scenarios.map(\.given), b.scenarios.map(\.given), "scenarios")
    compare(
      a.scenarios.map(MeaningComparison.words), b.scenarios.map(MeaningComparison.words),
      "expectations")
    compare(
      [a.otherwise, a.whenUnsure].map(MeaningComparison.words),
      [b.otherwise, b.whenUnsure].map(MeaningComparison.words), "the defaults")
  }

  private mutating func compare<Part: Equatable>(_ a: [Part], _ b: [Part], _ name: String) {
    if a != b { differences.append(name) }
  }

  private static func words(_ fact: Fact) -> String {
    "\(fact.phrase) \(fact.negative ?? "") \(fact.kind) \(fact.presence) \(fact.values) \(fact.field)"
  }

  private static func words(_ rule: Rule) -> String {
    let name = rule.isNamed ? rule.name : ""
    let days = [rule.from, rule.until].map { $0.map(\.description) ?? "" }
    return "\(name) \(rule.kind) \(rule.section ?? "") \(rule.outcome?.index ?? -1)"
      + " \(rule.notes.map(\.index)) \(days) \(rule.reasons) \(rule.authorities)"
  }

  private static func words(_ promise: Promise) -> String {
    let days = [promise.from, promise.until].map { $0.map(\.description) ?? "" }
    return "\(promise.name) \(days) \(promise.reasons) \(promise.authorities)"
  }

  private static func words(_ scenario: Scenario) -> String {
    "\(scenario.name) \(scenario.day) \(scenario.expectations.count)"
  }

  private static func words(_ standard: Standard?) -> String {
    standard.map { "\($0.outcome.index) \($0.notes.map(\.index)) \($0.reasons)" } ?? ""
  }
}
