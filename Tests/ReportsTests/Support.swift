import Findings

@testable import Analysis

/// A file with the stretch between « and » marked; the marks themselves are not part of it.
struct MarkedFile {
  let files: SourceFiles
  let span: Span

  init(_ text: String, path: String = "sen.rules") {
    self.init(Array(text.utf8), path: path)
  }

  init(_ marked: [UInt8], path: String = "sen.rules") {
    var bytes: [UInt8] = []
    var places: [UInt32] = []
    var index = 0
    while index < marked.count {
      let isMark =
        marked[index] == 0xC2 && index + 1 < marked.count
        && [0xAB, 0xBB].contains(marked[index + 1])
      if isMark {
        places.append(UInt32(bytes.count))
        index += 2
      } else {
        bytes.append(marked[index])
        index += 1
      }
    }
    files = SourceFiles([SourceFile(path: path, bytes: bytes)])
    let start = places.first ?? 0
    span = Span(file: FileID(0), start: start, end: places.dropFirst().first ?? start)
  }
}

/// A check's result with these findings and nothing else to say.
func result(
  _ files: SourceFiles, _ findings: [Finding] = [], scenarios: [ScenarioResult] = [],
  proved: Int? = nil
) -> CheckResult {
  CheckResult(
    files: files, findings: findings, policy: nil, hash: "0123abcd",
    ruleFileCount: files.files.count, ruleCount: 2, promiseCount: 1, provedCount: proved,
    scenarioCount: scenarios.count, scenarios: scenarios)
}
