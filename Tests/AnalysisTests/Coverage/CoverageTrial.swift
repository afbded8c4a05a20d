@testable import Analysis
@testable import Coverage
import Engine
import Findings
import Model
import Syntax
import TestSupport
import Values

/// Compares what is said of a small policy's scenarios with what comes out when messages are tried one by one.
struct CoverageTrial {
  let policy: Policy
  let samples: Samples
  let result: CoverageResult
  private let uses: DefinitionUses
  private let scenarios: [Scenario]
  private(set) var complaints: [String] = []
  private(set) var counts: [String: Int] = [:]

  /// So many messages at most are tried on a change.
  private static let mostMessages = 200

  init(_ policy: Policy, _ samples: Samples) {
    (self.policy, self.samples) = (policy, samples)
    result = coverage(of: policy)
    uses = DefinitionUses(policy)
    scenarios = policy.scenarios.filter { !$0.expectations.isEmpty }
  }

  mutating func run() {
    for tried in result.changes { check(tried) }
    for use in result.exercise.sentences { check(use) }
    for hole in result.holes { check(hole) }
  }

  private mutating func complain(_ words: String) { complaints.append(words) }

  private func variant(_ change: Change) -> Policy { change.variant(of: policy, uses).policy }

  // MARK: - Changes

  private mutating func check(_ tried: TriedChange) {
    let variant = variant(tried.change)
    let results = runScenarios(of: variant)
    let failing = results.indices.filter { !results[$0].passed }
    let what = "\(tried.change.place) \(tried.change.kind)"
    counts["\(tried.fate)".prefix { $0 != "(" }.description, default: 0] += 1
    switch tried.fate {
    case .noticedByScenario(let number):
      if !failing.contains(number) { complain("\(what): scenario \(number) passes") }
    case .changesNothing:
      for message in messages(policy, variant) where differ(message, variant) {
        complain("\(what): \(message) is decided otherwise")
        break
      }
    case .noticedByPromise(let name):
      if !failing.isEmpty { complain("\(what): scenarios \(failing) fail") }
      let broken = errors(variant).contains {
        $0.code == .brokenPromise && $0.message.contains("`\(name)`")
      }
      if !broken { complain("\(what): `\(name)` is kept") }
    case .stoppedByCheck(let fault):
      if !failing.isEmpty { complain("\(what): scenarios \(failing) fail") }
      let errors = errors(variant)
      if errors.contains(where: { $0.code == .brokenPromise }) {
        complain("\(what): a promise is broken")
      }
      if !errors.contains(where: { $0.code == fault.code }) { complain("\(what): no \(fault)") }
    case .unnoticed:
      if !failing.isEmpty { complain("\(what): scenarios \(failing) fail") }
      let codes = errors(variant).map(\.code)
      if let code = codes.first(where: { [.brokenPromise, .conflict, .gap].contains($0) }) {
        complain("\(what): a check finds \(code)")
      }
    case .notFoundOut: complain("\(what): not found out")
    }
  }

  private func errors(_ variant: Policy) -> [Finding] {
    prove(variant, workLimit: defaultWorkLimit).findings.filter { $0.severity == .error }
  }

  // MARK: - Sentences and holes

  private mutating func check(_ use: Exercise.SentenceUse) {
    let sides = SentenceSides.all(in: policy, uses).filter {
      $0.place == use.place && $0.sentence == use.sentence && $0.sentence.span == use.sentence.span
    }
    guard sides.count == 1 else { return complain("\(use.place) has no sentence \(use.sentence)") }
    for (side, change) in [(use.whenTrue, sides[0].ifNever), (use.whenFalse, sides[0].ifAlways)] {
      let variant = variant(change)
      let matters = scenarios.contains { differ($0.message(policy.vocabulary), variant) }
      counts["side \(side)", default: 0] += 1
      if matters != (side == .exercised) { complain("\(use.place) \(change.kind) is \(side)") }
      if side == .impossible, messages(policy, variant).contains(where: { differ($0, variant) }) {
        complain("\(use.place) \(change.kind) matters to a message")
      }
    }
  }

  /// What is shown as a message that tells does tell, also in the few facts of its draft.
  private mutating func check(_ hole: Hole) {
    guard case .change(let change, _) = hole.kind else { return }
    guard let example = hole.example else { return complain("\(change.kind) has no message") }
    let variant = variant(change)
    if !differ(example.message, variant) {
      complain("\(change.place) \(change.kind): \(example.message)")
    }
    guard let draft = example.draft else { return }
    counts["draft", default: 0] += 1
    guard case .success(let decision) = Evaluator(policy).decide(draft.message), decision.isSure,
      decision.outcome == draft.outcome, decision.notes == draft.notes
    else { return complain("\(change.kind): the draft fails today") }
    if draft.isMet(by: Evaluator(variant).decide(draft.message)) {
      complain("\(change.kind): the draft passes all the same")
    }
    if draft.base != nil { counts["draft like another", default: 0] += 1 }
  }

  // MARK: - Messages

  /// Whether the outcome, the notes or the certainty of a decision is another one, by the definition of a decision.
  private func differ(_ message: Message, _ variant: Policy) -> Bool {
    ending(policy, message) != ending(variant, message)
  }

  private func ending(_ policy: Policy, _ message: Message) -> String {
    switch Meaning(policy).answer(to: message) {
    case .decided(let verdict): "\(verdict.outcome.index) \(verdict.notes.map(\.index).sorted())"
    case .unsure: "unsure"
    case .conflict(let rules): "conflict \(rules.map(\.index).sorted())"
    case .gap: "gap"
    case .tooManyDoubts: "too many"
    }
  }

  /// Messages that tell apart all that either policy tells apart; some of them, if there are many.
  private func messages(_ policy: Policy, _ variant: Policy) -> [Message] {
    var both = policy
    let others = variant.rules.map(\.condition) + variant.vocabulary.definitions.map(\.condition)
    both.promises += others.map { condition in
      Promise(
        name: "", condition: condition, pledge: .never([]), from: nil, until: nil, reasons: [],
        authorities: [], span: Span(file: FileID(0), start: 0, end: 0))
    }
    guard let table = Table(both, samples, atMost: 20_000) else { return [] }
    return stride(from: 0, to: table.count, by: max(1, table.count / CoverageTrial.mostMessages))
      .map { table.message($0) }
  }
}

extension VariantComparison.Fault {
  fileprivate var code: FindingCode {
    switch self {
    case .conflict: .conflict
    case .gap: .gap
    case .neverApplies: .neverApplies
    }
  }
}
