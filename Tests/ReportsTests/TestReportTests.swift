import Findings
import JSON
import Testing

@testable import Analysis
@testable import Reports

@Suite struct `A report on scenarios` {
  private let report: TestReport

  init() {
    let file = MarkedFile("«scenario A»\nscenario B", path: "a&b.rules")
    let other = Span(file: FileID(0), start: 11, end: 21)
    report = TestReport(
      result(
        file.files,
        scenarios: [
          ScenarioResult(
            name: "A", span: file.span, failures: [], decision: "send plain",
            rules: [], finding: nil),
          ScenarioResult(
            name: "B \u{1} <\"x\">", span: other,
            failures: ["expected `send plain`, and it came out as `send post`", "no note"],
            decision: "send post", rules: [], finding: nil),
        ]))
  }

  @Test func `names what failed, and why`() {
    #expect(
      report.text(as: .text, isColoured: false) == """
        passed  A
        FAILED  B \u{1} <"x">
                a&b.rules:2
                expected `send plain`, and it came out as `send post`
                no note
                the decision is: send post

        """)
    #expect(report.summary == "2 scenarios: 1 passed, 1 failed")
  }

  @Test func `is one object for programs`() {
    #expect(
      report.text(as: .json, isColoured: false) == #"{"policy":"0123abcd","scenarios":["#
        + #"{"name":"A","file":"a&b.rules","line":1,"passed":true,"decision":"send plain","#
        + #""failures":[]},{"name":"B \u0001 <\"x\">","file":"a&b.rules","line":2,"#
        + #""passed":false,"decision":"send post","#
        + #""failures":["expected `send plain`, and it came out as `send post`","no note"]}],"#
        + #""summary":{"scenarios":2,"passed":1,"failed":1}}"# + "\n")
  }

  @Test func `is JUnit XML for build servers`() {
    #expect(
      report.text(as: .junit, isColoured: false) == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="rulec" tests="2" failures="1">
          <testsuite name="a&amp;b.rules" tests="2" failures="1" errors="0" skipped="0">
            <testcase classname="a&amp;b.rules" name="A" file="a&amp;b.rules" line="1"/>
            <testcase classname="a&amp;b.rules" name="B \u{FFFD} &lt;&quot;x&quot;&gt;" \
        file="a&amp;b.rules" line="2">
              <failure message="expected `send plain`, and it came out as `send post`; no note">\
        expected `send plain`, and it came out as `send post`
        no note
        the decision is: send post</failure>
            </testcase>
          </testsuite>
        </testsuites>

        """)
  }

  @Test func `says that there are no scenarios`() {
    let empty = TestReport(result(MarkedFile("").files))
    #expect(empty.summary == "the policy has no scenarios")
    #expect(empty.text(as: .text, isColoured: false).isEmpty)
  }
}
