import JSON
package import Model
import Syntax

/// Writes what is decided about a message, or why nothing is, as the members of a JSON object.
///
/// The order of the members is part of the format: `id`, `line`, `error`, or `id`, `outcome`,
/// `notes`, `sure`, `missing`, `rules`, `texts`, `explanation`.
struct DecisionRecord {
  let policy: Policy
  let options: DecisionStream.Options

  /// Writes the members of a decision, but for `policy`.
  func write(
    _ decision: Decision, _ message: Message, id: String?, to writer: inout JSONWriter
  ) {
    write(id: id, to: &writer)
    writer.key("outcome")
    writer.string(policy.vocabulary[decision.outcome].name)
    writer.key("notes")
    writer.strings(decision.notes.map { policy.vocabulary[$0].name })
    writer.key("sure")
    writer.bool(decision.isSure)
    if !decision.isSure {
      writer.key("missing")
      writer.strings(decision.missing.map { policy.vocabulary[$0].field })
    }
    writer.key("rules")
    writer.strings(decision.ruleNames(in: policy))
    if options.texts {
      writer.key("texts")
      writer.strings(
        decision.notes.map { policy.vocabulary[$0].text(for: message, policy.vocabulary) })
    }
  }

  /// Writes the members of a message that is rejected; the elements of one have no line.
  func write(_ error: MessageError, line: Int?, to writer: inout JSONWriter) {
    write(id: error.id, line: line, to: &writer)
    writer.key("error")
    writer.object { writer in
      writer.key("code")
      writer.string(error.code.rawValue)
      if let field = error.field {
        writer.key("field")
        writer.string(field)
      }
      writer.key("message")
      writer.string(error.message)
    }
  }

  /// Writes the members of a message that the policy does not decide.
  func write(
    _ disagreement: Disagreement, id: String?, line: Int?, to writer: inout JSONWriter
  ) {
    write(id: id, line: line, to: &writer)
    writer.key("error")
    writer.object { writer in
      writer.key("code")
      writer.string(disagreement.code)
      writer.key("message")
      writer.string(disagreement.words(in: policy))
      writer.key("rules")
      writer.strings(disagreement.rules.map { policy[$0].name })
    }
  }

  private func write(id: String?, line: Int? = nil, to writer: inout JSONWriter) {
    if let id {
      writer.key("id")
      writer.raw(id)
    }
    if let line {
      writer.key("line")
      writer.number(line)
    }
  }
}

extension Disagreement {
  /// The stable name of what is wrong, as in a check's findings.
  package var code: String {
    switch self {
    case .conflict: "conflict"
    case .gap: "gap"
    }
  }

  /// What is wrong, in one sentence.
  package func words(in policy: Policy) -> String {
    switch self {
    case .conflict(let rules):
      let shown = 4
      var sides = rules.prefix(shown).map { rule in
        let outcome = policy[rule].outcome.map { policy.vocabulary[$0].name } ?? ""
        return "`\(policy[rule].name)` (\(outcome))"
      }
      if rules.count > shown { sides.append("\(rules.count - shown) more") }
      return "these rules apply, do not agree, and none overrides the other: "
        + sides.enumerated(with: "and")
    case .gap:
      return "no rule decides this message, and no `otherwise` or `when unsure` does"
    }
  }
}

extension JSONWriter {
  fileprivate mutating func strings(_ texts: [String]) {
    beginArray()
    for text in texts { string(text) }
    endArray()
  }
}
