import Engine
import Findings
import Model
import Syntax
import Testing

@Suite struct `The one layout` {
  @Test func `means the same, decides alike, and stays as it is`() {
    for seed in seeds(200) {
      for style in [1, 2] as [UInt64] {
        let text = authored(seed, style)
        let (syntax, resolution) = resolved(text)
        guard let policy = resolution.policy else { continue }
        let once = formatted(text)
        let (tidySyntax, tidy) = resolved(once)
        guard let tidyPolicy = tidy.policy else {
          Issue.record("seed \(seed), style \(style): \(tidy.errors[0])")
          break
        }
        let place = "seed \(seed), style \(style)"
        #expect(comments(syntax) == comments(tidySyntax), "\(place)")
        let (a, b) = (Essence(policy).lines, Essence(tidyPolicy).lines)
        #expect(
          a == b,
          "\(place)\n\(a.subtracting(b).sorted().first ?? "")\n\(b.subtracting(a).sorted().first ?? "")"
        )
        let twice = formatted(once)
        for (first, second) in zip(once.ruleFiles, twice.ruleFiles)
        where first.bytes != second.bytes {
          Issue.record("\(place): \(difference(first.bytes, second.bytes))")
        }
        expectSameDecisions(policy, tidyPolicy, seed: seed)
      }
    }
  }

  private func expectSameDecisions(_ a: Policy, _ b: Policy, seed: UInt64) {
    var messages = RandomMessages(seed: seed)
    let decoder = MessageDecoder(a.vocabulary)
    let (first, second) = (Evaluator(a), Evaluator(b))
    for round in 0..<4 {
      let line = messages.line(for: a.vocabulary, missing: [0, 30][round % 2])
      guard let message = decoded(line, decoder) else { continue }
      #expect(first.decide(message) == second.decide(message), "seed \(seed): \(line)")
    }
  }
}

/// A policy in the one layout.
func formatted(_ text: PolicyText) -> PolicyText {
  PolicyText(
    ruleFiles: Formatter.formatted(text).map { SourceFile(path: $0.path, bytes: $0.bytes) },
    listFile: text.listFile)
}

/// The texts of all comments, in an order that does not depend on their places.
private func comments(_ syntax: PolicySyntax) -> [String] {
  syntax.documents.flatMap { document in
    document.tokens.comments.map { comment in
      syntax.files.text(Span(file: document.file, start: comment.start, end: comment.end))
    }
  }.sorted()
}

/// The first line in which two texts differ, in both forms.
private func difference(_ a: [UInt8], _ b: [UInt8]) -> String {
  let lines = { (bytes: [UInt8]) in
    String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }
  let pair = zip(lines(a), lines(b)).first { $0 != $1 }
  return pair.map { "\n\($0)\n\($1)" } ?? "one text is longer"
}
