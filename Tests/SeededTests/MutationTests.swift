import Analysis
import Findings
import JSON
import Model
import Reports
import Syntax
import Testing
import Workspace

@Suite struct `A spoiled text` {
  @Test(.timeLimit(.minutes(10)))
  func `is checked, reported and formatted all the same`() throws {
    let shipped = try shippedPolicy()
    for seed in seeds(150) {
      var mutation = Mutation(seed: seed)
      let original = seed % 10 == 0 ? shipped : authored(seed, seed % 3 == 0 ? nil : 1)
      let text = mutation.spoiled(original)
      let result = check(text, today: today)
      expectSoundPlaces(result, seed)
      expectSoundReports(result, seed)
      if result.policy != nil { expectSoundLayout(text, seed) }
      expectSoundFixes(result, text, seed)
    }
  }

  @Test func `of a list file is read all the same`() {
    let whole = Array("# Who\n\npat@example.org  # a colleague\n\"x y\"\nplain\n1 May 2026\n".utf8)
    for seed in seeds(1000) {
      var mutation = Mutation(seed: seed)
      let source = SourceFile(path: "x.txt", bytes: mutation.spoiled(whole))
      let (items, findings) = ListFile.items(of: source, file: FileID(0))
      let spans = items.map(\.name.span) + findings.map(\.span)
      #expect(spans.allSatisfy { $0.end <= source.bytes.count }, "seed \(seed)")
    }
  }

  // MARK: What must hold

  private func expectSoundPlaces(_ result: CheckResult, _ seed: UInt64) {
    for finding in result.findings {
      let spans =
        [finding.span] + finding.related.map(\.span)
        + finding.fixes.flatMap { $0.edits.map(\.span) }
      for span in spans {
        let file = result.files[span.file]
        let (start, end) = (file.place(at: span.start), file.place(at: span.end))
        let isSound =
          span.start <= span.end && span.end <= file.bytes.count
          && start.line <= end.line && end.line <= file.lineCount && start.column > 0
        #expect(isSound, "seed \(seed): \(finding.message)")
      }
    }
  }

  private func expectSoundReports(_ result: CheckResult, _ seed: UInt64) {
    let report = CheckReport(result, prefix: "rules/")
    for format in CheckFormat.allCases {
      let text = report.text(as: format, isColoured: seed % 2 == 0, toolVersion: "1")
      switch format {
      case .json, .sarif: #expect(isJSONObject(text), "seed \(seed): \(format)")
      case .text, .github: break
      }
    }
  }

  private func expectSoundLayout(_ text: PolicyText, _ seed: UInt64) {
    let before = resolved(text).resolution.policy.map(Essence.init)
    let tidy = formatted(text)
    let resolution = resolved(tidy).resolution
    guard let after = resolution.policy.map(Essence.init) else {
      Issue.record("seed \(seed): \(resolution.errors[0])\n")
      return
    }
    if let before, before != after {
      Issue.record(
        """
        seed \(seed):
        \(before.lines.subtracting(after.lines).sorted().first ?? "")
        \(after.lines.subtracting(before.lines).sorted().first ?? "")
        """)
    }
    let twice = formatted(tidy)
    #expect(tidy.ruleFiles.map(\.bytes) == twice.ruleFiles.map(\.bytes), "seed \(seed)")
  }

  private func expectSoundFixes(_ result: CheckResult, _ text: PolicyText, _ seed: UInt64) {
    for finding in result.findings.prefix(6) {
      for fix in finding.fixes {
        guard let fixed = text.applying(fix, result.files) else {
          Issue.record("seed \(seed): \(finding.message): \(fix.title) cannot be applied")
          continue
        }
        let after = check(fixed, today: today)
        guard fix.isSafe else { continue }
        let left = after.findings.count { $0.code == finding.code && $0.message == finding.message }
        let were = result.findings.count {
          $0.code == finding.code && $0.message == finding.message
        }
        #expect(left < were, "seed \(seed): \(finding.message): \(fix.title) does not help")
      }
    }
  }
}

/// The policy that comes with the repository.
func shippedPolicy() throws -> PolicyText {
  let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  return try PolicyFolder.read("/\(root)/rules").text
}

/// Whether a text is one JSON object.
func isJSONObject(_ text: String) -> Bool {
  Array(text.utf8).withUnsafeBytes { bytes in
    do throws(JSONError) {
      _ = try JSONReader.readObject(bytes)
      return true
    } catch {
      return false
    }
  }
}

extension PolicyText {
  /// The policy after a fix; nil if its edits overlap or lie outside of the rule files.
  func applying(_ fix: Fix, _ files: SourceFiles) -> PolicyText? {
    var changed: [String: [UInt8]] = [:]
    for (id, edits) in Dictionary(grouping: fix.edits, by: \.span.file) {
      var bytes: [UInt8] = []
      let source = files[id]
      var position = 0
      for edit in edits.sorted(by: { $0.span < $1.span }) {
        guard Int(edit.span.start) >= position, Int(edit.span.end) <= source.bytes.count else {
          return nil
        }
        bytes += source.bytes[position..<Int(edit.span.start)] + Array(edit.text.utf8)
        position = Int(edit.span.end)
      }
      changed[source.path] = bytes + source.bytes[position...]
    }
    let isListFile = changed.keys.contains { path in !ruleFiles.contains { $0.path == path } }
    return isListFile
      ? self
      : PolicyText(
        ruleFiles: ruleFiles.map { file in
          changed[file.path].map { SourceFile(path: file.path, bytes: $0) } ?? file
        }, listFile: listFile)
  }
}
