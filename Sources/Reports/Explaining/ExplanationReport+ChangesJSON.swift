import Analysis
import Engine
import JSON
import Model
import Syntax
import Values

extension ExplanationReport {
  /// `{"complete":true,"unlisted":0,"changes":[…]}`; `unlisted` is null where it is not known how many there are.
  func write(_ changes: Changes, to writer: inout JSONWriter) {
    writer.key("complete")
    writer.bool(changes.rest == .none)
    writer.key("unlisted")
    switch changes.rest {
    case .none: writer.number(0)
    case .others(let count, hasLarger: false): writer.number(count)
    case .others, .unknown: writer.null()
    }
    let words = ChangeWords(policy.vocabulary, message, phrasing)
    writer.members("changes", changes.changes) { change, writer in
      writer.member("fields", change.facts.map { policy.vocabulary[$0].field })
      writer.members("endings", change.endings) { write($0, words, to: &$1) }
    }
  }

  private func write(
    _ ending: MessageChange.Ending, _ words: ChangeWords, to writer: inout JSONWriter
  ) {
    writer.member("if", words.words(ending.ways))
    writer.member("outcome", policy.vocabulary[ending.decision.outcome].name)
    writer.member("notes", ending.decision.notes.map { policy.vocabulary[$0].name })
    writer.member("rules", ending.decision.ruleNames(in: policy))
    writer.members("ways", ending.ways) { way, writer in
      for supposition in way {
        let fact = policy.vocabulary[supposition.fact]
        writer.key(fact.field)
        if case .value(let value) = supposition.state {
          writer.value(value.json(of: fact))
        } else {
          writer.null()
        }
      }
    }
  }

  func write(_ whyNot: WhyNot, to writer: inout JSONWriter) {
    writer.member("outcome", policy.vocabulary[whyNot.outcome].name)
    writer.key("impossible")
    writer.bool(whyNot.changes.isImpossible)
    let giving = rules.filter { policy[$0.rule].outcome == whyNot.outcome }
    writer.member("rules", sorted(giving).map { policy[$0.rule].name })
    writer.member("promises", whyNot.promises.map(\.name))
    write(whyNot.changes, to: &writer)
  }
}
