package import Findings

/// A finding as a person reads it in a terminal.
///
///     error[unknown-value]: `SEN-tribunul` is no value of `purpose is`
///      --> sen.rules:14:15
///        |
///     14 | if purpose is SEN-tribunul
///        |               ^^^^^^^^^^^^
///     help: …
///     fix: write `SEN-tribunal`
///        |
///     14 | if purpose is SEN-tribunal
///        |               ~~~~~~~~~~~~
package struct FindingText {
  private let files: SourceFiles
  private let paint: Paint

  package init(_ files: SourceFiles, isColoured: Bool) {
    self.files = files
    paint = Paint(isColoured: isColoured)
  }

  /// The finding with its places, its reasons and its cures; ends with a line break.
  package func text(of finding: Finding) -> String {
    let colour: Paint.Colour = finding.severity == .error ? .error : .warning
    let gutter = gutter(for: finding)
    let head = paint("\(finding.severity.rawValue)[\(finding.code.rawValue)]", colour)
    var text = "\(head)\(paint(": " + finding.message, .strong))\n"
    text += place(finding.span, after: "-->", gutter)
    text += snippet(finding.span, "^", colour, gutter)
    for related in finding.related {
      text += place(related.span, after: "see", gutter, related.message)
      text += snippet(related.span, "-", .place, gutter)
    }
    if let example = finding.example { text += self.text(of: example) }
    if let reason = finding.reason { text += line("why", reason) }
    if let help = finding.help { text += line("help", help) }
    for fix in finding.fixes {
      text += self.text(of: fix, comparedWith: finding, gutter)
    }
    return text
  }

  /// A labelled line, broken between words where it is long.
  private func line(_ label: String, _ text: String) -> String {
    let lines = "\(label): \(text)".split(separator: "\n", omittingEmptySubsequences: false)
      .map { Paragraph.wrapped($0, hanging: 2, width: Snippet.width) }
      .joined(separator: "\n  ")
    return paint("\(label):", .strong) + lines.dropFirst(label.count + 1) + "\n"
  }

  private func text(of example: FindingExample) -> String {
    let words = FindingText.words(of: example)
    return paint("example:", .strong) + words.dropFirst("example:".count) + "\n"
  }

  /// An example in words. The messages stand on lines of their own, unbroken, to be copied.
  package static func words(of example: FindingExample) -> String {
    let start = "example: on \(example.day), "
    let (outcomes, rules) = (example.outcomes, example.rules.map { "`\($0)`" })
    if let other = example.other {
      // Which rules decided each of the two, and with which notes, the sentence says.
      guard outcomes.count == 2, outcomes[0] != outcomes[1] else {
        return start + "these two messages\n  \(example.message)\n  \(other)"
      }
      return start + "this message\n  \(example.message)\n  gets `\(outcomes[0])`, and this one\n"
        + "  \(other)\n  gets `\(outcomes[1])`"
    }
    let text = start + "this message\n  \(example.message)"
    guard !outcomes.isEmpty else { return text + "\n  gets no outcome" }
    guard outcomes.count == rules.count else {
      return text + "\n  gets \(outcomes.map { "`\($0)`" }.joined(separator: " and "))"
        + (rules.isEmpty ? "" : " by \(rules.joined(separator: ", "))")
    }
    return zip(outcomes, rules).enumerated().reduce(text) { text, pair in
      let (index, (outcome, rule)) = pair
      return text + "\n  \(index == 0 ? "gets" : "and") `\(outcome)` by \(rule)"
    }
  }

  // MARK: Places

  private func place(
    _ span: Span, after arrow: String, _ gutter: Int, _ message: String? = nil
  ) -> String {
    let file = files[span.file]
    let place = file.place(at: span.start)
    let margin = String(repeating: " ", count: max(0, gutter - 1))
    let rest = message.map { ": \($0)" } ?? ""
    let name = "\(file.path):\(place.line):\(place.column)"
    return "\(margin)\(paint(arrow, .place)) \(name)\(rest)\n"
  }

  private func snippet(
    _ span: Span, _ sign: Character, _ colour: Paint.Colour, _ gutter: Int
  ) -> String {
    let snippet = Snippet(sign: sign, colour: colour, paint: paint, gutter: gutter)
    let (lines, isWhole) = MarkedLines.lines(of: span, in: files[span.file])
    return snippet.text(of: lines) + (isWhole ? "" : snippet.bar(" …") + "\n")
  }

  /// The width of the largest line number.
  private func gutter(for finding: Finding) -> Int {
    var spans = [finding.span] + finding.related.map(\.span)
    spans += finding.fixes.flatMap { $0.edits.prefix(FixedLines.most).map(\.span) }
    let numbers = spans.map { files[$0.file].line(at: $0.end) + FixedLines.most }
    return max(2, String(numbers.max() ?? 1).count)
  }

  // MARK: Fixes

  private func text(of fix: Fix, comparedWith finding: Finding, _ gutter: Int) -> String {
    var text = line("fix", fix.title)
    guard let fixed = FixedLines(fix, files) else { return text }
    if fixed.file != finding.span.file {
      text += place(fixed.start, after: "-->", gutter)
    }
    let snippet = Snippet(sign: "~", colour: .good, paint: paint, gutter: gutter)
    text += snippet.text(of: fixed.lines)
    if fixed.isCut { text += snippet.bar(" …") + "\n" }
    if fixed.placesLeft > 0 {
      text += "  and \(counted(fixed.placesLeft, "more place"))\n"
    }
    return text
  }
}
