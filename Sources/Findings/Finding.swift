/// One thing that the checker has to say about a policy.
///
/// Its words are for a policy officer: `message` says in one plain sentence what is wrong, `reason`
/// why that matters where it is not plain, `help` what to do about it.
package struct Finding: Hashable, Sendable {
  package let code: FindingCode
  package let message: String
  /// Where; the smallest stretch that shows it.
  package let span: Span
  /// The other places that take part in it, each with a few words.
  package var related: [RelatedPlace]
  package var reason: String?
  package var help: String?
  /// Changes that a machine can make, for the officer to choose from.
  package var fixes: [Fix]
  /// A message that shows the finding.
  package var example: FindingExample?

  package init(
    _ code: FindingCode, _ message: String, at span: Span, related: [RelatedPlace] = [],
    reason: String? = nil, help: String? = nil, fixes: [Fix] = [], example: FindingExample? = nil
  ) {
    self.code = code
    self.message = message.shortened
    self.span = span
    self.related = related
    self.reason = reason?.shortened
    self.help = help?.shortened
    self.fixes = fixes
    self.example = example
  }

  package var severity: Severity {
    code.severity
  }

  /// By file and place, errors before warnings, then by code: the order in which findings are shown.
  package static func inReadingOrder(_ a: Finding, _ b: Finding) -> Bool {
    if (a.span.file, a.span.start) != (b.span.file, b.span.start) { return a.span < b.span }
    if a.severity != b.severity { return a.severity == .error }
    if a.code != b.code { return a.code.rawValue < b.code.rawValue }
    return a.message < b.message
  }
}

/// How much a finding weighs.
package enum Severity: String, Hashable, Sendable {
  /// The policy cannot be used.
  case error
  /// The policy can be used, but probably says something that nobody meant.
  case warning
}

/// Another place that takes part in a finding.
package struct RelatedPlace: Hashable, Sendable {
  package let span: Span
  package let message: String

  package init(_ message: String, at span: Span) {
    self.span = span
    self.message = message.shortened
  }
}

/// A change to the text that cures a finding.
package struct Fix: Hashable, Sendable {
  /// What the change does, as a button would say it.
  package let title: String
  package let edits: [Edit]
  /// Whether `check --fix` may make the change by itself: it keeps what the author meant.
  package let isSafe: Bool

  package init(_ title: String, _ edits: [Edit], isSafe: Bool = false) {
    self.title = title.shortened
    self.edits = edits
    self.isSafe = isSafe
  }

  package static func replace(
    _ span: Span, with text: String, _ title: String, isSafe: Bool = false
  ) -> Fix {
    Fix(title, [Edit(span, text)], isSafe: isSafe)
  }
}

/// The replacement of one stretch of text by another.
package struct Edit: Hashable, Sendable {
  package let span: Span
  package let text: String

  package init(_ span: Span, _ text: String) {
    self.span = span
    self.text = text
  }
}

/// A message that shows a finding, as `decide` would read it.
package struct FindingExample: Hashable, Sendable {
  /// A JSON object on one line.
  package let message: String
  /// The second message of a broken `never depends on`.
  package let other: String?
  /// The day, as `2026-01-01`.
  package let day: String
  package let outcomes: [String]
  package let rules: [String]

  package init(
    message: String, other: String? = nil, day: String, outcomes: [String], rules: [String]
  ) {
    self.message = message
    self.other = other
    self.day = day
    self.outcomes = outcomes
    self.rules = rules
  }
}

extension String {
  /// The text without its middle, where it is longer than anybody reads: it quotes a word or a line
  /// as long as a file.
  fileprivate var shortened: String {
    guard utf8.count > 2000 else { return self }
    return "\(String(unicodeScalars.prefix(900))) … \(String(unicodeScalars.suffix(300)))"
  }
}
