import Commands
import Testing
import Values
import Workspace

@Suite struct `Making a page` {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder(["rules/a.rules": smallPolicy, "pages/keep": ""])
  }

  private func report(_ options: String...) -> Outcome {
    rulec(["report", folder["rules"], "-o", folder["pages/rules.html"]] + options, input: [])
  }

  private func page() throws -> String {
    let contents = FileContents.read(folder["pages/rules.html"], limit: 1 << 24)
    return String(decoding: try contents.get(), as: UTF8.self)
  }

  @Test func `writes one file that begins and ends as a page does`() throws {
    let outcome = report()
    #expect(outcome.code == .done)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("rules.html`: 1 file, 1 rule"))
    let page = try page()
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.hasSuffix("</html>\n"))
    #expect(page.contains("<title>Policy: rules</title>"))
  }

  @Test func `writes the same bytes on every day, in the place of the page before`() throws {
    _ = report()
    let first = try page()
    _ = rulec(
      "report", folder["rules"], "-o", folder["pages/rules.html"], today: .lastProved)
    #expect(try page() == first)
  }

  @Test func `takes another title, and a built policy`() throws {
    #expect(rulec("build", folder["rules"], "-o", folder["pages/small.policy"]).code == .done)
    let outcome = rulec(
      "report", folder["pages/small.policy"], "-o", folder["pages/rules.html"], "--title",
      "How we <write>")
    #expect(outcome.code == .done)
    #expect(try page().contains("<title>Policy: How we &lt;write&gt;</title>"))
  }

  @Test func `shows the errors of a policy that can be understood`() throws {
    try folder.write(
      "rules/b.rules",
      """
      scenario Nobody gets anything
        given the recipient prefers plain
        expect unsure
      """)
    let outcome = report()
    #expect(outcome.code == .found)
    #expect(try page().contains("failing-scenario"))
  }

  @Test func `makes no page of a policy with a word that nobody declared`() throws {
    try folder.write("rules/b.rules", "if the moon is full then send plain\n")
    let outcome = report()
    #expect(outcome.code == .found)
    #expect(outcome.errors.contains("unknown-word"))
    #expect(throws: (any Error).self) { try page() }
  }

  @Test func `says what changed since an older policy`() throws {
    try folder.write("old/a.rules", smallPolicy)
    #expect(report("--against", folder["old"]).code == .done)
    #expect(try page().contains("Proved equal: every complete message"))
    try folder.write("old/a.rules", "if the moon is full then send plain\n")
    #expect(report("--against", folder["old"]).code == .found)
  }

  @Test func `is told where to write a page`() {
    #expect(rulec("report", folder["rules"]).code == .notDone)
    let other = rulec("report", folder["rules"], "-o", folder["pages/rules.txt"])
    #expect(other.code == .notDone)
    #expect(other.errors.contains("end it in .html"))
    let nowhere = rulec("report", folder["rules"], "-o", folder["nowhere/rules.html"])
    #expect(nowhere.code == .notDone)
    #expect(nowhere.errors.contains("there is no such folder"))
  }
}
