@testable import Analysis
import Findings
import Model
import Syntax
import TestSupport

/// What the prover says about a policy next to what comes out when all messages are tried.
struct Comparison {
  private let reference: Reference
  private let samples: Samples
  private(set) var complaints: [String] = []
  /// What was found, as codes.
  private(set) var codes: [String] = []

  private var policy: Policy { reference.policy }

  init(_ reference: Reference, _ samples: Samples, seed: UInt64) {
    (self.reference, self.samples) = (reference, samples)
    checkDecisions(seed)
    let result = prove(policy, workLimit: 50_000_000)
    let (expected, open) = reference.verdicts()
    let found = Set(result.findings.map(name))
    if found.count != result.findings.count { complaints.append("something is said twice") }
    for name in found.subtracting(expected).subtracting(open).sorted() {
      complaints.append("is not so: \(name)")
    }
    for name in expected.subtracting(found).subtracting(open).sorted() {
      complaints.append("is not found: \(name)")
    }
    if result.provedCount != reference.provedCount {
      complaints.append("proved \(result.provedCount), not \(reference.provedCount)")
    }
    codes = result.findings.map(\.code.rawValue) + (result.provedCount > 0 ? ["proved"] : [])
    for rule in policy.rules { checkJoint(rule, found) }
    for finding in result.findings where finding.example != nil {
      var check = ExampleCheck(finding, name(finding), reference, samples)
      check.run()
      complaints += check.complaints
    }
  }

  /// Some decisions of the table against the definition of a decision.
  private mutating func checkDecisions(_ seed: UInt64) {
    var random = SeededRandom(state: seed)
    let meaning = Meaning(policy)
    for _ in 0..<10 {
      let number = Int.random(in: 0..<reference.table.count, using: &random)
      let code: Int
      switch meaning.answer(to: reference.table.message(number)) {
      case .decided(let verdict):
        code = policy.vocabulary.notes.reduce(verdict.outcome.index + 1) {
          $0 * 2 + (verdict.notes.contains($1.id) ? 1 : 0)
        }
      case .conflict: code = -1
      case .gap: code = -2
      case .unsure, .tooManyDoubts: code = -3
      }
      if code != reference.codes[number] { complaints.append("the table decides otherwise") }
    }
  }

  /// Everything that is said to be needless can go at once.
  private mutating func checkJoint(_ rule: Rule, _ found: Set<String>) {
    let rest = reference.condition(rule.condition) { part in
      part.span.map { found.contains(reference.name($0, isWhole: false)) } ?? false
    }
    if !reference.isSame(rule.condition, rest, rule) {
      complaints.append("not all needless parts of rule \(rule.id.index) can go together")
    }
  }

  /// A finding as the reference names it.
  private func name(_ finding: Finding) -> String {
    let span = finding.span
    func rule(_ span: Span) -> Int { policy.rules.firstIndex { $0.span == span } ?? -1 }
    let code = finding.code.rawValue
    switch finding.code {
    case .conflict:
      return "\(code) \(rule(span)) \(finding.related.first.map { rule($0.span) } ?? -1)"
    case .gap: return code
    case .neverApplies:
      if let promise = policy.promises.firstIndex(where: { $0.span == span }) {
        return "\(code) promise \(promise)"
      }
      if let definition = policy.vocabulary.definitions.firstIndex(where: { $0.span == span }) {
        return "\(code) definition \(definition)"
      }
      return "\(code) rule \(rule(span))"
    case .brokenPromise:
      return "\(code) \(policy.promises.firstIndex { $0.span == span } ?? -1)"
    case .alwaysSetAside, .noEffect: return "\(code) \(rule(span))"
    case .needlessOverride:
      return "\(code) \(policy.overrides.lines.firstIndex { $0.span == span } ?? -1)"
    case .needlessCondition:
      return reference.name(span, isWhole: finding.message.hasPrefix("this condition is"))
    case .indistinctValue:
      let words = finding.message.split(separator: "`: ", maxSplits: 1)
      let fact = policy.vocabulary.facts.first { $0.span == span }
      return "\(code) \(fact?.phrase ?? "") \(words.last ?? "")"
    default: return "\(code) \(finding.message)"
    }
  }
}
