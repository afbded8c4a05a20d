import Findings
import Model
import Syntax

/// What each column of a register is for, by the names in its first row.
struct RegisterColumns {
  enum Use: Hashable {
    case key(RegisterKey)
    /// The place among the facts' columns.
    case fact(Int)
    case from, until, event
    /// For people alone.
    case remark
  }

  private(set) var uses: [Use] = []
  private(set) var facts: [Register.Column] = []
  private(set) var problems: [RegisterProblem] = []

  /// More than any register has, and a bit each.
  private static let mostFacts = 60

  /// The columns that are for people.
  private static let remarks = [
    "recorded by", "recorded on", "complaint", "remarks", "remark", "name", "team", "evidence",
  ]

  init(_ cells: [(name: String, range: Range<Int>)], _ vocabulary: Vocabulary) {
    let phrases = FactNames(vocabulary)
    for cell in cells {
      let name = cell.name.trimmedOfSpaces
      let use = use(of: name, phrases)
      if let use, use != .remark, uses.contains(use) || isTwice(use) {
        problems.append(.columnTwice(name, cell.range))
      }
      switch use {
      case .fact(let place)?:
        uses.append(.fact(facts.count))
        let fact = vocabulary.facts[place]
        facts.append(Register.Column(fact: fact.id, name: name))
      case let use?: uses.append(use)
      case nil:
        uses.append(.remark)
        let known = phrases.phrases + RegisterColumns.remarks + ["address", "from", "until"]
        problems.append(.unknownColumn(name, Spelling.nearest(name, in: known), cell.range))
      }
    }
    checkWhole(cells.first?.range ?? 0..<0)
  }

  private func isTwice(_ use: Use) -> Bool {
    guard case .fact(let place) = use else { return false }
    return facts.contains { $0.fact.index == place }
  }

  private func use(of name: String, _ phrases: FactNames) -> Use? {
    let words = NameTable.words(of: name).joined(separator: " ")
    if let key = RegisterKey.allCases.first(where: { $0.columnNames.contains(words) }) {
      return .key(key)
    }
    switch words {
    case "from": return .from
    case "until": return .until
    case "event": return .event
    default: break
    }
    if let fact = phrases.fact(named: name) { return .fact(fact.index) }
    let isBracketed = name.hasPrefix("(") && name.hasSuffix(")")
    return isBracketed || name.isEmpty || RegisterColumns.remarks.contains(words) ? .remark : nil
  }

  private mutating func checkWhole(_ range: Range<Int>) {
    let hasKey = uses.contains { if case .key = $0 { true } else { false } }
    if !hasKey { problems.append(.noKey(range)) }
    if facts.isEmpty, problems.isEmpty { problems.append(.noFact(range)) }
    if facts.count > RegisterColumns.mostFacts { problems.append(.tooManyFacts(range)) }
  }
}

extension String {
  /// The text without spaces and tabs at its ends.
  var trimmedOfSpaces: String {
    let bytes = Array(utf8)
    guard let first = bytes.firstIndex(where: { !RegisterKey.isSpace($0) }),
      let last = bytes.lastIndex(where: { !RegisterKey.isSpace($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }
}
