import Analysis
import Findings
import Syntax
import Values

/// A decision table that others have published, with the overlaps and gaps that they list.
struct PublishedTable: Sendable {
  let name: String
  /// Where it stands, and what is said of it there.
  let source: String
  let vocabulary: String
  let headings: [String]
  /// Each row has an outcome of its own, so that every overlap is a conflict.
  let rows: [[String]]
  /// The pairs of rows that overlap, counted from 1.
  let overlaps: Set<Pair>
  /// Rows that would cover the gaps, and nothing else; no two of them overlap.
  let gaps: [[String]]

  struct Pair: Hashable, Sendable {
    let first: Int
    let second: Int

    init(_ first: Int, _ second: Int) {
      self.first = first
      self.second = second
    }
  }

  /// The table as a policy, with some of the rows that it lacks.
  func policy(with missing: [[String]]) -> String {
    let outcomes = rows.indices.map { "outcome result \($0 + 1)" } + ["outcome nothing said"]
    var statements = [vocabulary] + outcomes + ["when unsure nothing said"]
    statements.append(table("Published") { "result \($0 + 1)" })
    if !missing.isEmpty {
      let cells = missing.map { row($0, then: "nothing said") }
      statements.append((["table Missing", head] + cells).joined(separator: "\n"))
    }
    return statements.joined(separator: "\n\n") + "\n"
  }

  /// What the checker finds.
  func result(with missing: [[String]]) -> CheckResult {
    let file = SourceFile(path: "table.rules", bytes: Array(policy(with: missing).utf8))
    let text = PolicyText(ruleFiles: [file]) { _ in .failure(.missing) }
    return check(text, today: Day(clamping: 20_454))
  }

  private var head: String { row(headings, then: "then") }

  private func table(_ name: String, outcome: (Int) -> String) -> String {
    let cells = rows.enumerated().map { row($0.element, then: outcome($0.offset)) }
    return (["table \(name)", head] + cells).joined(separator: "\n")
  }

  private func row(_ cells: [String], then outcome: String) -> String {
    "  | " + (cells + [outcome]).joined(separator: " | ") + " |"
  }
}
