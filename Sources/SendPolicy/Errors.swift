import Engine
import Findings
import Program

/// Why a policy cannot be used: what the check found, one sentence a finding.
public struct PolicyErrors: Error, Hashable, Sendable, CustomStringConvertible {
  /// One thing that is wrong.
  public struct Finding: Hashable, Sendable {
    /// The stable name of its kind, explained by `rulec help CODE`; empty if the policy could not be
    /// read at all.
    public let code: String
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it.
    public let help: String?
    /// The file, relative to the policy, and the line and column, counted from 1; nil if the policy
    /// could not be read at all.
    public let file: String?
    /// See `file`.
    public let line: Int?
    /// See `file`.
    public let column: Int?
  }

  /// In the order of file and place.
  public let findings: [Finding]

  init(problem: String, help: String?) {
    findings = [
      Finding(code: "", message: problem, help: help, file: nil, line: nil, column: nil)
    ]
  }

  init(_ found: [Findings.Finding], _ files: SourceFiles) {
    findings = found.map { finding in
      let file = files[finding.span.file]
      let place = file.place(at: finding.span.start)
      return Finding(
        code: finding.code.rawValue, message: finding.message, help: finding.help, file: file.path,
        line: place.line, column: place.column)
    }
  }

  /// One line for each finding: place, sentence and cure.
  public var description: String {
    findings.map { finding in
      let place = finding.file.map { "\($0):\(finding.line ?? 1):\(finding.column ?? 1): " } ?? ""
      return place + finding.message + (finding.help.map { " (\($0))" } ?? "")
    }.joined(separator: "\n")
  }
}

/// Why nothing was decided about a message.
public struct MessageError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The stable name of what is wrong: `bad-json`, `bad-value`, `wrong-type`, `duplicate-field`,
  /// `too-long`, `encoding`, `conflict` or `gap`.
  public let code: String
  /// The field that is wrong, with dots between levels; nil where it is the message as a whole.
  public let field: String?
  /// What the field holds, and what would be right.
  public let message: String

  /// The sentence alone.
  public var description: String { message }

  init(_ error: Engine.MessageError) {
    code = error.code.rawValue
    field = error.field
    message = error.message
  }

  init(_ disagreement: Disagreement, _ program: Program) {
    switch disagreement {
    case .conflict: code = "conflict"
    case .gap: code = "gap"
    }
    field = nil
    message = disagreement.words(in: program)
  }
}
