import Findings
import Model

/// Changes to `overrides` lines, for the officer to choose from: none is ever made without her.
enum OverrideFix {
  /// That one of two rules overrides the other, and the other way round.
  static func fixes(_ rule: Rule, _ other: Rule, _ policy: Policy) -> [Fix] {
    [add(rule, overrides: other, policy), add(other, overrides: rule, policy)].compactMap { $0 }
  }

  private static func add(_ rule: Rule, overrides other: Rule, _ policy: Policy) -> Fix? {
    // A rule without a name cannot be named.
    guard other.isNamed, !isRow(rule, policy) else { return nil }
    let end = Span(file: rule.wholeSpan.file, start: rule.wholeSpan.end, end: rule.wholeSpan.end)
    return .replace(
      end, with: "\n  overrides \(other.name)", "`\(rule.name)` overrides `\(other.name)`")
  }

  /// Whether a rule is a row of a table: a line under the table would be about all of its rows.
  static func isRow(_ rule: Rule, _ policy: Policy) -> Bool {
    policy.files.text(rule.wholeSpan).hasPrefix("|")
  }

  /// That a line goes, with the line break before it.
  static func delete(_ line: Span, _ policy: Policy) -> Fix? {
    let bytes = policy.files[line.file].bytes
    var start = Int(line.start)
    while start > 0, bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: "\t")
    {
      start -= 1
    }
    guard start > 0, bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
    start -= 1
    if start > 0, bytes[start - 1] == UInt8(ascii: "\r") { start -= 1 }
    var end = Int(line.end)
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") {
      end += 1
    }
    return .replace(
      Span(file: line.file, start: UInt32(start), end: UInt32(end)), with: "", "delete the line")
  }
}
