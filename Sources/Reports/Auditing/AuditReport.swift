package import Audit
package import Engine
import Findings
package import Model
import Syntax
import Values

/// The forms in which an audit can be read.
package enum AuditFormat: String, CaseIterable, Sendable {
  case text, json
}

/// What an audit has to say, piece by piece, as the messages come.
package struct AuditReport: Sendable {
  let policy: Policy
  /// Whether every message is told with what was known of it, as in the timeline of one person.
  private let isTimeline: Bool
  private let phrasing: Phrasing

  package init(_ policy: Policy, isTimeline: Bool) {
    self.policy = policy
    self.isTimeline = isTimeline
    phrasing = Phrasing(policy)
  }

  /// One message: what was done, what the policy says and why, and which promises were broken. Ends with an empty
  /// line.
  package func text(of finding: AuditFinding, line: Int) -> String {
    let sent = finding.sent
    let name =
      sent.id.map { "message \($0.unquoted) (line \(line))" } ?? "the message on line \(line)"
    let day = isTimeline || sent.isDated ? sent.message.today.words : "no day given"
    var lines = ["\(day), \(name)"]
    if isTimeline { lines += paragraph("Known of it: \(facts(of: sent.message)).") }
    lines += paragraph("What was done: \(policy.vocabulary[sent.outcome].name).")
    lines += decision(finding)
    for index in finding.broken {
      let promise = policy.promises[index]
      lines += paragraph("It broke the promise \(place(promise.name, promise.span)).")
      lines += grounds(promise.reasons, promise.authorities)
    }
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// A line that is no message, or does not say what was done. Ends with an empty line.
  package func text(of error: MessageError, line: Int) -> String {
    let name = error.id.map { "message \($0.unquoted) (line \(line))" } ?? "line \(line)"
    let lines = ["\(name) cannot be judged".sentence] + paragraph(error.message.closed.sentence)
    return lines.joined(separator: "\n") + "\n\n"
  }

  /// What a message says, in the policy's words, but for what a message without it says just as well.
  private func facts(of message: Message) -> String {
    let said = policy.vocabulary.facts.compactMap { fact -> String? in
      let state = message[fact.id]
      return state == fact.presence.unsaid ? nil : phrasing.sentence(fact, state)
    }
    return said.isEmpty ? "nothing" : said.joined(separator: "; ")
  }

  private func decision(_ finding: AuditFinding) -> [String] {
    switch finding.decision {
    case .failure(let disagreement):
      return paragraph("The policy decides nothing: \(disagreement.words(in: policy)).")
    case .success(let decision) where !decision.isSure:
      let missing = decision.missing.map { phrasing.phrase(policy.vocabulary[$0]) }
      let why = missing.isEmpty ? "" : ": \(missing.enumerated(with: "and"))"
      return paragraph("What the policy says cannot be told, because facts are missing\(why).")
    case .success(let decision):
      let notes = decision.notes.map { policy.vocabulary[$0].name }
      let words =
        policy.vocabulary[decision.outcome].name
        + (notes.isEmpty ? "" : ", with \(notes.enumerated(with: "and"))")
      let isSo = finding.verdict == .asDecided ? "too" : "instead"
      var lines = paragraph("What the policy says \(isSo): \(words).")
      for id in finding.deciders {
        let rule = policy[id]
        let kind = rule.kind == .guard ? "guard" : "rule"
        lines += paragraph(
          rule.isNamed
            ? "So says the \(kind) \(place(rule.name, rule.span))."
            : "So says the \(kind) at \(rule.name).")
        lines += grounds(rule.reasons, rule.authorities)
      }
      if decision.madeByOtherwise, let otherwise = policy.otherwise {
        lines += paragraph("No rule decides, and so `otherwise` does.")
        lines += grounds(otherwise.reasons, otherwise.authorities)
      }
      return lines
    }
  }

  private func grounds(_ reasons: [String], _ authorities: [String]) -> [String] {
    reasons.flatMap { paragraph("Because \($0)".closed, indent: 4) }
      + authorities.flatMap { paragraph("See \($0)".closed, indent: 4) }
  }

  /// A rule's or promise's name and place.
  func place(_ name: String, _ span: Span) -> String {
    "“\(name)” (\(policy.files.name(of: span)))"
  }

  private func paragraph(_ text: String, indent: Int = 2) -> [String] {
    [String(repeating: " ", count: indent) + Paragraph.wrapped(text, hanging: indent, width: 100)]
  }
}

extension String {
  /// A JSON text without its quotation marks.
  fileprivate var unquoted: String { hasPrefix("\"") ? String(dropFirst().dropLast()) : self }
}
