import Analysis
import Engine
import Model
import Syntax
import Values

/// What would change a decision, in sentences.
extension ExplanationReport {
  func paragraphs(_ changes: Changes) -> [String] {
    if changes.isImpossible {
      return [
        isSure
          ? "Nothing that this message could say would change the outcome on that day. This is proved."
          : "Whatever is missing, to know it would not make the decision sure. This is proved."
      ]
    }
    switch result {
    case .success(let decision) where decision.isSure:
      return list(
        changes, "What would change the outcome, if all else stays as it is:",
        else: "unless the facts of one of these lines change, the outcome stays as it is")
    case .success:
      return list(
        changes, "What would make the decision sure, if all else stays as it is:",
        else: "unless the facts of one of these lines are known, it is not sure")
    case .failure:
      return list(
        changes, "What would give the message a decision, if all else stays as it is:",
        else: "unless the facts of one of these lines change, there is none")
    }
  }

  /// The changes, a line for each decision that they lead to, and whether that is all.
  func list(_ changes: Changes, _ title: String, else nothing: String) -> [String] {
    let words = ChangeWords(policy.vocabulary, message, phrasing)
    guard !changes.changes.isEmpty else {
      return ["\(title)\n  \(rest(changes, else: nothing))"]
    }
    let lines = changes.changes.flatMap { change in
      let example = change.facts.count > 1 ? ", for example" : ""
      return change.endingsByOutcome.map { endings in
        "  - if \(words.words(endings.flatMap(\.ways)))\(example): \(self.words(endings))"
      }
    }
    return [([title] + lines + ["  " + rest(changes, else: nothing)]).joined(separator: "\n")]
  }

  /// `send plain, with consent note`, of endings in one outcome.
  private func words(_ endings: [MessageChange.Ending]) -> String {
    guard let first = endings.first else { return "" }
    guard endings.count > 1 else {
      return words(first.decision.outcome, with: first.decision.notes)
    }
    let shared = endings.map { Set($0.decision.notes) }.reduce(Set(first.decision.notes)) {
      $0.intersection($1)
    }
    let notes = shared.sorted().map { policy.vocabulary[$0].name } + ["notes that differ"]
    return words(first.decision.outcome, with: []) + ", with " + notes.enumerated(with: "and")
  }

  private func rest(_ changes: Changes, else nothing: String) -> String {
    switch changes.rest {
    case .none:
      "There are no others: \(nothing). This is proved."
    case .others(0, _): "There are others, in which more facts change at once."
    case .others(let count, hasLarger: false): "There are \(count) more that are not shown."
    case .others(let count, hasLarger: true):
      "There are \(count) more that are not shown, and others in which more facts change at once."
    case .unknown:
      changes.changes.isEmpty
        ? "It takes too much work to find out."
        : "Whether there are others takes too much work to find out."
    }
  }
}

extension MessageChange {
  /// The endings that differ in nothing but notes together.
  fileprivate var endingsByOutcome: [[Ending]] {
    Dictionary(grouping: endings) { $0.decision.outcome }.sorted { $0.key < $1.key }.map(\.value)
  }
}

/// Says what facts are supposed to be.
struct ChangeWords {
  private let vocabulary: Vocabulary
  private let message: Message
  private let phrasing: Phrasing

  init(_ vocabulary: Vocabulary, _ message: Message, _ phrasing: Phrasing) {
    (self.vocabulary, self.message, self.phrasing) = (vocabulary, message, phrasing)
  }

  /// `purpose is A or B instead of C`; of several facts, joined by `and`.
  func words(_ ways: [[Supposition]]) -> String {
    guard let first = ways.first, let fact = first.first?.fact else { return "" }
    if first.count > 1 {
      return first.map { words([$0], of: vocabulary[$0.fact]) }.joined(separator: ", and ")
    }
    return words(ways.compactMap(\.first), of: vocabulary[fact])
  }

  /// The ways in which one fact can be otherwise.
  private func words(_ ways: [Supposition], of fact: Fact) -> String {
    switch fact.kind {
    case .choice: choices(ways, fact)
    case .set: sets(ways, fact)
    case .yesOrNo: ways.map { phrasing.sentence(fact, $0.state) }.joined(separator: ", or ")
    case .number, .date, .text: stretches(ways, fact)
    }
  }

  private func choices(_ ways: [Supposition], _ fact: Fact) -> String {
    let chosen = ways.compactMap { way in
      if case .value(.choice(let value)) = way.state { value } else { nil }
    }
    let values = chosen.sorted().map { fact.words(for: .choice($0)) }
    let absent = ways.filter { $0.state == .absent }.map { phrasing.sentence(fact, $0.state) }
    let named =
      values.isEmpty
      ? [] : ["\(phrasing.phrase(fact)) \(values.enumerated(with: "or"))\(instead(fact))"]
    return (named + absent).joined(separator: ", or ")
  }

  private func stretches(_ ways: [Supposition], _ fact: Fact) -> String {
    let phrase = phrasing.phrase(fact) + " "
    var values: [String] = []
    for way in ways {
      guard case .value = way.state else { continue }
      let said = phrasing.sentence(fact, way.properties) ?? phrasing.sentence(fact, way.state)
      // The phrase is not said twice.
      let isAgain = !values.isEmpty && said.hasPrefix(phrase)
      values.append(isAgain ? String(said.dropFirst(phrase.count)) : said)
    }
    let absent = ways.filter { $0.state == .absent }.map { phrasing.sentence(fact, $0.state) }
    let named = values.isEmpty ? [] : [values.joined(separator: " or ") + instead(fact)]
    return (named + absent).joined(separator: ", or ")
  }

  /// ` instead of 5 MB`; nothing where the message has no value.
  private func instead(_ fact: Fact) -> String {
    guard case .value(let value) = message[fact.id] else { return "" }
    let words = fact.words(for: value)
    switch (fact.kind, value) {
    case (.number(_, let unit, _, _), _):
      return " instead of \(Fact.Kind.quantity(words, unit: unit))"
    case (_, .text): return " instead of “\(words)”"
    case (.choice, _), (.set, _), (.yesOrNo, _), (.date, _), (.text, _):
      return " instead of \(words)"
    }
  }

  // MARK: - Sets

  private func sets(_ ways: [Supposition], _ fact: Fact) -> String {
    var held: Set<ValueID>?
    if case .value(.set(let values)) = message[fact.id] { held = values }
    var (single, others): ([ValueID], [String]) = ([], [])
    for way in ways {
      guard case .value(.set(let values)) = way.state else {
        others.append(phrasing.sentence(fact, way.state))
        continue
      }
      let (new, gone) = (
        values.subtracting(held ?? []).sorted(), (held ?? []).subtracting(values).sorted()
      )
      if gone.isEmpty, new.count == 1 {
        single += new
      } else if gone.isEmpty, !new.isEmpty {
        others.append(added(new, to: held, "and", fact))
      } else {
        let but = gone.isEmpty ? "" : ", but not \(words(gone, "or", fact))"
        others.append(phrasing.sentence(fact, way.state) + (values.isEmpty ? "" : but))
      }
    }
    let first = single.isEmpty ? [] : [added(single.sorted(), to: held, "or", fact)]
    return (first + others).joined(separator: ", or ")
  }

  /// `message contains A or B as well`.
  private func added(
    _ new: [ValueID], to held: Set<ValueID>?, _ connective: String, _ fact: Fact
  ) -> String {
    let asWell = held?.isEmpty == false ? " as well" : ""
    return "\(phrasing.phrase(fact)) \(words(new, connective, fact))\(asWell)"
  }

  private func words(_ values: [ValueID], _ connective: String, _ fact: Fact) -> String {
    values.map { fact.words(for: .choice($0)) }.enumerated(with: connective)
  }
}
