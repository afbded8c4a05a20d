package import Coverage
import Findings
import Model
import Syntax

/// How much of each kind of thing the scenarios come to.
package struct CoverageFigures: Sendable {
  /// Some things of one kind, and how many of them are brought into play.
  package struct Share: Sendable {
    package let name: String
    let key: String
    package let exercised: Int
    package let total: Int

    package var percent: Int { CoverageFigures.percent(exercised, of: total) }
  }

  let shares: [Share]

  init(_ result: CoverageResult) {
    let (policy, exercise) = (result.policy, result.exercise)
    func rules(_ name: String, _ key: String, _ isMeant: (Rule) -> Bool) -> Share {
      let uses = exercise.rules.filter { isMeant(policy[$0.rule]) }
      return Share(
        name: name, key: key, exercised: uses.count { $0.wins > 0 }, total: uses.count)
    }
    let sentences = exercise.sentences.filter(\.counts)
    let overrides = exercise.overrides.filter { $0.side != .impossible }
    func words(_ name: String, _ given: [Int], _ counts: [Int]) -> Share {
      Share(
        name: name, key: name, exercised: given.count { counts[$0] > 0 }, total: given.count)
    }
    shares = [
      rules("rules", "rules") { _ in true },
      rules("guards among them", "guards") { $0.kind == .guard },
      rules("table rows among them", "rows", policy.isRow),
      Share(
        name: "sentences, both ways", key: "sentences",
        exercised: sentences.count { $0.isFull }, total: sentences.count),
      Share(
        name: "`overrides` lines", key: "overrides",
        exercised: overrides.count { $0.side == .exercised }, total: overrides.count),
      words("outcomes", exercise.givenOutcomes.map(\.index), exercise.outcomes),
      words("notes", exercise.givenNotes.map(\.index), exercise.notes),
    ]
  }

  /// Rounded down, so that 100 means all; of nothing it is 100.
  static func percent(_ part: Int, of whole: Int) -> Int {
    whole == 0 ? 100 : part * 100 / whole
  }
}

extension CoverageResult {
  /// The share of the telling changes that are noticed.
  package var percent: Int { CoverageFigures.percent(noticed, of: telling) }
}

extension Policy {
  /// Whether a rule is a row of a table: its place does not begin with a keyword.
  fileprivate func isRow(_ rule: Rule) -> Bool {
    let text = files.text(rule.wholeSpan)
    return !["rule", "guard", "if"].contains { text.lowercased().hasPrefix($0) }
  }
}
