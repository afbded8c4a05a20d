import Engine
import Model
import Syntax
import Testing
import TestSupport

@Suite struct `The order of statements and files` {
  @Test func `changes no decision`() {
    for seed in seeds(200) {
      var author = Author(seed: seed, style: 1, namesEverything: true)
      let authored = author.policy()
      guard let policy = resolved(authored.text()).resolution.policy else { continue }
      var random = SeededRandom(state: seed)
      let shuffled = authored.shuffled(using: &random)
      let resolution = resolved(shuffled.text()).resolution
      guard let other = resolution.policy else {
        Issue.record("seed \(seed): \(resolution.errors[0])")
        continue
      }
      var messages = RandomMessages(seed: seed)
      for round in 0..<8 {
        let line = messages.line(for: policy.vocabulary, missing: [0, 10, 40][round % 3])
        let (a, b) = (names(policy, line), names(other, line))
        #expect(a == b, "seed \(seed): \(line)")
      }
    }
  }

  /// What a policy decides about a line, with names in place of ids.
  private func names(_ policy: Policy, _ line: String) -> [String] {
    guard let message = decoded(line, MessageDecoder(policy.vocabulary)) else {
      return ["rejected"]
    }
    switch Evaluator(policy).decide(message) {
    case .failure(let disagreement):
      return disagreement.rules.map { policy[$0].name }.sorted() + ["disagree"]
    case .success(let decision):
      let notes = decision.notes.map { policy.vocabulary[$0].name }.sorted()
      let missing = decision.missing.map { policy.vocabulary[$0].field }.sorted()
      let rules = decision.ruleNames(in: policy).sorted()
      return [
        policy.vocabulary[decision.outcome].name, "\(notes) \(missing) \(rules) \(decision.isSure)",
      ]
    }
  }
}

extension AuthoredPolicy {
  /// The same statements in another order and in other files, those of a section still in it.
  func shuffled(using random: inout SeededRandom) -> AuthoredPolicy {
    var names = files.map(\.path)
    if lists.isEmpty {
      names = names.map { $0.contains("/") ? $0 : "z\(Int.random(in: 0...9, using: &random))" + $0 }
    }
    names.shuffle(using: &random)
    var result = names.map { File(path: $0, loose: [], sections: []) }
    for statement in files.flatMap(\.loose).shuffled(using: &random) {
      result[Int.random(in: 0..<result.count, using: &random)].loose.append(statement)
    }
    for section in files.flatMap(\.sections).shuffled(using: &random) {
      let statements = section.statements.shuffled(using: &random)
      let half = statements.count / 2
      let parts = [Array(statements[..<half]), Array(statements[half...])]
      for (index, part) in parts.enumerated() {
        let file = Int.random(in: 0..<result.count, using: &random)
        result[file].sections.append((section.name, index == 0 ? section.clauses : [], part))
      }
    }
    return AuthoredPolicy(files: result, lists: lists)
  }
}
