import Engine
import Findings
package import Model
import Syntax
import Values

extension ExplanationReport {
  /// A rule at the beginning of a sentence: `The rule “Never by post” (post.rules:3)`.
  func name(_ id: RuleID) -> String {
    let rule = policy[id]
    let kind =
      switch rule.kind {
      case .decision, .note: "rule"
      case .guard: "guard"
      }
    return rule.isNamed
      ? "The \(kind) “\(rule.name)” (\(policy.files.name(of: rule.span)))"
      : "The \(kind) at \(rule.name)"
  }

  /// A rule's name alone, where it has been introduced.
  func shortName(_ id: RuleID) -> String {
    let rule = policy[id]
    return rule.isNamed ? "“\(rule.name)”" : "the one at \(rule.name)"
  }

  /// An outcome with its notes: `send plain, with consent note and deadline banner`.
  func words(_ outcome: OutcomeID, with notes: [NoteID]) -> String {
    let name = policy.vocabulary[outcome].name
    return notes.isEmpty ? name : "\(name), with \(words(notes))"
  }

  /// What a rule says: its outcome with its notes, or the notes that it adds.
  func consequent(_ id: RuleID) -> String {
    let rule = policy[id]
    let notes = Set(rule.notes).sorted()
    return rule.outcome.map { words($0, with: notes) } ?? "add \(words(notes))"
  }

  private func words(_ notes: [NoteID]) -> String {
    notes.map { policy.vocabulary[$0].name }.enumerated(with: "and")
  }

  /// The tests that settle a condition, a line each, those within a definition below it.
  func lines(of reasons: [Reason], indent: Int) -> [String] {
    var lines: [String] = []
    var open: [Reason.Within] = []
    func add(_ text: String, _ depth: Int) {
      lines.append(String(repeating: " ", count: indent + 4 * depth) + "- " + text)
    }
    for reason in reasons {
      let shared = zip(open, reason.definitions).prefix { $0 == $1 }.count
      for (depth, within) in reason.definitions.enumerated().dropFirst(shared) {
        add(words(within) + ":", depth)
      }
      open = reason.definitions
      add(words(reason), reason.definitions.count)
    }
    return lines
  }

  /// What is known of a definition, as a sentence.
  private func words(_ within: Reason.Within) -> String {
    let definition = policy.vocabulary[within.id]
    return switch within.truth {
    case .yes: definition.phrase
    case .no: definition.negative ?? "it is not so that \(definition.phrase)"
    case .unknown: "it is not known whether \(definition.phrase)"
    }
  }

  /// A test in the policy's own words, and what the message says to it; the words alone where they
  /// are the same.
  private func words(_ reason: Reason) -> String {
    let (test, answer) = (policy.text(of: reason.test), answer(to: reason))
    return test.isSameSentence(as: answer) ? answer : "“\(test)”: \(answer)"
  }

  /// What the message, the day or the decision says to a test.
  func answer(to reason: Reason) -> String {
    switch reason.test.subject {
    case .fact(let fact): phrasing.sentence(policy.vocabulary[fact], message[fact])
    case .today: "today is \(message.today.weekdayName), \(message.today.words)"
    case .outcome:
      reason.outcome.map { "the outcome is \(policy.vocabulary[$0].name)" } ?? "there is no outcome"
    }
  }
}

extension Policy {
  /// Words of the policy as they were written, on one line.
  func text(at span: Span) -> String {
    files.text(span).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The source text of a test on one line, with the phrase in front where it stands elsewhere, as
  /// over a table's column.
  package func text(of test: Test) -> String {
    let written = text(at: test.span)
    guard case .fact(let id) = test.subject else { return written }
    let phrase = vocabulary[id].phrase
    guard !written.isEmpty else { return phrase }
    let first = phrase.prefix { $0 != " " }
    return written.holdsWord(first) ? written : "\(phrase): \(written)"
  }
}

extension Day {
  fileprivate var weekdayName: String {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    return names.indices.contains(weekday) ? names[weekday] : ""
  }
}

extension String {
  /// Whether two sentences have the same words, articles, quotes and case aside.
  fileprivate func isSameSentence(as other: String) -> Bool {
    plainWords.elementsEqual(other.plainWords)
  }

  fileprivate func holdsWord(_ word: some StringProtocol) -> Bool {
    plainWords.contains(word.lowercased())
  }

  private var plainWords: [String] {
    lowercased().split { $0.isWhitespace || "\"“”".contains($0) }
      .map { String($0) }.filter { !["a", "an", "the"].contains($0) }
  }
}
