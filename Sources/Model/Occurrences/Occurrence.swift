package import Findings
package import Syntax

/// Something in a policy that has a name or a phrase.
package enum Symbol: Hashable, Sendable {
  case fact(FactID)
  case definition(DefinitionID)
  case value(FactID, ValueID)
  case outcome(OutcomeID)
  case note(NoteID)
  case list(ListID)
  /// A rule, guard or table, or a row with a name of its own; by its name without regard to case.
  case rule(String)
  case section(String)
  case scenario(String)
  case promise(String)
}

/// A place where something is named.
package struct Occurrence: Hashable, Sendable {
  package let symbol: Symbol
  /// The words that name it; of a name in quotes the quotes too.
  package let span: Span
  package let isDeclaration: Bool
  package let form: Form

  /// In which of its forms it is named.
  package enum Form: Hashable, Sendable {
    /// By its name, or by its phrase as declared.
    case plain
    /// By its negative phrase.
    case negative
    /// By its phrase, of which a last `is`, `are` or `was` may be left out.
    case reference
    /// `subject starts with`, made from the fact `subject is`: without `is` and the words behind it.
    case stem
    /// As part of a longer name: `TABLE, row 3`.
    case part
  }
}

/// Every place of a policy where something is named, and what.
package struct Occurrences: Sendable {
  /// In the order of file and place. Several may share a place: the item of a list is a value of every
  /// fact that uses the list.
  package let all: [Occurrence]
  private let bySymbol: [Symbol: [Int]]

  /// O(size of the policy).
  package init(_ syntax: PolicySyntax, _ resolution: Resolution) {
    let finder = OccurrenceFinder(syntax, resolution)
    var all: [Occurrence] = []
    for document in syntax.documents { all += finder.occurrences(in: document) }
    all += finder.occurrencesInListFiles()
    self.all = all
    bySymbol = Dictionary(grouping: all.indices) { all[$0].symbol }
  }

  package func of(_ symbol: Symbol) -> [Occurrence] {
    (bySymbol[symbol] ?? []).map { all[$0] }
  }

  package func declarations(of symbol: Symbol) -> [Occurrence] {
    of(symbol).filter(\.isDeclaration)
  }

  /// What is named at a byte, or ends there. O(log places).
  package func at(_ offset: Int, in file: FileID) -> [Occurrence] {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      let span = all[middle].span
      if span.file < file || (span.file == file && Int(span.end) < offset) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    let near = all[low...].prefix { $0.span.file == file && Int($0.span.start) <= offset }
    let inside = near.filter { offset < Int($0.span.end) }
    return inside.isEmpty ? Array(near) : inside
  }
}
