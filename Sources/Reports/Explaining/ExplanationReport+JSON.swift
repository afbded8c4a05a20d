package import Analysis
import Engine
import Findings
package import JSON
import Model
import Syntax
import Values

extension ExplanationReport {
  /// Writes the explanation as one JSON object.
  ///
  /// ```
  /// {"on":DAY,"firstOutcomes":[…],"rules":[…],"otherwise":true,"notes":[…],"missing":[…],"nearest":[…]}
  /// ```
  ///
  /// Behind them stand what would change the decision, and what another outcome would take, if they are given.
  package func write(
    to writer: inout JSONWriter, with changes: Changes? = nil, _ whyNot: WhyNot? = nil
  ) {
    writer.object { writer in
      writer.member("on", message.today.description)
      writer.member("firstOutcomes", firstOutcomes.map { policy.vocabulary[$0].name })
      writer.members("rules", rules, write)
      writer.key("otherwise")
      writer.bool(isByOtherwise)
      writer.members("notes", notes, write)
      writer.members("missing", missing, write)
      writer.member("nearest", nearest.map { policy[$0.rule].name })
      if let changes {
        writer.key("changes")
        writer.object { write(changes, to: &$0) }
      }
      if let whyNot {
        writer.key("whyNot")
        writer.object { write(whyNot, to: &$0) }
      }
    }
  }

  private var isByOtherwise: Bool {
    switch result {
    case .success(let decision): decision.madeByOtherwise
    case .failure: false
    }
  }

  private func write(_ account: RuleAccount, to writer: inout JSONWriter) {
    let rule = policy[account.rule]
    writer.member("name", rule.name)
    writer.member("place", policy.files.name(of: rule.span))
    writer.member("kind", rule.kind.word)
    if let outcome = rule.outcome { writer.member("outcome", policy.vocabulary[outcome].name) }
    writer.member("notes", Set(rule.notes).sorted().map { policy.vocabulary[$0].name })
    writer.member("state", account.standing.word)
    switch account.standing {
    case .setAside(let way), .setAsideEitherWay(let way):
      if let first = way.first { writer.member("by", policy[first].name) }
      writer.member("through", way.dropFirst().dropLast().map { policy[$0].name })
    case .applies, .inDoubt, .doesNotApply, .notReached: break
    }
    writer.members("tests", account.reasons, write)
    if !rule.reasons.isEmpty { writer.member("because", rule.reasons) }
    if !rule.authorities.isEmpty { writer.member("see", rule.authorities) }
  }

  private func write(_ reason: Reason, to writer: inout JSONWriter) {
    writer.member("test", policy.text(of: reason.test))
    if !reason.definitions.isEmpty {
      writer.member("within", reason.definitions.map { policy.vocabulary[$0.id].phrase })
    }
    if case .fact(let fact) = reason.test.subject {
      writer.member("field", policy.vocabulary[fact].field)
    }
    writer.member("says", answer(to: reason))
  }

  private func write(_ account: NoteAccount, to writer: inout JSONWriter) {
    writer.member("note", policy.vocabulary[account.note].name)
    let sources = account.sources.map { source in
      switch source {
      case .rule(let rule): policy[rule].name
      case .otherwise: "otherwise"
      case .whenUnsure: "when unsure"
      }
    }
    writer.member("from", sources)
  }

  private func write(_ account: MissingAccount, to writer: inout JSONWriter) {
    let fact = policy.vocabulary[account.fact]
    writer.member("field", fact.field)
    writer.member("phrase", fact.phrase)
    writer.member("rules", account.rules.map { policy[$0].name })
  }
}

extension Rule.Kind {
  fileprivate var word: String {
    switch self {
    case .decision: "rule"
    case .guard: "guard"
    case .note: "note rule"
    }
  }
}

extension RuleAccount.Standing {
  fileprivate var word: String {
    switch self {
    case .applies: "applies"
    case .setAside: "set-aside"
    case .inDoubt: "in-doubt"
    case .setAsideEitherWay: "set-aside-either-way"
    case .doesNotApply: "does-not-apply"
    case .notReached: "not-reached"
    }
  }
}

extension JSONWriter {
  mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  mutating func member(_ name: String, _ texts: [String]) {
    key(name)
    beginArray()
    for text in texts { string(text) }
    endArray()
  }

  /// A member that holds an array of objects, whose members are written one by one.
  mutating func members<Element>(
    _ name: String, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
  ) {
    key(name)
    beginArray()
    for element in elements { object { write(element, &$0) } }
    endArray()
  }
}
