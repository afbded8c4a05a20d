import Findings
import JSON
import Model
import Reports
import Syntax
import Workspace

/// What the client was told about one file.
struct PublishedFindings: Equatable {
  let version: Int?
  let diagnostics: [JSONValue]
}

// What is wrong, where it is wrong, while it is typed.
extension Session {
  /// Tells the client what is found in every file of a policy, where that is not what it was told last.
  func publish(_ policy: OpenPolicy, _ view: PolicyView) {
    let findings = policy.findings(in: view)
    let byFile = Dictionary(grouping: findings, by: \.span.file)
    var told: [String: PublishedFindings] = [:]
    for file in view.fileIDs {
      let diagnostics = (byFile[file] ?? []).map { diagnostic($0, view) }
      let document = policy.documents[view.files[file].path]
      guard document != nil || !diagnostics.isEmpty else { continue }
      told[view.uri(file)] = PublishedFindings(
        version: document?.version, diagnostics: diagnostics)
    }
    for uri in Set(policy.published.keys).union(told.keys).sorted() {
      let now = told[uri] ?? PublishedFindings(version: nil, diagnostics: [])
      guard policy.published[uri] != now else { continue }
      var members: JSONValue = ["uri": .string(uri), "diagnostics": .array(now.diagnostics)]
      if let version = now.version {
        members = [
          "uri": .string(uri), "version": .number(version),
          "diagnostics": .array(now.diagnostics),
        ]
      }
      notify("textDocument/publishDiagnostics", members)
    }
    policy.published = told
    sayProblems(policy, view)
  }

  /// A file that cannot be read has no place where that could be said.
  private func sayProblems(_ policy: OpenPolicy, _ view: PolicyView) {
    let lines = view.text.problems.map {
      "cannot read `\($0.path.isEmpty ? policy.root.folder ?? "" : $0.path)`: \($0.problem.reason)"
    }
    guard lines != policy.saidProblems else { return }
    policy.saidProblems = lines
    for line in lines { notify("window/showMessage", ["type": 2, "message": .string(line)]) }
  }

  func diagnostic(_ finding: Finding, _ view: PolicyView) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("range", view.range(finding.span).json),
      ("severity", finding.severity == .error ? 1 : 2),
      ("code", .string(finding.code.rawValue)),
      ("source", "rulec"),
      ("message", .string(DiagnosticText.text(of: finding))),
    ]
    if finding.code == .unused { members.append(("tags", [1])) }
    if client.takesRelatedPlaces, !finding.related.isEmpty {
      let related = finding.related.map { place -> JSONValue in
        ["location": view.location(place.span), "message": .string(place.message)]
      }
      members.append(("relatedInformation", .array(related)))
    }
    return .object(members.map { JSONValue.Member(name: $0.0, value: $0.1) })
  }
}

extension OpenPolicy {
  /// Everything that is known to be wrong: in the text as it is, and by the last examination.
  func findings(in view: PolicyView) -> [Finding] {
    let isSameFolder =
      examination.latest?.files.files.map(\.path) == view.files.files.map(\.path)
    let standing = isSameFolder ? examination.findings : []
    return (view.resolution.findings + standing).sorted(by: Finding.inReadingOrder)
  }
}

/// A finding as an editor shows it beside its place.
enum DiagnosticText {
  static func text(of finding: Finding) -> String {
    var lines = [finding.message]
    if let example = finding.example { lines.append(FindingText.words(of: example)) }
    if let reason = finding.reason { lines.append("why: \(reason)") }
    if let help = finding.help { lines.append("help: \(help)") }
    return lines.joined(separator: "\n")
  }
}
