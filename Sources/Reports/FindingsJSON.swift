import Analysis
import Findings
import JSON

/// A check as one JSON object, for programs.
struct FindingsJSON {
  private var writer = JSONWriter()
  private let result: CheckResult

  init(_ result: CheckResult) {
    self.result = result
  }

  /// The object on one line.
  var text: String {
    var copy = self
    copy.writeAll()
    return copy.writer.text + "\n"
  }

  private mutating func writeAll() {
    let findings = result.findings
    writer.beginObject()
    writer.key("policy")
    writer.string(result.hash)
    writer.key("findings")
    writer.beginArray()
    for finding in findings { write(finding) }
    writer.endArray()
    writer.key("summary")
    writeSummary()
    writer.endObject()
  }

  /// Those that ran, or as many as there are where none could run.
  private var scenarioCount: Int {
    result.canDecide ? result.scenarios.count : result.scenarioCount
  }

  private mutating func writeSummary() {
    let counts: [(String, Int?)] = [
      ("files", result.ruleFileCount), ("rules", result.ruleCount),
      ("promises", result.promiseCount), ("proved", result.provedCount),
      ("scenarios", scenarioCount), ("passed", result.scenarios.count { $0.passed }),
      ("errors", result.errorCount), ("warnings", result.warningCount),
    ]
    writer.beginObject()
    for (name, count) in counts {
      writer.key(name)
      if let count { writer.number(count) } else { writer.null() }
    }
    writer.endObject()
  }

  // MARK: One finding

  private mutating func write(_ finding: Finding) {
    writer.beginObject()
    write("code", finding.code.rawValue)
    write("severity", finding.severity.rawValue)
    write("message", finding.message)
    writeStretch(finding.span)
    writer.key("related")
    writer.beginArray()
    for place in finding.related { write(place) }
    writer.endArray()
    if let help = help(for: finding) { write("help", help) }
    writer.key("fixes")
    writer.beginArray()
    for fix in finding.fixes { write(fix) }
    writer.endArray()
    if let example = finding.example { write(example) }
    writer.endObject()
  }

  /// Why it matters and what to do about it, in one text.
  private func help(for finding: Finding) -> String? {
    let parts = [finding.reason, finding.help].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private mutating func write(_ place: RelatedPlace) {
    let file = result.files[place.span.file]
    let start = file.place(at: place.span.start)
    writer.beginObject()
    write("file", file.path)
    write("line", start.line)
    write("column", start.column)
    write("message", place.message)
    writer.endObject()
  }

  private mutating func write(_ fix: Fix) {
    writer.beginObject()
    write("title", fix.title)
    writer.key("edits")
    writer.beginArray()
    for edit in fix.edits {
      writer.beginObject()
      writeStretch(edit.span)
      write("text", edit.text)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }

  private mutating func write(_ example: FindingExample) {
    writer.key("example")
    writer.beginObject()
    writer.key("message")
    writer.raw(example.message)
    write("on", example.day)
    write("outcomes", example.outcomes)
    write("rules", example.rules)
    if let other = example.other {
      writer.key("other")
      writer.beginObject()
      writer.key("message")
      writer.raw(other)
      writer.endObject()
    }
    writer.endObject()
  }

  // MARK: Parts

  private mutating func writeStretch(_ span: Span) {
    let file = result.files[span.file]
    let (start, end) = (file.place(at: span.start), file.place(at: span.end))
    write("file", file.path)
    write("line", start.line)
    write("column", start.column)
    write("endLine", end.line)
    write("endColumn", end.column)
  }

  private mutating func write(_ key: String, _ text: String) {
    writer.key(key)
    writer.string(text)
  }

  private mutating func write(_ key: String, _ number: Int) {
    writer.key(key)
    writer.number(number)
  }

  private mutating func write(_ key: String, _ texts: [String]) {
    writer.key(key)
    writer.beginArray()
    for text in texts { writer.string(text) }
    writer.endArray()
  }
}
