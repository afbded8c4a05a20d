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

/// Changes to one file that do not touch each other, in order.
struct EditList {
  private var edits: [Edit] = []

  /// Takes up another change; false if it overlaps one of the others.
  mutating func insert(_ edit: Edit) -> Bool {
    let place = edits.partitioningIndex { $0.span.start >= edit.span.start }
    if place < edits.count, !EditList.areApart(edit, edits[place]) { return false }
    if place > 0, !EditList.areApart(edits[place - 1], edit) { return false }
    edits.insert(edit, at: place)
    return true
  }

  /// Whether the first ends before the second begins. Two insertions at one place would have no
  /// order.
  private static func areApart(_ first: Edit, _ second: Edit) -> Bool {
    first.span.end <= second.span.start && first.span.start < second.span.start
      || first.span.end < second.span.start
  }

  func applied(to bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for edit in edits {
      let start = min(Int(edit.span.start), bytes.count)
      result += bytes[position..<max(position, start)]
      result += edit.text.utf8
      position = max(position, min(Int(edit.span.end), bytes.count))
    }
    return result + bytes[position...]
  }
}

extension [Edit] {
  /// The first index whose element meets the condition, where all behind it meet it too.
  fileprivate func partitioningIndex(where condition: (Edit) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
