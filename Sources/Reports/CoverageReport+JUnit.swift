import Coverage
import Findings
import Model
import Syntax

extension CoverageReport {
  /// How many tests the suite has, and how many of them fail.
  var testCounts: (tests: Int, failures: Int) {
    (result.holes.count + (required == nil ? 0 : 1), isEnough ? 0 : 1)
  }

  /// A suite for build servers: every hole is a test that was skipped, and what is required is one that passes or
  /// fails.
  var junitSuite: String {
    let counts = testCounts
    var text =
      #"  <testsuite name="coverage" tests="\#(counts.tests)" failures="\#(counts.failures)" "#
      + #"errors="0" skipped="\#(result.holes.count)">"# + "\n"
    if let required {
      let name = "at least \(required) % of the small changes to the policy are noticed"
      let head = #"    <testcase classname="coverage" name="\#(XMLText.attribute(name))""#
      text += isEnough ? head + "/>\n" : head + ">\n" + failure
    }
    for hole in result.holes { text += skipped(hole) }
    return text + "  </testsuite>\n"
  }

  private var failure: String {
    #"      <failure message="\#(XMLText.attribute(summary))"/>"# + "\n    </testcase>\n"
  }

  private func skipped(_ hole: Hole) -> String {
    let span = words.span(hole)
    let file = result.policy.files[span.file]
    let (path, line) = (XMLText.attribute(file.path), file.line(at: span.start))
    let name = XMLText.attribute(words.sentence(hole))
    let example = XMLText.attribute(words.example(hole) ?? "no scenario tries this")
    return #"    <testcase classname="coverage" name="\#(name)" file="\#(path)" line="\#(line)">"#
      + "\n" + #"      <skipped message="\#(example)"/>"# + "\n    </testcase>\n"
  }
}
