import Findings

/// A finding as a GitHub workflow shows it beside the changed line.
///
/// Source: "Workflow commands for GitHub Actions", docs.github.com.
struct GitHubAnnotation {
  let line: String

  init(_ finding: Finding, _ files: SourceFiles, _ prefix: String) {
    let file = files[finding.span.file]
    let (start, end) = (file.place(at: finding.span.start), file.place(at: finding.span.end))
    var properties = [
      "file=\(GitHubAnnotation.property(prefix + file.path))", "line=\(start.line)",
      "col=\(start.column)",
    ]
    // GitHub marks columns only where a finding stays on its line; the last one is marked too.
    if end.line == start.line {
      let last = max(start.column, end.column - 1)
      properties += ["endLine=\(end.line)", "endColumn=\(last)"]
    }
    properties.append("title=\(finding.code.rawValue)")
    let texts = [finding.message] + [finding.reason, finding.help].compactMap { $0 }
    let places = finding.related.map { "\(files.name(of: $0.span)): \($0.message)" }
    let data = GitHubAnnotation.data((texts + places).joined(separator: "\n"))
    line = "::\(finding.severity.rawValue) \(properties.joined(separator: ","))::\(data)"
  }

  /// The text behind the last `::`.
  private static func data(_ text: String) -> String {
    escaped(text, also: [])
  }

  /// The value of a property.
  private static func property(_ text: String) -> String {
    escaped(text, also: [":", ","])
  }

  private static func escaped(_ text: String, also others: Set<Unicode.Scalar>) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "%" || scalar == "\r" || scalar == "\n" || others.contains(scalar) {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "%\(digits.count < 2 ? "0" : "")\(digits)".unicodeScalars
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
