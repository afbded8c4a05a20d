package import JSON
package import Model
package import Program
import Syntax

/// Writes why nothing is decided about a message, as a JSON object.
///
/// The order of the members is part of the format: `id`, `line`, `error`.
package struct ErrorRecord {
  let program: Program

  /// The record of a message that is rejected; the elements of one have no line.
  func record(of error: MessageError, line: Int?) -> [UInt8] {
    ErrorRecord.record(id: error.id, line: line) { writer in
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

  /// The record of a message that the policy does not decide.
  func record(of disagreement: Disagreement, id: String?, line: Int?) -> [UInt8] {
    let sides = disagreement.sides(program)
    return ErrorRecord.record(id: id, line: line) { writer in
      writer.key("code")
      writer.string(disagreement.code)
      writer.key("message")
      writer.string(disagreement.words(of: sides))
      writer.key("rules")
      writer.array { writer in for side in sides { writer.string(side.rule) } }
    }
  }

  /// The record of an error, of which `error` writes the members.
  package static func record(
    id: String?, line: Int?, error: (inout JSONWriter) -> Void
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      if let id {
        writer.key("id")
        writer.raw(id)
      }
      if let line {
        writer.key("line")
        writer.number(line)
      }
      writer.key("error")
      writer.object(error)
    }
    return writer.bytes
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
    words(
      of: rules.map { rule in
        (policy[rule].name, policy[rule].outcome.map { policy.vocabulary[$0].name })
      })
  }

  /// What is wrong, in one sentence.
  package func words(in program: Program) -> String { words(of: sides(program)) }

  /// The names of the rules that disagree, and of what they give.
  fileprivate func sides(_ program: Program) -> [(rule: String, outcome: String?)] {
    rules.map { (program.name(of: $0), program.outcomeName(of: $0)) }
  }

  /// What is wrong, given the names of its rules and of what they give.
  func words(of rules: [(rule: String, outcome: String?)]) -> String {
    switch self {
    case .conflict:
      let shown = 4
      var sides = rules.prefix(shown).map { "`\($0.rule)` (\($0.outcome ?? ""))" }
      if rules.count > shown { sides.append("\(rules.count - shown) more") }
      return "these rules apply, do not agree, and none overrides the other: "
        + sides.enumerated(with: "and")
    case .gap:
      return "no rule decides this message, and no `otherwise` or `when unsure` does"
    }
  }
}
