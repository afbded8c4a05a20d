import Foundation
import Testing

/// What officers write, and what the checker answers: the fixtures are read like prose.
///
/// `RULEC_RECORD=1 swift test --filter GoldenTests` writes the expectations anew, and fails, so that
/// a recording is never taken for a pass: read every change before you keep it.
@Suite("Golden fixtures")
struct GoldenTests {
  private static let records = ProcessInfo.processInfo.environment["RULEC_RECORD"] == "1"

  @Test("What officers write is answered as recorded", arguments: Fixtures.all)
  func answers(_ fixture: Fixture) throws {
    let run = FixtureRun(fixture)
    for problem in run.problems { Issue.record("\(fixture.path): \(problem)") }
    let found = run.sections
    guard found != fixture.expected else { return }
    if GoldenTests.records {
      let url = Fixtures.folder.appending(path: fixture.path)
      try Data(fixture.text(expecting: found).utf8).write(to: url)
      Issue.record("recorded \(fixture.path)")
      return
    }
    for section in found where !fixture.expected.contains(section) {
      Issue.record("\(fixture.path), \(section.title), is now:\n\(section.text)")
    }
    let titles = Set(found.map(\.title))
    for section in fixture.expected where !titles.contains(section.title) {
      Issue.record("\(fixture.path): the section \(section.title) is gone")
    }
    #expect(found.map(\.title) == fixture.expected.map(\.title), "\(fixture.path)")
  }

  @Test("There are fixtures, and the shared vocabulary is sound")
  func vocabulary() {
    #expect(Fixtures.all.count > 200)
    let run = FixtureRun(Fixture(path: "empty", text: "Nothing\n\n=== rules\n"))
    #expect(run.sections.map(\.text) == ["nothing found"])
  }
}
