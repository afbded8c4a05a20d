import Analysis
import Engine
import Findings
import Model
import Syntax
import Values

/// Writes scenarios in the language, in its one layout, and reads them back: what cannot be read, means something
/// else, or does not pass is left out.
struct WrittenScenarios {
  private let policy: Policy
  private let evaluator: Evaluator
  private let text: PolicyText

  init(_ policy: Policy, _ evaluator: Evaluator, _ text: PolicyText) {
    (self.policy, self.evaluator, self.text) = (policy, evaluator, text)
  }

  func suggestions(_ proposals: [SuggestionSearch.Proposal]) -> [Suggestion] {
    var named = named(proposals)
    // What is wrong with one may make others unreadable, so it is tried again without it.
    while !named.isEmpty {
      let file = SourceFile(
        path: path,
        bytes: Array(
          named.map { $0.draft.text(named: $0.name, policy.vocabulary) }
            .joined(separator: "\n").utf8))
      let whole = PolicyText(
        ruleFiles: text.ruleFiles + [file], problems: text.problems, listFile: text.listFile)
      let good = passing(named, whole)
      if good.count == named.count { return written(named, whole) }
      named = good
    }
    return []
  }

  /// A file that the policy does not have yet.
  private var path: String {
    var path = "suggested.rules"
    while text.ruleFiles.contains(where: { $0.path == path }) { path = "more-" + path }
    return path
  }

  /// With names that no other scenario has: `Suggested 3: NAME`.
  private func named(
    _ proposals: [SuggestionSearch.Proposal]
  ) -> [SuggestionSearch.Proposal] {
    let taken = Set(policy.scenarios.map { $0.name.lowercased() })
    var number = 0
    return proposals.map { proposal in
      var proposal = proposal
      let rest = proposal.name
      repeat {
        number += 1
        proposal.name = "Suggested \(number): \(rest)"
      } while taken.contains(proposal.name.lowercased())
      return proposal
    }
  }

  /// Those that are read as they are meant, and pass.
  private func passing(
    _ proposals: [SuggestionSearch.Proposal], _ text: PolicyText
  ) -> [SuggestionSearch.Proposal] {
    let resolution = resolve(read(text), text, today: .firstProved)
    guard let found = resolution.policy else {
      // An error somewhere: each is tried by itself.
      guard proposals.count > 1 else { return [] }
      return proposals.filter { proposal in
        let file = SourceFile(
          path: path,
          bytes: Array(proposal.draft.text(named: proposal.name, policy.vocabulary).utf8))
        let whole = PolicyText(
          ruleFiles: self.text.ruleFiles + [file], problems: text.problems,
          listFile: text.listFile)
        return !passing([proposal], whole).isEmpty
      }
    }
    let scenarios = Dictionary(found.scenarios.map { ($0.name, $0) }) { first, _ in first }
    return proposals.filter { proposal in
      guard let scenario = scenarios[proposal.name] else { return false }
      let message = scenario.message(policy.vocabulary)
      return message == proposal.draft.message && scenario.isMet(by: evaluator.decide(message))
    }
  }

  /// Each in the one layout.
  private func written(
    _ proposals: [SuggestionSearch.Proposal], _ text: PolicyText
  ) -> [Suggestion] {
    let formatted = Formatter.formatted(text).first { $0.path == path }
    let statements = String(decoding: formatted?.bytes ?? [], as: UTF8.self).statements
    guard statements.count == proposals.count else { return [] }
    return zip(proposals, statements).map { proposal, statement in
      Suggestion(name: proposal.name, text: statement, closes: proposal.closes)
    }
  }
}

extension String {
  /// The statements of a file, which blank lines part.
  fileprivate var statements: [String] {
    var statements: [String] = []
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("scenario ") { statements.append("") }
      if line.isEmpty || statements.isEmpty { continue }
      statements[statements.count - 1] += line + "\n"
    }
    return statements
  }
}
