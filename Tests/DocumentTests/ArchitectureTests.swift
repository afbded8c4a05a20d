import Foundation
import Testing

/// The targets, their order and their imports are as ARCHITECTURE.md and README.md say.
@Suite struct ArchitectureTests {
  @Test func noTargetImportsOneFurtherDownThePipeline() throws {
    let targets = try targets()
    for (place, target) in targets.enumerated() {
      let earlier = Set(targets[..<place])
      for file in try swiftFiles(in: root.appending(path: "Sources/\(target)")) {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /(?m)^(?:package |public )?import (\w+)$/) {
          let name = String(match.1)
          guard targets.contains(name) else { continue }
          #expect(earlier.contains(name), "\(target)/\(file.lastPathComponent) imports \(name)")
        }
      }
    }
  }

  @Test func onlyTheWorkspaceTalksToTheSystem() throws {
    // System.swift is the one file that does.
    for target in try targets() where target != "Workspace" {
      for file in try swiftFiles(in: root.appending(path: "Sources/\(target)")) {
        let text = try String(contentsOf: file, encoding: .utf8)
        for system in ["Foundation", "Glibc", "Musl", "Darwin"] {
          let isImported = text.contains("import \(system)\n")
          #expect(!isImported, "\(target)/\(file.lastPathComponent) imports \(system)")
        }
      }
    }
  }

  @Test func thePagesNameEveryTargetInOrder() throws {
    let targets = try targets()
    let architecture = try Page("ARCHITECTURE.md").text
    let headings = architecture.matches(of: /(?m)^### (\w+)$/).map { String($0.1) }
    #expect(headings == targets)
    let readme = try Page("README.md").text
    let rows = readme.matches(of: /(?m)^\| `(\w+)` \|/).map { String($0.1) }
    #expect(rows.filter { targets.contains($0) } == targets)
  }

  /// The targets of Package.swift in its order, without the tests.
  private func targets() throws -> [String] {
    let text = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
    let body = text.components(separatedBy: "targets: [\n").last ?? ""
    return body.matches(of: /(?:stage|\.executableTarget|\.target)\(\s*(?:name: )?"(\w+)"/)
      .map { String($0.1) }
  }
}
