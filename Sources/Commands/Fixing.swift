import Analysis
import Findings
import Syntax

/// Makes the safe changes that a check offers, until it offers no more.
struct Fixing {
  /// What was changed, in words: `sen.rules:3: write the plain character`.
  private(set) var changes: [String] = []
  /// The files that are no longer as they were, by path.
  private(set) var changedFiles: [String: [UInt8]] = [:]

  private let original: PolicyText

  /// One change may bring another to light, but not for ever.
  private static let mostRounds = 20

  init(_ text: PolicyText) {
    original = text
  }

  /// Checks, changes, and checks again; gives the last check.
  @discardableResult
  mutating func run(check: (PolicyText) -> CheckResult) -> CheckResult {
    var result = check(original)
    for _ in 0..<Fixing.mostRounds {
      guard apply(result) else { break }
      result = check(text)
    }
    return result
  }

  /// The policy with all changes so far.
  var text: PolicyText {
    let (original, changed) = (original, changedFiles)
    let files = original.ruleFiles.map { file in
      changed[file.path].map { SourceFile(path: file.path, bytes: $0) } ?? file
    }
    return PolicyText(ruleFiles: files, problems: original.problems) { path in
      changed[path].map { .success($0) } ?? original.listFile(path)
    }
  }

  /// Makes every safe change that does not get in another's way; false if there is none.
  private mutating func apply(_ result: CheckResult) -> Bool {
    var accepted: [FileID: EditList] = [:]
    for finding in result.findings {
      guard let fix = finding.fixes.first(where: \.isSafe), !fix.edits.isEmpty else { continue }
      var candidate = accepted
      let fits = fix.edits.allSatisfy { edit in
        candidate[edit.span.file, default: EditList()].insert(edit)
      }
      guard fits else { continue }
      accepted = candidate
      changes.append("\(result.files.name(of: finding.span)): \(fix.title)")
    }
    for (file, edits) in accepted {
      let source = result.files[file]
      changedFiles[source.path] = edits.applied(to: source.bytes)
    }
    return !accepted.isEmpty
  }
}
