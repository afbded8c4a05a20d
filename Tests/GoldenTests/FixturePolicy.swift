import Analysis
import Findings
import Syntax
import TestSupport
import Values

@testable import Commands

/// The policy that a fixture gives.
struct FixturePolicy {
  static let vocabularyPath = "vocabulary.rules"
  /// The path of rules whose section names none.
  static let rulesPath = "case.rules"

  private(set) var ruleFiles: [SourceFile] = []
  private var listFiles: [String: [UInt8]] = [:]
  private var tooLargeFiles: Set<String> = []
  private(set) var today: Day
  /// Nil where the case is checked without proofs.
  private(set) var workLimit: Int?

  init(_ fixture: Fixture) {
    today = Day(clamping: 20_454)
    for section in fixture.given {
      let words = section.title.split(separator: " ", maxSplits: 1).map(String.init)
      let path = words.count > 1 ? words[1] : FixturePolicy.rulesPath
      let bytes = Escapes.bytes(of: section.text + "\n")
      switch words[0] {
      case "list": listFiles[path] = bytes
      case "too-large": tooLargeFiles.insert(path)
      case "vocabulary":
        ruleFiles.append(SourceFile(path: FixturePolicy.vocabularyPath, bytes: bytes))
      case "proofs": workLimit = Int(section.text) ?? defaultWorkLimit
      case "today": today = Day.parseISO(Array(section.text.utf8)) ?? today
      default: ruleFiles.append(SourceFile(path: path, bytes: bytes))
      }
    }
  }

  var hasVocabulary: Bool {
    ruleFiles.contains { $0.path == FixturePolicy.vocabularyPath }
  }

  mutating func addSharedVocabulary() {
    let bytes = Array(Fixtures.vocabulary.utf8)
    ruleFiles.append(SourceFile(path: FixturePolicy.vocabularyPath, bytes: bytes))
  }

  var text: PolicyText {
    let (lists, tooLarge) = (listFiles, tooLargeFiles)
    return PolicyText(ruleFiles: ruleFiles) { path in
      if tooLarge.contains(path) { return .failure(.tooLarge(bytes: 70_000_000)) }
      return lists[path].map { .success($0) } ?? .failure(.missing)
    }
  }
}

extension PolicyText {
  /// The text with the changes of some fixes.
  func applying(_ fixes: [Fix], of result: CheckResult) -> PolicyText {
    var edits: [FileID: EditList] = [:]
    for edit in fixes.flatMap(\.edits) {
      _ = edits[edit.span.file, default: EditList()].insert(edit)
    }
    var changed: [String: [UInt8]] = [:]
    for (file, list) in edits {
      let source = result.files[file]
      changed[source.path] = list.applied(to: source.bytes)
    }
    return replacing(changed)
  }

  /// The text with other bytes for some of its files.
  func replacing(_ changed: [String: [UInt8]]) -> PolicyText {
    let original = listFile
    let files = ruleFiles.map { file in
      changed[file.path].map { SourceFile(path: file.path, bytes: $0) } ?? file
    }
    return PolicyText(ruleFiles: files) { path in
      changed[path].map { .success($0) } ?? original(path)
    }
  }

  /// The text in the one layout.
  var formatted: PolicyText {
    let files = Formatter.formatted(self)
    return replacing(Dictionary(files.map { ($0.path, $0.bytes) }) { first, _ in first })
  }

  /// The files that differ from another text's, each with its path if there are several.
  func difference(from other: PolicyText) -> String {
    let changed = zip(ruleFiles, other.ruleFiles).filter { $0.0.bytes != $0.1.bytes }.map(\.0)
    let single = changed.count == 1 && changed[0].path == FixturePolicy.rulesPath
    return changed.map { file in
      var text = Escapes.shown(file.bytes)
      while text.hasSuffix("\n") { text.removeLast() }
      return single ? text : "# \(file.path)\n\n\(text)"
    }.joined(separator: "\n\n")
  }
}
