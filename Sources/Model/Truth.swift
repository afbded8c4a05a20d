/// What is known of a condition: that it is met, that it is not, or neither.
///
/// Source: S. C. Kleene, "Introduction to Metamathematics", 1952, § 64, the strong tables.
package enum Truth: Hashable, Sendable, CaseIterable {
  case yes, no, unknown

  /// The truth of something that is known.
  package init(_ isSo: Bool) {
    self = isSo ? .yes : .no
  }

  /// The truth of the opposite.
  package var negated: Truth {
    switch self {
    case .yes: .no
    case .no: .yes
    case .unknown: .unknown
    }
  }

  /// The truth of all of these together; of nothing it is yes.
  package static func all(of truths: some Sequence<Truth>) -> Truth {
    var result = Truth.yes
    for truth in truths {
      switch truth {
      case .yes: continue
      case .no: return .no
      case .unknown: result = .unknown
      }
    }
    return result
  }

  /// The truth of at least one of these; of nothing it is no.
  package static func any(of truths: some Sequence<Truth>) -> Truth {
    all(of: truths.lazy.map(\.negated)).negated
  }
}
