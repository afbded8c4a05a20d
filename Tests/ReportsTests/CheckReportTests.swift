import Findings
import JSON
import Testing

@testable import Analysis
@testable import Reports

@Suite struct `A check's report` {
  private let file = MarkedFile("fact é is: «one»\nx", path: "a b/é.rules")

  private var finding: Finding {
    Finding(
      .conflict, "a \"message\"\nof two lines", at: file.span,
      related: [RelatedPlace("there", at: Span(file: FileID(0), start: 16, end: 17))],
      reason: "why", help: "what to do: 100 %",
      fixes: [.replace(file.span, with: "two", "write two")],
      example: FindingExample(
        message: #"{"é":"one"}"#, other: #"{"é":"two"}"#, day: "2026-01-01",
        outcomes: ["send plain", "send encrypted"], rules: ["é.rules:1"]))
  }

  private func report(_ findings: [Finding], proved: Int? = nil) -> CheckReport {
    CheckReport(result(file.files, findings, proved: proved), prefix: "rules/")
  }

  private func text(_ findings: [Finding], as format: CheckFormat) -> String {
    report(findings).text(as: format, isColoured: false, toolVersion: "1.2.3")
  }

  @Test func `is one object for programs`() {
    let start = #"{"policy":"0123abcd","findings":[{"code":"conflict","severity":"error","#
    let place = #""file":"a b/é.rules","line":1,"column":12,"endLine":1,"endColumn":15,"#
    #expect(
      text([finding], as: .json) == start
        + #""message":"a \"message\"\nof two lines","# + place
        + #""related":[{"file":"a b/é.rules","line":2,"column":1,"message":"there"}],"#
        + #""help":"why; what to do: 100 %","#
        + #""fixes":[{"title":"write two","edits":[{"# + place + #""text":"two"}]}],"#
        + #""example":{"message":{"é":"one"},"on":"2026-01-01","#
        + #""outcomes":["send plain","send encrypted"],"rules":["é.rules:1"],"#
        + #""other":{"message":{"é":"two"}}}}],"#
        + #""summary":{"files":1,"rules":2,"promises":1,"proved":null,"scenarios":0,"passed":0,"#
        + #""errors":1,"warnings":0}}"# + "\n")
  }

  @Test func `leaves out what a finding does not have`() {
    let json = text([Finding(.unused, "m", at: file.span)], as: .json)
    #expect(json.contains(#""endColumn":15,"related":[],"fixes":[]}],"summary""#))
  }

  @Test func `is an annotation a line for GitHub`() {
    #expect(
      text([finding, Finding(.unused, "m", at: file.span)], as: .github)
        == "::error file=rules/a b/é.rules,line=1,col=12,endLine=1,endColumn=14,title=conflict::"
        + "a \"message\"%0Aof two lines%0Awhy%0Awhat to do: 100 %25%0Aa b/é.rules:2: there\n"
        + "::warning file=rules/a b/é.rules,line=1,col=12,endLine=1,endColumn=14,title=unused::m\n")
  }

  @Test func `is SARIF for tools that gather findings`() throws {
    let log = try JSONReader.read(Array(text([finding], as: .sarif).utf8))
    #expect(log["version"] == .string("2.1.0"))
    let run = try #require(log["runs"]?.elements.first)
    let driver = run["tool"]?["driver"]
    #expect(driver?["name"] == .string("rulec"))
    #expect(driver?["version"] == .string("1.2.3"))
    #expect(driver?["rules"]?.elements.map { $0["id"] } == [.string("conflict")])
    let found = try #require(run["results"]?.elements.first)
    #expect(found["ruleId"] == .string("conflict"))
    #expect(found["ruleIndex"] == .number("0"))
    #expect(found["level"] == .string("error"))
    let place = found["locations"]?.elements.first?["physicalLocation"]
    #expect(place?["artifactLocation"]?["uri"] == .string("rules/a%20b/%C3%A9.rules"))
    #expect(place?["region"]?["startColumn"] == .number("12"))
    #expect(place?["region"]?["endColumn"] == .number("15"))
    let change = found["fixes"]?.elements.first?["artifactChanges"]?.elements.first
    let replacement = change?["replacements"]?.elements.first
    #expect(replacement?["insertedContent"]?["text"] == .string("two"))
    #expect(replacement?["deletedRegion"]?["startLine"] == .number("1"))
    #expect(found["relatedLocations"]?.elements.first?["message"]?["text"] == .string("there"))
  }

  @Test(arguments: [CheckFormat.json, .sarif]) func `is JSON also without findings`(
    format: CheckFormat
  ) {
    #expect(throws: Never.self) { try JSONReader.readObject(Array(text([], as: format).utf8)) }
  }

  @Test func `is nothing for people where nothing was found`() {
    #expect(text([], as: .text).isEmpty)
    #expect(text([], as: .github).isEmpty)
  }

  @Test func `parts findings by an empty line`() {
    let twice = text([finding, finding], as: .text)
    #expect(twice.contains("~~~\n\nerror[conflict]"))
    #expect(!twice.contains("\n\n\n") && twice.hasSuffix("~~~\n"))
  }

  @Test func `sums up, and does not claim what was not proved`() {
    #expect(
      report([finding]).summary
        == "1 file, 2 rules, 1 promise, no scenarios, 1 error, no warnings; "
        + "conflicts, gaps and promises were not looked at: put the errors right first")
    #expect(
      report([], proved: 1).summary
        == "1 file, 2 rules, 1 of 1 promise proved, no scenarios, no conflict, no gap, no errors, "
        + "no warnings")
    let open = Finding(.notProved, "m", at: file.span)
    #expect(
      report([open], proved: 0).summary
        == "1 file, 2 rules, 0 of 1 promise proved, no scenarios, 1 question not answered, 1 error, "
        + "no warnings")
    let gap = Finding(.gap, "m", at: file.span)
    #expect(
      report([finding, gap], proved: 1).summary
        == "1 file, 2 rules, 1 of 1 promise proved, no scenarios, 1 conflict, 1 gap, 2 errors, "
        + "no warnings")
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue] {
    if case .array(let elements) = self { elements } else { [] }
  }
}
