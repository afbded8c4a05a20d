import Analysis
import Findings
import Logic
import Model
import Syntax

/// What is to be examined: the scenarios of a policy, and everything that can be proved of it.
struct ExaminationTask: Sendable {
  let root: PolicyRoot
  let generation: Int
  let policy: Policy
  let cancellation = Cancellation()
}

/// What came of an examination: first the scenarios, then the proofs too.
struct Examination: Sendable {
  let root: PolicyRoot
  let generation: Int
  let files: SourceFiles
  let scenarios: [ScenarioResult]
  /// Nil as long as they are under way.
  let proofs: ProofResult?

  init(_ task: ExaminationTask, _ scenarios: [ScenarioResult], _ proofs: ProofResult?) {
    (root, generation, files) = (task.root, task.generation, task.policy.files)
    (self.scenarios, self.proofs) = (scenarios, proofs)
  }

  var findings: [Finding] { scenarios.compactMap(\.finding) + (proofs?.findings ?? []) }
}

extension ExaminationTask {
  /// Runs the scenarios and proves what can be proved; hands on what is known as soon as it is.
  func run(_ report: (Examination) -> Void) {
    guard !cancellation.isCancelled else { return }
    let scenarios = runScenarios(of: policy)
    guard !cancellation.isCancelled else { return }
    report(Examination(self, scenarios, nil))
    guard let proofs = prove(policy, unless: cancellation) else { return }
    report(Examination(self, scenarios, proofs))
  }
}

/// What was found by the last examination, and stays up while the text is edited: every place moves along with the
/// text before it, and what is edited itself is dropped.
struct StandingExamination {
  private(set) var latest: Examination?
  private(set) var findings: [Finding] = []
  private var results: [String: ScenarioResult] = [:]
  /// Whether the text is still the one that was examined.
  private(set) var isCurrent = false

  mutating func take(_ examination: Examination) {
    // Until the proofs are there, those of the text before it stay up.
    let proofs = examination.proofs == nil ? findings.filter { $0.code != .failingScenario } : []
    let isSameFolder = latest?.files.files.map(\.path) == examination.files.files.map(\.path)
    latest = examination
    results = Dictionary(
      examination.scenarios.map { (WordTable.lowercased($0.name), $0) },
      uniquingKeysWith: { first, _ in first })
    findings = examination.findings + (isSameFolder ? proofs : [])
    isCurrent = true
  }

  /// How a scenario came out, by its name in lower case; while the text is edited, how it did before.
  func result(of scenario: String) -> ScenarioResult? { results[scenario] }

  /// There is nothing to examine: the policy has errors.
  mutating func clear() { self = StandingExamination() }

  /// Moves the places in a file along with changes to its text.
  mutating func move(_ path: String, _ changes: [OpenDocument.Change]) {
    isCurrent = false
    guard let index = latest?.files.files.firstIndex(where: { $0.path == path }) else { return }
    let file = FileID(index)
    for change in changes {
      findings = findings.compactMap { $0.moved(by: change, in: file) }
    }
  }
}

extension Finding {
  /// The finding with its places moved along with a change; nil if the change touches one of them.
  fileprivate func moved(by change: OpenDocument.Change, in file: FileID) -> Finding? {
    guard let place = span.moved(by: change, in: file) else { return nil }
    let others = related.compactMap { other in
      other.span.moved(by: change, in: file).map { RelatedPlace(other.message, at: $0) }
    }
    guard others.count == related.count else { return nil }
    // A fix was made for the text as it was.
    return Finding(
      code, message, at: place, related: others, reason: reason, help: help, fixes: [],
      example: example)
  }
}

extension Span {
  fileprivate func moved(by change: OpenDocument.Change, in file: FileID) -> Span? {
    guard self.file == file, Int(end) >= change.start else { return self }
    guard Int(start) >= change.oldEnd else { return nil }
    let shift = change.newEnd - change.oldEnd
    return Span(
      file: file, start: UInt32(max(0, Int(start) + shift)), end: UInt32(max(0, Int(end) + shift)))
  }
}
