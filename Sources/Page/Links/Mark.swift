import Findings

/// Words of the policy that lead to where they are declared.
struct Mark {
  enum Role: String {
    case fact, value, outcome, note, list, definition, rule, section, scenario

    /// The name of how it looks.
    var style: String { "to-\(rawValue)" }
  }

  let span: Span
  let role: Role
  let anchor: String
}

/// Where something is used: in which statement, and as what.
struct Use: Hashable {
  enum Manner: Hashable {
    case named
    /// After `overrides`.
    case overridden
    /// After `by` in a scenario.
    case expected
    /// After `like` in a scenario.
    case takenOver
  }

  /// The statement's place.
  let user: String
  let manner: Manner
}
