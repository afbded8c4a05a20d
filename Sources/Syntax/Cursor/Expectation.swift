import Findings

/// Something that may stand at a cursor, as the parser says that comes there.
package struct Expectation: Hashable, Sendable {
  package let kind: Kind
  /// The byte where it begins: what stands from there to the cursor is its beginning.
  package let start: Int

  package enum Kind: Hashable, Sendable {
    /// A new statement.
    case statement
    /// A line under a statement.
    case clause(ClauseOwner, consequentSeen: Bool)
    /// The `if` of a rule.
    case `if`
    /// The beginning of a sentence, or of what joins several; in a scenario that of a fact.
    case sentence(isGiven: Bool)
    /// How a sentence about a fact goes on behind its phrase.
    case ending(FactID, isNegative: Bool, EndingPlace)
    /// One value, or the name of a list of them.
    case value(ValueKind)
    /// `and`, `or` and their like, behind a whole sentence.
    case connective(isGiven: Bool)
    /// An outcome, or `add` and a note.
    case consequent(allowsAdd: Bool)
    case outcome
    /// `with` and notes, behind an outcome.
    case with
    case note
    /// `unsure` or an outcome.
    case expectation
    /// What a promise says behind `always` or `never`.
    case pledge(isNever: Bool)
    /// The name of a rule or table, or `section` and a name.
    case overridden
    /// The name of a rule or table, or `otherwise`.
    case winner
    case sectionName
    case scenarioName
    /// The phrase of a fact, without an ending.
    case factReference
    /// The type of a fact.
    case type
    /// `if recorded` or `if absent`.
    case presence
    /// The heading of a table's column.
    case heading
    /// An item of a list.
    case listItem
    /// A fact's phrase between braces in the text of a note.
    case factInNote
    case date
    /// `yes` or `no`, in a table.
    case yesOrNo
  }
}

/// Takes down what a parser expects at the end of its text.
final class CursorNotes {
  /// The end of the text before the cursor, as a token.
  let token: Int
  private(set) var expectations: [Expectation] = []
  private var known: Set<Expectation> = []
  /// By its beginning, the place of the ending that was wanted first: what comes later is only looked at to
  /// find out what somebody meant.
  private var places: [Int: EndingPlace] = [:]

  /// Whether what is looked at now is only to find out what somebody meant.
  fileprivate var isMuted = false

  init(token: Int) {
    self.token = token
  }

  func note(_ expectation: Expectation) {
    if case .ending(_, _, let place) = expectation.kind {
      guard place == places[expectation.start, default: place] else { return }
      places[expectation.start] = place
    }
    if known.insert(expectation).inserted { expectations.append(expectation) }
  }
}

extension Parser {
  /// Looks at something that is not expected, to find out what somebody meant.
  func unnoted<Result>(_ body: () -> Result) -> Result {
    guard let cursor, !cursor.isMuted else { return body() }
    cursor.isMuted = true
    defer { cursor.isMuted = false }
    return body()
  }

  /// Notes for an editor that something may stand at a token and reach to the cursor.
  func note(_ kind: @autoclosure () -> Expectation.Kind, from start: Int) {
    guard let cursor, limit == cursor.token, !cursor.isMuted else { return }
    cursor.note(Expectation(kind: kind(), start: Int(tokens[min(start, limit)].start)))
  }
}
